package uz.koprik.gateway.feeds;

import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.partners.PartnerSettings;

/**
 * How the exchange with a partner goes.
 *
 * @param settings what holds for it
 * @param centre its entry on the trust list; empty for an ordinary TAXII server
 * @param memory how far it got and how it went
 * @param pushLag how many entries of the sequence were not looked at yet by the push
 * @param runner the gateway of this centre that runs the feeds, where there may be several
 * @param refusals the newest refused objects, newest first
 */
public record PartnerReport(
        PartnerSettings settings,
        Optional<TrustedCentre> centre,
        PartnerState.Memory memory,
        long pushLag,
        Optional<String> runner,
        List<RefusalLog.Line> refusals) {

    public PartnerReport {
        refusals = List.copyOf(refusals);
    }
}
