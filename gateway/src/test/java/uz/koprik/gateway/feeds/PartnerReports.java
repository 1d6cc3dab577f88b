package uz.koprik.gateway.feeds;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.partners.PartnerSettings;

/** Reports of exchanges with partners, for tests. */
public final class PartnerReports {

    private PartnerReports() {}

    /** The push to a partner fails; the pull is switched off. */
    public static PartnerReport failing(String partner, Instant since) {
        PartnerSettings before = PartnerSettings.introduced(partner);
        PartnerSettings settings = new PartnerSettings(
                partner, false, before.pullInterval(), true, false, before.agreement(), Optional.empty());
        return new PartnerReport(
                settings,
                Optional.empty(),
                PartnerState.Memory.NEW.out(out -> out.failed("it does not answer", since)),
                0,
                Optional.empty(),
                PartnerState.Direction.NEW,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
