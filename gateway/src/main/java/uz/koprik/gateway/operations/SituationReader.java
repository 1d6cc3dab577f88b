package uz.koprik.gateway.operations;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.alerts.Alerts;
import uz.koprik.gateway.alerts.log.Alert;
import uz.koprik.gateway.alerts.log.CaseMatchAlert;
import uz.koprik.gateway.alerts.log.IdConflictAlert;
import uz.koprik.gateway.alerts.log.OperatorAlert;
import uz.koprik.gateway.alerts.log.UnknownAlert;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.feeds.PartnerDay;
import uz.koprik.gateway.feeds.PartnerFeeds;
import uz.koprik.gateway.feeds.PartnerReport;
import uz.koprik.gateway.feeds.PartnerState;
import uz.koprik.indicators.bursts.Burst;
import uz.koprik.indicators.bursts.DayTally;
import uz.koprik.indicators.bursts.Dimension;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.SearchQuery;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * Reads what a control room looks at. Every figure is of what the caller may see: the exchange and the day are of
 * objects that all members may see, and leave case files out; cases and alerts are the caller's own.
 */
public final class SituationReader {

    private static final Logger LOG = LoggerFactory.getLogger(SituationReader.class);

    /** A wall asks every few seconds, and several walls ask for the same. */
    private static final Duration FRESH = Duration.ofSeconds(4);

    private static final int MOST_CASES = 5000;
    private static final int PAGE = 500;
    private static final int TOP = 6;
    private static final int PERIODS = 8;

    private final AnalystServices services;
    private final PartnerFeeds feeds;
    private final PartnerDay day;
    private final OpenAlerts alerts;
    private final Cache<Caller, SituationView> answers =
            Caffeine.newBuilder().maximumSize(1000).expireAfterWrite(FRESH).build();
    private final Cache<Caller, SituationView.CasesNow> cases = Caffeine.newBuilder()
            .maximumSize(1000)
            .expireAfterWrite(Duration.ofSeconds(30))
            .build();

    /** Alerts that nobody acknowledged and a caller may know of: {@link Alerts#open(Caller, int)}. */
    @FunctionalInterface
    public interface OpenAlerts {

        Alerts.Summary of(Caller caller, int newest) throws StoreUnavailable, IOException;
    }

    public SituationReader(AnalystServices services, PartnerFeeds feeds, PartnerDay day, OpenAlerts alerts) {
        this.services = services;
        this.feeds = feeds;
        this.day = day;
        this.alerts = alerts;
    }

    /** A part of the answer that may fail alone. */
    @FunctionalInterface
    private interface Part<T> {

        T read() throws StoreUnavailable, IOException;
    }

    /** What the caller may see, at most a few seconds old. */
    SituationView of(Caller caller, long lastSeq) {
        return answers.get(caller, one -> read(one, lastSeq));
    }

    private SituationView read(Caller caller, long lastSeq) {
        Instant now = services.clock().instant();
        List<String> missing = new ArrayList<>();
        List<PartnerReport> reports = feeds.reports(lastSeq);
        PartnerDay.Day today = day.of(reports);
        boolean alerted = caller.may(Right.CASES) || caller.may(Right.OPERATE);
        return new SituationView(
                services.localCentre().name(),
                services.trust()
                        .centre(services.localCentre().name())
                        .map(TrustedCentre::title)
                        .orElse(services.localCentre().name()),
                now.toString(),
                today.zone().getId(),
                today.date().toString(),
                today.begin().toString(),
                exchanged(today.all()),
                part("today", missing, () -> today(caller, today.begin())),
                reports.stream()
                        .map(report -> line(report, today, now))
                        .sorted(Comparator.comparing(SituationView.Line::name))
                        .toList(),
                part("bursts", missing, () -> bursts(caller, now)),
                caller.may(Right.CASES) ? part("cases", missing, () -> cases(caller)) : null,
                alerted ? part("alerts", missing, () -> alerts(caller)) : null,
                missing);
    }

    private static <T> T part(String name, List<String> missing, Part<T> part) {
        try {
            return part.read();
        } catch (StoreUnavailable | IOException away) {
            LOG.debug("the part {} of the situation cannot be read now", name, away);
            missing.add(name);
            return null;
        }
    }

    private static SituationView.Exchanged exchanged(PartnerDay.Totals totals) {
        return new SituationView.Exchanged(totals.in(), totals.out(), totals.refusedIn(), totals.refusedOut());
    }

    private SituationView.Today today(Caller caller, Instant begin) throws StoreUnavailable {
        Optional<DayTally.Day> found = services.release().day(caller.recipient(), begin);
        return found.map(tally -> new SituationView.Today(
                        tally.objects(),
                        tally.hours(),
                        top(tally, Dimension.KIND),
                        top(tally, Dimension.FAMILY),
                        top(tally, Dimension.REGION)))
                .orElse(null);
    }

    private static List<SituationView.Counted> top(DayTally.Day tally, Dimension dimension) {
        return tally.top(dimension, TOP).stream()
                .map(one -> new SituationView.Counted(one.name(), one.count()))
                .toList();
    }

    private static SituationView.Line line(PartnerReport report, PartnerDay.Day today, Instant now) {
        String name = report.settings().name();
        PartnerState.Direction in = report.memory().in();
        PartnerState.Direction out = report.memory().out();
        boolean pulls = report.pullLine() == PartnerReport.Line.FAILING;
        boolean pushes = report.pushLine() == PartnerReport.Line.FAILING;
        Optional<Instant> since = pulls ? in.errorSince() : pushes ? out.errorSince() : Optional.empty();
        return new SituationView.Line(
                name,
                report.centre().map(TrustedCentre::title).orElse(name),
                report.pullLine().word(),
                report.pushLine().word(),
                !report.settings().agreement().inForce(now),
                report.settings().agreement().basis().word(),
                report.lastContact().map(Instant::toString).orElse(null),
                since.map(Instant::toString).orElse(null),
                exchanged(today.of(name)),
                report.settings().push() ? report.pushLag() : 0);
    }

    private List<SituationView.BurstLine> bursts(Caller caller, Instant now) throws StoreUnavailable {
        long utcDay = LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay();
        return Burst.among(services.release().dailyCounts(caller.recipient(), utcDay), 1, PERIODS).stream()
                .filter(burst -> burst.feature().dimension() != Dimension.PRODUCER)
                .limit(TOP)
                .map(burst -> new SituationView.BurstLine(
                        burst.feature().dimension().name().toLowerCase(Locale.ROOT),
                        burst.feature().name(),
                        burst.observed(),
                        Math.round(burst.expected() * 10) / 10.0))
                .toList();
    }

    private SituationView.CasesNow cases(Caller caller) throws StoreUnavailable {
        SituationView.CasesNow known = cases.getIfPresent(caller);
        if (known != null) {
            return known;
        }
        Map<String, Long> byType = new HashMap<>();
        long open = 0;
        int looked = 0;
        boolean more = true;
        Optional<Long> before = Optional.empty();
        while (more && looked < MOST_CASES) {
            Search.Result found = services.release().search(caller.recipient(), question(before));
            for (Entry entry : found.entries()) {
                before = Optional.of(entry.seq());
                if (CaseFiles.isCase(StoredObject.stix(entry))) {
                    CaseFile file = CaseService.stored(entry).file();
                    if (file.status() == CaseFile.Status.OPEN) {
                        open++;
                        byType.merge(file.crimeType(), 1L, Long::sum);
                    }
                }
            }
            looked += found.entries().size();
            more = found.more() && !found.entries().isEmpty();
        }
        SituationView.CasesNow read = new SituationView.CasesNow(
                open,
                more,
                byType.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                        .limit(TOP)
                        .map(type -> new SituationView.Counted(type.getKey(), type.getValue()))
                        .toList());
        cases.put(caller, read);
        return read;
    }

    private SearchQuery question(Optional<Long> before) {
        return SearchQuery.builder()
                .types(Set.of("incident"))
                .producers(Set.of(services.localCentre().identity()))
                .receivedFrom(Set.of(""))
                .before(before)
                .limit(PAGE)
                .build();
    }

    private SituationView.AlertsNow alerts(Caller caller) throws StoreUnavailable, IOException {
        Alerts.Summary found = alerts.of(caller, TOP);
        return new SituationView.AlertsNow(
                found.count(),
                found.more(),
                found.newest().stream().map(SituationReader::line).toList());
    }

    private static SituationView.AlertLine line(Alert alert) {
        String time = alert.time().toString();
        return switch (alert) {
            case CaseMatchAlert match ->
                new SituationView.AlertLine(
                        time, "case_match", match.file().number(), match.file().title(), match.rule(), null);
            case IdConflictAlert conflict -> new SituationView.AlertLine(time, "contested_id", null, null, null, null);
            case OperatorAlert operator ->
                new SituationView.AlertLine(
                        time,
                        operator.notice().kind().name().toLowerCase(Locale.ROOT),
                        null,
                        null,
                        null,
                        operator.notice().message());
            case UnknownAlert unknown -> new SituationView.AlertLine(time, "unknown", null, null, null, null);
        };
    }
}
