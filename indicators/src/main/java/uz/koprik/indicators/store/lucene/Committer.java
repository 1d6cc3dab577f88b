package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.Appended;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * The one thread that writes. It takes every batch that waits, judges the drafts, writes what is new, flushes once, brings
 * the views up to date, and then tells all callers.
 */
final class Committer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    private final Catalogue catalogue;
    private final Index index;
    private final LongSupplier micros;
    private final int groupBytes;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Deque<Request> queue = new ArrayDeque<>();
    private final Thread thread = Thread.ofPlatform().name("koprik-journal").unstarted(this::run);
    private long queuedBytes;
    private boolean closing;

    Committer(Catalogue catalogue, Index index, LongSupplier micros, int groupBytes) {
        this.catalogue = catalogue;
        this.index = index;
        this.micros = micros;
        this.groupBytes = groupBytes;
    }

    void start() {
        thread.start();
    }

    /** Something to do in the writing thread, in its turn. */
    interface Change<T> {
        T make() throws IOException, StoreUnavailable;
    }

    private sealed interface Request {
        long bytes();
    }

    private record Batch(List<EncodedDraft> drafts, long bytes, CompletableFuture<List<Appended>> done) implements Request {}

    private record Single<T>(Change<T> change, CompletableFuture<T> done) implements Request {
        @Override
        public long bytes() {
            return 0;
        }

        void run() {
            try {
                done().complete(change.make());
            } catch (IOException | StoreUnavailable | RuntimeException e) {
                done.completeExceptionally(e);
            }
        }
    }

    // ---- callers

    List<Appended> append(List<EncodedDraft> drafts) throws StoreUnavailable {
        long bytes = drafts.stream().mapToLong(draft -> draft.record().length).sum();
        if (bytes > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("a batch takes up to 1 GiB, not " + bytes + " bytes");
        }
        return await(submit(new Batch(drafts, bytes, new CompletableFuture<>())).done());
    }

    <T> T change(Change<T> change) throws StoreUnavailable {
        return await(submit(new Single<>(change, new CompletableFuture<>())).done());
    }

    private <R extends Request> R submit(R request) throws StoreUnavailable {
        lock.lock();
        try {
            while (!closing && queuedBytes > 0 && queuedBytes + request.bytes() > groupBytes) {
                room.await();
            }
            if (closing) {
                throw new StoreUnavailable("the store is closed", null);
            }
            queue.add(request);
            queuedBytes += request.bytes();
            arrived.signal();
            return request;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while waiting to write", e);
        } finally {
            lock.unlock();
        }
    }

    private static <T> T await(CompletableFuture<T> done) throws StoreUnavailable {
        try {
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while writing: not known whether it was stored", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case StoreUnavailable known -> throw new StoreUnavailable(known.getMessage(), known);
                case IOException io -> throw new StoreUnavailable("the journal cannot be written: " + io.getMessage(), io);
                case IllegalArgumentException wrong -> throw new IllegalArgumentException(wrong.getMessage(), wrong);
                case null, default -> throw new StoreUnavailable("the store failed", e);
            }
        }
    }

    // ---- the writing thread

    private void run() {
        for (List<Request> taken = take(); !taken.isEmpty(); taken = take()) {
            if (taken.getFirst() instanceof Single<?> single) {
                single.run();
            } else {
                write(taken.stream().map(Batch.class::cast).toList());
            }
        }
    }

    /** One change, or all batches up to the next change; nothing when the store closes. */
    private List<Request> take() {
        lock.lock();
        try {
            while (queue.isEmpty()) {
                if (closing) {
                    return List.of();
                }
                arrived.awaitUninterruptibly();
            }
            List<Request> taken = new ArrayList<>();
            do {
                Request next = queue.remove();
                queuedBytes -= next.bytes();
                taken.add(next);
            } while (taken.getFirst() instanceof Batch && queue.peek() instanceof Batch);
            room.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Batch> group) {
        try {
            index.follow();
            List<List<Appended>> outcomes = new ArrayList<>(group.size());
            List<EncodedDraft> accepted = new ArrayList<>();
            Judge judge = new Judge(catalogue);
            long seq = catalogue.rows.last();
            long added = catalogue.rows.added(seq);
            for (Batch batch : group) {
                List<Appended> outcome = new ArrayList<>(batch.drafts.size());
                for (EncodedDraft draft : batch.drafts) {
                    Optional<Appended> refused = judge.refuse(draft);
                    if (refused.isPresent()) {
                        outcome.add(refused.get());
                        continue;
                    }
                    seq++;
                    added = Math.max(micros.getAsLong(), added + 1);
                    EntryRecord.place(draft.record(), seq, added);
                    judge.accepted(draft, seq, added);
                    accepted.add(draft);
                    outcome.add(new Appended.Stored(seq, added));
                }
                outcomes.add(List.copyOf(outcome));
            }
            store(accepted);
            for (int i = 0; i < group.size(); i++) {
                group.get(i).done.complete(outcomes.get(i));
            }
        } catch (IOException | StoreUnavailable | RuntimeException e) {
            LOG.warn("a write failed; {} callers are told to try again", group.size(), e);
            group.forEach(batch -> batch.done.completeExceptionally(e));
        }
    }

    private void store(List<EncodedDraft> accepted) throws IOException {
        if (accepted.isEmpty()) {
            return;
        }
        long[] positions = new long[accepted.size()];
        catalogue.journal.append(accepted.stream().map(EncodedDraft::record).toList(), positions);
        for (int i = 0; i < positions.length; i++) {
            long seq = catalogue.rows.last() + 1;
            index.added(seq, accepted.get(i).facts()); // first, so that what is in view is also found
            apply(positions[i]);
        }
    }

    /** Writes one record that is not an entry; only from within a {@link Change}. */
    void append(byte[] record) throws IOException {
        long[] position = new long[1];
        catalogue.journal.append(List.of(record), position);
        apply(position[0]);
    }

    private void apply(long position) throws IOException {
        catalogue.apply(catalogue.journal.buffer(position), Journal.offset(position), position);
    }

    /** Writes what waits and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            arrived.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
