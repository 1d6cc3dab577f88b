package uz.koprik.gateway.alerts.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.JsonObject;

/** One file of the alert log, with the offset and subject of each alert: at most twenty bytes of memory per alert. */
public final class AlertSegment {

    private static final Logger LOG = LoggerFactory.getLogger(AlertSegment.class);

    final Path file;
    private long[] seqs = new long[16];
    private int[] offsets = new int[16];
    private String[] cases = new String[16];
    private final UnaryOperator<String> shared;
    private int count;
    private int size;
    private Instant newest = Instant.EPOCH;

    /** @param shared returns one instance for equal subjects: few cases have many alerts */
    AlertSegment(Path file, UnaryOperator<String> shared) {
        this.file = file;
        this.shared = shared;
    }

    /** An alert that was not read; {@code subject} is that of {@link Alert#subject}. */
    public record Place(long seq, String subject) {}

    /** The name of a file whose alerts begin with {@code seq}. */
    static String name(long seq) {
        return String.format(Locale.ROOT, "alerts-%019d.log", seq);
    }

    /** Receives the content of a file when it is opened. */
    interface Reader {
        void alert(Alert alert);

        void covered(long seq);
    }

    /**
     * Reads a file. Cuts off an incomplete last line, which a hard stop leaves. Skips a damaged line elsewhere and logs
     * it, since the other lines are good.
     */
    static AlertSegment open(Path file, UnaryOperator<String> shared, Reader reader) throws IOException {
        AlertSegment segment = new AlertSegment(file, shared);
        byte[] text = Files.readAllBytes(file);
        int good = 0;
        int damaged = 0;
        for (int from = 0; from < text.length; ) {
            int to = from;
            while (to < text.length && text[to] != '\n') {
                to++;
            }
            Optional<JsonObject> object = to == text.length ? Optional.empty() : LogLine.read(text, from, to);
            if (object.isPresent()) {
                long covered = LogLine.covered(object.get());
                if (covered >= 0) {
                    reader.covered(covered);
                } else {
                    Alert alert = AlertJson.read(object.get());
                    segment.place(alert, from);
                    reader.alert(alert);
                }
                good = to + 1;
            } else {
                damaged++;
            }
            from = to + 1;
        }
        if (good < text.length) {
            try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
                cut.setLength(good);
            }
            LOG.warn("{}: the last line was incomplete and was cut off; its alert is emitted again", file);
            damaged--;
        }
        if (damaged > 0) {
            LOG.error(
                    "{}: {} damaged lines were skipped; restore the centre from a backup to get their alerts back",
                    file,
                    damaged);
        }
        segment.size = good;
        return segment;
    }

    private void place(Alert alert, int offset) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
            seqs = Arrays.copyOf(seqs, count * 2);
            cases = Arrays.copyOf(cases, count * 2);
        }
        seqs[count] = alert.seq();
        offsets[count] = offset;
        cases[count] = shared.apply(alert.subject());
        count++;
        newest = alert.time();
    }

    /** Adds lines that were appended to the file. */
    void grown(List<Alert> alerts, List<byte[]> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (i < alerts.size()) {
                place(alerts.get(i), size);
            }
            size += lines.get(i).length;
        }
    }

    int size() {
        return size;
    }

    boolean empty() {
        return count == 0;
    }

    long first() {
        return seqs[0];
    }

    long last() {
        return seqs[count - 1];
    }

    Instant newest() {
        return newest;
    }

    /** Some of the alerts of a file, to be read without any lock. */
    record Part(Path file, int from, int to) {

        /** Empty when the file has been dropped meanwhile. */
        List<Alert> read() throws IOException {
            byte[] text = new byte[to - from];
            try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
                in.seek(from);
                in.readFully(text);
            } catch (java.io.FileNotFoundException | NoSuchFileException dropped) {
                return List.of();
            }
            List<Alert> alerts = new ArrayList<>();
            for (int at = 0; at < text.length; ) {
                int end = at;
                while (end < text.length && text[end] != '\n') {
                    end++;
                }
                LogLine.read(text, at, end)
                        .filter(object -> LogLine.covered(object) < 0)
                        .ifPresent(object -> alerts.add(AlertJson.read(object)));
                at = end + 1;
            }
            return alerts;
        }
    }

    /** The first alerts after {@code seq}, at most {@code limit}. */
    Part after(long seq, int limit) {
        int from = indexAfter(seq);
        return part(from, Math.min(count, from + limit));
    }

    /** Adds the places of the first alerts after {@code seq}, at most {@code limit} in {@code into}. */
    void placesAfter(long seq, int limit, List<Place> into) {
        for (int i = indexAfter(seq); i < count && into.size() < limit; i++) {
            into.add(new Place(seqs[i], cases[i]));
        }
    }

    /** Adds the places of the last alerts before {@code seq}, newest first, at most {@code limit} in {@code into}. */
    void placesBefore(long seq, int limit, List<Place> into) {
        for (int i = indexAfter(seq - 1) - 1; i >= 0 && into.size() < limit; i--) {
            into.add(new Place(seqs[i], cases[i]));
        }
    }

    /** The parts of this file that hold these alerts; neighbours share a part. */
    List<Part> parts(List<Place> ascending) {
        List<Part> parts = new ArrayList<>();
        int from = -1;
        int to = -1;
        for (Place place : ascending) {
            int at = Arrays.binarySearch(seqs, 0, count, place.seq());
            if (at >= 0 && at != to) {
                if (from >= 0) {
                    parts.add(part(from, to));
                }
                from = at;
            }
            to = at >= 0 ? at + 1 : to;
        }
        if (from >= 0) {
            parts.add(part(from, to));
        }
        return parts;
    }

    private Part part(int from, int to) {
        return new Part(file, from < count ? offsets[from] : size, to < count ? offsets[to] : size);
    }

    private int indexAfter(long seq) {
        int at = Arrays.binarySearch(seqs, 0, count, seq);
        return at < 0 ? -at - 1 : at + 1;
    }
}
