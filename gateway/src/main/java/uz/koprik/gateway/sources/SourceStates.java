package uz.koprik.gateway.sources;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.sources.SourceEntries.Known;
import uz.koprik.gateway.sources.SourceState.Papers;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * What the centre remembers of a feed: a paper with its state, and papers with its entries under the generation that
 * the state names. So a crash between two papers leaves the earlier entries in force. Safe for many threads.
 */
public final class SourceStates {

    private static final String FOLDER = "sources/";
    private static final String STATE = "/state.json";
    private static final String ENTRIES = "entries-";
    private static final String EVENTS = "events-";

    private final StateStore stateStore;
    private final String folder;

    SourceStates(StateStore stateStore, String feed) {
        this.stateStore = stateStore;
        this.folder = FOLDER + feed + "/";
    }

    /**
     * Why a feed was not read at the last try, since the last success.
     *
     * @param since the first failure
     * @param error why, in words
     * @param waits whether the feed waits for an operator
     */
    public record Failure(Instant since, String error, boolean waits) {}

    /** What is wrong with a feed; empty when it was read at the last try, or never tried. Changes nothing. */
    public static Optional<Failure> failure(StateStore stateStore, String feed) throws StoreUnavailable {
        return new SourceStates(stateStore, feed)
                .state()
                .health()
                .failing()
                .map(one -> new Failure(one.since(), one.error(), one.shrunk()));
    }

    /** The state as it is now; that of a feed that was never tried when there is none. */
    SourceState state() throws StoreUnavailable {
        return read(stateStore.read(name()));
    }

    /** Replaces the state; somebody else may do so at the same time. */
    SourceState change(UnaryOperator<SourceState> change) throws StoreUnavailable {
        while (true) {
            Optional<StateStore.Paper> there = stateStore.read(name());
            SourceState next = change.apply(read(there));
            if (stateStore
                    .replace(name(), there.map(StateStore.Paper::version).orElse(""), CanonicalJson.bytes(next.json()))
                    .isPresent()) {
                return next;
            }
        }
    }

    /** The entries of a state. */
    Map<UUID, Known> entries(SourceState state) throws StoreUnavailable {
        Map<UUID, Known> entries = new HashMap<>();
        for (int part = 0; part < state.papers().entries(); part++) {
            String name = part(ENTRIES, state.papers().generation(), part);
            try {
                SourceEntries.read(content(name), entries);
            } catch (IllegalArgumentException damage) {
                throw damaged(name, damage);
            }
        }
        return entries;
    }

    /** The events of a state; empty for a feed that has none. */
    Map<UUID, SourceEvents.Taken> events(SourceState state) throws StoreUnavailable {
        List<byte[]> parts = new ArrayList<>();
        for (int part = 0; part < state.papers().events(); part++) {
            parts.add(content(part(EVENTS, state.papers().generation(), part)));
        }
        try {
            return SourceEvents.read(parts);
        } catch (IllegalArgumentException damage) {
            throw damaged(part(EVENTS, state.papers().generation(), 0), damage);
        }
    }

    private byte[] content(String name) throws StoreUnavailable {
        return stateStore.read(name).orElseThrow(() -> damaged(name, null)).content();
    }

    /** Stores entries beside those of {@code before}, then the state that names them, and removes the earlier ones. */
    SourceState save(
            SourceState before, SourceState after, Map<UUID, Known> entries, Map<UUID, SourceEvents.Taken> events)
            throws StoreUnavailable {
        long generation = before.papers().generation() + 1;
        Papers papers = new Papers(
                generation,
                write(ENTRIES, generation, SourceEntries.write(entries)),
                write(EVENTS, generation, SourceEvents.write(events)));
        SourceState saved = change(_ -> after.stored(papers));
        remove(ENTRIES, before.papers().generation(), before.papers().entries());
        remove(EVENTS, before.papers().generation(), before.papers().events());
        return saved;
    }

    private int write(String kind, long generation, List<byte[]> parts) throws StoreUnavailable {
        for (int part = 0; part < parts.size(); part++) {
            String name = part(kind, generation, part);
            stateStore.remove(name); // of a run that broke off
            stateStore.replace(name, "", parts.get(part));
        }
        return parts.size();
    }

    private void remove(String kind, long generation, int parts) throws StoreUnavailable {
        for (int part = 0; part < parts; part++) {
            stateStore.remove(part(kind, generation, part));
        }
    }

    /**
     * Lets every feed be compared with the store again, after entries of the store were lost. What is known of entries
     * that left a feed stays known.
     */
    static void compareAgain(StateStore stateStore) throws StoreUnavailable {
        for (String paper : stateStore.names(FOLDER)) {
            if (paper.endsWith(STATE)) {
                SourceStates states =
                        new SourceStates(stateStore, paper.substring(FOLDER.length(), paper.length() - STATE.length()));
                SourceState state = states.state();
                Map<UUID, Known> entries = states.entries(state);
                entries.replaceAll((key, known) -> known.unlike());
                states.save(state, state.comparingAgain(), entries, states.events(state));
            }
        }
    }

    private String name() {
        return folder + STATE.substring(1);
    }

    private String part(String kind, long generation, int part) {
        return folder + kind + generation + "-" + part;
    }

    private SourceState read(Optional<StateStore.Paper> paper) {
        if (paper.isEmpty()) {
            return SourceState.NEW;
        }
        try {
            return SourceState.read(StrictJson.parseObject(paper.get().content()));
        } catch (MalformedJson | DateTimeParseException damage) {
            throw damaged(name(), damage);
        }
    }

    private static UncheckedIOException damaged(String name, Exception cause) {
        return new UncheckedIOException(new IOException(
                "the state of a feed in " + name + " is damaged; restore it from a backup, or delete the folder to read"
                        + " the feed anew",
                cause));
    }
}
