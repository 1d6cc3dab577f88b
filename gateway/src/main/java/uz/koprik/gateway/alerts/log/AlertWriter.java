package uz.koprik.gateway.alerts.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/** Advances the log: reads what other gateways wrote, appends and drops alerts. One thread at a time does it. */
final class AlertWriter {

    private static final Logger LOG = LoggerFactory.getLogger(AlertWriter.class);

    /** Period of writing the last searched sequence number. Later objects are searched again after a takeover. */
    private static final Duration MARK_AFTER = Duration.ofSeconds(2);

    private final StateStore stateStore;
    private final Optional<AlertLog.Objects> shared;
    private final int fullBytes;
    private final AlertView view;

    private AlertState state;
    private String stateVersion;
    private Optional<AlertTail> tail;
    private boolean stateIsOld;
    private long stateWritten = System.nanoTime();

    /** Reads the whole log. */
    AlertWriter(StateStore stateStore, Optional<AlertLog.Objects> shared, int fullBytes, AlertView view)
            throws IOException, StoreUnavailable {
        this.stateStore = stateStore;
        this.shared = shared;
        this.fullBytes = fullBytes;
        this.view = view;
        load();
    }

    private void load() throws IOException, StoreUnavailable {
        AlertLoader loaded = AlertLoader.load(stateStore, shared.orElse(() -> {}));
        state = loaded.state();
        stateVersion = loaded.stateVersion();
        tail = loaded.tail();
        stateIsOld = loaded.covered() != state.covered();
        view.replace(loaded.index(), loaded.covered());
    }

    /** See {@link AlertLog#catchUp}. */
    synchronized void catchUp() throws StoreUnavailable {
        if (shared.isEmpty()) {
            return;
        }
        try {
            while (readNext()) {
                // Until there are no more.
            }
        } catch (IOException damaged) {
            throw new StoreUnavailable(damaged.getMessage(), damaged);
        }
    }

    /** Reads the state, the growing record and the next one; returns whether any of them is new. */
    private boolean readNext() throws StoreUnavailable, IOException {
        long before = view.last();
        List<String> names = new ArrayList<>(List.of(AlertState.NAME, AlertBatch.name(before + 1)));
        tail.filter(one -> !one.full(fullBytes)).ifPresent(one -> names.add(1, one.name()));
        List<StateStore.Paper> found = stateStore.read(names).stream()
                .filter(paper -> !paper.version().equals(known(paper.name())))
                .toList();
        if (found.stream().anyMatch(paper -> !paper.name().equals(AlertState.NAME)) && shared.isPresent()) {
            shared.get().catchUp(); // before the alerts are visible
        }
        for (StateStore.Paper paper : found) {
            if (paper.name().equals(AlertState.NAME)) {
                AlertState now = AlertState.read(paper.content());
                if (now.first() > before + 1) {
                    load(); // the alerts between were dropped
                    return true;
                }
                adopt(now, paper.version());
            } else if (!take(paper)) {
                load();
                return view.last() > before;
            }
        }
        return !found.isEmpty();
    }

    private String known(String name) {
        return name.equals(AlertState.NAME)
                ? stateVersion
                : tail.filter(one -> one.name().equals(name))
                        .map(AlertTail::version)
                        .orElse("");
    }

    /** Adds the new alerts of a record; returns false when it is damaged. */
    private boolean take(StateStore.Paper paper) {
        try {
            AlertBatch batch = AlertBatch.read(paper.name(), paper.content());
            add(AlertTail.of(paper, batch), batch.alerts(), batch.covered());
            return true;
        } catch (IOException damaged) {
            LOG.warn("the state record {} cannot be read: {}", paper.name(), damaged.getMessage());
            return false;
        }
    }

    private void add(AlertTail grown, List<Alert> alerts, long searched) {
        view.add(grown, alerts, searched);
        tail = Optional.of(grown);
    }

    private void adopt(AlertState now, String version) {
        state = now;
        stateVersion = version;
        stateIsOld = false;
        tail = tail.filter(one -> one.first() >= now.first());
        view.adopt(now);
    }

    /** See {@link AlertLog#emit}. */
    synchronized int emit(List<AlertDraft> some, long seq, Instant now) throws IOException, StoreUnavailable {
        int count = 0;
        for (List<Alert> fresh = view.fresh(some, now); !fresh.isEmpty(); fresh = view.fresh(some, now)) {
            if (write(fresh)) {
                count += fresh.size();
            } else if (!readNext()) {
                // Another gateway's alerts, or our own whose answer was lost, would be readable.
                throw new StoreUnavailable("alert " + fresh.getFirst().seq() + " exists and cannot be read", null);
            }
        }
        if (seq != AlertLog.AS_BEFORE) {
            cover(seq);
        }
        return count;
    }

    /** Appends alerts to the last record, or creates the next; returns false when another gateway was first. */
    private boolean write(List<Alert> fresh) throws StoreUnavailable {
        Optional<AlertTail> growing = tail.filter(one -> !one.full(fullBytes));
        byte[] items = AlertBatch.items(growing.map(AlertTail::items).orElse(new byte[0]), fresh);
        long searched = view.covered();
        byte[] content =
                AlertBatch.write(items, searched, false, fresh.getLast().seq() + 1);
        long first = growing.map(AlertTail::first).orElse(fresh.getFirst().seq());
        Optional<String> version = stateStore.replace(
                AlertBatch.name(first), growing.map(AlertTail::version).orElse(""), content);
        if (version.isEmpty()) {
            return false;
        }
        int count = growing.map(AlertTail::count).orElse(0) + fresh.size();
        add(new AlertTail(first, version.get(), items, count, content.length, false), fresh, searched);
        stateIsOld = true;
        return true;
    }

    private void cover(long seq) throws StoreUnavailable, IOException {
        stateIsOld |= view.cover(seq);
        if (stateIsOld && System.nanoTime() - stateWritten >= MARK_AFTER.toNanos()) {
            writeState(view.first(), state.base());
        }
    }

    /** Writes the state, also over that of another gateway: both searched what they claim. */
    private void writeState(long first, long base) throws StoreUnavailable, IOException {
        AlertState written = new AlertState(view.covered(), first, view.last(), base);
        Optional<String> version = stateStore.replace(AlertState.NAME, stateVersion, written.write());
        while (version.isEmpty()) {
            StateStore.Paper paper = AlertLoader.state(stateStore);
            AlertState other = AlertState.read(paper.content());
            written = new AlertState(
                    written.covered(),
                    Math.max(written.first(), other.first()),
                    Math.max(written.last(), other.last()),
                    Math.max(written.base(), other.base()));
            version = stateStore.replace(AlertState.NAME, paper.version(), written.write());
        }
        adopt(written, version.get());
        stateWritten = System.nanoTime();
    }

    /** See {@link AlertLog#prune}. */
    synchronized void prune(Instant since, long most) throws StoreUnavailable, IOException {
        catchUp();
        List<AlertIndex.Range> old = view.old(since, most);
        if (!old.isEmpty() && !sealed(old.getLast())) {
            return; // another gateway appends to it
        }
        for (int from = 0; from < old.size(); from += AlertLoader.READ) {
            drop(old.subList(from, Math.min(old.size(), from + AlertLoader.READ)));
        }
    }

    /** Whether no gateway appends to a record any more. */
    private boolean sealed(AlertIndex.Range range) throws StoreUnavailable {
        if (tail.isEmpty() || tail.get().first() != range.first() || tail.get().full(fullBytes)) {
            return true;
        }
        AlertTail open = tail.get();
        byte[] content = AlertBatch.write(open.items(), range.covered(), true, range.next());
        Optional<String> version = stateStore.replace(range.name(), open.version(), content);
        if (version.isEmpty()) {
            return false;
        }
        tail = Optional.of(
                new AlertTail(range.first(), version.get(), open.items(), open.count(), content.length, true));
        return true;
    }

    /** Fingerprints of alerts are in {@link AlertLoader#GIVEN} before the alerts are dropped. */
    private void drop(List<AlertIndex.Range> old) throws StoreUnavailable, IOException {
        List<Alert> alerts = AlertBatch.read(stateStore, old);
        Optional<String> newest = stateStore.names(AlertLoader.GIVEN).stream().reduce((one, next) -> next);
        Optional<StateStore.Paper> there = newest.isPresent() ? stateStore.read(newest.get()) : Optional.empty();
        there = there.filter(paper -> paper.content().length < AlertBatch.FULL_BYTES);
        byte[] before = there.map(StateStore.Paper::content).orElse(new byte[0]);
        int whole = before.length / Long.BYTES * Long.BYTES;
        ByteBuffer ids = ByteBuffer.allocate(whole + alerts.size() * Long.BYTES).put(before, 0, whole);
        alerts.forEach(alert -> ids.putLong(AlertIds.of(alert.id())));
        String name = there.map(StateStore.Paper::name)
                .orElse(AlertLoader.GIVEN
                        + String.format(Locale.ROOT, "%019d", old.getFirst().first()));
        if (stateStore
                .replace(name, there.map(StateStore.Paper::version).orElse(""), ids.array())
                .isEmpty()) {
            throw new StoreUnavailable("another gateway drops alerts at the same time", null);
        }
        writeState(old.getLast().next(), Math.max(state.base(), old.getLast().covered()));
        for (AlertIndex.Range one : old) {
            stateStore.remove(one.name());
        }
        LOG.info("alerts up to {} were dropped", old.getLast().next() - 1);
    }

    /** See {@link AlertLog#erase}. */
    synchronized int erase(AlertErasure erasure) throws StoreUnavailable {
        catchUp();
        int count = 0;
        for (String name : stateStore.names(AlertBatch.RECORDS)) {
            count += erase(erasure, name);
        }
        view.erase(erasure);
        return count;
    }

    /** Replaces a record until nothing in it is to be erased: another gateway may append to it meanwhile. */
    private int erase(AlertErasure erasure, String name) throws StoreUnavailable {
        while (true) {
            Optional<StateStore.Paper> there = stateStore.read(name);
            Optional<AlertBatch.Rewritten> rewritten =
                    there.flatMap(paper -> AlertBatch.rewritten(name, paper.content(), erasure));
            if (rewritten.isEmpty()) {
                return 0;
            }
            Optional<String> version = stateStore.replace(
                    name, there.get().version(), rewritten.get().content());
            if (version.isPresent()) {
                tail = tail.map(
                        one -> one.name().equals(name) ? rewritten.get().tail(one.first(), version.get()) : one);
                return rewritten.get().changed();
            }
        }
    }

    /** See {@link AlertLog#close}. */
    synchronized void close() throws IOException {
        if (!stateIsOld) {
            return;
        }
        try {
            writeState(view.first(), state.base());
        } catch (StoreUnavailable away) {
            LOG.warn(
                    "the last searched sequence number is not written, later objects are searched again: {}",
                    away.getMessage());
        }
    }
}
