package uz.koprik.gateway.alerts.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Reads all records of the log. A damaged or missing record is a gap: it is reported, and later alerts are read. After
 * the loss of the last alerts, numbers continue after the lost ones, and their objects are searched again.
 */
final class AlertLoader {

    private static final Logger LOG = LoggerFactory.getLogger(AlertLoader.class);

    /** Fingerprints of dropped alerts, eight bytes each. */
    static final String GIVEN = "alerts.given/";

    /** The gaps that were logged, one per line. */
    static final String REPORTED = "alerts.gaps";

    /** Records per request when all are read. */
    static final int READ = 50;

    private final StateStore stateStore;
    private final AlertLog.Objects objects;
    private final List<String> gaps = new ArrayList<>();
    private StateStore.Paper paper;
    private AlertState state;
    private AlertIndex index;
    private Optional<AlertTail> tail = Optional.empty();
    private long damaged;
    private long covered;

    private AlertLoader(StateStore stateStore, AlertLog.Objects objects) {
        this.stateStore = stateStore;
        this.objects = objects;
    }

    /** @throws IOException when {@link AlertState} is missing or damaged */
    static AlertLoader load(StateStore stateStore, AlertLog.Objects objects) throws IOException, StoreUnavailable {
        while (true) {
            AlertLoader loader = new AlertLoader(stateStore, objects);
            loader.readAll();
            // A record that is missing because it was dropped meanwhile is no gap.
            if (loader.gaps.isEmpty()
                    || AlertState.read(state(stateStore).content()).first() == loader.state.first()) {
                loader.finish();
                return loader;
            }
        }
    }

    static StateStore.Paper state(StateStore stateStore) throws IOException, StoreUnavailable {
        return stateStore
                .read(AlertState.NAME)
                .orElseThrow(() ->
                        new IOException("the state record " + AlertState.NAME + " is missing" + AlertState.RESTORE));
    }

    AlertState state() {
        return state;
    }

    String stateVersion() {
        return paper.version();
    }

    AlertIndex index() {
        return index;
    }

    /** Empty when only a new record continues the log. */
    Optional<AlertTail> tail() {
        return tail;
    }

    /** See {@link AlertLog#covered}. */
    long covered() {
        return covered;
    }

    /** Fingerprints are read last, since an alert is among them before it is dropped. */
    private void readAll() throws IOException, StoreUnavailable {
        paper = state(stateStore);
        state = AlertState.read(paper.content());
        index = new AlertIndex(state.first() - 1);
        List<String> names = stateStore.names(AlertBatch.RECORDS);
        for (int from = 0; from < names.size(); from += READ) {
            List<StateStore.Paper> some = stateStore.read(names.subList(from, Math.min(names.size(), from + READ)));
            objects.catchUp();
            for (StateStore.Paper one : some) {
                read(one);
            }
        }
        for (String name : stateStore.names(GIVEN)) {
            ByteBuffer all = ByteBuffer.wrap(
                    stateStore.read(name).map(StateStore.Paper::content).orElse(new byte[0]));
            while (all.remaining() >= Long.BYTES) {
                index.remember(all.getLong());
            }
        }
    }

    private void read(StateStore.Paper record) throws StoreUnavailable {
        long first = AlertBatch.first(record.name());
        boolean dropped = first < state.first();
        if (dropped) {
            // The gateway that dropped it died before it removed the record.
            stateStore.remove(record.name());
        }
        AlertBatch batch;
        try {
            batch = AlertBatch.read(record.name(), record.content());
        } catch (IOException unreadable) {
            if (!dropped) {
                gaps.add("the state record " + record.name() + " is damaged (" + unreadable.getMessage()
                        + "): its alerts are passed over");
                damaged = first;
                tail = Optional.empty();
            }
            return;
        }
        if (dropped) {
            batch.alerts().forEach(alert -> index.remember(AlertIds.of(alert.id())));
        } else if (first <= index.last()) {
            gaps.add("the state record " + record.name() + " repeats numbers of the record before: it is passed over");
        } else {
            if (first > index.last() + 1 && damaged != index.last() + 1) {
                gaps.add("alerts " + (index.last() + 1) + " to " + (first - 1) + " are missing in "
                        + AlertBatch.RECORDS);
            }
            index.add(first, batch.alerts(), record.content().length, batch.covered());
            tail = Optional.of(AlertTail.of(record, batch));
        }
    }

    private void finish() {
        long end = index.last();
        if (damaged > end) {
            index.skipTo(damaged - 1 + AlertBatch.BOUND);
        }
        if (state.last() > end) {
            if (damaged <= end) {
                gaps.add("alerts " + (end + 1) + " to " + state.last() + " are missing in " + AlertBatch.RECORDS);
            }
            index.skipTo(state.last());
            tail = Optional.empty();
        }
        covered = state.covered();
        if (index.last() > end) {
            long known = index.coveredByLast().orElse(state.base());
            if (known >= 0 && known < covered) {
                covered = known;
                gaps.add("the lost alerts are emitted again: objects after entry " + known + " are searched again");
            }
        }
        report();
    }

    /** Logs the gaps that no earlier start logged: a hole in the log of alerts is there for ever. */
    private void report() {
        Optional<StateStore.Paper> before = Optional.empty();
        Set<String> reported = Set.of();
        try {
            before = stateStore.read(REPORTED);
            reported = before.map(one -> new String(one.content(), StandardCharsets.UTF_8)
                            .lines()
                            .collect(Collectors.toSet()))
                    .orElse(reported);
        } catch (StoreUnavailable | UncheckedIOException unreadable) {
            LOG.debug("the reported gaps are not readable, all are logged again", unreadable);
        }
        for (String gap : gaps) {
            if (!reported.contains(gap)) {
                LOG.error("{}; to get lost alerts back, restore the record (with one gateway a file in state/)", gap);
            }
        }
        try {
            if (gaps.isEmpty() && before.isPresent()) {
                stateStore.remove(REPORTED);
            } else if (!reported.equals(Set.copyOf(gaps))) {
                stateStore.replace(
                        REPORTED,
                        before.map(StateStore.Paper::version).orElse(""),
                        String.join("\n", gaps).getBytes(StandardCharsets.UTF_8));
            }
        } catch (StoreUnavailable | UncheckedIOException unwritten) {
            LOG.debug("the gaps of the log of alerts are logged again at the next start", unwritten);
        }
    }
}
