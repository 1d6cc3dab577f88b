package uz.koprik.gateway.feeds;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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
import uz.koprik.gateway.partners.PartnerFailure;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.release.Release;
import uz.koprik.gateway.tracing.Tracing;
import uz.koprik.gateway.trouble.ExchangeTrouble;
import uz.koprik.indicators.wording.Sentence;

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
        Supplier<Optional<Sentence>> clockTrouble,
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
            throw new PartnerFailure(
                    ExchangeTrouble.PARTNER_IS_THIS_CENTRE.with(Map.of("partner", partner, "root", peer.apiRoot())));
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
                        () -> new PartnerFailure(ExchangeTrouble.PARTNER_NOT_LISTED.with(Map.of("partner", partner))));
        if (centre.endpoint().isEmpty()) {
            throw new PartnerFailure(ExchangeTrouble.PARTNER_NO_ENDPOINT.with(Map.of("partner", partner)));
        }
        String endpoint = centre.endpoint();
        URI root = URI.create(endpoint.endsWith("/") ? endpoint : endpoint + "/");
        return new Peer(partner, root, centre.tlsPins(), Optional.empty(), Optional.empty());
    }
}
