package uz.koprik.gateway.exchange;

import java.util.List;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.store.Provenance;

/**
 * A countersignature that held.
 *
 * @param said what it says
 * @param signers who signed it
 */
record Voucher(Countersignature said, List<Provenance.Signer> signers) {

    Voucher {
        signers = List.copyOf(signers);
    }
}
