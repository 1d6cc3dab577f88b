package uz.koprik.gateway.alerts.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Copies alerts, subscriptions and saved searches between the state store in the files of a home and that of a cluster.
 * The records are the same. Also takes over the alert log of earlier versions.
 */
public final class AlertMigration {

    private static final Logger LOG = LoggerFactory.getLogger(AlertMigration.class);

    /** Records of both state stores, without those of the log. */
    private static final Pattern BESIDES = Pattern.compile(
            "alerts/(subscriptions\\.json|conflicts\\.json|marks\\.key|served/[^/]+\\.json|digests/[^/]+/[^/]+\\.json)|(searches|agreements|recalls|desk/(waiting|records)|retention/(holds|terms|batches|runs))/[^/]+\\.json");

    /** Where they are. */
    private static final List<String> FOLDERS =
            List.of("alerts/", "searches/", "agreements/", "desk/", "recalls/", "retention/");

    /** The same, and those of the log. */
    private static final List<String> ALL = Stream.concat(
                    FOLDERS.stream(), Stream.of(AlertBatch.RECORDS, AlertLoader.GIVEN))
            .toList();

    private AlertMigration() {}

    /** Called between steps; throws when the caller lost the lease. */
    public interface Permission {
        void require() throws StoreUnavailable;
    }

    /** Whether a state store has the alerts. */
    public static boolean isIn(StateStore stateStore) throws StoreUnavailable {
        return stateStore.read(AlertState.NAME).isPresent();
    }

    /**
     * Makes the state store of a centre with one gateway hold the alert log: takes over the files of an earlier
     * version, or creates an empty log.
     *
     * @param state the folder of the home
     * @param last the last sequence number of objects, after which a new log begins
     * @throws IOException when the log lost its first record
     */
    public static void prepare(Path state, StateStore stateStore, long last) throws IOException, StoreUnavailable {
        takeOver(state, stateStore, last);
        if (!isIn(stateStore)) {
            if (!stateStore.names(AlertBatch.RECORDS).isEmpty()) {
                AlertLoader.state(stateStore); // throws: the records lack it
            }
            AlertLog.create(stateStore, last);
        }
    }

    /**
     * Takes over the files of an earlier version, if there are any, and removes them afterwards. Makes a missing or
     * damaged state anew from the records.
     */
    static void takeOver(Path state, StateStore stateStore, long last) throws IOException, StoreUnavailable {
        LegacyAlertFiles files = LegacyAlertFiles.in(state.resolve("alerts"));
        if (files.isEmpty()) {
            repair(stateStore, last);
            return;
        }
        if (!isIn(stateStore)) {
            files.copyTo(stateStore, last);
            LOG.info("the alerts of {} are records of {} from now on", state.resolve("alerts"), state);
        }
        files.delete();
    }

    private static void repair(StateStore stateStore, long last) throws StoreUnavailable {
        Optional<StateStore.Paper> there = stateStore.read(AlertState.NAME);
        List<String> names = stateStore.names(AlertBatch.RECORDS);
        if (names.isEmpty()) {
            return;
        }
        try {
            AlertState.read(there.map(StateStore.Paper::content).orElse(new byte[0]));
        } catch (IOException damaged) {
            long covered = -1;
            for (String name : names) {
                try {
                    byte[] content = stateStore.read(name).orElseThrow().content();
                    covered = AlertBatch.read(name, content).covered();
                } catch (IOException gap) {
                    LOG.warn("the state record {} is passed over: {}", name, gap.getMessage());
                }
            }
            if (covered >= 0) {
                AlertState state = new AlertState(Math.min(covered, last), AlertBatch.first(names.getFirst()), 0, -1);
                stateStore.replace(
                        AlertState.NAME, there.map(StateStore.Paper::version).orElse(""), state.write());
                LOG.error(
                        "the state record {} was missing or damaged and is made anew: objects after entry {} are searched again",
                        AlertState.NAME,
                        state.covered());
            }
        }
    }

    /**
     * Copies the alerts, subscriptions and saved searches of a home to an empty state store. Only one gateway may do so
     * at a time. An interrupted copy is begun anew.
     *
     * @param state the folder of the home
     * @param last the last sequence number of objects, after which a new log begins
     */
    public static void fromHome(Path state, StateStore stateStore, long last, Permission permission)
            throws IOException, StoreUnavailable {
        for (String folder : ALL) {
            for (String leftOver : stateStore.names(folder)) {
                stateStore.remove(leftOver);
                permission.require();
            }
        }
        FileStateStore home = new FileStateStore(state);
        takeOver(state, home, last);
        List<String> names = names(home);
        names.addAll(home.names(AlertBatch.RECORDS));
        names.addAll(home.names(AlertLoader.GIVEN));
        for (String name : names) {
            copy(name, home, stateStore);
            permission.require();
        }
        if (isIn(home)) {
            AlertState there = AlertState.read(AlertLoader.state(home).content());
            AlertState shared = new AlertState(
                    Math.min(there.covered(), last), there.first(), there.last(), Math.min(there.base(), last));
            stateStore.replace(AlertState.NAME, "", shared.write());
            LOG.info(
                    "alerts, subscriptions and saved searches of {} are shared by all gateways of the centre from now on",
                    state);
        } else {
            AlertLog.create(stateStore, last);
        }
    }

    /**
     * Replaces the files of a home by the content of a state store, while gateways use it. What is read first may be
     * older: delivery records and the last searched sequence number are, so that an alert emitted meanwhile is emitted
     * or delivered again rather than never.
     *
     * @param state the folder of the home
     * @return false when the state store has no alerts
     */
    public static boolean intoHome(StateStore stateStore, Path state) throws IOException, StoreUnavailable {
        if (!isIn(stateStore)) {
            return false;
        }
        FileStateStore home = new FileStateStore(state);
        home.remove(AlertState.NAME);
        for (String folder : ALL) {
            clear(state.resolve(folder));
        }
        for (String name : names(stateStore)) {
            copy(name, stateStore, home);
        }
        Home.ownerOnlyFolder(state);
        AlertState before = AlertState.read(AlertLoader.state(stateStore).content());
        for (String folder : List.of(AlertBatch.RECORDS, AlertLoader.GIVEN)) {
            for (String name : stateStore.names(folder)) {
                copy(name, stateStore, home);
            }
        }
        // Records that were dropped meanwhile are before the new first one.
        AlertState after = AlertState.read(AlertLoader.state(stateStore).content());
        home.replace(
                AlertState.NAME,
                "",
                new AlertState(before.covered(), after.first(), before.last(), after.base()).write());
        return true;
    }

    private static void copy(String name, StateStore from, StateStore to) throws StoreUnavailable {
        Optional<StateStore.Paper> paper = from.read(name);
        if (paper.isPresent()) {
            to.replace(name, "", paper.get().content());
        }
    }

    private static List<String> names(StateStore stateStore) throws StoreUnavailable {
        List<String> names = new ArrayList<>();
        for (String folder : FOLDERS) {
            names.addAll(stateStore.names(folder));
        }
        names.removeIf(name -> !BESIDES.matcher(name).matches());
        return names;
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
