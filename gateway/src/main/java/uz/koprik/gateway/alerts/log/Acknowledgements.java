package uz.koprik.gateway.alerts.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Which alerts somebody acknowledged. One acknowledgement holds for the whole centre. Changes are kept in order, in
 * records of the state store that all gateways share; the last record is replaced by comparing and setting.
 * Thread-safe.
 */
public final class Acknowledgements {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);

    private static final String RECORDS = "alerts/acknowledged/";

    /** A record with as many changes is followed by another one. */
    static final int FULL = 500;

    /** How often the last record is read when it is shared. */
    private static final Duration REFRESH = Duration.ofSeconds(1);

    private final StateStore stateStore;
    private final boolean shared;
    private final Map<UUID, Acknowledgement> acknowledged = new HashMap<>();
    private long number = 1;
    private String version = "";
    private List<Change> last = List.of();
    private long refreshed = System.nanoTime();

    /**
     * An acknowledgement.
     *
     * @param by the account
     * @param at when
     */
    public record Acknowledgement(String by, Instant at) {

        /** As the API shows it. */
        public JsonObject view() {
            return JsonObject.builder().put("by", by).put("at", at.toString()).build();
        }
    }

    /** A change: somebody acknowledged an alert, or took that back. */
    private record Change(UUID alert, Acknowledgement who, boolean takenBack) {

        JsonObject write() {
            JsonObject.Builder json = JsonObject.builder()
                    .put("alert", alert.toString())
                    .put("by", who.by)
                    .put("at", who.at.toString());
            return (takenBack ? json.put("taken_back", new JsonBoolean(true)) : json).build();
        }

        static Change read(JsonObject json) {
            return new Change(
                    UUID.fromString(AlertJson.text(json, "alert")),
                    new Acknowledgement(AlertJson.text(json, "by"), Instant.parse(AlertJson.text(json, "at"))),
                    json.has("taken_back"));
        }
    }

    private Acknowledgements(StateStore stateStore, boolean shared) {
        this.stateStore = stateStore;
        this.shared = shared;
    }

    /**
     * Reads all records.
     *
     * @param shared whether other gateways write them, too
     */
    public static Acknowledgements open(StateStore stateStore, boolean shared) throws StoreUnavailable {
        Acknowledgements all = new Acknowledgements(stateStore, shared);
        synchronized (all) {
            for (String name : stateStore.names(RECORDS)) {
                stateStore.read(name).ifPresent(all::adopt);
            }
        }
        return all;
    }

    /** Who acknowledged an alert and when; empty when nobody did, or when it was taken back. */
    public synchronized Optional<Acknowledgement> of(UUID alert) {
        return Optional.ofNullable(acknowledged.get(alert));
    }

    /** Reads what other gateways wrote, when that was not done a moment ago. */
    public synchronized void refresh() throws StoreUnavailable {
        if (shared && System.nanoTime() - refreshed >= REFRESH.toNanos()) {
            load();
        }
    }

    /**
     * Acknowledges alerts, or takes that back; durable when this returns. An alert that is acknowledged already keeps
     * who did it first.
     *
     * @param by the account
     * @param takeBack whether acknowledgements are taken back
     */
    public synchronized void change(Collection<UUID> alerts, String by, Instant now, boolean takeBack)
            throws StoreUnavailable {
        if (shared) {
            load();
        }
        while (true) {
            List<Change> fresh = new LinkedHashSet<>(alerts)
                    .stream()
                            .filter(alert -> acknowledged.containsKey(alert) == takeBack)
                            .map(alert -> new Change(alert, new Acknowledgement(by, now), takeBack))
                            .toList();
            if (fresh.isEmpty() || write(fresh)) {
                return;
            }
            load();
        }
    }

    /** Drops the records in which every change is older than {@code since}; the last one stays. */
    public synchronized void prune(Instant since) throws StoreUnavailable {
        for (String name : stateStore.names(RECORDS)) {
            Optional<StateStore.Paper> paper = name.equals(name(number)) ? Optional.empty() : stateStore.read(name);
            if (paper.isPresent() && read(paper.get()).stream().allMatch(change -> change.who.at.isBefore(since))) {
                stateStore.remove(name);
            }
        }
        acknowledged.values().removeIf(one -> one.at.isBefore(since));
    }

    /** Whether the changes were written; otherwise another gateway was first. */
    private boolean write(List<Change> fresh) throws StoreUnavailable {
        boolean full = last.size() >= FULL;
        List<Change> next = full ? new ArrayList<>() : new ArrayList<>(last);
        next.addAll(fresh);
        long at = full ? number + 1 : number;
        Optional<String> written = stateStore.replace(
                name(at),
                full ? "" : version,
                CanonicalJson.bytes(JsonObject.builder()
                        .put(
                                "changes",
                                new JsonArray(
                                        next.stream().<Json>map(Change::write).toList()))
                        .build()));
        if (written.isEmpty()) {
            return false;
        }
        number = at;
        version = written.get();
        last = List.copyOf(next);
        fresh.forEach(this::apply);
        return true;
    }

    /** Reads the last known record and those that follow it. */
    private void load() throws StoreUnavailable {
        refreshed = System.nanoTime();
        while (true) {
            long before = number;
            for (StateStore.Paper paper : stateStore.read(List.of(name(number), name(number + 1)))) {
                if (!paper.version().equals(version) || !paper.name().equals(name(number))) {
                    adopt(paper);
                }
            }
            if (number == before) {
                return;
            }
        }
    }

    private void adopt(StateStore.Paper paper) {
        List<Change> changes = read(paper);
        number = Long.parseLong(paper.name().substring(RECORDS.length(), RECORDS.length() + 10));
        version = paper.version();
        last = changes;
        changes.forEach(this::apply);
    }

    private void apply(Change change) {
        if (change.takenBack) {
            acknowledged.remove(change.alert);
        } else {
            acknowledged.putIfAbsent(change.alert, change.who);
        }
    }

    private static List<Change> read(StateStore.Paper paper) {
        try {
            return StrictJson.parseObject(paper.content()).items("changes").stream()
                    .map(item -> Change.read((JsonObject) item))
                    .toList();
        } catch (MalformedJson | RuntimeException damaged) {
            LOG.error(
                    "{} is damaged and passed over: its alerts count as open; to get it back, restore it from a backup",
                    paper.name(),
                    damaged);
            return List.of();
        }
    }

    private static String name(long number) {
        return RECORDS + String.format(Locale.ROOT, "%010d.json", number);
    }
}
