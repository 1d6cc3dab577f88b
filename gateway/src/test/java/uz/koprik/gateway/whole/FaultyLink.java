package uz.koprik.gateway.whole;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The line between two network namespaces, which carries IP packets and does to them what a test says. It stands for
 * {@code tc netem}, which not every kernel has.
 */
final class FaultyLink implements AutoCloseable {

    private static final Duration OVERTAKEN = Duration.ofMillis(150);

    /**
     * What happens to the packets of one direction.
     *
     * @param lost of a hundred packets
     * @param delay of each packet
     * @param duplicated of a hundred packets
     * @param overtaken of a hundred packets: each arrives after later ones
     */
    record Faults(int lost, Duration delay, int duplicated, int overtaken) {

        static final Faults NONE = new Faults(0, Duration.ZERO, 0, 0);

        static Faults lost(int percent) {
            return new Faults(percent, Duration.ZERO, 0, 0);
        }

        static Faults delay(Duration delay) {
            return new Faults(0, delay, 0, 0);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    private record Packet(byte[] bytes, long at) implements Delayed {

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(at, ((Packet) other).at);
        }
    }

    private final NetworkSide one;
    private final NetworkSide other;
    private final Random random;
    private final AtomicLong carried = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong duplicated = new AtomicLong();
    private final AtomicLong overtaken = new AtomicLong();
    private volatile Faults forth = Faults.NONE;
    private volatile Faults back = Faults.NONE;
    private volatile boolean closed;

    FaultyLink(NetworkSide one, NetworkSide other, long seed) {
        this.one = one;
        this.other = other;
        this.random = new Random(seed);
        carry(one, other, true);
        carry(other, one, false);
    }

    /** From now on, {@code forth} holds for packets of {@code one}, {@code back} for those of {@code other}. */
    void faults(Faults forth, Faults back) {
        this.forth = forth;
        this.back = back;
    }

    /** What happened to packets since this was last asked. */
    String figures() {
        return carried.getAndSet(0) + " packets carried, " + lost.getAndSet(0) + " lost, " + duplicated.getAndSet(0)
                + " duplicated, " + overtaken.getAndSet(0) + " overtaken";
    }

    /** Also removes both namespaces. */
    @Override
    public void close() throws IOException {
        closed = true;
        try (one;
                other) {
            faults(Faults.lost(100), Faults.lost(100));
        }
    }

    private void carry(NetworkSide from, NetworkSide to, boolean isForth) {
        DelayQueue<Packet> under = new DelayQueue<>();
        Thread.ofPlatform().daemon().name("link-in").start(() -> take(from, under, isForth));
        Thread.ofPlatform().daemon().name("link-out").start(() -> deliver(under, to));
    }

    private void take(NetworkSide from, DelayQueue<Packet> under, boolean isForth) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(NetworkSide.LONGEST_PACKET);
            long length = from.read(buffer);
            while (length >= 0 && !closed) {
                byte[] packet = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
                put(packet, isForth ? forth : back, under);
                length = from.read(buffer);
            }
        }
    }

    private void put(byte[] packet, Faults faults, DelayQueue<Packet> under) {
        if (happens(faults.lost())) {
            lost.incrementAndGet();
            return;
        }
        long at = System.nanoTime() + faults.delay().toNanos();
        if (happens(faults.overtaken())) {
            overtaken.incrementAndGet();
            at += OVERTAKEN.toNanos();
        }
        under.add(new Packet(packet, at));
        if (happens(faults.duplicated())) {
            duplicated.incrementAndGet();
            under.add(new Packet(packet, at + 1));
        }
    }

    private boolean happens(int percent) {
        return random.nextInt(100) < percent;
    }

    private void deliver(DelayQueue<Packet> under, NetworkSide to) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(NetworkSide.LONGEST_PACKET);
            while (!closed) {
                Packet packet = under.poll(1, TimeUnit.SECONDS);
                if (packet != null && !closed) {
                    MemorySegment.copy(packet.bytes(), 0, buffer, ValueLayout.JAVA_BYTE, 0, packet.bytes().length);
                    to.write(buffer.asSlice(0, packet.bytes().length));
                    carried.incrementAndGet();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
