package uz.koprik.gateway.feeds;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.trouble.ExchangeTrouble;

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
                PartnerState.Memory.NEW.out(
                        out -> out.failed(ExchangeTrouble.PARTNER_NO_INBOX.with(Map.of("partner", "budapest")), since)),
                0,
                Optional.empty(),
                PartnerState.Direction.NEW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** Objects were pushed to a partner, and some of them refused, by reason. */
    static PartnerReport sent(String partner, long objects, java.util.Map<String, Long> refused) {
        return new PartnerReport(
                PartnerSettings.introduced(partner),
                Optional.empty(),
                PartnerState.Memory.NEW.out(out -> out.counted(objects, 0, refused)),
                0,
                Optional.empty(),
                PartnerState.Direction.NEW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
