package uz.koprik.gateway.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.jws.Signer;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.concurrent.WorkerPool;
import uz.koprik.gateway.intake.Refusal.Code;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.Provenance.Origin;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Finds out for every object of a batch who vouches for it. Objects of our own people get our word: ours a signature
 * inside, those of others, which are never altered, a countersignature beside them.
 */
final class ProvenanceResolver {

    private static final Provenance NOBODY = new Provenance(Origin.UNSIGNED, List.of());

    private final InternalStore store;
    private final LocalCentre localCentre;
    private final Partners partners;
    private final WorkerPool workers;
    private final TrustEvaluator proof;
    private final StoredCountersignatures storedVouchers;

    ProvenanceResolver(
            InternalStore store, LocalCentre localCentre, Trust trust, Partners partners, WorkerPool workers) {
        this.store = store;
        this.localCentre = localCentre;
        this.partners = partners;
        this.workers = workers;
        this.proof = new TrustEvaluator(localCentre, trust);
        this.storedVouchers = new StoredCountersignatures(store, proof);
    }

    /** Sets a provenance or a refusal for every candidate. */
    void vouch(List<Candidate> open, Source source, Claimant claimant, Instant now) throws StoreUnavailable {
        workers.map(open, candidate -> {
            try {
                byItself(candidate, source, now);
            } catch (RefusalException refused) {
                candidate.refuse(refused);
            }
            return null;
        });
        List<Candidate> unsigned = byOthersInBatch(open);
        workers.map(unsigned, candidate -> {
            try {
                unsigned(candidate, source, claimant, now);
            } catch (RefusalException refused) {
                candidate.refuse(refused);
            }
            return null;
        });
        open.stream().filter(candidate -> candidate.refusal == null).forEach(candidate -> {
            try {
                proof.ownsId(candidate.object, candidate.provenance, source);
            } catch (RefusalException refused) {
                candidate.refuse(refused);
            }
        });
        if (source instanceof Source.Partner partner) {
            mayHandOver(open, partner);
        }
    }

    /** A word for an object that is refused would change what is said of the object when it is offered again. */
    static void refuseVouchersOfRefused(List<Candidate> batch) {
        Map<String, Boolean> refused = new HashMap<>();
        Map<String, Refusal.Cure> cures = new HashMap<>();
        for (Candidate candidate : batch) {
            refused.merge(candidate.id, candidate.refusal != null, Boolean::logicalAnd);
            if (candidate.refusal != null) {
                cures.put(candidate.id, candidate.refusal.cure());
            }
        }
        for (Candidate candidate : batch) {
            if (candidate.open()) {
                said(candidate.object)
                        .filter(said -> refused.getOrDefault(said.objectRef(), false))
                        .ifPresent(said -> candidate.refuse(new RefusalException(new Refusal(
                                Code.POLICY,
                                "/object_ref",
                                "vouches for " + said.objectRef()
                                        + ", which is refused: see the reason there, and submit both again",
                                cures.get(said.objectRef())))));
            }
        }
    }

    /** What can be judged from the object alone; leaves the provenance open for those that nobody signed. */
    private void byItself(Candidate candidate, Source source, Instant now) throws RefusalException {
        StixObject object = candidate.object;
        if (StandardMarkings.claims(object)) {
            if (!StandardMarkings.is(candidate)) {
                throw new RefusalException(
                        Code.POLICY,
                        "/id",
                        "has the id of a TLP marking definition, but not its wording: take the"
                                + " definition as it was published, or use an id of its own for this one");
            }
            candidate.provenance = NOBODY;
        } else if (!object.signatures().isEmpty()) {
            candidate.provenance = proof.signed(object, now);
        } else if (source instanceof Source.Account
                && object.createdByRef().filter(localCentre.identity()::equals).isPresent()) {
            Signer signer = localCentre.signer();
            candidate.bytes = SignatureExtension.attach(object.json(), signer, now);
            candidate.provenance = ours(Origin.SIGNED, signer, now);
        }
    }

    /** Looks for countersignatures that came before their object in the same batch; returns what is still open. */
    private List<Candidate> byOthersInBatch(List<Candidate> open) {
        Map<String, List<Candidate.VerifiedCountersignature>> vouchers = new HashMap<>();
        List<Candidate> unsigned = new ArrayList<>();
        for (Candidate candidate : open) {
            if (candidate.refusal != null) {
                continue;
            }
            if (candidate.provenance != null) {
                if (candidate.provenance.origin() == Origin.SIGNED) {
                    said(candidate.object)
                            .ifPresent(said -> vouchers.computeIfAbsent(said.objectRef(), ref -> new ArrayList<>(1))
                                    .add(new Candidate.VerifiedCountersignature(said, candidate.provenance.signers())));
                }
                continue;
            }
            candidate.vouchers = vouchers.getOrDefault(candidate.id, List.of());
            unsigned.add(candidate);
        }
        return unsigned;
    }

    private static Optional<Countersignature> said(StixObject object) {
        try {
            return Countersignature.read(object);
        } catch (InvalidObject impossible) {
            throw new IllegalStateException("countersignatures were checked when they were read", impossible);
        }
    }

    private void unsigned(Candidate candidate, Source source, Claimant claimant, Instant now)
            throws RefusalException, StoreUnavailable {
        RefusalException why = null;
        for (Candidate.VerifiedCountersignature voucher : candidate.vouchers) {
            if (voucher.said().covers(candidate.object)) {
                try {
                    candidate.provenance =
                            proof.countersigned(candidate.object, voucher.said().centre(), voucher.signers());
                    return;
                } catch (RefusalException refused) {
                    why = refused;
                }
            }
        }
        switch (source) {
            case Source.Account account -> {
                proof.mayBeUnsigned(candidate.object);
                candidate.provenance = ours(Origin.COUNTERSIGNED, localCentre.signer(), now);
                candidate.needsOurWord = true;
            }
            case Source.Partner partner -> fromPartner(candidate, partner, claimant, why);
        }
    }

    /** Writes what this centre says for the objects it took in for others; their release class must be known. */
    void countersign(List<Candidate> accepted, Instant now) throws StoreUnavailable {
        List<Candidate> waiting =
                accepted.stream().filter(candidate -> candidate.needsOurWord).toList();
        workers.map(waiting, candidate -> {
            candidate.countersignature = Optional.of(countersignature(candidate, now));
            return null;
        });
    }

    private Candidate countersignature(Candidate candidate, Instant now) throws StoreUnavailable {
        Signer signer = localCentre.signer();
        StixObject said = Countersignature.of(candidate.object, localCentre.identity(), Countersignature.Role.IMPORTER)
                .write(candidate.release.tlp(), signer, now);
        Optional<Entry> before = candidate.unproven == null ? Optional.empty() : store.latest(said.id());
        if (before.isPresent()) { // the next version of it, which keeps the time of creation (STIX 2.1, 3.2)
            String created = StixTimestamp.format(before.get().facts().created());
            said = StixWriter.signed(said.json().with("created", new JsonString(created)), signer, now);
        }
        Candidate countersignature = new Candidate(new IncomingObject(said.bytes(), candidate.offered.where()));
        countersignature.object = said;
        countersignature.id = said.id();
        countersignature.version = said.version();
        countersignature.digest = said.digest();
        countersignature.provenance = ours(Origin.SIGNED, signer, now);
        // What vouches for an object goes where the object goes, and nowhere else.
        countersignature.release = candidate.release.held()
                ? candidate.release.with(ReleaseTerms.Hold.BY_REFERENCE) // it goes when the object does
                : candidate.release;
        return countersignature;
    }

    private void fromPartner(Candidate candidate, Source.Partner partner, Claimant claimant, RefusalException why)
            throws RefusalException, StoreUnavailable {
        Optional<Provenance> known = storedVouchers.of(candidate, claimant);
        if (known.isPresent()) {
            candidate.provenance = known.get();
            return;
        }
        if (why != null) {
            throw why;
        }
        proof.mayBeUnsigned(candidate.object);
        if (!partners.partner(partner.name()).acceptUnsigned()) {
            throw new RefusalException(
                    Code.UNSIGNED,
                    "",
                    "nobody signed it, inside or by a countersignature sent before it, and " + partner.name()
                            + " is not admitted without signatures: its producer must sign it, or an operator here can set accept_unsigned"
                            + " for " + partner.name() + " in partners.yaml");
        }
        candidate.provenance = NOBODY;
    }

    private void mayHandOver(List<Candidate> open, Source.Partner partner) {
        for (Candidate candidate : open) {
            if (candidate.refusal == null && candidate.provenance.origin() != Origin.UNSIGNED) {
                try {
                    proof.mayHandOver(partner.name(), candidate.object, candidate.provenance);
                } catch (RefusalException refused) {
                    candidate.refuse(refused);
                }
            }
        }
    }

    private Provenance ours(Origin origin, Signer signer, Instant now) {
        return new Provenance(
                origin,
                List.of(new Provenance.Signer(localCentre.name(), signer.kid(), signer.alg(), now.getEpochSecond())));
    }
}
