package uz.koprik.gateway.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.exchange.Refusal.Code;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.SignatureExtension;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.Provenance.Origin;
import uz.koprik.indicators.store.Provenance.Signer;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Finds out for every object of a batch who vouches for it. Objects of our own people get our word: ours a signature inside,
 * those of others, which are never altered, a countersignature beside them.
 */
final class Vouching {

    private static final Provenance NOBODY = new Provenance(Origin.UNSIGNED, List.of());

    private final OwnCentre us;
    private final Partners partners;
    private final Workers workers;
    private final Proof proof;
    private final StoredVouchers storedVouchers;

    Vouching(InternalStore store, OwnCentre us, Trust trust, Partners partners, Workers workers) {
        this.us = us;
        this.partners = partners;
        this.workers = workers;
        this.proof = new Proof(us, trust);
        this.storedVouchers = new StoredVouchers(store, proof);
    }

    /** Sets a provenance or a refusal for every candidate. */
    void vouch(List<Candidate> open, Source source, Claimant claimant, Instant now) throws StoreUnavailable {
        workers.map(open, candidate -> {
            try {
                byItself(candidate, source, now);
            } catch (Refused refused) {
                candidate.refuse(refused);
            }
            return null;
        });
        List<Candidate> unsigned = byOthersInBatch(open);
        workers.map(unsigned, candidate -> {
            try {
                unsigned(candidate, source, claimant, now);
            } catch (Refused refused) {
                candidate.refuse(refused);
            }
            return null;
        });
        open.stream().filter(candidate -> candidate.refusal == null).forEach(candidate -> {
            try {
                proof.ownsId(candidate.object, candidate.provenance, source);
            } catch (Refused refused) {
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
        for (Candidate candidate : batch) {
            refused.merge(candidate.id, candidate.refusal != null, Boolean::logicalAnd);
        }
        for (Candidate candidate : batch) {
            if (candidate.open()) {
                said(candidate.object).filter(said -> refused.getOrDefault(said.objectRef(), false)).ifPresent(said ->
                        candidate.refuse(new Refused(Code.POLICY, "/object_ref", "vouches for " + said.objectRef()
                                + ", which is refused: see the reason there, and submit both again")));
            }
        }
    }

    /** What can be judged from the object alone; leaves the provenance open for those that nobody signed. */
    private void byItself(Candidate candidate, Source source, Instant now) throws Refused {
        StixObject object = candidate.object;
        if (WellKnown.claims(object)) {
            if (!WellKnown.is(object)) {
                throw new Refused(Code.POLICY, "/id", "has the id of a TLP marking definition, but not its wording: take the"
                        + " definition as it was published, or use an id of its own for this one");
            }
            candidate.provenance = NOBODY;
        } else if (!object.signatures().isEmpty()) {
            candidate.provenance = proof.signed(object, now);
        } else if (source instanceof Source.Account && object.createdByRef().filter(us.identity()::equals).isPresent()) {
            candidate.bytes = SignatureExtension.attach(object.json(), us.signer(), now);
            candidate.provenance = ours(Origin.SIGNED, now);
        }
    }

    /** Looks for countersignatures that came before their object in the same batch; returns what is still open. */
    private List<Candidate> byOthersInBatch(List<Candidate> open) {
        Map<String, List<Voucher>> vouchers = new HashMap<>();
        List<Candidate> unsigned = new ArrayList<>();
        for (Candidate candidate : open) {
            if (candidate.refusal != null) {
                continue;
            }
            if (candidate.provenance != null) {
                if (candidate.provenance.origin() == Origin.SIGNED) {
                    said(candidate.object).ifPresent(said -> vouchers
                            .computeIfAbsent(said.objectRef(), ref -> new ArrayList<>(1))
                            .add(new Voucher(said, candidate.provenance.signers())));
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

    private void unsigned(Candidate candidate, Source source, Claimant claimant, Instant now) throws Refused, StoreUnavailable {
        Refused why = null;
        for (Voucher voucher : candidate.vouchers) {
            if (voucher.said().covers(candidate.object)) {
                try {
                    candidate.provenance =
                            proof.countersigned(candidate.object, voucher.said().centre(), voucher.signers());
                    return;
                } catch (Refused refused) {
                    why = refused;
                }
            }
        }
        switch (source) {
            case Source.Account account -> {
                proof.mayBeUnsigned(candidate.object);
                candidate.provenance = ours(Origin.COUNTERSIGNED, now);
                candidate.needsOurWord = true;
            }
            case Source.Partner partner -> fromPartner(candidate, partner, claimant, why);
        }
    }

    /** Writes what this centre says for the objects it took in for others; their release class must be known. */
    void countersign(List<Candidate> accepted, Instant now) throws StoreUnavailable {
        List<Candidate> waiting = accepted.stream().filter(candidate -> candidate.needsOurWord).toList();
        workers.map(waiting, candidate -> {
            candidate.countersignature = Optional.of(countersignature(candidate, now));
            return null;
        });
    }

    private Candidate countersignature(Candidate candidate, Instant now) {
        StixObject said = Countersignature.of(candidate.object, us.identity(), Countersignature.Role.IMPORTER)
                .write(candidate.release.tlp(), us.signer(), now);
        Candidate countersignature = new Candidate(new Offered(said.bytes(), candidate.offered.where()));
        countersignature.object = said;
        countersignature.id = said.id();
        countersignature.version = said.version();
        countersignature.digest = said.digest();
        countersignature.provenance = ours(Origin.SIGNED, now);
        // What vouches for an object goes where the object goes, and nowhere else.
        countersignature.release = candidate.release;
        return countersignature;
    }

    private void fromPartner(Candidate candidate, Source.Partner partner, Claimant claimant, Refused why)
            throws Refused, StoreUnavailable {
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
            throw new Refused(Code.UNSIGNED, "", "nobody signed it, inside or by a countersignature sent before it, and " + partner.name()
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
                } catch (Refused refused) {
                    candidate.refuse(refused);
                }
            }
        }
    }

    private Provenance ours(Origin origin, Instant now) {
        return new Provenance(origin, List.of(
                new Signer(us.name(), us.signer().kid(), us.signer().alg(), now.getEpochSecond())));
    }
}
