package uz.koprik.gateway.intake;

import java.time.Instant;
import java.util.Optional;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;
import uz.koprik.indicators.store.Versions;

/** Countersignatures that were stored before the object they are about. */
final class StoredCountersignatures {

    private final InternalStore store;
    private final TrustEvaluator proof;

    StoredCountersignatures(InternalStore store, TrustEvaluator proof) {
        this.store = store;
        this.proof = proof;
    }

    /**
     * Who vouches for the candidate by a countersignature in the store; verified again, since keys may have been
     * revoked. One of which the claimant may not know does not count: by the answer it would learn that the object is
     * here.
     */
    Optional<Provenance> of(Candidate candidate, Claimant claimant) throws StoreUnavailable {
        for (Entry entry : store.referrers(candidate.id, Versions.LAST)) {
            if (entry.facts().type().equals(Countersignature.TYPE) && knows(claimant, entry)) {
                Optional<Provenance> held = held(candidate, entry);
                if (held.isPresent()) {
                    return held;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean knows(Claimant claimant, Entry countersignature) {
        return claimant.audience().sees(countersignature.release())
                || countersignature.facts().receivedFrom().equals(claimant.centre())
                || countersignature
                        .facts()
                        .producer()
                        .filter(claimant.identities()::contains)
                        .isPresent();
    }

    private Optional<Provenance> held(Candidate candidate, Entry entry) {
        StixObject object = StoredObject.stix(entry);
        try {
            Countersignature said = Countersignature.read(object).orElseThrow();
            if (!said.covers(candidate.object)) {
                return Optional.empty();
            }
            long added = entry.firstAdded();
            Instant firstSeen = Instant.ofEpochSecond(added / 1_000_000, added % 1_000_000 * 1000);
            Provenance provenance = proof.signed(object, firstSeen);
            return Optional.of(proof.countersigned(candidate.object, said.centre(), provenance.signers()));
        } catch (InvalidObject damaged) {
            throw new IllegalStateException(
                    "the store holds an object that is none: " + entry.facts().id(), damaged);
        } catch (RefusalException noLonger) {
            // Its voucher is not, or no longer, somebody who may: another one may be.
            return Optional.empty();
        }
    }
}
