package uz.koprik.gateway.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.backup.ScheduledBackups;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreStatus;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/** {@code /api/operations} and {@code /api/backups}: for operators, how the centre is run. */
public final class OperationsRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(OperationsRoutes.class);

    private final OperationSources sources;

    public OperationsRoutes(OperationSources sources) {
        this.sources = sources;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/operations").handler(Blocking.handler(this::all));
        router.post("/api/backups").handler(Blocking.handler(this::backUp));
    }

    /** The schema {@code BackupStarted}. */
    record BackupStarted(String backup) {}

    private Runnable backUp(RoutingContext request) {
        Caller caller = Callers.require(request, Right.OPERATE);
        return switch (sources.backups().makeNow()) {
            case STARTED -> {
                LOG.info("account {} asked for a backup now", caller.name());
                yield ApiJson.reply(request, 202, new BackupStarted("started"));
            }
            case NOT_SCHEDULED ->
                throw new Problem(
                        409,
                        "Not scheduled",
                        "this centre makes no backups by itself: set backup.schedule and backup.recipient in koprik.yaml,"
                                + " or run `koprik backup`");
            case ELSEWHERE ->
                throw new Problem(409, "Elsewhere", "another gateway of this centre makes the backups: ask that one");
        };
    }

    private Runnable all(RoutingContext request) {
        Caller caller = Callers.require(request, Right.OPERATE);
        List<String> missing = new ArrayList<>();
        Instant now = sources.clock().instant();
        List<Sentence> reasons = sources.readiness().ask().toCompletableFuture().join();
        return ApiJson.reply(
                request,
                200,
                new OperationsView(
                        sources.centre(),
                        sources.version(),
                        now.toString(),
                        sources.started().toString(),
                        OperationsView.Health.of(reasons),
                        OperationsView.Clock.of(
                                sources.zone().getId(),
                                sources.clockTrouble().get().orElse(Sentence.NONE)),
                        store(caller.seesFigures()),
                        new OperationsView.Disk(
                                sources.folder().toFile().getUsableSpace(),
                                sources.folder().toFile().getTotalSpace()),
                        limits(),
                        accounts(missing),
                        sources.warningLists().get().stream()
                                .map(list -> new OperationsView.WarningListLine(
                                        list.name(),
                                        list.version(),
                                        list.entries(),
                                        list.modified().toString()))
                                .toList(),
                        sources.watched().get().stream()
                                .map(OperationsView.Watched::of)
                                .toList(),
                        backups(missing),
                        sources.expiries().all().stream()
                                .map(end -> OperationsView.End.of(end, now))
                                .toList(),
                        missing));
    }

    /** Figures over everything disclose what a caller may not see, such as that a case was opened. */
    private OperationsView.Store store(boolean withFigures) {
        StoreStatus figures = sources.store().get();
        Optional<OperationSources.JournalState> journal = sources.journal().get();
        return new OperationsView.Store(
                sources.storeKind(),
                withFigures ? figures.entries() : null,
                withFigures ? figures.bytes() : null,
                withFigures && figures.lastAdded() != 0 ? Times.text(figures.lastAdded()) : null,
                journal.map(state -> state.checked().toString()).orElse(null),
                journal.map(OperationSources.JournalState::damaged).orElse(null));
    }

    /** Names of accounts are left out of the counts of failed sign-ins: the log has them. */
    private List<OperationsView.Limit> limits() {
        Map<String, OperationsView.Limit> sums = new TreeMap<>();
        for (Meter meter : sources.meters().getMeters()) {
            String what = OperationsView.LIMITS.get(meter.getId().getName());
            if (what != null) {
                String why = meter.getId().getTag("reason");
                long count = count(meter);
                sums.merge(
                        what + ' ' + why,
                        new OperationsView.Limit(what, why, count),
                        (one, other) -> new OperationsView.Limit(what, why, one.count() + other.count()));
            }
        }
        return List.copyOf(sums.values());
    }

    private static long count(Meter meter) {
        return Math.round(
                meter instanceof Counter counter
                        ? counter.count()
                        : meter instanceof FunctionCounter function ? function.count() : 0);
    }

    private List<AccountLines.AccountLine> accounts(List<String> missing) {
        try {
            return sources.accounts().all();
        } catch (StoreUnavailable away) {
            LOG.debug("the last uses of accounts cannot be read now", away);
            missing.add("accounts");
            return List.of();
        }
    }

    private OperationsView.Backups backups(List<String> missing) {
        try {
            ScheduledBackups.State state = sources.backups().state();
            Sentence trouble =
                    state.trouble().map(ScheduledBackups.Failing::what).orElse(Sentence.NONE);
            return new OperationsView.Backups(
                    state.scheduled(),
                    state.scheduled() ? state.interval().toSeconds() : null,
                    state.working(),
                    state.trouble().map(ScheduledBackups.Failing::sentence).orElse(null),
                    trouble.codeOrNull(),
                    trouble.detailsOrNull(),
                    state.stored().stream()
                            .map(stored -> new OperationsView.Stored(
                                    stored.file().getFileName().toString(),
                                    stored.made().toString(),
                                    stored.bytes(),
                                    stored.checked()))
                            .toList());
        } catch (IOException away) {
            LOG.warn("the folder of backups cannot be read: {}", away.getMessage());
            missing.add("backups");
            return null;
        }
    }
}
