package uz.koprik.indicators.store.journal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.indicators.store.Provenance;

/**
 * Reads from the files of a journal when objects were first seen. Changes nothing and takes no lock, so that it also
 * reads the journal of a running centre; what is being written meanwhile is not read.
 */
public final class JournalDates {

    private static final int BUFFER = 1 << 20;
    /** No record is longer. */
    private static final int LONGEST = 1 << 28;

    private JournalDates() {}

    /**
     * One entry.
     *
     * @param added when it was added, in microseconds since the epoch
     * @param provenance whose signatures held then
     */
    public record Seen(long added, Provenance provenance) {}

    /**
     * The entries with these contents, in the order in which they were added.
     *
     * @param directory the journal of a store
     * @param digests see {@link uz.koprik.indicators.store.EntryMetadata#digest()}
     * @return by digest; nothing for what was never added
     */
    public static Map<String, List<Seen>> read(Path directory, Set<String> digests) throws IOException {
        Map<String, List<Seen>> found = new HashMap<>();
        for (int number = 0; Files.exists(Journal.file(directory, number)); number++) {
            try (InputStream in =
                    new BufferedInputStream(Files.newInputStream(Journal.file(directory, number)), BUFFER)) {
                in.skipNBytes(Math.min(Segment.HEADER, Files.size(Journal.file(directory, number))));
                ByteBuffer entry = next(in);
                while (entry != null) {
                    if (JournalRecord.kind(entry, 0) == JournalRecord.ENTRY) {
                        String digest = EntryRecord.digest(entry, 0);
                        if (digests.contains(digest)) {
                            found.computeIfAbsent(digest, one -> new ArrayList<>(1))
                                    .add(new Seen(
                                            EntryRecord.added(entry, 0),
                                            EntryRecord.facts(entry, 0).provenance()));
                        }
                    }
                    entry = next(in);
                }
            }
        }
        return found;
    }

    /** The next record; null at the end of what was written. */
    private static ByteBuffer next(InputStream in) throws IOException {
        byte[] head = in.readNBytes(JournalRecord.HEADER);
        if (head.length < JournalRecord.HEADER) {
            return null;
        }
        int length = JournalRecord.length(ByteBuffer.wrap(head), 0);
        if (length <= 0 || length > LONGEST) {
            return null;
        }
        byte[] record = new byte[JournalRecord.HEADER + length];
        System.arraycopy(head, 0, record, 0, head.length);
        if (in.readNBytes(record, head.length, length) < length) {
            return null;
        }
        ByteBuffer whole = ByteBuffer.wrap(record);
        return JournalRecord.intact(whole, 0, record.length, Integer.MAX_VALUE) ? whole : null;
    }
}
