package uz.koprik.gateway.feeds;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.gateway.partners.CardNews;
import uz.koprik.gateway.partners.Endpoints;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.release.Release;
import uz.koprik.gateway.tracing.Tracing;

/**
 * What the feeds of all partners share.
 *
 * @param cards the sequence numbers of cards that centres name to each other
 * @param unknownKey turns true when an object was refused since nobody knows the key that signs it
 */
record FeedContext(
        String self,
        Vertx vertx,
        Supplier<ClientTls> liveTls,
        Intake intake,
        Release release,
        Trust trust,
        Partners partners,
        FeedSettings settings,
        InstantSource clock,
        CentreThreads threads,
        Supplier<Optional<String>> clockTrouble,
        SeenCertificates certificates,
        CardNews cards,
        AtomicBoolean unknownKey,
        Tracing tracing) {

    /** What our client side shows now. */
    ClientTls tls() {
        return liveTls.get();
    }

    /** Takes note of outcomes after which the cards of partners are fetched. */
    void noteUnknownKeys(List<Outcome> outcomes) {
        if (outcomes.stream()
                .flatMap(outcome -> outcome.refusal().stream())
                .anyMatch(refusal -> refusal.code() == Refusal.Code.UNKNOWN_KEY)) {
            unknownKey.set(true);
        }
    }

    /**
     * Where that partner is, as of now.
     *
     * @throws PartnerFailure when neither the trust list nor {@code partners.yaml} says it, or it is this centre
     */
    Peer peer(String partner) throws PartnerFailure {
        Peer peer = find(partner);
        if (trust.centre(self)
                .filter(own ->
                        Endpoints.sameServer(own.endpoint(), peer.apiRoot().toString()))
                .isPresent()) {
            throw new PartnerFailure("the address of " + partner + ", " + peer.apiRoot()
                    + ", is that of this centre itself: correct its section in partners.yaml, or remove it");
        }
        return peer;
    }

    private Peer find(String partner) throws PartnerFailure {
        Optional<PartnerSettings.OrdinaryServer> server =
                partners.partner(partner).taxii();
        if (server.isPresent()) {
            return new Peer(
                    partner,
                    server.get().apiRoot(),
                    List.of(),
                    server.get().certificates(),
                    server.get().credentials());
        }
        TrustedCentre centre = trust.centre(partner)
                .orElseThrow(
                        () -> new PartnerFailure(
                                partner
                                        + " is on no trust list, and partners.yaml has no taxii.api_root for it: add its centre card, or remove it"));
        if (centre.endpoint().isEmpty()) {
            throw new PartnerFailure(
                    "the card of " + partner + " names no endpoint, so it cannot be called: ask for a card that"
                            + " does, or set pull and push to false");
        }
        String endpoint = centre.endpoint();
        URI root = URI.create(endpoint.endsWith("/") ? endpoint : endpoint + "/");
        return new Peer(partner, root, centre.tlsPins(), Optional.empty(), Optional.empty());
    }
}
