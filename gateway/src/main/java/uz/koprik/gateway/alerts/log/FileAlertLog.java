package uz.koprik.gateway.alerts.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.SecretFile;

/**
 * The alerts of a centre with one gateway: files of lines ({@link LogLine}), and a file with the fingerprints of
 * dropped alerts, so that none is emitted again. What {@link #emit} has written survives {@code kill -9}.
 */
public final class FileAlertLog extends AlertLog {

    private static final Logger LOG = LoggerFactory.getLogger(FileAlertLog.class);

    /** Bytes after which a new file begins. */
    static final int FULL = 4 << 20;

    /** The last searched sequence number is written without an alert when it is this far ahead of the one on disk. */
    private static final long MARK_EVERY = 10_000;

    private final Path folder;
    private final int full;
    private final List<AlertSegment> segments = new ArrayList<>();
    private final AlertIds given = new AlertIds();
    private final Map<String, String> cases = new HashMap<>();
    private FileChannel out;
    private long last;
    private long covered = -1;
    private long coveredOnDisk = -1;

    /** Reads nothing yet. */
    private FileAlertLog(Path folder, int full) {
        this.folder = folder;
        this.full = full;
    }

    /** Opens the log of a folder; creates the folder if it is missing. */
    public static FileAlertLog open(Path folder) throws IOException {
        return open(folder, FULL);
    }

    public static FileAlertLog open(Path folder, int full) throws IOException {
        FileAlertLog log = new FileAlertLog(folder, full);
        log.load();
        return log;
    }

    /**
     * Creates a log that continues alerts of another one.
     *
     * @param first the sequence number of the first alert that {@link #take} will add
     * @param given fingerprints of the alerts before it, as from {@link #dropped}
     */
    static FileAlertLog begin(Path folder, long first, byte[] given) throws IOException {
        FileAlertLog log = new FileAlertLog(folder, FULL);
        Home.ownerOnlyFolder(folder);
        SecretFile.replace(log.given(), given);
        log.last = first - 1;
        log.load();
        return log;
    }

    /** Whether a folder holds a log. */
    static boolean isIn(Path folder) throws IOException {
        return Files.isDirectory(folder) && !files(folder).isEmpty();
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches("alerts-\\d{19}\\.log"))
                    .sorted()
                    .toList();
        }
    }

    private synchronized void load() throws IOException {
        Home.ownerOnlyFolder(folder);
        loadGiven();
        for (Path file : files(folder)) {
            segments.add(AlertSegment.open(file, this::shared, new AlertSegment.Reader() {
                @Override
                public void alert(Alert alert) {
                    last = Math.max(last, alert.seq());
                    given.add(AlertIds.of(alert.id()));
                }

                @Override
                public void covered(long seq) {
                    covered = seq;
                }
            }));
            String name = file.getFileName().toString();
            last = Math.max(last, Long.parseLong(name.substring(7, 26)) - 1);
        }
        coveredOnDisk = covered;
        if (segments.isEmpty()) {
            begin();
        } else {
            out = FileChannel.open(segments.getLast().file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        }
    }

    private String shared(String caseId) {
        return cases.computeIfAbsent(caseId, same -> same);
    }

    private void loadGiven() throws IOException {
        Path file = given();
        if (Files.exists(file)) {
            ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
            while (all.remaining() >= Long.BYTES) {
                given.add(all.getLong());
            }
        }
    }

    /** Fingerprints of all dropped alerts, eight bytes each. */
    byte[] dropped() throws IOException {
        byte[] all = Files.exists(given()) ? Files.readAllBytes(given()) : new byte[0];
        // A hard stop may have left an incomplete one at the end.
        return Arrays.copyOf(all, all.length / Long.BYTES * Long.BYTES);
    }

    private Path given() {
        return folder.resolve("given");
    }

    private void begin() throws IOException {
        AlertSegment segment = new AlertSegment(folder.resolve(AlertSegment.name(last + 1)), this::shared);
        FileChannel fresh = PrivateFiles.open(
                segment.file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        if (out != null) {
            out.close();
        }
        out = fresh;
        segments.add(segment);
        if (covered >= 0) {
            // Keeps the last searched sequence number when all older files are dropped.
            write(List.of(), List.of(LogLine.covered(covered)));
        }
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
        return segments.stream()
                .filter(segment -> !segment.empty())
                .map(AlertSegment::first)
                .findFirst()
                .orElse(last + 1);
    }

    @Override
    public synchronized int emit(List<AlertDraft> some, long searched, Instant now) throws IOException {
        long seq = searched == AS_BEFORE ? covered : searched;
        List<Alert> fresh = new ArrayList<>();
        Set<UUID> here = new HashSet<>();
        for (AlertDraft one : some) {
            UUID id = one.id();
            if (here.add(id) && !given.contains(AlertIds.of(id))) {
                fresh.add(one.numbered(last + fresh.size() + 1, now));
            }
        }
        boolean near = coveredOnDisk >= 0 && seq >= coveredOnDisk && seq - coveredOnDisk < MARK_EVERY;
        if (fresh.isEmpty() && near) {
            covered = seq;
            return 0;
        }
        take(fresh, seq);
        return fresh.size();
    }

    /** Appends alerts that already have sequence numbers. */
    synchronized void take(List<Alert> alerts, long seq) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        alerts.forEach(alert -> lines.add(LogLine.alert(alert)));
        if (seq >= 0) {
            lines.add(LogLine.covered(seq));
        }
        if (segments.getLast().size() >= full && !segments.getLast().empty()) {
            begin();
        }
        write(alerts, lines);
        covered = seq;
        coveredOnDisk = seq;
        for (Alert alert : alerts) {
            last = alert.seq();
            given.add(AlertIds.of(alert.id()));
        }
        if (!alerts.isEmpty()) {
            notifyAll();
        }
    }

    private void write(List<Alert> fresh, List<byte[]> lines) throws IOException {
        int length = lines.stream().mapToInt(line -> line.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        lines.forEach(all::put);
        all.flip();
        long before = out.size();
        try {
            while (all.hasRemaining()) {
                out.write(all);
            }
            out.force(false);
        } catch (IOException failed) {
            // A partial write must not precede the next one.
            out.truncate(before);
            throw failed;
        }
        segments.getLast().grown(fresh, lines);
    }

    @Override
    public List<Alert> after(long seq, int limit) throws IOException {
        List<AlertSegment.Part> parts = new ArrayList<>();
        synchronized (this) {
            for (AlertSegment segment : segments) {
                if (!segment.empty() && segment.last() > seq) {
                    parts.add(segment.after(seq, limit));
                    if (parts.size() == 2) {
                        break;
                    }
                }
            }
        }
        List<Alert> alerts = new ArrayList<>();
        for (AlertSegment.Part part : parts) {
            if (alerts.isEmpty()) {
                alerts.addAll(part.read());
            }
        }
        return alerts;
    }

    @Override
    public synchronized List<AlertSegment.Place> placesAfter(long seq, int limit) {
        List<AlertSegment.Place> places = new ArrayList<>();
        segments.forEach(segment -> segment.placesAfter(seq, limit, places));
        return places;
    }

    @Override
    public synchronized List<AlertSegment.Place> placesBefore(long seq, int limit) {
        List<AlertSegment.Place> places = new ArrayList<>();
        segments.reversed().forEach(segment -> segment.placesBefore(seq, limit, places));
        return places;
    }

    @Override
    public List<Alert> read(List<AlertSegment.Place> places) throws IOException {
        List<AlertSegment.Place> ascending = places.stream()
                .sorted(Comparator.comparingLong(AlertSegment.Place::seq))
                .toList();
        List<AlertSegment.Part> parts = new ArrayList<>();
        synchronized (this) {
            segments.forEach(segment -> parts.addAll(segment.parts(ascending)));
        }
        List<Alert> alerts = new ArrayList<>();
        for (AlertSegment.Part part : parts) {
            alerts.addAll(part.read());
        }
        return alerts;
    }

    /** Does nothing: only this gateway emits. */
    @Override
    public void catchUp() {}

    /**
     * Drops whole files: those without an alert since {@code since}, and the oldest while the total exceeds
     * {@code most} bytes.
     */
    @Override
    public synchronized void prune(Instant since, long most) throws IOException {
        AlertSegment newest = segments.getLast();
        if (!newest.empty() && newest.newest().isBefore(since)) {
            begin();
        }
        while (segments.size() > 1) {
            AlertSegment oldest = segments.getFirst();
            long all = segments.stream().mapToLong(AlertSegment::size).sum();
            if (!oldest.newest().isBefore(since) && all <= most) {
                return;
            }
            remember(oldest);
            Files.delete(oldest.file);
            segments.removeFirst();
            LOG.info("alerts up to {} were dropped", oldest.empty() ? last : oldest.last());
        }
    }

    private void remember(AlertSegment segment) throws IOException {
        List<Alert> alerts = segment.empty()
                ? List.of()
                : segment.after(0, Integer.MAX_VALUE).read();
        ByteBuffer ids = ByteBuffer.allocate(alerts.size() * Long.BYTES);
        alerts.forEach(alert -> ids.putLong(AlertIds.of(alert.id())));
        ids.flip();
        try (FileChannel file = PrivateFiles.open(given(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // A hard stop may have left an incomplete one at the end.
            file.position(file.size() / Long.BYTES * Long.BYTES);
            while (ids.hasRemaining()) {
                file.write(ids);
            }
            file.force(false);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (covered > coveredOnDisk) {
            write(List.of(), List.of(LogLine.covered(covered)));
        }
        out.close();
    }
}
