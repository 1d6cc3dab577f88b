package uz.koprik.indicators.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a journal from its beginning when a store is opened, checking every record.
 *
 * <p>A write that was torn by the end of the process can only lie at the end of the last segment, after everything that
 * is known to be acknowledged, with no later flush after it; it was never acknowledged and is cut off. Anything else
 * that is wrong is damage. Nothing is changed before that is decided.
 */
public final class JournalReplay {

    /** Takes the records in their order. */
    public interface Sink {
        void take(ByteBuffer segment, int offset, long position) throws IOException;
    }

    private final Journal journal;
    private final Sink sink;
    private final AcknowledgedMarks known;
    private final long markEnd;
    private long lastSeq;
    private long chain;
    private long chainAtMark;
    private int dataEnd;

    private JournalReplay(Journal journal, Sink sink, AcknowledgedMarks known) {
        this.journal = journal;
        this.sink = sink;
        this.known = known;
        this.markEnd = known.mark().map(HighWaterMark.Mark::end).orElse(-1L);
    }

    /** Reads a journal of which nothing else is known. */
    public static void run(Journal journal, Sink sink) throws IOException {
        run(journal, sink, AcknowledgedMarks.NOTHING, LossPolicy.REFUSE);
    }

    /**
     * Reads a journal and lets it go on.
     *
     * @param known what must be in it
     * @param policy decides when it is not
     * @return what was found wrong, when the policy let it pass
     */
    public static Optional<DamagedJournal> run(Journal journal, Sink sink, AcknowledgedMarks known, LossPolicy policy)
            throws IOException {
        return new JournalReplay(journal, sink, known).run(policy, true);
    }

    /**
     * Reads a journal and changes nothing.
     *
     * @throws DamagedJournal when it holds less than is known
     */
    public static void inspect(Journal journal, Sink sink, AcknowledgedMarks known) throws IOException {
        new JournalReplay(journal, sink, known).run(LossPolicy.REFUSE, false);
    }

    /** What was read: whole segments, where the last of them ends, and what is wrong after that. */
    private record Read(int segments, int end, Optional<DamagedJournal> damage) {}

    private Optional<DamagedJournal> run(LossPolicy policy, boolean goOn) throws IOException {
        List<Path> files = files();
        Segment[] segments = new Segment[files.size()];
        try {
            for (int i = 0; i < segments.length; i++) {
                segments[i] = Segment.open(files.get(i), 0);
            }
            Read read = read(segments, files);
            if (read.damage().isPresent()) {
                policy.found(read.damage().get());
                moveAside(segments, read);
            }
            if (goOn) {
                SegmentRewrite.clean(journal.directory());
            }
            for (int i = read.segments(); i < segments.length; i++) {
                segments[i].close();
                if (goOn) {
                    Files.delete(segments[i].path); // its making was cut short, or it was moved aside
                }
            }
            journal.attach(Arrays.copyOf(segments, read.segments()));
            journal.replayed(lastSeq, chain);
            if (goOn) {
                journal.resume(read.end(), dataEnd > read.end());
            }
            return read.damage();
        } catch (IOException | RuntimeException e) {
            for (Segment segment : segments) {
                if (segment != null) {
                    segment.close();
                }
            }
            throw e;
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(journal.directory())) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList();
        }
    }

    // ---- reading

    private Read read(Segment[] segments, List<Path> files) throws IOException {
        int usable = 0;
        while (usable < segments.length
                && files.get(usable).equals(file(usable))
                && segments[usable].hasHeader(usable)
                && segments[usable].store() == segments[0].store()) {
            usable++;
        }
        journal.attach(Arrays.copyOf(segments, usable));
        int end = 0;
        for (int i = 0; i < usable; i++) {
            segments[i].chainBefore = chain;
            int next = i < usable - 1 ? segments[i + 1].previousEnd() : 0;
            Optional<RewrittenPart> rewritten = segments[i].rewritten();
            int offset = rewritten.isPresent()
                    ? read(segments[i], i, rewritten.get())
                    : read(segments[i], i, Math.min(next, segments[i].capacity));
            boolean whole = rewritten.isPresent()
                    ? offset == rewritten.get().end()
                            && (next == 0 || next == rewritten.get().originalEnd())
                    : next == 0 || offset == next;
            if (!whole) {
                return damaged(i + 1, offset, file(i), offset, "a record is broken or missing");
            }
            end = offset;
        }
        Optional<DamagedJournal> wrong = wrong(segments, files, usable, end);
        if (wrong.isPresent()) {
            return new Read(usable, end, wrong.map(damage -> damage.counted(lastSeq, known.seq())));
        }
        return new Read(usable, end, Optional.empty());
    }

    private Read damaged(int whole, int end, Path file, int offset, String what) {
        return new Read(whole, end, Optional.of(new DamagedJournal(file, offset, what).counted(lastSeq, known.seq())));
    }

    private Path file(int number) {
        return Journal.file(journal.directory(), number);
    }

    /** What is wrong after the readable part. */
    private Optional<DamagedJournal> wrong(Segment[] segments, List<Path> files, int usable, int end)
            throws IOException {
        if (usable > 0) {
            int later = laterGroup(segments[usable - 1], end, dataEnd);
            if (later >= 0) {
                return damage(
                        file(usable - 1),
                        end,
                        "a record is broken, though one that was written later lies intact at byte " + later);
            }
        }
        if (usable < segments.length) {
            if (!files.get(usable).equals(file(usable))) {
                return damage(
                        file(usable),
                        0,
                        "the file is missing, though " + files.get(usable).getFileName() + " is there");
            }
            int later = laterGroup(segments[usable], 0, segments[usable].endOfData(0));
            if (later >= 0) {
                return damage(file(usable), 0, "no segment header, though an intact record lies at byte " + later);
            }
            if (usable < segments.length - 1 || segments[usable].hasHeader(usable)) {
                return damage(file(usable), 0, "no header of segment " + usable + " of this store");
            }
        }
        return behind(segments, usable, end);
    }

    /** Whether less is readable than was acknowledged. */
    private Optional<DamagedJournal> behind(Segment[] segments, int usable, int end) throws IOException {
        if (known.mark().isPresent()) {
            HighWaterMark.Mark mark = known.mark().get();
            int number = Journal.number(mark.end());
            if (number >= usable) {
                return damage(
                        file(number),
                        0,
                        number < segments.length ? "the file is empty or has no header" : "the file is missing");
            }
            if (segments[0].store() != mark.store()) {
                return damage(file(0), 0, "the file belongs to another store than the mark beside the journal");
            }
            if (mark.end() > Journal.position(usable - 1, end)) {
                return damage(
                        file(usable - 1),
                        end,
                        "the journal ends here, though it was acknowledged up to byte " + Journal.offset(mark.end())
                                + " of " + file(number).getFileName());
            }
            boolean older = segments[number].rewritten().isPresent(); // than what was erased from there
            if (mark.end() != 0 && !older && chainAtMark != mark.chain()) {
                return damage(
                        file(number),
                        Journal.offset(mark.end()),
                        "the records up to here are others than those that were acknowledged");
            }
        }
        Optional<AcknowledgedMarks.Witness> more = known.beyond(lastSeq);
        if (more.isPresent()) {
            Path last = file(Math.max(0, usable - 1));
            return damage(
                    last,
                    end,
                    "the journal ends with entry " + lastSeq + ", though "
                            + more.get().name() + " has seen entry "
                            + more.get().seq());
        }
        return Optional.empty();
    }

    private static Optional<DamagedJournal> damage(Path file, long offset, String what) {
        return Optional.of(new DamagedJournal(file, offset, what));
    }

    /**
     * Hands over intact records; returns where the first one that is not intact begins.
     *
     * @param limit where they end at most; 0 when that is not known
     */
    private int read(Segment segment, int number, int limit) throws IOException {
        ByteBuffer buffer = segment.buffer;
        int data = limit > 0 ? limit : segment.endOfData(Segment.HEADER);
        dataEnd = data;
        int most = limit > 0 ? limit : segment.capacity;
        int offset = Segment.HEADER;
        passed(Journal.position(number, offset));
        while (intact(segment, offset, data, most)) {
            if (JournalRecord.kind(buffer, offset) == JournalRecord.ENTRY) {
                if (EntryRecord.seq(buffer, offset) != lastSeq + 1) {
                    return offset;
                }
                lastSeq++;
            }
            sink.take(buffer, offset, Journal.position(number, offset));
            chain = Journal.chain(chain, JournalRecord.sum(buffer, offset));
            offset = JournalRecord.end(buffer, offset);
            passed(Journal.position(number, offset));
        }
        return offset;
    }

    /**
     * Reads a file that was rewritten; returns where the first record begins that is not intact. What does not add up
     * in it or before it does not add up at the mark either.
     */
    private int read(Segment segment, int number, RewrittenPart part) throws IOException {
        long differs = chain ^ part.chainBefore();
        chain = 0;
        int offset = read(segment, number, Math.min(part.end(), segment.capacity));
        if (offset == part.end()) {
            chain = part.chainAfter() ^ differs ^ (chain - part.sum());
        }
        return offset;
    }

    private void passed(long now) {
        if (now <= markEnd) {
            chainAtMark = chain;
        }
    }

    /**
     * Whether an intact record begins before the data end; its own last bytes may be zeros, which look like the hole
     * after them.
     */
    private static boolean intact(Segment segment, int offset, int data, int most) throws IOException {
        if (offset >= data) {
            return false;
        }
        if (data - offset >= JournalRecord.HEADER) {
            long end = (long) offset + JournalRecord.HEADER + JournalRecord.length(segment.buffer, offset);
            if (end <= data) {
                return JournalRecord.intact(segment.buffer, offset, data);
            }
        }
        ByteBuffer head = segment.read(offset, Math.min(JournalRecord.HEADER, most - offset));
        if (head.capacity() < JournalRecord.HEADER) {
            return false;
        }
        long length = JournalRecord.HEADER + (long) JournalRecord.length(head, 0);
        if (length <= JournalRecord.HEADER || length > most - offset) {
            return false;
        }
        ByteBuffer record = segment.read(offset, (int) length);
        return JournalRecord.intact(record, 0, record.capacity(), offset);
    }

    /**
     * Where an intact record lies that was written after what is at {@code broken} was durable; -1 when there is none.
     */
    private static int laterGroup(Segment segment, int broken, int limit) throws IOException {
        for (int at = broken + 1; at <= limit - JournalRecord.HEADER; at++) {
            int group = JournalRecord.group(segment.buffer, at);
            if (group > broken && group <= at && intact(segment, at, limit, segment.capacity)) {
                return at;
            }
        }
        return -1;
    }

    // ---- going on after a loss

    /** Copies what is not kept to a folder beside the journal, so that people can look at it. */
    private void moveAside(Segment[] segments, Read read) throws IOException {
        List<Segment> rest =
                new ArrayList<>(List.of(segments).subList(Math.max(0, read.segments() - 1), segments.length));
        Path folder = journal.lost();
        for (Segment segment : rest) {
            boolean kept = read.segments() > 0 && segment == rest.getFirst();
            int from = kept ? read.end() : 0;
            int to = segment.endOfData(from);
            if (to > from) {
                SnapshotFiles.copy(segment.path, from, to, folder, segment.path.getFileName() + ".from-" + from);
            }
        }
    }
}
