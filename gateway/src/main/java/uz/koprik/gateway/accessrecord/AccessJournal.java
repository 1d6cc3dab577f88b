package uz.koprik.gateway.accessrecord;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.SecretFile;

/**
 * Writes one stream of the access record. A thread of its own writes and flushes what waits as one batch, so that no
 * caller blocks and entries that come together share a flush.
 *
 * <p>A segment ends with its day (UTC) or when it is large. Safe for use by many threads; one process writes a stream.
 */
final class AccessJournal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessJournal.class);

    /** A segment is read as a whole. */
    private static final long SEGMENT_BYTES = 4 << 20;

    private final AccessFolder folder;
    private final BlockingQueue<Waiting> queue = new LinkedTransferQueue<>();
    private final ReentrantLock turn = new ReentrantLock();
    private final Waiting end = new Waiting(null);
    private volatile boolean closed;
    private long first;
    private AccessChain chain;
    private AccessChain marked;
    private AccessSegment segment;
    private LocalDate day;

    /** An entry on its way. */
    private record Waiting(AccessEntry entry, CompletableFuture<Long> number) {
        Waiting(AccessEntry entry) {
            this(entry, new CompletableFuture<>());
        }
    }

    private AccessJournal(AccessFolder folder, AccessFolder.Mark mark) {
        this.folder = folder;
        this.first = mark.first();
        this.chain = mark.chain();
        this.marked = mark.chain();
        ThreadPools.platformOnce("access-" + folder.stream(), this::writeUntilClosed);
    }

    /**
     * Opens a stream. What a crash left of a last line was never acknowledged and is removed. Damage is logged, and the
     * stream goes on in a segment of its own, so that it stays visible to {@link AccessCheck}.
     */
    static AccessJournal open(AccessFolder folder) throws IOException {
        Home.ownerOnlyFolder(folder.root());
        Home.ownerOnlyFolder(folder.folder());
        TreeMap<Long, Path> segments = folder.segments();
        if (!segments.isEmpty()) {
            removeOpenEnd(segments.lastEntry().getValue());
        }
        long known = known(folder);
        AccessCheck check =
                AccessCheck.of(folder, Math.max(1, known == 0 && !segments.isEmpty() ? segments.lastKey() : known));
        check.findings()
                .forEach(finding ->
                        LOG.error("the access record is damaged: {}; `koprik access verify` shows all of it", finding));
        AccessChain end = new AccessChain(
                Math.max(check.last().number(), known), check.last().hash());
        long first = segments.isEmpty() ? end.number() + 1 : segments.firstKey();
        AccessJournal journal = new AccessJournal(folder, new AccessFolder.Mark(first, end));
        if (check.findings().isEmpty() && !segments.isEmpty()) {
            journal.proceed(segments.lastEntry().getValue());
        }
        if (!check.findings().isEmpty() || !Files.exists(folder.markFile())) {
            folder.write(new AccessFolder.Mark(first, end));
        }
        return journal;
    }

    /** How far the stream went by its mark; 0 when that is not known. */
    private static long known(AccessFolder folder) {
        try {
            return folder.mark().map(mark -> mark.chain().number()).orElse(0L);
        } catch (IOException damaged) {
            return 0; // the check reports it
        }
    }

    private static void removeOpenEnd(Path segment) throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        int end = AccessFolder.end(bytes);
        int written = bytes.length;
        while (written > end && bytes[written - 1] == 0) {
            written--;
        }
        if (end < written) {
            LOG.warn("{}: {} bytes of an entry that was not acknowledged are removed", segment, written - end);
        }
        if (end < bytes.length) {
            try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                file.truncate(end);
                file.force(true);
            }
        }
    }

    private void proceed(Path last) throws IOException {
        List<String> lines = AccessFolder.lines(last);
        if (!lines.isEmpty()) {
            turn.lock();
            try {
                day = day(at(lines.getLast()));
                segment = AccessSegment.goOn(last);
            } finally {
                turn.unlock();
            }
        }
    }

    /**
     * Adds an entry. Does not block.
     *
     * @return its number, once it is durable; fails with an {@link IOException} when it cannot be written: nothing of
     *     it is there then
     */
    CompletableFuture<Long> add(AccessEntry entry) {
        Waiting own = new Waiting(entry);
        queue.add(own);
        if (closed) {
            refuseAll();
        }
        return own.number;
    }

    private void writeUntilClosed() {
        List<Waiting> batch = new ArrayList<>();
        try {
            while (!batch.contains(end)) {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch);
                write(batch.stream().filter(one -> !end.equals(one)).toList());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            refuseAll();
            end.number.complete(0L);
        }
    }

    private void refuseAll() {
        for (Waiting one = queue.poll(); one != null; one = queue.poll()) {
            one.number.completeExceptionally(new IOException("the access record is closed"));
        }
    }

    private void write(List<Waiting> batch) {
        if (batch.isEmpty()) {
            return;
        }
        long number;
        turn.lock();
        try {
            number = chain.number();
            writeLines(batch);
        } catch (IOException | RuntimeException | Error failure) {
            batch.forEach(one -> one.number.completeExceptionally(failure));
            return;
        } finally {
            turn.unlock();
        }
        for (Waiting one : batch) {
            one.number.complete(++number);
        }
    }

    private void writeLines(List<Waiting> batch) throws IOException {
        turnPage(day(batch.getFirst().entry.at()));
        AccessChain last = chain;
        StringBuilder lines = new StringBuilder();
        for (Waiting one : batch) {
            AccessChain.Link link = last.next(one.entry);
            lines.append(link.line());
            last = link.chain();
        }
        segment.append(lines.toString().getBytes(StandardCharsets.UTF_8));
        chain = last;
    }

    private void turnPage(LocalDate today) throws IOException {
        if (segment != null && segment.length() < SEGMENT_BYTES && today.equals(day)) {
            return;
        }
        closeSegment();
        segment = AccessSegment.create(folder.segment(chain.number() + 1));
        SecretFile.flushFolder(folder.folder());
        day = today;
    }

    private void closeSegment() throws IOException {
        if (segment != null) {
            segment.close();
            segment = null;
        }
    }

    private static LocalDate day(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** When the entry of a line was written; the epoch when the line is damaged. */
    static Instant at(String line) {
        try {
            return StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8))
                    .string("at")
                    .map(Instant::parse)
                    .orElse(Instant.EPOCH);
        } catch (MalformedJson | java.time.DateTimeException damaged) {
            return Instant.EPOCH;
        }
    }

    /** Notes how far the stream went, unless it is noted. */
    void mark() throws IOException {
        turn.lock();
        try {
            if (!chain.equals(marked)) {
                folder.write(new AccessFolder.Mark(first, chain));
                marked = chain;
            }
        } finally {
            turn.unlock();
        }
    }

    /** Number of the last entry. */
    long last() {
        turn.lock();
        try {
            return chain.number();
        } finally {
            turn.unlock();
        }
    }

    /** Removes segments whose entries are all older than {@code before}. */
    void expire(Instant before) throws IOException {
        for (Map.Entry<Long, Path> one : folder.segments().entrySet()) {
            List<String> lines = AccessFolder.lines(one.getValue());
            if (!lines.isEmpty() && !at(lines.getLast()).isBefore(before)) {
                return;
            }
            turn.lock();
            try {
                if (segment != null && one.getValue().equals(segment.file())) {
                    if (one.getKey() + lines.size() <= chain.number()) {
                        return; // an entry came since the lines were read
                    }
                    closeSegment();
                }
                first = Math.max(first, one.getKey() + lines.size());
                // Before the segment is gone, so that its absence is explained.
                folder.write(new AccessFolder.Mark(first, chain));
                marked = chain;
                Files.deleteIfExists(one.getValue());
            } finally {
                turn.unlock();
            }
            LOG.info("access record: {} entries until {} expired", lines.size(), before);
        }
    }

    @Override
    public void close() throws IOException {
        queue.add(end);
        end.number.join();
        mark();
        turn.lock();
        try {
            closeSegment();
        } finally {
            turn.unlock();
        }
    }
}
