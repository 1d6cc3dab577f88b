package uz.koprik.gateway.alerts.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * The alert log of earlier versions: files {@code alerts-FIRST.log} of lines, and a file {@code given} of fingerprints.
 * A line is eight hexadecimal digits of CRC-32C, a space, a JSON object and a line feed. The object is an alert, or
 * {@code {"covered":n}}: the sequence of objects was searched up to that number.
 */
final class LegacyAlertFiles {

    private static final Logger LOG = LoggerFactory.getLogger(LegacyAlertFiles.class);

    private static final int CHECKSUM = 8;

    private final Path given;
    private final List<Path> files;

    private LegacyAlertFiles(Path given, List<Path> files) {
        this.given = given;
        this.files = files;
    }

    /** The files of a folder, oldest first. */
    static LegacyAlertFiles in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new LegacyAlertFiles(folder, List.of());
        }
        try (Stream<Path> all = Files.list(folder)) {
            return new LegacyAlertFiles(
                    folder.resolve("given"),
                    all.filter(file -> file.getFileName().toString().matches("alerts-\\d{19}\\.log"))
                            .sorted()
                            .toList());
        }
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** The end of the log, from the newest file. */
    AlertPosition position() throws IOException {
        Content content = Content.read(files.getLast());
        return new AlertPosition(content.last(), content.covered);
    }

    /**
     * Copies everything to a state store without alerts, durably; an interrupted copy is begun anew. The files remain.
     *
     * @param otherwise the last searched sequence number, when the files do not hold it
     */
    void copyTo(StateStore stateStore, long otherwise) throws IOException, StoreUnavailable {
        for (String folder : List.of(AlertBatch.RECORDS, AlertLoader.GIVEN)) {
            for (String leftOver : stateStore.names(folder)) {
                stateStore.remove(leftOver);
            }
        }
        if (Files.exists(given)) {
            byte[] all = Files.readAllBytes(given);
            // A hard stop may have left an incomplete fingerprint at the end.
            byte[] whole = Arrays.copyOf(all, all.length / Long.BYTES * Long.BYTES);
            stateStore.replace(AlertLoader.GIVEN + "0".repeat(19), "", whole);
        }
        long first = -1;
        long last = 0;
        long covered = -1;
        for (Path file : files) {
            Content content = Content.read(file);
            content.report(file);
            for (int from = 0; from < content.alerts.size(); ) {
                AlertBatch batch = content.batch(from);
                long number = batch.alerts().getFirst().seq();
                stateStore.replace(AlertBatch.name(number), "", batch.write());
                first = first < 0 ? number : first;
                from += batch.alerts().size();
            }
            last = Math.max(last, content.last());
            covered = content.covered >= 0 ? content.covered : covered;
        }
        AlertState state = new AlertState(covered >= 0 ? covered : otherwise, first < 0 ? last + 1 : first, last, -1);
        stateStore.replace(AlertState.NAME, "", state.write());
    }

    /** Removes the files, after {@link #copyTo}. */
    void delete() throws IOException {
        for (Path file : files) {
            Files.delete(file);
        }
        Files.deleteIfExists(given);
    }

    /** What one file holds. A line that a hard stop left incomplete at the end is no damage. */
    private static final class Content {
        private final long begin;
        private final List<Alert> alerts = new ArrayList<>();
        private long covered = -1;
        private int damaged;
        private boolean torn;

        private Content(long begin) {
            this.begin = begin;
        }

        static Content read(Path file) throws IOException {
            Content content = new Content(Long.parseLong(
                    file.getFileName().toString().substring("alerts-".length(), "alerts-".length() + 19)));
            byte[] text = Files.readAllBytes(file);
            for (int from = 0; from < text.length; ) {
                int to = from;
                while (to < text.length && text[to] != '\n') {
                    to++;
                }
                if (to == text.length) {
                    content.torn = true;
                } else if (!content.line(text, from, to)) {
                    content.damaged++;
                }
                from = to + 1;
            }
            return content;
        }

        private boolean line(byte[] text, int from, int to) {
            int start = from + CHECKSUM + 1;
            if (to <= start
                    || !new String(text, from, CHECKSUM, StandardCharsets.ISO_8859_1)
                            .equals(Checksum.of(text, start, to - start))) {
                return false;
            }
            try {
                JsonObject json = StrictJson.parseObject(Arrays.copyOfRange(text, start, to));
                if (json.get("covered") instanceof JsonNumber seq) {
                    covered = seq.longValue();
                } else {
                    alerts.add(AlertJson.read(json));
                }
                return true;
            } catch (MalformedJson | IllegalArgumentException unreadable) {
                return false;
            }
        }

        long last() {
            return alerts.isEmpty() ? begin - 1 : alerts.getLast().seq();
        }

        /** The alerts from an index on that fit into one record. */
        AlertBatch batch(int from) {
            int to = from + 1;
            while (to < alerts.size()
                    && to - from < AlertBatch.FULL_ALERTS
                    && alerts.get(to).seq() == alerts.get(to - 1).seq() + 1) {
                to++;
            }
            return new AlertBatch(alerts.subList(from, to), -1, false);
        }

        void report(Path file) {
            if (torn) {
                LOG.warn("{}: the last line was incomplete and is left out; its alert is emitted again", file);
            }
            if (damaged > 0) {
                LOG.error(
                        "{}: {} damaged lines were skipped; restore the centre from a backup to get their alerts back",
                        file,
                        damaged);
            }
        }
    }
}
