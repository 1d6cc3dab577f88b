package uz.koprik.gateway.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.crypto.trust.VerifiedSignature;
import uz.koprik.crypto.trust.Verifier;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.Refusal.Code;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.Provenance.Origin;
import uz.koprik.indicators.store.Provenance.Signer;

/**
 * Who vouches for an object: its producer by a signature inside it, or a trusted centre by a countersignature. Also
 * says whether the centre that hands it over may do so.
 */
final class TrustEvaluator {

    /** Role of centres whose own objects are taken. */
    static final String PRODUCER = "producer";

    /** Role of centres that may hand on and vouch for objects of others. */
    static final String RELAY = "relay";

    private final LocalCentre localCentre;
    private final Trust trust;
    private final Verifier verifier;

    TrustEvaluator(LocalCentre localCentre, Trust trust) {
        this.localCentre = localCentre;
        this.trust = trust;
        this.verifier = new Verifier(trust);
    }

    /** Verifies the signatures inside {@code object}, of which there is at least one. */
    Provenance signed(StixObject object, Instant firstSeen) throws RefusalException {
        Optional<String> producer = object.createdByRef();
        try {
            List<VerifiedSignature> verified = producer.isPresent()
                    ? verifier.verify(object.signedPayload(), object.signatures(), firstSeen, producer.get())
                    : verifier.verify(object.signedPayload(), object.signatures(), firstSeen);
            TrustedCentre speaker = producer.flatMap(trust::producer)
                    .or(() -> trust.centre(verified.getFirst().centre()))
                    .orElseThrow(() -> unlisted(verified.getFirst().centre()));
            requireRole(speaker, PRODUCER, "publish objects of its own");
            return new Provenance(
                    Origin.SIGNED, verified.stream().map(TrustEvaluator::signer).toList());
        } catch (SignatureRejected rejected) {
            throw RefusalException.of(rejected);
        }
    }

    /**
     * Checks that the voucher of a countersignature that held may vouch for {@code object}.
     *
     * @param voucher {@code created_by_ref} of the countersignature
     * @param signers who signed it
     */
    Provenance countersigned(StixObject object, String voucher, List<Signer> signers) throws RefusalException {
        TrustedCentre centre = trust.producer(voucher).orElseThrow(() -> unlisted(voucher));
        Optional<TrustedCentre> owner = object.createdByRef().flatMap(trust::producer);
        if (owner.isPresent() && !owner.get().name().equals(centre.name())) {
            throw new RefusalException(
                    Code.WRONG_OWNER,
                    "/created_by_ref",
                    "its producer is the centre " + owner.get().name()
                            + ", which signs what it publishes, and only " + centre.name() + " vouches for this: ask "
                            + owner.get().name() + " for the signed object");
        }
        if (object.createdByRef().isPresent() && owner.isEmpty()) {
            requireRole(centre, RELAY, "vouch for objects of others");
        } else {
            requireRole(centre, PRODUCER, "publish objects of its own");
        }
        return new Provenance(Origin.COUNTERSIGNED, signers);
    }

    /** Refuses an object that nobody signed when its producer is a centre that signs. */
    void mayBeUnsigned(StixObject object) throws RefusalException {
        Optional<TrustedCentre> owner = object.createdByRef().flatMap(trust::producer);
        if (owner.isPresent()) {
            throw new RefusalException(
                    Code.UNSIGNED,
                    "/created_by_ref",
                    "its producer is the centre " + owner.get().name()
                            + ", which signs what it publishes, but this has no signature: ask "
                            + owner.get().name()
                            + " for the signed object");
        }
    }

    /** Refuses what {@code partner} may not hand over, although it is proven. */
    void mayHandOver(String partner, StixObject object, Provenance provenance) throws RefusalException {
        Optional<TrustedCentre> sender = trust.centre(partner);
        if (sender.isEmpty()) {
            // An ordinary server, from which an operator chose to fetch: what is proven is proven wherever it lies.
            return;
        }
        for (Signer signer : provenance.signers()) {
            if (signer.centre().equals(partner) || signer.centre().equals(localCentre.name())) {
                return;
            }
        }
        if (!sender.get().roles().contains(RELAY)) {
            throw new RefusalException(
                    Code.NOT_AUTHORISED,
                    "",
                    "the centre " + partner + " may not hand on objects of others here, and this"
                            + " is one of " + provenance.signers().getFirst().centre()
                            + ": an operator can grant it the role \"" + RELAY
                            + "\" on the trust list");
        }
    }

    /**
     * Refuses the identity object of a centre that is on the trust list, this one included, from anybody but that
     * centre: who a centre is says the centre alone.
     */
    void ownsId(StixObject object, Provenance provenance, Source source) throws RefusalException {
        Optional<TrustedCentre> owner =
                object.type().equals("identity") ? trust.producer(object.id()) : Optional.empty();
        if (owner.isEmpty()) {
            return;
        }
        String name = owner.get().name();
        boolean signed = provenance.origin() == Origin.SIGNED
                && provenance.signers().stream()
                        .anyMatch(signer -> signer.centre().equals(name));
        if (!signed) {
            throw new RefusalException(
                    Code.WRONG_OWNER,
                    "/id",
                    "is the id of the identity of the centre " + name
                            + ", and has no signature of that centre: use an id of its own for this identity");
        }
        if (source instanceof Source.Account account && !account.member()) {
            throw new RefusalException(
                    Code.NOT_AUTHORISED,
                    "/id",
                    "is the identity of this centre, which " + account.name()
                            + " may not change: ask a member of the centre");
        }
    }

    private static void requireRole(TrustedCentre centre, String role, String purpose) throws RefusalException {
        if (!centre.roles().contains(role)) {
            throw new RefusalException(
                    Code.NOT_AUTHORISED,
                    "",
                    "the centre " + centre.name() + " may not " + purpose
                            + " here: an operator can grant it the role \"" + role + "\" on the trust list");
        }
    }

    private static RefusalException unlisted(String who) {
        return new RefusalException(
                Code.UNKNOWN_KEY, "", who + " is on no trust list: ask for its centre card and add it");
    }

    private static Signer signer(VerifiedSignature verified) {
        return new Signer(
                verified.centre(),
                verified.kid(),
                verified.alg(),
                verified.issuedAt().getEpochSecond());
    }
}
