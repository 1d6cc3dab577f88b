package uz.koprik.indicators.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a journal from its beginning when a store is opened, checking every record.
 *
 * <p>A write that was torn by the end of the process can only lie at the end of the last segment, with no later flush
 * behind it; it was never acknowledged and is cut off. Anything else that is wrong is damage.
 */
public final class JournalReplay {

    /** Takes the records in their order. */
    public interface Sink {
        void take(ByteBuffer segment, int offset, long position) throws IOException;
    }

    private static final ByteBuffer ZEROS = ByteBuffer.allocate(1 << 16).asReadOnlyBuffer();

    private final Journal journal;
    private final Sink sink;
    private long lastSeq;

    private JournalReplay(Journal journal, Sink sink) {
        this.journal = journal;
        this.sink = sink;
    }

    public static void run(Journal journal, Sink sink) throws IOException {
        new JournalReplay(journal, sink).run();
    }

    private void run() throws IOException {
        int count = count();
        Segment[] segments = new Segment[count];
        try {
            for (int i = 0; i < count; i++) {
                segments[i] = Segment.open(Journal.file(journal.directory(), i), i == count - 1 ? journal.segmentBytes() : Segment.HEADER);
            }
            if (count > 0 && !segments[count - 1].hasHeader(count - 1)) {
                dropUnfinished(segments[--count]);
            }
            for (int i = 0; i < count; i++) {
                requireHeader(segments, i);
            }
            journal.attach(Arrays.copyOf(segments, count));
            int end = 0;
            for (int i = 0; i < count; i++) {
                end = i < count - 1 ? readSealed(segments, i) : readLast(segments[i], i);
            }
            journal.resume(end);
        } catch (IOException | RuntimeException e) {
            for (Segment segment : segments) {
                if (segment != null) {
                    segment.close();
                }
            }
            throw e;
        }
    }

    /** How many segments there are; their numbers have no gap. */
    private int count() throws IOException {
        try (Stream<Path> files = Files.list(journal.directory())) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
            for (int i = 0; i < found.size(); i++) {
                Path expected = Journal.file(journal.directory(), i);
                if (!found.get(i).equals(expected)) {
                    throw new DamagedJournal(expected, 0, "the file is missing, though " + found.get(i).getFileName() + " is there");
                }
            }
            return found.size();
        }
    }

    /** A segment whose making was cut short holds nothing yet. */
    private static void dropUnfinished(Segment segment) throws IOException {
        int later = laterGroup(segment, 0);
        if (later >= 0) {
            throw new DamagedJournal(segment.path, 0, "no segment header, though an intact record lies at byte " + later);
        }
        segment.close();
        Files.delete(segment.path);
    }

    private static void requireHeader(Segment[] segments, int number) throws DamagedJournal {
        if (!segments[number].hasHeader(number) || segments[number].store() != segments[0].store()) {
            throw new DamagedJournal(segments[number].path, 0, "no header of segment " + number + " of this store");
        }
    }

    private int readSealed(Segment[] segments, int number) throws IOException {
        Segment segment = segments[number];
        int end = segments[number + 1].previousEnd();
        int offset = read(segment, number, Math.min(end, segment.capacity));
        if (offset != end) {
            throw new DamagedJournal(segment.path, offset, "a record is broken or missing");
        }
        return end;
    }

    private int readLast(Segment segment, int number) throws IOException {
        int offset = read(segment, number, segment.capacity);
        if (torn(segment, offset)) {
            int later = laterGroup(segment, offset);
            if (later >= 0) {
                throw new DamagedJournal(segment.path, offset,
                        "a record is broken, though one that was written later lies intact at byte " + later);
            }
        }
        return offset;
    }

    /** Hands over intact records; returns where the first one that is not intact begins. */
    private int read(Segment segment, int number, int limit) throws IOException {
        ByteBuffer buffer = segment.buffer;
        int offset = Segment.HEADER;
        while (JournalRecord.intact(buffer, offset, limit)) {
            if (JournalRecord.kind(buffer, offset) == JournalRecord.ENTRY) {
                if (EntryRecord.seq(buffer, offset) != lastSeq + 1) {
                    return offset;
                }
                lastSeq++;
            }
            sink.take(buffer, offset, Journal.position(number, offset));
            offset = JournalRecord.end(buffer, offset);
        }
        return offset;
    }

    /** Whether anything but a hole follows. */
    public static boolean torn(Segment segment, int from) {
        return endOfData(segment, from) > from;
    }

    private static int endOfData(Segment segment, int from) {
        int end = segment.capacity;
        while (end > from) {
            int length = Math.min(end - from, ZEROS.capacity());
            if (segment.buffer.slice(end - length, length).mismatch(ZEROS.slice(0, length)) >= 0) {
                return end;
            }
            end -= length;
        }
        return from;
    }

    /** Where an intact record lies that was written after what is at {@code broken} was durable; -1 when there is none. */
    private static int laterGroup(Segment segment, int broken) {
        int limit = endOfData(segment, broken);
        for (int at = broken + 1; at <= limit - JournalRecord.HEADER; at++) {
            int group = JournalRecord.group(segment.buffer, at);
            if (group > broken && group <= at && JournalRecord.intact(segment.buffer, at, segment.capacity)) {
                return at;
            }
        }
        return -1;
    }
}
