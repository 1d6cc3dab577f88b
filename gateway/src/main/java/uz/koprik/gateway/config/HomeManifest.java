package uz.koprik.gateway.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/**
 * {@code manifest.json}: what must be in a home, so that a file that is missing, cut short or put back from an older
 * copy is noticed at the next start. The first line is the SHA-256 of the rest. Commands and a running centre may both
 * change it; a lock file puts them in turn.
 */
public final class HomeManifest {

    private static final Logger LOG = LoggerFactory.getLogger(HomeManifest.class);

    /** Says how far a trust list was in use, see {@link Content#numbers}. */
    public static final String TRUST_SEQUENCE = "trust.sequence";
    /** The {@link HomeFormat} of the latest version that opened the home. */
    public static final String FORMAT = "home.format";
    /** The last entry of the store. */
    public static final String STORE_SEQ = "store.seq";
    /** The last alert. */
    public static final String ALERTS_LAST = "alerts.last";

    /** The last entry of the access record. */
    public static final String ACCESS_LAST = "access.last";

    /** Files whose content only changes by {@link #change}. */
    static final Set<String> FIXED = Set.of(
            "keys/centre.p12",
            "keys/card.key",
            "keys/cursor.key",
            "tls.pem",
            "cards/own.json",
            "admin.token",
            "accounts.json");
    /** Files that people edit. */
    static final Set<String> EDITED = Set.of("koprik.yaml", "partners.yaml");
    /** Files that carry proofs of their own. */
    static final Set<String> PROVEN = Set.of("trust.json", "trust.json.sequence", "keys/passphrase");

    private static final String KEPT =
            "state/(?!url$|refused-pin$|tables/|status/|incoming/).*|evidence/.*|case-mappings/.*";
    private static final String LOGS = "state/(alerts/alerts-\\d+\\.log|alerts\\.log/\\d+)";

    /**
     * A file.
     *
     * @param sha256 empty where the length alone is known
     */
    public record Entry(long length, String sha256) {}

    /**
     * All that it says.
     *
     * @param files that must be there
     * @param changing files that somebody is about to replace, or was when the process ended
     * @param kept what else lay in the home when the centre stopped; empty while it runs, or when it did not stop by
     *     itself
     * @param numbers that only grow
     */
    public record Content(
            Map<String, Entry> files,
            Set<String> changing,
            Optional<Map<String, Entry>> kept,
            Map<String, Long> numbers) {

        public Content {
            files = new TreeMap<>(files);
            changing = new TreeSet<>(changing);
            kept = kept.map(TreeMap::new);
            numbers = new TreeMap<>(numbers);
        }

        /** A number; 0 when it is not known. */
        public long number(String name) {
            return numbers.getOrDefault(name, 0L);
        }
    }

    /** Something that changes files. */
    public interface Change {
        void make() throws IOException;
    }

    /** What becomes of the content; called under the lock. */
    interface Edit {
        Content of(Content now) throws IOException;
    }

    private final Path root;

    public HomeManifest(Home home) {
        this.root = home.root();
    }

    /** The manifest of the home in a folder. */
    public HomeManifest(Path root) {
        this.root = root;
    }

    /** Where it is. */
    public Path path() {
        return root.resolve("manifest.json");
    }

    /**
     * Reads it.
     *
     * @return empty when there is none: the home was made by an earlier version
     * @throws ConfigException when it is damaged: says what to do
     */
    public Optional<Content> read() throws IOException, ConfigException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        try {
            int line = 0;
            while (line < bytes.length && bytes[line] != '\n') {
                line++;
            }
            byte[] json = java.util.Arrays.copyOfRange(bytes, Math.min(line + 1, bytes.length), bytes.length);
            if (!new String(bytes, 0, line, StandardCharsets.ISO_8859_1).equals(Sha256.hex(json))) {
                throw new IllegalArgumentException("its checksum does not hold");
            }
            return Optional.of(content(StrictJson.parseObject(json)));
        } catch (MalformedJson | IllegalArgumentException | ClassCastException damaged) {
            throw new ConfigException(
                    "manifest.json",
                    0,
                    "is damaged (" + path() + "): restore it from a backup; or look at the other"
                            + " files of the home yourself, and run `koprik doctor --record`, which takes them as they are");
        }
    }

    /** Rebuilds it from the files of the home; keeps the numbers of the old one as far as it is readable. */
    public Content record() throws IOException {
        Map<String, Long> numbers = new TreeMap<>();
        try {
            read().ifPresent(before -> numbers.putAll(before.numbers()));
        } catch (ConfigException damaged) {
            numbers.clear();
        }
        return record(numbers);
    }

    /** The same with other numbers. */
    public Content record(Map<String, Long> numbers) throws IOException {
        Map<String, Entry> files = new TreeMap<>();
        for (Set<String> names : java.util.List.of(FIXED, EDITED, PROVEN)) {
            for (String name : names) {
                entry(name).ifPresent(entry -> files.put(name, entry));
            }
        }
        Content content = new Content(files, Set.of(), Optional.empty(), numbers);
        try (ManifestLock lock = ManifestLock.take(root)) {
            lock.held();
            write(content);
        }
        return content;
    }

    /**
     * Replaces a file that only changes in this way. A crash in between leaves a note of that, and the file is taken as
     * it is.
     *
     * @param name seen from the home
     */
    public void change(String name, Change change) throws IOException {
        if (!Files.exists(path())) {
            change.make(); // an earlier version made the home; the next start makes the manifest
            return;
        }
        edit(now -> {
            now.changing().add(name);
            return now;
        });
        boolean made = false;
        try {
            change.make();
            made = true;
        } finally {
            if (!made) {
                unmark(name);
            }
        }
        try {
            edit(now -> {
                now.changing().remove(name);
                note(now, name);
                return now;
            });
        } catch (IOException full) {
            // The change is made: to report a failure would have it made once more.
            LOG.warn("{} is replaced, which the manifest cannot note; the next start takes it as it is", name, full);
        }
    }

    /** Takes the mark away where the file is as it was. One that stays only makes the next start less strict. */
    private void unmark(String name) {
        try {
            edit(now -> {
                if (Optional.ofNullable(now.files().get(name)).equals(entry(name))) {
                    now.changing().remove(name);
                }
                return now;
            });
        } catch (IOException full) {
            LOG.debug("the manifest keeps its mark of {}", name, full);
        }
    }

    /** Takes files as they are; those that are missing need not be there any more. */
    public void take(Iterable<String> names) throws IOException {
        edit(now -> {
            for (String name : names) {
                now.changing().remove(name);
                note(now, name);
            }
            return now;
        });
    }

    private void note(Content content, String name) throws IOException {
        Optional<Entry> entry = entry(name);
        content.files().remove(name);
        entry.ifPresent(there -> content.files().put(name, there));
    }

    /** Raises numbers. */
    public void atLeast(Map<String, Long> numbers) throws IOException {
        edit(now -> {
            numbers.forEach((name, number) -> now.numbers().merge(name, number, Math::max));
            return now;
        });
    }

    /** Takes note of a trust list and settings of partners that a command has changed. */
    public void partnersChanged() throws IOException {
        take(java.util.List.of("partners.yaml", "trust.json", "trust.json.sequence"));
        Optional<Long> sequence = HomeFiles.trustSequence(root);
        if (sequence.isPresent()) {
            atLeast(Map.of(TRUST_SEQUENCE, sequence.get()));
        }
    }

    /** Sets a number, however high it was: what it counted is known to be lost. */
    public void lower(String name, long number) throws IOException {
        edit(now -> {
            now.numbers().put(name, number);
            return now;
        });
    }

    /** Says that the centre runs, or that somebody else may change what it keeps. */
    public void open() throws IOException {
        edit(now -> new Content(now.files(), now.changing(), Optional.empty(), now.numbers()));
    }

    /** Takes note of all that the centre keeps, since it stops. */
    public void close(Map<String, Long> numbers) throws IOException {
        Map<String, Entry> kept = kept();
        edit(now -> {
            numbers.forEach((name, number) -> now.numbers().merge(name, number, Math::max));
            return new Content(now.files(), now.changing(), Optional.of(kept), now.numbers());
        });
    }

    /** What lies in the home besides the files that must be there. */
    public Map<String, Entry> kept() throws IOException {
        Map<String, Entry> kept = new TreeMap<>();
        for (String folder : java.util.List.of("state", "evidence", "case-mappings")) {
            if (!Files.isDirectory(root.resolve(folder))) {
                continue;
            }
            try (Stream<Path> all = Files.walk(root.resolve(folder))) {
                for (Path path : all.filter(Files::isRegularFile).toList()) {
                    String name = root.relativize(path).toString().replace('\\', '/');
                    if (name.matches(KEPT) && !path.getFileName().toString().startsWith(".")) {
                        // Records of the alert log have checksums of their own.
                        Optional<Entry> entry =
                                name.matches(LOGS) ? Optional.of(new Entry(Files.size(path), "")) : entry(name);
                        entry.ifPresent(there -> kept.put(name, there));
                    }
                }
            }
        }
        return kept;
    }

    /** What a file is now; empty when it is not there. */
    Optional<Entry> entry(String name) throws IOException {
        try {
            byte[] content = Files.readAllBytes(root.resolve(name));
            return Optional.of(new Entry(content.length, Sha256.hex(content)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private void edit(Edit edit) throws IOException {
        try (ManifestLock lock = ManifestLock.take(root)) {
            lock.held();
            Optional<Content> now = read();
            if (now.isPresent()) {
                write(edit.of(now.get()));
            }
        } catch (ConfigException damaged) {
            throw new IOException(damaged.getMessage(), damaged);
        }
    }

    private void write(Content content) throws IOException {
        JsonObject.Builder numbers = JsonObject.builder();
        content.numbers().forEach(numbers::put);
        JsonObject.Builder json = JsonObject.builder()
                .put("format", 1)
                .put("files", json(content.files()))
                .putStrings("changing", content.changing())
                .put("numbers", numbers.build());
        content.kept().ifPresent(kept -> json.put("kept", json(kept)));
        byte[] bytes = CanonicalJson.bytes(json.build());
        byte[] line = (Sha256.hex(bytes) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] all = java.util.Arrays.copyOf(line, line.length + bytes.length);
        System.arraycopy(bytes, 0, all, line.length, bytes.length);
        SecretFile.replace(path(), all);
    }

    private static JsonObject json(Map<String, Entry> files) {
        JsonObject.Builder json = JsonObject.builder();
        files.forEach((name, entry) -> json.put(
                name,
                JsonObject.builder()
                        .put("length", entry.length())
                        .put("sha256", entry.sha256())
                        .build()));
        return json.build();
    }

    private static Content content(JsonObject json) {
        if (!(json.get("format") instanceof JsonNumber format) || format.longValue() != 1) {
            throw new IllegalArgumentException("the format is unknown");
        }
        Set<String> changing = new TreeSet<>();
        for (Json item : json.items("changing")) {
            changing.add(((JsonString) item).value());
        }
        Map<String, Long> numbers = new TreeMap<>();
        JsonObject all = json.object("numbers").orElseThrow(() -> new IllegalArgumentException("numbers are missing"));
        all.names().forEach(name -> numbers.put(name, ((JsonNumber) all.get(name)).longValue()));
        return new Content(
                files(json.object("files").orElseThrow(() -> new IllegalArgumentException("files are missing"))),
                changing,
                json.object("kept").map(HomeManifest::files),
                numbers);
    }

    private static Map<String, Entry> files(JsonObject json) {
        Map<String, Entry> files = new LinkedHashMap<>();
        for (String name : json.names()) {
            JsonObject entry = (JsonObject) json.get(name);
            files.put(
                    name,
                    new Entry(
                            ((JsonNumber) entry.get("length")).longValue(),
                            entry.string("sha256").orElse("")));
        }
        return files;
    }

    /** Keeps other processes and threads from changing the manifest. */
    private record ManifestLock(FileChannel channel, FileLock lock) implements AutoCloseable {

        private static final java.util.concurrent.locks.ReentrantLock THREADS =
                new java.util.concurrent.locks.ReentrantLock();

        static ManifestLock take(Path root) throws IOException {
            THREADS.lock();
            try {
                FileChannel channel = PrivateFiles.open(
                        root.resolve(".manifest.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                return new ManifestLock(channel, channel.lock());
            } catch (IOException | RuntimeException e) {
                THREADS.unlock();
                throw e;
            }
        }

        void held() throws IOException {
            if (!lock.isValid()) {
                throw new IOException("the lock of the manifest was lost");
            }
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } finally {
                THREADS.unlock();
            }
        }
    }
}
