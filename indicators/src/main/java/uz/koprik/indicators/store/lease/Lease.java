package uz.koprik.indicators.store.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lease.LeaseStore.StoredLease;

/**
 * One lease, seen by one run of one gateway. Clocks of gateways need not agree: a candidate watches the record of the
 * lease, and takes the lease when the record did not change for the whole duration by the clock of the candidate. A
 * holder counts from before it asked for its last write, and only three quarters of the length, so it stops before
 * another begins.
 *
 * <p>The fence: every write replaces the version that this gateway knows. When another has taken the lease meanwhile,
 * however long this gateway slept, the write fails. Safe for use by many threads at once; {@link #held} never waits.
 */
public final class Lease {

    private final LeaseStore register;
    private final String name;
    private final String holder;
    private final String run = UUID.randomUUID().toString();
    private final long length;
    private final LongSupplier nanos;
    private String version = "";
    private long seenSince;
    private long beat;
    /** What was last to be written, whether or not it was. */
    private String latest = "";

    private volatile LeaseRecord seen;
    private volatile boolean mine;
    private volatile long heldUntil;
    private volatile long term;

    /**
     * @param holder name of this gateway, for people
     * @param length after which a silent holder loses it
     * @param nanos a clock that only moves forward, in nanoseconds
     */
    public Lease(LeaseStore register, String name, String holder, Duration length, LongSupplier nanos) {
        this.register = register;
        this.name = name;
        this.holder = holder;
        this.length = length.toNanos();
        this.nanos = nanos;
    }

    /**
     * Holds the lease for longer when it is ours; takes it when nobody has it or its holder was silent for its length.
     * To be called several times in a length.
     *
     * @return whether it is ours
     */
    public synchronized boolean tend() throws StoreUnavailable {
        if (mine) {
            try {
                put(latest);
                return true;
            } catch (LeaseLost taken) {
                return false;
            }
        }
        Optional<StoredLease> found = register.read(name);
        if (found.isPresent()) {
            see(found.get());
            boolean silent = nanos.getAsLong() - seenSince >= length;
            if (!seen.free() && !seen.run().equals(run) && !silent) {
                return false;
            }
        } else {
            version = "";
            seen = null;
        }
        try {
            put(content().orElse(""));
        } catch (LeaseLost another) {
            return false;
        }
        mine = true;
        term++;
        return true;
    }

    private void see(StoredLease found) {
        if (seen == null || !found.version().equals(version)) {
            seenSince = nanos.getAsLong();
        }
        version = found.version();
        seen = found.record();
    }

    /** Writes what the next holder is to find; it is the lease's prolongation, too. */
    private void put(String content) throws StoreUnavailable {
        LeaseRecord next = new LeaseRecord(holder, run, ++beat, content);
        latest = content;
        long begun = nanos.getAsLong();
        Optional<String> written = register.replace(name, version, next);
        while (written.isEmpty()) {
            // Another's, or one of our own whose answer was lost.
            Optional<StoredLease> there = register.read(name);
            if (there.isEmpty() || !there.get().record().run().equals(run)) {
                mine = false;
                there.ifPresent(this::see);
                throw new LeaseLost("another gateway of this centre"
                        + runner().map(n -> ", " + n + ",").orElse("") + " has taken over " + name);
            }
            written = there.get().record().beat() == next.beat()
                    ? Optional.of(there.get().version())
                    : register.replace(name, there.get().version(), next);
        }
        version = written.get();
        seen = next;
        heldUntil = begun + length / 4 * 3;
    }

    /**
     * Replaces the content; durable when this returns.
     *
     * @throws LeaseLost when the lease is not ours: nothing was written
     */
    public synchronized void write(String content) throws StoreUnavailable {
        if (!mine) {
            throw lost();
        }
        put(content);
    }

    private LeaseLost lost() {
        return new LeaseLost("this gateway does not run " + name + " any more");
    }

    /** Whether the lease is ours and nobody else can have it yet. */
    public boolean held() {
        return mine && nanos.getAsLong() - heldUntil < 0;
    }

    /** @throws LeaseLost when the lease is not {@link #held}: do not go on */
    public void requireHeld() throws LeaseLost {
        if (!held()) {
            throw lost();
        }
    }

    /** Number of times that this gateway took the lease: work begun in an earlier term must start again. */
    public long term() {
        return term;
    }

    /** The content as last known; empty when nobody wrote any yet, or nobody looked. */
    public Optional<String> content() {
        LeaseRecord last = seen;
        return last == null || last.content().isEmpty() ? Optional.empty() : Optional.of(last.content());
    }

    /** Name of the gateway that holds it, as last known. */
    public Optional<String> runner() {
        LeaseRecord last = seen;
        return last == null || last.free() ? Optional.empty() : Optional.of(last.holder());
    }

    /** Reads the record again, without taking the lease. */
    public synchronized void look() throws StoreUnavailable {
        if (!mine) {
            register.read(name).ifPresent(this::see);
        }
    }

    /** Lets the next gateway have it at once; its content stays. */
    public synchronized void release() throws StoreUnavailable {
        if (mine) {
            mine = false;
            register.replace(name, version, new LeaseRecord("", "", ++beat, latest));
        }
    }
}
