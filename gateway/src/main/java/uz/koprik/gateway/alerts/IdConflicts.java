package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.alerts.log.Alert;
import uz.koprik.gateway.alerts.log.AlertDraft;
import uz.koprik.gateway.alerts.log.AlertJson;
import uz.koprik.gateway.alerts.log.AlertLog;
import uz.koprik.gateway.alerts.log.IdConflictAlert;
import uz.koprik.gateway.alerts.log.IdConflictJson;
import uz.koprik.gateway.intake.IdConflict;
import uz.koprik.indicators.stix.values.Uuid5;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Conflicts of ids that were reported by any gateway of the centre, in one record that all of them share: what is to be
 * emitted, and how often each was repeated. One submitter has a bounded number of them; further ones are counted.
 * Conflicts in which something is internal are bounded and counted apart: those who may not know of these see the same
 * alerts and numbers as if there were none. Thread-safe.
 */
public final class IdConflicts {

    private static final Logger LOG = LoggerFactory.getLogger(IdConflicts.class);

    static final String NAME = "alerts/conflicts.json";

    /** A conflict that is not repeated for this long is new when it comes again. */
    static final Duration QUIET = Duration.ofDays(7);

    /** Alerts of one submitter within {@link #QUIET}. */
    static final int PER_SUBMITTER = 50;

    /** Conflicts whose repetitions are counted, of those in which something is internal and of the others. */
    private static final int MOST = 1000;

    /** How often the record is read when it is shared. */
    private static final Duration REFRESH = Duration.ofSeconds(1);

    private final StateStore stateStore;
    private final AlertLog.Objects objects;
    private final boolean shared;
    private final Duration keep;
    private final InstantSource clock;
    private final Map<UUID, ConflictReport> stored = new LinkedHashMap<>();
    private final Map<UUID, Repeats> unsaved = new HashMap<>();
    private final List<IdConflict> waiting = new ArrayList<>();
    private String version = "";
    private long refreshed = System.nanoTime() - REFRESH.toNanos();
    private boolean emitted;

    /**
     * A conflict.
     *
     * @param id of its alert
     * @param count how often it was reported
     * @param further reports of other conflicts of the same submitter, for which there was no room
     */
    private record ConflictReport(UUID id, IdConflict conflict, Instant first, Instant last, long count, long further) {

        ConflictReport with(Repeats more) {
            return new ConflictReport(
                    id,
                    conflict,
                    first,
                    more.last.isAfter(last) ? more.last : last,
                    count + more.count,
                    further + more.further);
        }

        boolean sameAs(IdConflict other) {
            return conflict.kind() == other.kind()
                    && conflict.outcome() == other.outcome()
                    && conflict.objectId().equals(other.objectId())
                    && sameGroup(other);
        }

        boolean sameGroup(IdConflict other) {
            return conflict.partner() == other.partner()
                    && conflict.internal() == other.internal()
                    && conflict.submitter().equals(other.submitter());
        }
    }

    /** Repetitions that are not written yet. */
    private record Repeats(Instant last, long count, long further) {

        Repeats and(Repeats other) {
            return new Repeats(
                    other.last.isAfter(last) ? other.last : last, count + other.count, further + other.further);
        }
    }

    private IdConflicts(
            StateStore stateStore, AlertLog.Objects objects, boolean shared, Duration keep, InstantSource clock) {
        this.stateStore = stateStore;
        this.objects = objects;
        this.shared = shared;
        this.keep = keep;
        this.clock = clock;
    }

    /**
     * Opens the record.
     *
     * @param objects the objects of the conflicts
     * @param shared whether other gateways write it, too
     * @param keep how long a conflict is kept after its last repetition
     */
    public static IdConflicts open(
            StateStore stateStore, AlertLog.Objects objects, boolean shared, Duration keep, InstantSource clock)
            throws StoreUnavailable {
        IdConflicts conflicts = new IdConflicts(stateStore, objects, shared, keep, clock);
        synchronized (conflicts) {
            conflicts.load();
        }
        return conflicts;
    }

    /**
     * Takes a report. A new conflict is durable when this returns, unless the state store is away: then it is written
     * later.
     */
    public synchronized void report(IdConflict conflict) {
        try {
            take(conflict);
        } catch (StoreUnavailable | UncheckedIOException away) {
            LOG.error("the alert of a conflict under the id {} waits: {}", conflict.objectId(), away.getMessage());
            if (waiting.size() < PER_SUBMITTER) {
                waiting.add(conflict);
            }
        }
    }

    private void take(IdConflict conflict) throws StoreUnavailable {
        Instant now = clock.instant();
        while (true) {
            Optional<ConflictReport> known = counted()
                    .filter(one -> one.sameAs(conflict) && one.last.isAfter(now.minus(QUIET)))
                    .findFirst();
            if (known.isPresent()) {
                repeat(known.get().id, new Repeats(now, 1, 0));
                return;
            }
            List<ConflictReport> group = stored.values().stream()
                    .filter(one -> one.sameGroup(conflict) && one.first.isAfter(now.minus(QUIET)))
                    .toList();
            if (group.size() >= PER_SUBMITTER) {
                repeat(group.getLast().id, new Repeats(now, 0, 1));
                return;
            }
            UUID id = Uuid5.koprik(
                    "alert",
                    conflict.kind().name(),
                    conflict.objectId(),
                    conflict.submitter(),
                    Boolean.toString(conflict.partner()),
                    conflict.outcome().name(),
                    Boolean.toString(conflict.internal()),
                    now.toString());
            if (write(Optional.of(new ConflictReport(id, conflict, now, now, 1, 0)))) {
                return;
            }
        }
    }

    private Stream<ConflictReport> counted() {
        return stored.values().stream().map(one -> unsaved.containsKey(one.id) ? one.with(unsaved.get(one.id)) : one);
    }

    private void repeat(UUID id, Repeats more) {
        unsaved.merge(id, more, Repeats::and);
    }

    /** Writes what is not written yet. Call it now and then. */
    synchronized void save() throws StoreUnavailable {
        List<IdConflict> late = List.copyOf(waiting);
        waiting.clear();
        for (IdConflict conflict : late) {
            report(conflict);
        }
        while (!unsaved.isEmpty() && !write(Optional.empty())) {
            // Another gateway wrote it; what that one wrote is read now.
        }
    }

    /** Whether the record was written; otherwise it was read anew. */
    private boolean write(Optional<ConflictReport> fresh) throws StoreUnavailable {
        Map<UUID, ConflictReport> next = new LinkedHashMap<>();
        Instant oldest = clock.instant().minus(keep);
        List<ConflictReport> kept = new ArrayList<>();
        for (boolean internal : List.of(true, false)) {
            counted()
                    .filter(one -> one.conflict.internal() == internal && !one.last.isBefore(oldest))
                    .sorted(Comparator.comparing(ConflictReport::last).reversed())
                    .limit(MOST - 1)
                    .forEach(kept::add);
        }
        kept.sort(Comparator.comparing(ConflictReport::first));
        kept.forEach(one -> next.put(one.id, one));
        fresh.ifPresent(one -> next.put(one.id, one));
        JsonArray items = new JsonArray(
                next.values().stream().<Json>map(IdConflicts::json).toList());
        Optional<String> written = stateStore.replace(
                NAME,
                version,
                CanonicalJson.bytes(JsonObject.builder().put("conflicts", items).build()));
        if (written.isEmpty()) {
            load();
            return false;
        }
        version = written.get();
        stored.clear();
        stored.putAll(next);
        unsaved.clear();
        emitted &= fresh.isEmpty();
        return true;
    }

    private void load() throws StoreUnavailable {
        refreshed = System.nanoTime();
        Optional<StateStore.Paper> paper = stateStore.read(NAME);
        String found = paper.map(StateStore.Paper::version).orElse("");
        if (found.equals(version) && !found.isEmpty()) {
            return;
        }
        stored.clear();
        version = found;
        emitted = false;
        if (paper.isPresent()) {
            try {
                StrictJson.parseObject(paper.get().content()).items("conflicts").stream()
                        .map(item -> read((JsonObject) item))
                        .forEach(one -> stored.put(one.id, one));
            } catch (MalformedJson | RuntimeException damaged) {
                LOG.error(
                        "{} is damaged and begun anew: repetitions of conflicts are counted from now on",
                        NAME,
                        damaged);
            }
        }
    }

    private void refresh() throws StoreUnavailable {
        if (shared && System.nanoTime() - refreshed >= REFRESH.toNanos()) {
            load();
        }
    }

    /** Emits the alerts of all conflicts that have none yet. Only where alerts are emitted. */
    public void emit(AlertLog log) throws StoreUnavailable, IOException {
        List<AlertDraft> drafts = new ArrayList<>();
        String before;
        synchronized (this) {
            refresh();
            if (emitted) {
                return;
            }
            stored.values().forEach(one -> drafts.add(new Draft(one.id, one.conflict)));
            before = version;
        }
        if (!drafts.isEmpty()) {
            objects.catchUp(); // a reader is checked by objects that another gateway may have stored
        }
        log.emit(drafts, AlertLog.AS_BEFORE, clock.instant());
        synchronized (this) {
            emitted = version.equals(before);
        }
    }

    private record Draft(UUID id, IdConflict conflict) implements AlertDraft {

        @Override
        public Alert numbered(long seq, Instant now) {
            return new IdConflictAlert(seq, id, now, conflict);
        }
    }

    /** Adds how often a conflict was repeated by now to the JSON of its alert. */
    synchronized JsonObject counted(UUID id, JsonObject alert) {
        try {
            refresh();
        } catch (StoreUnavailable away) {
            LOG.warn("repetitions of conflicts are not up to date: {}", away.getMessage());
        }
        Optional<ConflictReport> now =
                counted().filter(one -> one.id.equals(id)).findFirst();
        if (now.isEmpty()) {
            return alert;
        }
        JsonObject counted = alert.with("count", new JsonNumber(now.get().count))
                .with("last", new JsonString(now.get().last.toString()));
        return now.get().further == 0 ? counted : counted.with("further", new JsonNumber(now.get().further));
    }

    private static JsonObject json(ConflictReport one) {
        return IdConflictJson.into(JsonObject.builder(), one.conflict)
                .put("id", one.id.toString())
                .put("first", one.first.toString())
                .put("last", one.last.toString())
                .put("count", one.count)
                .put("further", one.further)
                .build();
    }

    private static ConflictReport read(JsonObject json) {
        return new ConflictReport(
                UUID.fromString(AlertJson.text(json, "id")),
                IdConflictJson.read(json),
                Instant.parse(AlertJson.text(json, "first")),
                Instant.parse(AlertJson.text(json, "last")),
                AlertJson.number(json, "count"),
                AlertJson.number(json, "further"));
    }
}
