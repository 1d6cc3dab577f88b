package uz.koprik.gateway.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import uz.koprik.gateway.api.common.DisplayTitle;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.desk.DeskItem;
import uz.koprik.gateway.desk.DeskObject;
import uz.koprik.gateway.desk.DeskRecord;
import uz.koprik.indicators.store.Entry;

/**
 * An item of the release desk; the schema {@code ReleaseItem}.
 *
 * @param by the account or partner that submitted it
 * @param partner true when that is a partner; absent otherwise
 * @param until when it waits no longer; absent once it was decided
 * @param outcome what was decided; absent while it waits
 * @param mine true when the caller submitted it, and so cannot release it; absent otherwise
 */
record ReleaseView(
        String id,
        String by,
        Boolean partner,
        String at,
        String until,
        String comment,
        List<WhyView> why,
        long objects,
        OutcomeOfRelease outcome,
        Boolean mine) {

    /** A reason for which objects wait; the schema {@code ReleaseReason}. */
    record WhyView(String why, String value, long objects) {}

    /**
     * What was decided; the schema {@code ReleaseOutcome}.
     *
     * @param by who decided; absent when nobody did
     * @param with how many others were released that were held only because they refer to these
     */
    record OutcomeOfRelease(String outcome, String by, String at, String comment, Long with) {

        static OutcomeOfRelease of(DeskRecord record) {
            return new OutcomeOfRelease(
                    record.outcome().word(),
                    absent(record.by()),
                    record.at().toString(),
                    absent(record.comment()),
                    record.with().isEmpty() ? null : (long) record.with().size());
        }
    }

    /**
     * An object of an item; the schema {@code ReleaseObject}.
     *
     * @param title its name or value; absent when this version is in view no more
     */
    record HeldView(String id, String type, String title, String version, String sha256, String tlp, Boolean revoked) {

        static HeldView of(Entry entry) {
            return new HeldView(
                    entry.facts().id(),
                    entry.facts().type(),
                    DisplayTitle.of(entry),
                    Times.text(entry.facts().version()),
                    entry.facts().digest(),
                    entry.release().tlp().label(),
                    entry.facts().revoked() ? Boolean.TRUE : null);
        }

        static HeldView of(DeskObject object) {
            return new HeldView(
                    object.id(),
                    object.id().substring(0, Math.max(0, object.id().indexOf("--"))),
                    null,
                    Times.text(object.version()),
                    object.digest(),
                    object.tlp(),
                    null);
        }
    }

    /** Items; the schema {@code ReleaseItems}. */
    record All(List<ReleaseView> releases, long more) {}

    /**
     * An item with all that decides; the schema {@code ReleaseDetails}.
     *
     * @param held the objects, at most some; those that are in view no more are left out while it waits
     * @param with what would go with them, since it is held only because it refers to them
     * @param partners who would receive them; absent once it was decided, and for who may not release
     * @param record as this centre signed it; absent while it waits
     */
    record Details(
            ReleaseView release,
            List<HeldView> held,
            List<HeldView> with,
            List<ReleaseForecast.PartnerView> partners,
            @JsonRawValue String record) {}

    static ReleaseView of(DeskItem item, String until, DeskRecord record, String caller) {
        return new ReleaseView(
                item.id(),
                item.by(),
                item.partner() ? Boolean.TRUE : null,
                item.at().toString(),
                until,
                absent(item.comment()),
                item.why().stream()
                        .map(count -> new WhyView(
                                count.reason().why().word(),
                                absent(count.reason().value()),
                                count.objects()))
                        .toList(),
                item.objects().size(),
                record == null ? null : OutcomeOfRelease.of(record),
                (!item.partner() && Account.onePerson(item.by(), caller)) ? Boolean.TRUE : null);
    }

    static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static String absent(String text) {
        return text.isEmpty() ? null : text;
    }
}
