package uz.koprik.gateway.intake;

import java.util.List;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.store.Provenance;

/**
 * A countersignature that held.
 *
 * @param said what it says
 * @param signers who signed it
 */
record VerifiedCountersignature(Countersignature said, List<Provenance.Signer> signers) {

    VerifiedCountersignature {
        signers = List.copyOf(signers);
    }
}
