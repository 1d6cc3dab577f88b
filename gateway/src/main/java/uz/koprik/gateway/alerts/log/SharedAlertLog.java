package uz.koprik.gateway.alerts.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.concurrent.CentreThread;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * The alerts of a centre of several gateways, in the shared state store ({@code docs/adr/0005}). A record holds a batch
 * and is named by the sequence number of its first alert. The gateway that creates the record owns these numbers, and
 * only one can create it. So a number means the same alert at every gateway, independently of leases and clocks. The
 * gateway that comes second reads the batch of the first and emits what is still new.
 */
public final class SharedAlertLog extends AlertLog {

    private static final Logger LOG = LoggerFactory.getLogger(SharedAlertLog.class);

    static final String BATCHES = "alerts.log/";

    /** Fingerprints of dropped alerts, eight bytes each. */
    static final String GIVEN = "alerts.given/";

    /**
     * The last searched sequence number, and the first alert that is kept. The log exists if and only if this record
     * does.
     */
    static final String STATE = "alerts.state";

    /** Alerts per record. */
    static final int MOST = 500;

    /** Records per request when all are read. */
    private static final int READ = 50;

    /** Sequence numbers per request when new records are looked for: most records hold one alert. */
    private static final int AHEAD = 8;

    /** Newest alerts in memory, for streams and deliveries. */
    private static final int RECENT = 1000;

    /** Period of writing the last searched sequence number. Later objects are searched again after a takeover. */
    private static final Duration MARK_AFTER = Duration.ofSeconds(2);

    private final StateStore papers;
    private final Objects objects;
    private final Duration follow;

    /** Held during I/O that advances the log; {@code this} is held only for a moment. */
    private final Object further = new Object();

    private String stateVersion = "";
    private boolean coveredIsNews;
    private long coveredWritten = System.nanoTime();

    private final List<Held> held = new ArrayList<>();
    private final List<Alert> recent = new ArrayList<>();
    /** One instance for equal subjects: few cases have many alerts. */
    private final Map<String, String> cases = new HashMap<>();

    private AlertIds given = new AlertIds();
    private long covered = -1;
    private long last;
    private volatile boolean closed;
    private final CentreThreads threads;
    private CentreThread follower;

    /**
     * A record: its first sequence number, the number after its last, its size in bytes, the time of its newest alert,
     * and the subjects.
     */
    private record Held(long first, long next, int size, Instant newest, List<String> cases) {

        AlertSegment.Place place(long seq) {
            return new AlertSegment.Place(seq, cases.get((int) (seq - first)));
        }

        String name() {
            return SharedAlertLog.name(first);
        }
    }

    /** The objects that alerts are about. */
    public interface Objects {

        /** Reads all objects stored before this call: readers of an alert are checked by its objects. */
        void catchUp() throws StoreUnavailable;
    }

    private SharedAlertLog(StateStore papers, Objects objects, Duration follow, CentreThreads threads) {
        this.papers = papers;
        this.objects = objects;
        this.follow = follow;
        this.threads = threads;
    }

    /**
     * Opens the log and reads all of it. Other gateways may write at the same time.
     *
     * @param follow period of reading new alerts of other gateways
     * @throws IOException when the log is missing or damaged
     */
    public static SharedAlertLog open(StateStore papers, Objects objects, Duration follow, CentreThreads threads)
            throws IOException, StoreUnavailable {
        SharedAlertLog log = new SharedAlertLog(papers, objects, follow, threads);
        synchronized (log.further) {
            log.load();
        }
        return log;
    }

    /** Creates the log after its batches were written. Does nothing when the log exists. */
    public static void found(StateStore papers, long covered, long first) throws StoreUnavailable {
        papers.replace(STATE, "", new State(covered, first).write());
    }

    static String name(long first) {
        return BATCHES + String.format(Locale.ROOT, "%019d", first);
    }

    /** See {@link #STATE}. */
    record State(long covered, long first) {

        byte[] write() {
            return CanonicalJson.bytes(JsonObject.builder()
                    .put("covered", covered)
                    .put("first", first)
                    .build());
        }

        static State read(byte[] content) throws IOException {
            try {
                JsonObject json = StrictJson.parseObject(content);
                if (json.get("covered") instanceof JsonNumber covered
                        && json.get("first") instanceof JsonNumber first) {
                    return new State(covered.longValue(), first.longValue());
                }
            } catch (MalformedJson damaged) {
                throw new IOException(
                        "the state of the alerts in the store is damaged; restore the centre from a backup", damaged);
            }
            throw new IOException("the state of the alerts in the store is damaged; restore the centre from a backup");
        }
    }

    /** Begins to read what other gateways emit. */
    public void start() {
        follower = threads.start("the reading of alerts of other gateways", "alerts-follow", this::run);
    }

    private void run() throws InterruptedException {
        while (!closed) {
            try {
                catchUp();
            } catch (StoreUnavailable away) {
                LOG.warn("alerts of other gateways wait: {}", away.getMessage());
            } catch (RuntimeException bug) {
                LOG.error("alerts of other gateways wait", bug);
            }
            Thread.sleep(follow);
        }
    }

    /** Reads everything. {@link #GIVEN} is read last, since a batch is listed there before it is dropped. */
    private void load() throws StoreUnavailable, IOException {
        while (true) {
            StateStore.Paper paper = papers.read(STATE)
                    .orElseThrow(() ->
                            new IOException("the alerts in the store are missing; restore the centre from a backup"));
            State state = State.read(paper.content());
            synchronized (this) {
                held.clear();
                recent.clear();
                given = new AlertIds();
                last = state.first - 1;
                stateVersion = paper.version();
                covered = state.covered;
                coveredIsNews = false;
            }
            boolean whole = loadBatches(state.first);
            loadGiven();
            if (whole) {
                return;
            }
            if (State.read(papers.read(STATE).orElse(paper).content()).first == state.first) {
                throw new IOException(
                        "the alerts in the store lack number " + (last + 1) + "; restore the centre from a backup");
            }
        }
    }

    private boolean loadBatches(long first) throws StoreUnavailable, IOException {
        List<String> names = papers.names(BATCHES);
        for (int from = 0; from < names.size(); from += READ) {
            List<StateStore.Paper> some = papers.read(names.subList(from, Math.min(names.size(), from + READ)));
            objects.catchUp();
            for (StateStore.Paper one : some) {
                AlertBatch batch = AlertBatch.read(one.content());
                if (number(one.name()) < first) {
                    // The gateway that dropped it died before it removed the record.
                    remember(batch.alerts());
                    papers.remove(one.name());
                } else if (number(one.name()) == last() + 1) {
                    take(batch, one.content().length);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    private void loadGiven() throws StoreUnavailable {
        for (String name : papers.names(GIVEN)) {
            Optional<StateStore.Paper> paper = papers.read(name);
            if (paper.isPresent()) {
                ByteBuffer all = ByteBuffer.wrap(paper.get().content());
                synchronized (this) {
                    while (all.remaining() >= Long.BYTES) {
                        given.add(all.getLong());
                    }
                }
            }
        }
    }

    private static long number(String name) {
        return Long.parseLong(name.substring(BATCHES.length()));
    }

    private synchronized void remember(List<Alert> alerts) {
        alerts.forEach(alert -> given.add(AlertIds.of(alert.id())));
    }

    private synchronized void take(AlertBatch batch, int size) {
        held.add(new Held(
                last + 1,
                batch.next(),
                size,
                batch.alerts().getLast().time(),
                batch.alerts().stream()
                        .map(alert -> cases.computeIfAbsent(alert.subject(), same -> same))
                        .toList()));
        remember(batch.alerts());
        recent.addAll(batch.alerts());
        if (recent.size() > 2 * RECENT) {
            recent.subList(0, recent.size() - RECENT).clear();
        }
        last = batch.next() - 1;
        notifyAll();
    }

    @Override
    public void catchUp() throws StoreUnavailable {
        synchronized (further) {
            try {
                while (further()) {
                    // Until there are no more.
                }
            } catch (IOException damaged) {
                throw new StoreUnavailable(damaged.getMessage(), damaged);
            }
        }
    }

    /** Reads the next records; returns whether there were any. */
    private boolean further() throws StoreUnavailable, IOException {
        long before = last();
        List<String> names = Stream.concat(
                        Stream.of(STATE),
                        LongStream.rangeClosed(before + 1, before + AHEAD).mapToObj(SharedAlertLog::name))
                .toList();
        List<StateStore.Paper> found = papers.read(names);
        if (found.stream().anyMatch(paper -> !paper.name().equals(STATE))) {
            objects.catchUp(); // before the alerts are visible
        }
        for (StateStore.Paper paper : found) {
            if (paper.name().equals(STATE)) {
                if (!paper.version().equals(stateVersion)) {
                    State state = State.read(paper.content());
                    if (state.first > before + 1) {
                        load(); // the alerts between were dropped
                        return false;
                    }
                    adopt(state, paper.version());
                }
            } else if (number(paper.name()) == last() + 1) {
                take(AlertBatch.read(paper.content()), paper.content().length);
            }
        }
        return last() > before;
    }

    private synchronized void adopt(State state, String version) {
        stateVersion = version;
        covered = state.covered;
        coveredIsNews = false;
        held.removeIf(one -> one.first < state.first);
        recent.removeIf(alert -> alert.seq() < state.first);
    }

    @Override
    public synchronized long covered() {
        return covered;
    }

    @Override
    public synchronized long last() {
        return last;
    }

    @Override
    public synchronized long first() {
        return held.isEmpty() ? last + 1 : held.getFirst().first;
    }

    @Override
    public int emit(List<AlertDraft> some, long seq, Instant now) throws StoreUnavailable, IOException {
        int count = 0;
        synchronized (further) {
            for (List<Alert> fresh = fresh(some, now); !fresh.isEmpty(); fresh = fresh(some, now)) {
                AlertBatch batch = new AlertBatch(fresh);
                byte[] content = batch.write();
                if (papers.replace(name(fresh.getFirst().seq()), "", content).isPresent()) {
                    take(batch, content.length);
                    count += fresh.size();
                } else if (!further()) {
                    // Another gateway's batch, or our own whose answer was lost, would be readable.
                    throw new StoreUnavailable("alert " + fresh.getFirst().seq() + " exists and cannot be read", null);
                }
            }
            if (seq != AS_BEFORE) {
                cover(seq);
            }
        }
        return count;
    }

    private synchronized List<Alert> fresh(List<AlertDraft> some, Instant now) {
        List<Alert> fresh = new ArrayList<>();
        Set<UUID> here = new HashSet<>();
        for (AlertDraft one : some) {
            UUID id = one.id();
            if (fresh.size() < MOST && here.add(id) && !given.contains(AlertIds.of(id))) {
                fresh.add(one.numbered(last + fresh.size() + 1, now));
            }
        }
        return fresh;
    }

    private void cover(long seq) throws StoreUnavailable, IOException {
        long before;
        synchronized (this) {
            before = covered;
            covered = seq;
        }
        coveredIsNews |= seq != before;
        if (coveredIsNews && System.nanoTime() - coveredWritten >= MARK_AFTER.toNanos()) {
            write(first());
        }
    }

    /** Writes the state, also over that of another gateway: both searched what they claim. */
    private void write(long first) throws StoreUnavailable, IOException {
        long now = covered();
        long kept = first;
        Optional<String> written = papers.replace(STATE, stateVersion, new State(now, kept).write());
        while (written.isEmpty()) {
            StateStore.Paper there = papers.read(STATE)
                    .orElseThrow(() ->
                            new IOException("the alerts in the store are missing; restore the centre from a backup"));
            kept = Math.max(kept, State.read(there.content()).first);
            written = papers.replace(STATE, there.version(), new State(now, kept).write());
        }
        adopt(new State(now, kept), written.get());
        coveredWritten = System.nanoTime();
    }

    @Override
    public List<Alert> after(long seq, int limit) throws StoreUnavailable, IOException {
        List<Held> wanted = new ArrayList<>();
        synchronized (this) {
            if (!recent.isEmpty() && recent.getFirst().seq() <= seq + 1) {
                return recent.stream()
                        .filter(alert -> alert.seq() > seq)
                        .limit(limit)
                        .toList();
            }
            long numbers = 0;
            for (int at = place(seq + 1); at < held.size() && numbers < limit; at++) {
                Held one = held.get(at);
                wanted.add(one);
                numbers += one.next - Math.max(one.first, seq + 1);
            }
        }
        List<Alert> found = papersOf(wanted).stream()
                .filter(alert -> alert.seq() > seq)
                .limit(limit)
                .toList();
        // When all of them were dropped meanwhile, later ones can exist.
        return wanted.isEmpty() || !found.isEmpty() ? found : after(wanted.getLast().next - 1, limit);
    }

    @Override
    public synchronized List<AlertSegment.Place> placesAfter(long seq, int limit) {
        List<AlertSegment.Place> places = new ArrayList<>();
        for (int at = place(seq + 1); at < held.size() && places.size() < limit; at++) {
            Held one = held.get(at);
            for (long number = Math.max(one.first, seq + 1); number < one.next && places.size() < limit; number++) {
                places.add(one.place(number));
            }
        }
        return places;
    }

    @Override
    public synchronized List<AlertSegment.Place> placesBefore(long seq, int limit) {
        List<AlertSegment.Place> places = new ArrayList<>();
        int from = seq > last ? held.size() - 1 : Math.min(place(seq), held.size() - 1);
        for (int at = from; at >= 0 && places.size() < limit; at--) {
            Held one = held.get(at);
            for (long number = Math.min(one.next, seq) - 1; number >= one.first && places.size() < limit; number--) {
                places.add(one.place(number));
            }
        }
        return places;
    }

    @Override
    public List<Alert> read(List<AlertSegment.Place> places) throws StoreUnavailable, IOException {
        Set<Long> numbers = new TreeSet<>();
        places.forEach(place -> numbers.add(place.seq()));
        Set<Held> wanted = new LinkedHashSet<>();
        synchronized (this) {
            for (long number : numbers) {
                int at = place(number);
                if (at < held.size() && held.get(at).first <= number) {
                    wanted.add(held.get(at));
                }
            }
        }
        return papersOf(wanted).stream()
                .filter(alert -> numbers.contains(alert.seq()))
                .toList();
    }

    /** Index of the first record that holds that number or a later one. */
    private int place(long seq) {
        int low = 0;
        int high = held.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (held.get(middle).next <= seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The alerts of some records, without those that were dropped meanwhile. */
    private List<Alert> papersOf(Collection<Held> wanted) throws StoreUnavailable, IOException {
        List<Alert> alerts = new ArrayList<>();
        for (StateStore.Paper paper :
                papers.read(wanted.stream().map(Held::name).toList())) {
            alerts.addAll(AlertBatch.read(paper.content()).alerts());
        }
        return alerts;
    }

    /** Only for the leader. Each alert is in {@link #GIVEN} before it is dropped. */
    @Override
    public void prune(Instant since, long most) throws StoreUnavailable, IOException {
        synchronized (further) {
            catchUp();
            List<Held> old = new ArrayList<>();
            synchronized (this) {
                long all = held.stream().mapToLong(Held::size).sum();
                for (Held one : held) {
                    if (!one.newest.isBefore(since) && all <= most) {
                        break;
                    }
                    old.add(one);
                    all -= one.size;
                }
            }
            for (int from = 0; from < old.size(); from += READ) {
                drop(old.subList(from, Math.min(old.size(), from + READ)));
            }
        }
    }

    private void drop(List<Held> old) throws StoreUnavailable, IOException {
        List<Alert> alerts = papersOf(old);
        String name = GIVEN + String.format(Locale.ROOT, "%019d", old.getFirst().first);
        Optional<StateStore.Paper> there = papers.read(name);
        byte[] before = there.map(StateStore.Paper::content).orElse(new byte[0]);
        ByteBuffer ids =
                ByteBuffer.allocate(before.length + alerts.size() * Long.BYTES).put(before);
        alerts.forEach(alert -> ids.putLong(AlertIds.of(alert.id())));
        if (papers.replace(name, there.map(StateStore.Paper::version).orElse(""), ids.array())
                .isEmpty()) {
            throw new StoreUnavailable("another gateway drops alerts at the same time", null);
        }
        write(old.getLast().next);
        for (Held one : old) {
            papers.remove(one.name());
        }
        LOG.info("alerts up to {} were dropped", old.getLast().next - 1);
    }

    /** Writes everything to a folder without a log, for a centre of one gateway. */
    void copyTo(Path folder) throws StoreUnavailable, IOException {
        long reached;
        List<Held> all;
        synchronized (this) {
            reached = covered;
            all = List.copyOf(held);
        }
        ByteBuffer dropped = ByteBuffer.allocate(0);
        for (String name : papers.names(GIVEN)) {
            byte[] more = papers.read(name).map(StateStore.Paper::content).orElse(new byte[0]);
            dropped = ByteBuffer.allocate(dropped.capacity() + more.length)
                    .put(dropped.array())
                    .put(more);
        }
        try (FileAlertLog log = FileAlertLog.begin(folder, first(), dropped.array())) {
            for (Held one : all) {
                List<Alert> alerts = papersOf(List.of(one));
                if (alerts.isEmpty()) {
                    throw new IOException("alerts were dropped while they were copied; try again");
                }
                log.take(alerts, reached);
            }
            log.take(List.of(), reached);
        }
    }

    /** Releases resources. Writes the last searched sequence number if this gateway searched. */
    @Override
    public void close() throws IOException {
        closed = true;
        if (follower != null) {
            follower.interrupt();
        }
        synchronized (further) {
            if (coveredIsNews) {
                try {
                    write(first());
                } catch (StoreUnavailable away) {
                    LOG.warn(
                            "the last searched sequence number is not written, later objects are searched again: {}",
                            away.getMessage());
                }
            }
        }
    }
}
