package uz.koprik.gateway.api.acts;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import uz.koprik.crypto.Sha256;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * The acts that wait for a second administrator: a paper each in the state store, so that they wait at every gateway
 * and after a restart. Safe for use by many threads at once.
 */
final class PendingActs {

    private static final String FOLDER = "acts/";
    private static final int ID_LENGTH = 16;
    private static final byte[] TAKEN = "{}".getBytes(StandardCharsets.US_ASCII);

    private final StateStore stateStore;
    private final Duration within;
    private final Function<PendingAct, Optional<String>> gone;
    private final InstantSource clock;

    /**
     * @param within how long an act waits
     * @param gone why the account of an act could not ask for it any more; empty when it could
     */
    PendingActs(
            StateStore stateStore, Duration within, Function<PendingAct, Optional<String>> gone, InstantSource clock) {
        this.stateStore = stateStore;
        this.within = within;
        this.gone = gone;
        this.clock = clock;
    }

    /** An act and the version of its paper. */
    record Found(PendingAct act, String version) {}

    /** The id of a request. */
    static String id(String method, String path, String body) {
        byte[] text = (method + "\n" + path + "\n" + body).getBytes(StandardCharsets.UTF_8);
        return Sha256.hex(Sha256.of(text)).substring(0, ID_LENGTH);
    }

    /** The first moment at which an act waits no longer. */
    Instant until(PendingAct act) {
        return act.at().plus(within);
    }

    /** The act of that id, while it waits, and also when it ended before its time. Blocks. */
    Optional<Found> find(String id) throws StoreUnavailable {
        Optional<StateStore.Paper> paper = stateStore.read(FOLDER + id + ".json");
        return paper.isPresent() ? waiting(paper.get()) : Optional.empty();
    }

    /** All of these, the oldest first. Blocks. */
    List<PendingAct> all() throws StoreUnavailable {
        List<PendingAct> all = new ArrayList<>();
        for (StateStore.Paper paper : stateStore.read(stateStore.names(FOLDER))) {
            Optional<Found> found = waiting(paper);
            if (found.isPresent()) {
                all.add(found.get().act());
            } else {
                stateStore.remove(paper.name());
            }
        }
        all.sort(Comparator.comparing(PendingAct::at).thenComparing(PendingAct::id));
        return all;
    }

    private Optional<Found> waiting(StateStore.Paper paper) throws StoreUnavailable {
        Optional<PendingAct> read =
                PendingAct.read(paper.content()).filter(act -> clock.instant().isBefore(until(act)));
        return read.isPresent() ? Optional.of(current(read.get(), paper)) : Optional.empty();
    }

    /** What has ended stays so, also when the account is what it was before again. */
    private Found current(PendingAct act, StateStore.Paper paper) throws StoreUnavailable {
        Optional<String> why = act.ended().isEmpty() ? gone.apply(act) : Optional.empty();
        if (why.isEmpty()) {
            return new Found(act, paper.version());
        }
        PendingAct ended = act.ended(why.get());
        // When somebody else was first, the version is another one, and nothing is done with this one.
        return new Found(
                ended,
                stateStore.replace(paper.name(), paper.version(), ended.write()).orElse(paper.version()));
    }

    /** Lets an act wait in the place of the same one that rests on what was changed since. Blocks. */
    void renew(Found found, PendingAct act) throws StoreUnavailable {
        // When somebody else was first, that one waits.
        stateStore.replace(FOLDER + act.id() + ".json", found.version(), act.write());
    }

    /** Lets an act wait, in the place of one that waits no longer. Durable when this returns. Blocks. */
    void add(PendingAct act) throws StoreUnavailable {
        String name = FOLDER + act.id() + ".json";
        String before = stateStore.read(name).map(StateStore.Paper::version).orElse("");
        // When another request was first, that one waits.
        stateStore.replace(name, before, act.write());
    }

    /**
     * Takes an act to carry it out. Blocks.
     *
     * @return whether it is the caller's to carry out: of two who take it at once, one only
     */
    boolean take(Found found) throws StoreUnavailable {
        String name = FOLDER + found.act().id() + ".json";
        boolean taken = stateStore.replace(name, found.version(), TAKEN).isPresent();
        if (taken) {
            stateStore.remove(name);
        }
        return taken;
    }
}
