package uz.koprik.gateway.api.transfer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ReleaseWish;
import uz.koprik.gateway.api.common.ReportCheck;
import uz.koprik.gateway.api.objects.ReportIds;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.stix.IndicatorWriter;
import uz.koprik.indicators.stix.NewIndicator;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * Makes indicators of the rows of tables and lists. A row that is withdrawn or has ended ends the indicator that an
 * earlier import of it stored. Safe for many threads.
 */
final class IndicatorRows {

    /** How an import says that values are meant which are never blocked. */
    static final String CURE = "anyway=true";

    private final AnalystServices services;
    private final Caller caller;
    private final Importer.Defaults defaults;
    private final Optional<ReleaseWish> wish;
    private final IndicatorWriter writer;
    private final ReportIds ids;

    /** One moment for the whole import, so that a row that comes twice is the same object twice. */
    private final Instant now;

    /** @param wish to whom and when fresh indicators are released */
    IndicatorRows(AnalystServices services, Caller caller, Importer.Defaults defaults, Optional<ReleaseWish> wish) {
        this.wish = wish;
        this.services = services;
        this.caller = caller;
        this.defaults = defaults;
        this.writer = new IndicatorWriter(
                services.localCentre().identity(),
                services.localCentre().signer(),
                services.localCentre().ids());
        this.ids = new ReportIds(services, writer);
        this.now = services.clock().instant();
    }

    /** What becomes of a row. */
    sealed interface Result {
        /** It is stored already. */
        record Known() implements Result {}

        /** The sender left it out. */
        record LeftOut() implements Result {}

        /** It cannot be used. */
        record Refused(Outcome outcome) implements Result {}

        /** An object for intake. */
        record Fresh(String id, IncomingObject object) implements Result {}
    }

    /**
     * @param item a value or a pattern
     * @param underWay ids that were written and are not stored yet; gets that of a fresh object
     */
    Result of(ImportItem item, Set<String> underWay) {
        if (item instanceof ImportItem.Value value
                && value.observables().stream()
                        .anyMatch(one -> defaults.without().contains(one.value()))) {
            return new Result.LeftOut();
        }
        NewIndicator indicator =
                switch (item) {
                    case ImportItem.Value value ->
                        indicator(value.observables(), value.value().port(), value.terms(), "");
                    case ImportItem.PatternText text ->
                        indicator(List.of(), Optional.empty(), text.terms(), text.pattern());
                    default -> throw new IllegalArgumentException("no row: " + item.where());
                };
        Optional<Refusal> refusal = refusal(item, indicator);
        if (refusal.isPresent()) {
            return new Result.Refused(Outcome.refused(item.where(), refusal.get()));
        }
        try {
            return of(indicator, item.where(), underWay);
        } catch (StoreUnavailable e) {
            throw new StoreGone(e);
        }
    }

    private Result of(NewIndicator indicator, String where, Set<String> underWay) throws StoreUnavailable {
        ReportIds.Place place = ids.of(indicator, caller);
        if (place.known().isPresent()) {
            return ended(indicator, place, where, underWay);
        }
        if (indicator.revoked() && isRevokedAlready(indicator)) {
            return new Result.Known();
        }
        if (!underWay.add(place.id())) {
            return new Result.Known();
        }
        // Unsigned: intake signs what is ours, and would have to verify a signature made here.
        JsonObject draft = writer.draft(indicator, place.id(), now);
        return new Result.Fresh(
                place.id(),
                IncomingObject.report(
                        CanonicalJson.bytes(wish.isPresent() ? wish.get().mark(draft) : draft), where));
    }

    private boolean isRevokedAlready(NewIndicator indicator) throws StoreUnavailable {
        return services.release()
                .latest(caller.recipient(), writer.id(indicator))
                .filter(entry -> entry.facts().revoked())
                .isPresent();
    }

    /** A row whose indicator is stored: withdrawn, or with an earlier end, it ends the indicator. */
    private Result ended(NewIndicator indicator, ReportIds.Place place, String where, Set<String> underWay) {
        Entry entry = place.known().orElseThrow();
        if (!indicator.revoked() && indicator.validUntil().isEmpty()) {
            return new Result.Known(); // most rows
        }
        JsonObject stored = StoredObject.json(entry);
        long end = stored.string("valid_until").map(StixTimestamp::parse).orElse(Long.MAX_VALUE);
        if (!indicator.revoked() && indicator.validUntil().orElseThrow() >= end) {
            return new Result.Known();
        }
        if (!caller.may(Right.ANALYSE) && !entry.facts().submittedBy().equals(caller.name())) {
            return new Result.Refused(Outcome.refused(
                    where,
                    new Refusal(
                            Refusal.Code.NOT_AUTHORISED,
                            "",
                            "the row ends " + place.id()
                                    + ", which another account submitted; ask an analyst of the centre")));
        }
        if (!underWay.add(place.id())) {
            return new Result.Known();
        }
        JsonObject next = StixWriter.nextVersion(StoredObject.stix(entry), now);
        if (indicator.revoked()) {
            next = next.with("revoked", new JsonBoolean(true));
        } else {
            long until = indicator.validUntil().orElseThrow();
            long from = stored.string("valid_from").map(StixTimestamp::parse).orElse(until);
            next = next.with("valid_until", new JsonString(StixTimestamp.formatShort(until)));
            if (from >= until) {
                next = next.with("valid_from", new JsonString(StixTimestamp.formatShort(until - 1000)));
            }
        }
        return new Result.Fresh(place.id(), new IncomingObject(CanonicalJson.bytes(next), where));
    }

    /** Why a row is not reported: a person should confirm it, or it would block what is never blocked. */
    private Optional<Refusal> refusal(ImportItem item, NewIndicator indicator) {
        if (item instanceof ImportItem.Value value && !value.doubt().isEmpty() && !defaults.doubtful()) {
            return Optional.of(new Refusal(
                    Refusal.Code.DOUBTFUL, "", value.doubt() + "; --doubtful all (doubtful=true) takes such values"));
        }
        if (indicator.revoked()) {
            return Optional.empty();
        }
        if (indicator.observables().isEmpty()) {
            return ReportCheck.protection(
                    services.protectedValues(),
                    CanonicalJson.bytes(writer.draft(indicator, writer.id(indicator), now)),
                    defaults.anyway(),
                    CURE);
        }
        for (Observable value : indicator.observables()) {
            Optional<Refusal> harmful =
                    ReportCheck.protection(services.protectedValues(), value, defaults.anyway(), CURE);
            if (harmful.isPresent()) {
                return harmful;
            }
        }
        return Optional.empty();
    }

    private NewIndicator indicator(
            List<Observable> values, Optional<Integer> port, ImportItem.Terms row, String pattern) {
        List<String> labels = new ArrayList<>(defaults.labels());
        row.labels().stream().filter(label -> !labels.contains(label)).forEach(labels::add);
        Optional<Long> until = row.validUntil().or(() -> defaults.validUntil()
                .filter(end -> row.validFrom().isEmpty() || row.validFrom().get() < end));
        return new NewIndicator(
                values,
                values.size() == 1 ? port : Optional.empty(),
                row.name().isEmpty() ? defaults.name() : row.name(),
                row.description().isEmpty() ? defaults.description() : row.description(),
                labels,
                row.tlp().orElse(defaults.tlp()),
                row.validFrom(),
                row.confidence().or(defaults::confidence),
                until,
                row.revoked(),
                pattern);
    }
}
