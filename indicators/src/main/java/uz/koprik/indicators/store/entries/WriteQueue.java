package uz.koprik.indicators.store.entries;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * The one thread that writes, and its queue. It takes every waiting batch, writes them together, and then answers all
 * callers. A caller waits for room when more is queued than a flush may take.
 */
public final class WriteQueue implements AutoCloseable {

    /** What the thread does. */
    public interface Writer {

        /**
         * Stores batches in their order, durably; returns the outcomes of each. Throws when none of it may be
         * acknowledged.
         */
        List<List<AppendResult>> write(List<List<EncodedDraft>> batches) throws IOException, StoreUnavailable;

        /** Called now and then while nothing waits. */
        default void idle() throws IOException, StoreUnavailable {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(WriteQueue.class);

    private final Writer writer;
    private final int groupBytes;
    private final long idleNanos;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Deque<Request> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean closing;
    private String whyClosed = "the store is closed";
    private final Thread thread;

    /**
     * @param groupBytes how much may wait; callers beyond that wait to wait
     * @param idle how often {@link Writer#idle} is called while nothing is to do
     * @param threads reports when the writing thread ends unexpectedly
     */
    public WriteQueue(Writer writer, int groupBytes, Duration idle, StoreThreads threads) {
        this.writer = writer;
        this.groupBytes = groupBytes;
        this.idleNanos = idle.toNanos();
        this.thread = threads.unstarted("koprik-writer", this::run);
    }

    public void start() {
        thread.start();
    }

    /** Something to do in the writing thread, in its turn. */
    public interface Change<T> {
        T make() throws IOException, StoreUnavailable;
    }

    private sealed interface Request {
        long bytes();

        CompletableFuture<?> done();
    }

    private record Batch(List<EncodedDraft> drafts, long bytes, CompletableFuture<List<AppendResult>> done)
            implements Request {}

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
            } catch (Error e) {
                done.completeExceptionally(e);
                throw e;
            }
        }
    }

    // ---- callers

    /** Has drafts written; returns their outcomes when they are durable. */
    public List<AppendResult> append(List<EncodedDraft> drafts) throws StoreUnavailable {
        long bytes = drafts.stream().mapToLong(draft -> draft.record().length).sum();
        if (bytes > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("a batch takes up to 1 GiB, not " + bytes + " bytes");
        }
        return await(submit(new Batch(drafts, bytes, new CompletableFuture<>())).done());
    }

    /** Has a change made in its turn. */
    public <T> T change(Change<T> change) throws StoreUnavailable {
        return await(submit(new Single<>(change, new CompletableFuture<>())).done());
    }

    private <R extends Request> R submit(R request) throws StoreUnavailable {
        lock.lock();
        try {
            while (!closing && queuedBytes > 0 && queuedBytes + request.bytes() > groupBytes) {
                room.await();
            }
            if (closing) {
                throw new StoreUnavailable(whyClosed, null);
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
                case IOException io ->
                    throw new StoreUnavailable("the store cannot be written: " + io.getMessage(), io);
                case IllegalArgumentException wrong -> throw new IllegalArgumentException(wrong.getMessage(), wrong);
                case null, default -> throw new StoreUnavailable("the store failed", e);
            }
        }
    }

    // ---- the writing thread

    private void run() {
        try {
            work();
        } catch (RuntimeException | Error failed) {
            abandon(failed);
            throw failed;
        }
    }

    /** Nobody writes any more: who waits learns of it, and so does who comes. */
    private void abandon(Throwable failed) {
        lock.lock();
        try {
            closing = true;
            whyClosed = "the thread that writes ended unexpectedly; start the centre again";
            queue.forEach(request -> request.done().completeExceptionally(failed));
            queue.clear();
            queuedBytes = 0;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        while (true) {
            List<Request> taken = take();
            if (taken.isEmpty()) {
                if (isClosing()) {
                    return;
                }
                idle();
            } else if (taken.getFirst() instanceof Single<?> single) {
                single.run();
            } else {
                write(taken.stream().map(Batch.class::cast).toList());
            }
        }
    }

    private void idle() {
        try {
            writer.idle();
        } catch (StoreUnavailable away) {
            LOG.warn("the store does not answer: {}", away.getMessage());
            LOG.debug("the reason", away);
        } catch (IOException | RuntimeException e) {
            LOG.warn("the store cannot be followed", e);
        }
    }

    private boolean isClosing() {
        lock.lock();
        try {
            return closing && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * One change, or all batches up to the next change; nothing when there is none after a while, or the store closes.
     */
    private List<Request> take() {
        lock.lock();
        try {
            long left = idleNanos;
            while (queue.isEmpty()) {
                if (closing || left <= 0) {
                    return List.of();
                }
                left = arrived.awaitNanos(left);
            }
            List<Request> taken = new ArrayList<>();
            do {
                Request next = queue.remove();
                queuedBytes -= next.bytes();
                taken.add(next);
            } while (taken.getFirst() instanceof Batch && queue.peek() instanceof Batch);
            room.signalAll();
            return taken;
        } catch (InterruptedException e) { // nobody does it; if somebody does, the queue ends as when it is closed
            closing = true;
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Batch> group) {
        try {
            List<List<AppendResult>> outcomes =
                    writer.write(group.stream().map(Batch::drafts).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).done.complete(outcomes.get(i));
            }
        } catch (IOException | StoreUnavailable | RuntimeException e) {
            LOG.warn("a write failed; {} callers may try again", group.size(), e);
            group.forEach(batch -> batch.done.completeExceptionally(e));
        } catch (Error e) {
            group.forEach(batch -> batch.done.completeExceptionally(e));
            throw e;
        }
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
        ThreadEnd.join(thread);
    }
}
