package uz.koprik.gateway.centre;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListFile;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.alerts.log.AlertPosition;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeFiles;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.gateway.config.HomeModes;

/** Examines the home of a centre, running or not, and changes nothing. */
public final class Doctor {

    private static final long ROOM = 256L << 20;
    private static final Duration SOON = Duration.ofDays(30);
    private static final Duration CLOCK_MAY_DIFFER = Duration.ofMinutes(5);

    /**
     * What a check found.
     *
     * @param well whether nothing need be done
     * @param words what it found, and the cure when something need be done
     */
    public record Result(String check, boolean well, String words) {}

    /** One thing to look at; a message of an exception is a result as well. */
    private interface Check {
        List<Result> run(String name) throws IOException, ConfigException, StartFailure, TrustListRejected;
    }

    private final Home home;
    private final InstantSource clock;
    private final Map<String, Check> checks = new java.util.LinkedHashMap<>();

    public Doctor(Home home, InstantSource clock) {
        this.home = home;
        this.clock = clock;
        // A further check is one line here.
        checks.put("settings", this::settings);
        checks.put("modes", this::modes);
        checks.put("files", this::files);
        checks.put("keys", this::keys);
        checks.put("certificate", this::certificate);
        checks.put("trust list", this::trustList);
        checks.put("store", this::store);
        checks.put("disk", this::disk);
        checks.put("clock", this::clock);
    }

    /** Runs all checks. */
    public List<Result> examine() {
        List<Result> all = new ArrayList<>();
        checks.forEach((name, check) -> {
            try {
                all.addAll(check.run(name));
            } catch (IOException unusable) {
                all.add(new Result(name, false, unusable.getMessage() + StartChecks.cure(unusable)));
            } catch (UncheckedIOException unusable) {
                all.add(new Result(
                        name,
                        false,
                        unusable.getMessage() + ": " + unusable.getCause().getMessage()));
            } catch (ConfigException | StartFailure | TrustListRejected wrong) {
                all.add(new Result(name, false, wrong.getMessage()));
            }
        });
        return all;
    }

    /**
     * Takes the files as they are as right, since an operator has looked at them. What the journal lost is not taken.
     *
     * @return the manifest
     */
    public Path record() throws IOException, ConfigException {
        Config config = ConfigFile.read(home.config());
        HomeManifest manifest = new HomeManifest(home);
        Map<String, Long> numbers = new TreeMap<>();
        if (config.store().kind() == Config.StoreKind.LUCENE) {
            try {
                manifest.read()
                        .ifPresent(now -> numbers.put(HomeManifest.STORE_SEQ, now.number(HomeManifest.STORE_SEQ)));
            } catch (ConfigException damaged) {
                numbers.clear(); // the journal's own mark knows its end as well
            }
        }
        HomeFiles.trustSequence(home.root()).ifPresent(number -> numbers.put(HomeManifest.TRUST_SEQUENCE, number));
        AlertPosition.read(home.state()).ifPresent(alerts -> numbers.put(HomeManifest.ALERTS_LAST, alerts.last()));
        manifest.record(numbers);
        return manifest.path();
    }

    private Config config() throws ConfigException {
        return ConfigFile.read(home.config());
    }

    private List<Result> settings(String name) throws ConfigException {
        return List.of(new Result(name, true, home.config() + " can be read; the centre is " + config().name()));
    }

    private List<Result> modes(String name) throws ConfigException, IOException {
        HomeModes modes = new HomeModes(home);
        modes.check();
        List<Path> open = modes.open();
        return List.of(
                open.isEmpty()
                        ? new Result(name, true, "only the owner can use the home")
                        : new Result(
                                name,
                                false,
                                open.size() + " files and folders can be used by others than the owner, "
                                        + open.getFirst() + " among them; run: chmod -R go= " + home.root()
                                        + " (or start the centre, which does the same)"));
    }

    private List<Result> files(String name) throws ConfigException, IOException {
        Optional<HomeManifest.Content> content = new HomeManifest(home).read();
        List<Result> results = new ArrayList<>();
        for (HomeFiles.Finding finding :
                new HomeFiles(home, System.getenv("KOPRIK_PASSPHRASE") != null).check(content)) {
            results.add(new Result(name, finding.weight() == HomeFiles.Weight.NOTE, finding.toString()));
        }
        if (results.isEmpty()) {
            results.add(new Result(
                    name,
                    true,
                    content.isPresent()
                            ? content.get().files().size() + " files are as the manifest says"
                            : "there is no manifest yet; the next start makes it"));
        }
        return results;
    }

    private List<Result> keys(String name) throws StartFailure, IOException {
        CentreKeys keys = Gateway.keys(home);
        return List.of(new Result(
                name,
                true,
                "the key file opens; the signing key is " + keys.publicKey().kid()));
    }

    private List<Result> certificate(String name) throws StartFailure, IOException {
        Instant until = Gateway.keys(home).tlsCertificate().getNotAfter().toInstant();
        Instant from = Gateway.keys(home).tlsCertificate().getNotBefore().toInstant();
        Instant now = clock.instant();
        if (now.isBefore(from)) {
            return List.of(new Result(
                    name, false, "the TLS certificate is valid from " + from + " only: set the clock right"));
        }
        return List.of(
                now.plus(SOON).isBefore(until)
                        ? new Result(name, true, "the TLS certificate is valid until " + until)
                        : new Result(
                                name,
                                false,
                                "the TLS certificate " + (now.isAfter(until) ? "expired at " : "expires at ") + until
                                        + ": clients that check dates refuse it. Make a new one for the same key, and send partners the card that"
                                        + " `koprik partner card` then prints"));
    }

    private List<Result> trustList(String name) throws StartFailure, IOException, TrustListRejected {
        TrustList list = new TrustListFile(home.trust())
                .loadForRenewal(Gateway.keys(home).publicKey().kid());
        Instant now = clock.instant();
        return List.of(
                now.plus(SOON).isBefore(list.expires())
                        ? new Result(
                                name,
                                true,
                                "number " + list.sequence() + ", "
                                        + list.centres().size() + " centres, valid until " + list.expires())
                        : new Result(
                                name,
                                false,
                                "the trust list " + (now.isAfter(list.expires()) ? "expired at " : "expires at ")
                                        + list.expires()
                                        + ": a running centre renews it by itself long before, so look into its log; a start and"
                                        + " `koprik partner card` renew it, too"));
    }

    private List<Result> store(String name) throws ConfigException, IOException {
        Config config = config();
        if (config.store().kind() != Config.StoreKind.LUCENE) {
            return List.of(new Result(name, true, "is a cluster, which is checked when the centre starts"));
        }
        return List.of(new Result(name, true, StoreOpener.inspect(home, config)));
    }

    private List<Result> disk(String name) throws ConfigException, IOException {
        List<Result> results = new ArrayList<>();
        Path data = home.data(config());
        for (Path folder : List.of(home.root(), Files.isDirectory(data) ? data : home.root()).stream()
                .distinct()
                .toList()) {
            FileStore disk = Files.getFileStore(folder);
            long room = disk.getUsableSpace();
            String words = (room >> 20) + " MiB are free for " + folder;
            results.add(
                    room >= ROOM
                            ? new Result(name, true, words)
                            : new Result(
                                    name, false, words + ": free some room, or intake stops when the disk is full"));
        }
        return results;
    }

    private List<Result> clock(String name) throws IOException {
        Instant now = clock.instant();
        for (Path file : List.of(home.config(), home.trust(), home.manifest())) {
            if (Files.exists(file)) {
                Instant written = Files.getLastModifiedTime(file).toInstant();
                if (written.isAfter(now.plus(CLOCK_MAY_DIFFER))) {
                    return List.of(new Result(
                            name,
                            false,
                            "the clock says " + now + ", but " + file + " was written at " + written
                                    + ": set the clock right, or signatures and entries get wrong times"));
                }
            }
        }
        return List.of(new Result(name, true, now.toString()));
    }
}
