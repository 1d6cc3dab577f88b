package uz.koprik.gateway.alerts.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Carries alerts, subscriptions and saved searches from the files of a home to papers that several gateways share, and
 * back. The files are what a centre of one gateway works with, and what lies in a backup of any centre.
 */
public final class AlertMigration {

    private static final Logger LOG = LoggerFactory.getLogger(AlertMigration.class);

    /** Papers that are the same in both; the log of alerts is not. */
    private static final Pattern SAME = Pattern.compile(
            "alerts/(subscriptions\\.json|conflicts\\.json|marks\\.key|served/[^/]+\\.json|digests/[^/]+/[^/]+\\.json)|searches/[^/]+\\.json");

    private static final List<String> FOLDERS = List.of("alerts/", "searches/");

    private AlertMigration() {}

    /** Called between steps; throws when the caller lost the lease. */
    public interface Permission {
        void require() throws StoreUnavailable;
    }

    /** Whether the shared state store has the alerts. */
    public static boolean isIn(StateStore papers) throws StoreUnavailable {
        return papers.read(SharedAlertLog.STATE).isPresent();
    }

    /**
     * Copies the alerts, subscriptions and saved searches of a home to an empty state store. Only one gateway may do so
     * at a time. An interrupted copy is begun anew.
     *
     * @param state the folder of the home
     * @param last the last sequence number of objects, after which a new log begins
     */
    public static void fromHome(Path state, StateStore papers, long last, Permission permission)
            throws IOException, StoreUnavailable {
        for (String beginning : List.of(SharedAlertLog.BATCHES, SharedAlertLog.GIVEN, "alerts/", "searches/")) {
            for (String leftOver : papers.names(beginning)) {
                papers.remove(leftOver);
                permission.require();
            }
        }
        FileStateStore home = new FileStateStore(state);
        for (String name : names(home)) {
            Optional<StateStore.Paper> paper = home.read(name);
            if (paper.isPresent()) {
                papers.replace(name, "", paper.get().content());
                permission.require();
            }
        }
        long covered = last;
        long first = 1;
        Path folder = state.resolve("alerts");
        if (FileAlertLog.isIn(folder)) {
            try (FileAlertLog log = FileAlertLog.open(folder)) {
                first = log.first();
                covered = log.covered() < 0 ? last : Math.min(log.covered(), last);
                copy(log, papers, permission);
            }
            LOG.info(
                    "alerts, subscriptions and saved searches of {} are shared by all gateways of the centre from now on",
                    state);
        }
        SharedAlertLog.found(papers, covered, first);
    }

    private static void copy(FileAlertLog log, StateStore papers, Permission permission)
            throws IOException, StoreUnavailable {
        papers.replace(SharedAlertLog.GIVEN + "before", "", log.dropped());
        long place = log.first() - 1;
        for (List<Alert> some = log.after(place, SharedAlertLog.MOST);
                !some.isEmpty();
                some = log.after(place, SharedAlertLog.MOST)) {
            AlertBatch batch = new AlertBatch(some);
            papers.replace(SharedAlertLog.name(place + 1), "", batch.write());
            place = batch.next() - 1;
            permission.require();
        }
    }

    /**
     * Replaces the files of a home by the content of the state store. Delivery records are read before the alerts, so
     * that an alert emitted meanwhile is delivered again rather than never.
     *
     * @param state the folder of the home
     * @return false when the state store has no alerts
     */
    public static boolean intoHome(StateStore papers, Path state) throws IOException, StoreUnavailable {
        if (!isIn(papers)) {
            return false;
        }
        for (String folder : FOLDERS) {
            clear(state.resolve(folder));
        }
        FileStateStore home = new FileStateStore(state);
        for (String name : names(papers)) {
            Optional<StateStore.Paper> paper = papers.read(name);
            if (paper.isPresent()) {
                home.replace(name, "", paper.get().content());
            }
        }
        Home.ownerOnlyFolder(state);
        SharedAlertLog.open(papers, () -> {}, Duration.ZERO, CentreThreads.unwatched())
                .copyTo(state.resolve("alerts"));
        return true;
    }

    private static List<String> names(StateStore papers) throws StoreUnavailable {
        List<String> names = new ArrayList<>();
        for (String folder : FOLDERS) {
            names.addAll(papers.names(folder));
        }
        return names.stream().filter(name -> SAME.matcher(name).matches()).toList();
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
