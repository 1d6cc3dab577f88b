package uz.koprik.gateway.sources;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.sources.SourceEntries.Known;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * What the centre remembers of a feed: a paper with its state, and papers with its entries under the generation that
 * the state names. So a crash between two papers leaves the earlier entries in force. Safe for many threads.
 */
final class SourceStates {

    private static final String FOLDER = "sources/";
    private static final String STATE = "/state.json";

    private final StateStore stateStore;
    private final String folder;

    SourceStates(StateStore stateStore, String feed) {
        this.stateStore = stateStore;
        this.folder = FOLDER + feed + "/";
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
        for (int part = 0; part < state.parts(); part++) {
            String name = part(state.generation(), part);
            Optional<StateStore.Paper> paper = stateStore.read(name);
            if (paper.isEmpty()) {
                throw damaged(name, null);
            }
            try {
                SourceEntries.read(paper.get().content(), entries);
            } catch (IllegalArgumentException damage) {
                throw damaged(name, damage);
            }
        }
        return entries;
    }

    /** Stores entries beside those of {@code before}, then the state that names them, and removes the earlier ones. */
    SourceState save(SourceState before, SourceState after, Map<UUID, Known> entries) throws StoreUnavailable {
        long generation = before.generation() + 1;
        List<byte[]> parts = SourceEntries.write(entries);
        for (int part = 0; part < parts.size(); part++) {
            String name = part(generation, part);
            stateStore.remove(name); // of a run that broke off
            stateStore.replace(name, "", parts.get(part));
        }
        SourceState saved = change(_ -> after.stored(generation, parts.size()));
        for (String old : IntStream.range(0, before.parts())
                .mapToObj(part -> part(before.generation(), part))
                .toList()) {
            stateStore.remove(old);
        }
        return saved;
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
                states.save(state, state.comparingAgain(), entries);
            }
        }
    }

    private String name() {
        return folder + STATE.substring(1);
    }

    private String part(long generation, int part) {
        return folder + "entries-" + generation + "-" + part;
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
