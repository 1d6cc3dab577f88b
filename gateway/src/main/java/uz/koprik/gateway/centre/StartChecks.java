package uz.koprik.gateway.centre;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.FullDisk;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.gateway.accessrecord.AccessRecord;
import uz.koprik.gateway.alerts.log.AlertPosition;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeFiles;
import uz.koprik.gateway.config.HomeFiles.Finding;
import uz.koprik.gateway.config.HomeFiles.Weight;
import uz.koprik.gateway.config.HomeFormat;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.gateway.config.HomeModes;
import uz.koprik.gateway.feeds.FeedPositions;
import uz.koprik.indicators.store.journal.AcknowledgedMarks;
import uz.koprik.indicators.store.journal.DamagedJournal;

/** Whether a home is whole, looked at before a centre starts; what of it is worth a line in the log is said there. */
public final class StartChecks {

    private static final Logger LOG = LoggerFactory.getLogger(StartChecks.class);

    private static final String ALERTS = "state/alerts";

    private final Home home;
    private final Config config;
    private final HomeManifest manifest;

    /** @param config the settings of the home */
    public StartChecks(Home home, Config config) {
        this.home = home;
        this.config = config;
        this.manifest = new HomeManifest(home);
    }

    /**
     * Checks modes and files.
     *
     * @throws StartFailure when something is missing, damaged or put back from an older copy: names every such file and
     *     the cure
     */
    void files() throws ConfigException, StartFailure, IOException {
        HomeModes modes = new HomeModes(home);
        modes.check();
        modes.restrict();
        PrivateFiles.folders(home.state()); // copies of a home may lack empty folders
        Optional<HomeManifest.Content> content = manifest.read();
        List<Finding> findings = findings(content);
        refuse(findings);
        for (Finding finding : findings) {
            if (finding.weight() == Weight.WARNING) {
                LOG.warn("{}", finding);
            } else {
                LOG.info("{}", finding);
            }
        }
        keptFiles().setAside(findings);
        if (findings.stream().anyMatch(finding -> finding.file().equals(ALERTS))) {
            manifest.lower(
                    HomeManifest.ALERTS_LAST,
                    AlertPosition.read(home.state()).map(AlertPosition::last).orElse(0L));
        }
        if (content.isEmpty()) {
            manifest.record();
            LOG.warn(
                    "there was no {}: it is made of the files as they are now, and they are held against it from now on",
                    manifest.path());
        } else {
            List<String> taken = new ArrayList<>(List.of("koprik.yaml", "partners.yaml", "keys/passphrase"));
            taken.addAll(content.get().changing());
            manifest.take(taken);
        }
        Map<String, Long> numbers = new HashMap<>(Map.of(HomeManifest.FORMAT, HomeFormat.CURRENT));
        numbers.put(HomeManifest.ACCESS_LAST, AccessRecord.marked(home.access()));
        HomeFiles.trustSequence(home.root()).ifPresent(number -> numbers.put(HomeManifest.TRUST_SEQUENCE, number));
        manifest.atLeast(numbers);
    }

    /** What a start finds wrong with the files of the home; changes nothing. */
    public List<Finding> findings(Optional<HomeManifest.Content> content) throws IOException {
        List<Finding> findings = new ArrayList<>(keptFiles().check(content));
        alerts(content).ifPresent(findings::add);
        return findings;
    }

    private HomeFiles keptFiles() {
        return new HomeFiles(home, System.getenv("KOPRIK_PASSPHRASE") != null);
    }

    private static void refuse(List<Finding> findings) throws StartFailure {
        List<Finding> refused = findings.stream()
                .filter(finding -> finding.weight() == Weight.REFUSED)
                .toList();
        if (!refused.isEmpty()) {
            throw new StartFailure(refused.stream().map(Finding::toString).collect(Collectors.joining("\n")));
        }
    }

    private Optional<Finding> alerts(Optional<HomeManifest.Content> content) throws IOException {
        long known = content.map(now -> now.number(HomeManifest.ALERTS_LAST)).orElse(0L);
        Optional<AlertPosition> position = AlertPosition.read(home.state());
        long last = position.map(AlertPosition::last).orElse(0L);
        if (last >= known) {
            return Optional.empty();
        }
        String words =
                "the log (state/alerts.log/) ends with alert " + last + ", though alert " + known + " was emitted; ";
        return Optional.of(
                position.isPresent() && position.get().covered() >= 0
                        ? new Finding(Weight.WARNING, ALERTS, words + "those after it are emitted again")
                        : new Finding(
                                Weight.REFUSED,
                                ALERTS,
                                words + "restore the folder from a backup, or run `koprik doctor --record` to go on"
                                        + " without those alerts"));
    }

    /** What of this home has seen entries of the store. */
    static List<AcknowledgedMarks.Witness> witnesses(Home home, Config config) throws IOException {
        List<AcknowledgedMarks.Witness> witnesses = new ArrayList<>();
        if (config.store().kind() != Config.StoreKind.LUCENE) {
            return witnesses;
        }
        for (Map.Entry<Path, Long> feed : FeedPositions.pushed(home.state()).entrySet()) {
            witnesses.add(new AcknowledgedMarks.Witness("the position of a feed in " + feed.getKey(), feed.getValue()));
        }
        AlertPosition.read(home.state())
                .ifPresent(alerts -> witnesses.add(
                        new AcknowledgedMarks.Witness("the alert log in " + home.state(), alerts.covered())));
        try {
            new HomeManifest(home)
                    .read()
                    .ifPresent(content -> witnesses.add(new AcknowledgedMarks.Witness(
                            "the manifest of the home", content.number(HomeManifest.STORE_SEQ))));
        } catch (ConfigException damaged) {
            throw new IOException(damaged.getMessage(), damaged);
        }
        return witnesses;
    }

    /** What an operator can do about a store that does not open. */
    static String cure(IOException unusable) {
        if (unusable instanceof DamagedJournal) {
            return ". To lose nothing, make a new home of a backup: `koprik restore BACKUP --home NEW`. To go on without what is lost:"
                    + " `koprik serve --accept-loss`, which records the loss";
        }
        return FullDisk.caused(unusable) ? ". Free some room on that disk, then start again" : "";
    }

    /**
     * Called when the store is open and nothing else has happened. A cluster holds less than this gateway has seen when
     * somebody restored it from an older snapshot.
     *
     * @param last the last sequence number of the store
     */
    void opened(long last, boolean acceptLoss, InstantSource clock) throws StartFailure, ConfigException, IOException {
        long known = manifest.read()
                .map(content -> content.number(HomeManifest.STORE_SEQ))
                .orElse(0L);
        if (last < known && config.store().kind() == Config.StoreKind.ELASTICSEARCH) {
            String place = StoreOpener.place(home, config);
            String what = "the log ends with entry " + last + ", though this gateway has seen entry " + known;
            if (!acceptLoss) {
                throw new StartFailure("the store in " + place + " lost entries: " + what
                        + ". Restore the indices of the cluster, or a"
                        + " backup by `koprik restore` under an empty prefix; or go on without what is lost: `koprik serve --accept-loss`,"
                        + " which records the loss");
            }
            new AcceptedLoss(home, clock).record(place, what, last, known);
        }
        manifest.open();
        manifest.atLeast(Map.of(HomeManifest.STORE_SEQ, last));
    }

    /** Called when the centre has stopped by itself and let go of all files. */
    void stopped(long lastSeq) throws IOException {
        Map<String, Long> numbers = new HashMap<>(Map.of(HomeManifest.STORE_SEQ, lastSeq));
        Optional<AlertPosition> alerts = AlertPosition.read(home.state());
        alerts.ifPresent(position -> numbers.put(HomeManifest.ALERTS_LAST, position.last()));
        HomeFiles.trustSequence(home.root()).ifPresent(number -> numbers.put(HomeManifest.TRUST_SEQUENCE, number));
        manifest.close(numbers);
    }
}
