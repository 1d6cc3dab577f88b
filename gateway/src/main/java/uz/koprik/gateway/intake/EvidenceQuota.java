package uz.koprik.gateway.intake;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.auth.Source;

/**
 * How much room evidence takes, per source and in total. What lies in the folder is measured when it is first needed.
 */
final class EvidenceQuota {

    private static final Logger LOG = LoggerFactory.getLogger(EvidenceQuota.class);

    private static final long TOTAL = 256L << 20;
    private static final long PER_SOURCE = 32L << 20;
    /** What a file takes on disk at least, so that many small ones are bounded, too. */
    private static final long BLOCK = 4096;

    private static final long LOG_EVERY = TimeUnit.MINUTES.toNanos(1);
    /** The source stands near the end of a pair (RFC 8785 sorts members): a digest and a version follow. */
    private static final int TAIL = 2048;

    private static final Pattern SOURCE =
            Pattern.compile("\"offered_as\":\"(partner|account)\",\"offered_by\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Path folder;
    private final Map<String, Long> bySource = new HashMap<>();
    private long total = TOTAL;
    private long perSource = PER_SOURCE;
    private long used;
    private boolean measured;
    private long notKept;
    private long loggedAt = System.nanoTime() - LOG_EVERY;

    EvidenceQuota(Path folder) {
        this.folder = folder;
    }

    static String kind(Source source) {
        return source instanceof Source.Partner ? "partner" : "account";
    }

    synchronized void bound(long newTotal, long newPerSource) {
        total = newTotal;
        perSource = newPerSource;
    }

    /**
     * Takes room for a pair and, if it is not there yet, for the known object.
     *
     * @param object bytes of the known object; 0 when it is there
     * @return whether there was room
     */
    synchronized boolean take(Source source, long pair, long object) throws IOException {
        if (!measured) {
            measure();
            measured = true;
        }
        String who = kind(source) + " " + source.name();
        long wanted = onDisk(pair) + (object == 0 ? 0 : onDisk(object));
        long before = bySource.getOrDefault(who, 0L);
        if (used + wanted > total || before + wanted > perSource) {
            refuse(source, used + wanted > total);
            return false;
        }
        used += wanted;
        bySource.put(who, before + wanted);
        return true;
    }

    /** Files were removed: the next {@link #take} measures what is there. */
    synchronized void measureAgain() {
        measured = false;
        used = 0;
        bySource.clear();
    }

    /** Gives back what {@link #take} took: nothing was written. */
    synchronized void giveBack(Source source, long pair, long object) {
        long unused = onDisk(pair) + (object == 0 ? 0 : onDisk(object));
        used -= unused;
        bySource.merge(kind(source) + " " + source.name(), -unused, Long::sum);
    }

    private void refuse(Source source, boolean all) {
        notKept++;
        if (System.nanoTime() - loggedAt >= LOG_EVERY) {
            LOG.error(
                    "equivocation: {} more contradicting objects were refused and are not kept as evidence, the last from {}: {} is"
                            + " reached; look at {}, and move away what was dealt with",
                    notKept,
                    source.name(),
                    all ? "evidence.total" : "evidence.per_source",
                    folder);
            loggedAt = System.nanoTime();
            notKept = 0;
        }
    }

    private static long onDisk(long bytes) {
        return (bytes + BLOCK - 1) / BLOCK * BLOCK;
    }

    private void measure() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    long size = onDisk(Files.size(file));
                    used += size;
                    bySource.merge(source(file), size, Long::sum);
                }
            }
        }
        Path known = folder.resolve("known");
        if (Files.isDirectory(known)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(known)) {
                for (Path file : files) {
                    used += onDisk(Files.size(file));
                }
            }
        }
    }

    /** Who offered the refused object of a pair; empty for a file that is no pair. */
    private static String source(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(TAIL, in.length())];
            in.seek(in.length() - tail.length);
            in.readFully(tail);
            Matcher found = SOURCE.matcher(new String(tail, StandardCharsets.UTF_8));
            return found.find() ? found.group(1) + " " + found.group(2) : "";
        }
    }
}
