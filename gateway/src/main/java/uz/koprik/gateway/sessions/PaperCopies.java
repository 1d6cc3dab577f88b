package uz.koprik.gateway.sessions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Copies in memory of the papers that requests ask for, so that a request does not wait for the store.
 * {@link #refresh()} reads them again every second: a change by another gateway is in force then. A copy that could not
 * be read again for a while is not used. Safe for use by many threads at once.
 *
 * @param <T> what a paper holds; immutable
 */
final class PaperCopies<T> {

    private static final long USABLE = TimeUnit.SECONDS.toNanos(10);
    private static final long KEPT = TimeUnit.MINUTES.toNanos(10);
    private static final int AT_ONCE = 200;

    private final StateStore stateStore;
    private final Function<StateStore.Paper, T> reader;
    private final boolean keepsAbsence;
    private final LongSupplier nanos;
    private final Map<String, Held<T>> held = new ConcurrentHashMap<>();

    /**
     * A paper as it was read last.
     *
     * @param value empty when there is none
     * @param version as the state store has it; empty when there is none
     */
    record Copy<T>(Optional<T> value, String version) {}

    private record Held<T>(Copy<T> copy, long readAt, AtomicLong usedAt) {}

    /**
     * @param reader from a paper to what it holds
     * @param keepsAbsence whether to remember that there is no paper: only for names that strangers cannot choose
     * @param nanos such as {@link System#nanoTime}
     */
    PaperCopies(StateStore stateStore, Function<StateStore.Paper, T> reader, boolean keepsAbsence, LongSupplier nanos) {
        this.stateStore = stateStore;
        this.reader = reader;
        this.keepsAbsence = keepsAbsence;
        this.nanos = nanos;
    }

    /** The copy in memory. Never blocks; empty when there is none that may be used. */
    Optional<Copy<T>> held(String name) {
        Held<T> there = held.get(name);
        long now = nanos.getAsLong();
        if (there == null || now - there.readAt() > USABLE) {
            return Optional.empty();
        }
        there.usedAt().set(now);
        return Optional.of(there.copy());
    }

    /** As {@link #held}, without keeping it in memory for longer. */
    Optional<Copy<T>> peek(String name) {
        return Optional.ofNullable(held.get(name)).map(Held::copy);
    }

    /** The copy in memory, or the paper. Blocks. */
    Copy<T> read(String name) throws StoreUnavailable {
        Optional<Copy<T>> copy = held(name);
        return copy.isPresent() ? copy.get() : readAgain(name);
    }

    /** The paper as it is now. Blocks. */
    Copy<T> readAgain(String name) throws StoreUnavailable {
        Copy<T> copy = copy(stateStore.read(name));
        keep(name, copy);
        return copy;
    }

    /**
     * Replaces a paper.
     *
     * @param expected the copy that {@code next} was made from
     * @return whether it was replaced; otherwise another change came first
     */
    boolean replace(String name, Copy<T> expected, T next, byte[] content) throws StoreUnavailable {
        Optional<String> version = stateStore.replace(name, expected.version(), content);
        if (version.isEmpty()) {
            held.remove(name);
            return false;
        }
        keep(name, new Copy<>(Optional.of(next), version.get()));
        return true;
    }

    /** Removes a paper. */
    void remove(String name) throws StoreUnavailable {
        held.remove(name);
        stateStore.remove(name);
        held.remove(name);
    }

    /** All that there are, with names that begin so. Reads them all. */
    Map<String, T> all(String beginning) throws StoreUnavailable {
        Map<String, T> all = new HashMap<>();
        List<String> names = stateStore.names(beginning);
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            for (StateStore.Paper paper :
                    stateStore.read(names.subList(from, Math.min(names.size(), from + AT_ONCE)))) {
                copy(Optional.of(paper)).value().ifPresent(value -> all.put(paper.name(), value));
            }
        }
        return all;
    }

    /** Reads the copies in memory again, and lets go of those that nobody asked for lately. Blocks. */
    void refresh() throws StoreUnavailable {
        long now = nanos.getAsLong();
        held.values().removeIf(one -> now - one.usedAt().get() > KEPT);
        Map<String, Held<T>> before = new HashMap<>(held);
        List<String> names = new ArrayList<>(before.keySet());
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            List<String> some = names.subList(from, Math.min(names.size(), from + AT_ONCE));
            long at = nanos.getAsLong();
            Map<String, StateStore.Paper> found = new HashMap<>();
            stateStore.read(some).forEach(paper -> found.put(paper.name(), paper));
            for (String name : some) {
                Held<T> was = before.get(name);
                Copy<T> copy = unlessSame(was.copy(), Optional.ofNullable(found.get(name)));
                if (copy.value().isEmpty() && !keepsAbsence) {
                    held.remove(name, was);
                } else {
                    // Not over what another thread wrote in the meantime.
                    held.replace(name, was, new Held<>(copy, at, was.usedAt()));
                }
            }
        }
    }

    private Copy<T> unlessSame(Copy<T> was, Optional<StateStore.Paper> paper) {
        return paper.map(StateStore.Paper::version).orElse("").equals(was.version()) ? was : copy(paper);
    }

    private Copy<T> copy(Optional<StateStore.Paper> paper) {
        return new Copy<>(
                paper.map(reader), paper.map(StateStore.Paper::version).orElse(""));
    }

    private void keep(String name, Copy<T> copy) {
        if (copy.value().isPresent() || keepsAbsence) {
            long now = nanos.getAsLong();
            held.put(name, new Held<>(copy, now, new AtomicLong(now)));
        }
    }
}
