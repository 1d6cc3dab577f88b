package uz.koprik.gateway.api.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Searches that people keep under a name: a paper an account, durable when a call returns. Nobody but the account
 * itself reads them. Safe for use by many threads at once.
 */
public final class SavedSearches {

    /** Names of searches. */
    public static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,63}");

    /** How many an account may keep. */
    public static final int MOST = 200;

    private final StateStore stateStore;

    public SavedSearches(StateStore stateStore) {
        this.stateStore = stateStore;
    }

    /**
     * A search with a name.
     *
     * @param q as it was typed or pasted
     * @param saved when
     */
    public record SavedSearch(String name, String q, Instant saved) {}

    /** All that an account keeps, by name. */
    public Collection<SavedSearch> of(String account) throws StoreUnavailable {
        return read(stateStore.read(name(account))).values();
    }

    /** One of them. */
    public Optional<SavedSearch> find(String account, String name) throws StoreUnavailable {
        return Optional.ofNullable(read(stateStore.read(name(account))).get(name));
    }

    /**
     * Keeps a search, and replaces one of the same name.
     *
     * @return whether the name is new
     * @throws IllegalStateException when the account keeps too many already
     */
    public boolean keep(String account, SavedSearch search) throws StoreUnavailable {
        return change(account, all -> {
            boolean isNew = all.put(search.name(), search) == null;
            if (all.size() > MOST) {
                throw new IllegalStateException(
                        "an account keeps up to " + MOST + " searches; delete one that is not needed");
            }
            return isNew;
        });
    }

    /** Forgets a search; whether there was one of that name. */
    public boolean forget(String account, String name) throws StoreUnavailable {
        return change(account, all -> all.remove(name) != null);
    }

    /**
     * Changes what an account keeps, and says what {@code change} says; another gateway may change it at the same time.
     */
    private boolean change(String account, Predicate<Map<String, SavedSearch>> change) throws StoreUnavailable {
        while (true) {
            Optional<StateStore.Paper> there = stateStore.read(name(account));
            Map<String, SavedSearch> all = read(there);
            boolean said = change.test(all);
            if (all.equals(read(there))) {
                return said;
            }
            if (stateStore
                    .replace(name(account), there.map(StateStore.Paper::version).orElse(""), write(all.values()))
                    .isPresent()) {
                return said;
            }
        }
    }

    /** There is no search of a name, or it is somebody else's. */
    public static Problem none() {
        return new Problem(404, "Not found", "you keep no search of that name; `koprik search --list` names yours");
    }

    private static String name(String account) {
        if (!account.matches(Account.NAME)) {
            throw new IllegalArgumentException("no account has that name");
        }
        return "searches/" + account + ".json";
    }

    private static Map<String, SavedSearch> read(Optional<StateStore.Paper> paper) {
        Map<String, SavedSearch> all = new TreeMap<>();
        if (paper.isEmpty()) {
            return all;
        }
        try {
            for (Json item : StrictJson.parseObject(paper.get().content()).items("searches")) {
                SavedSearch saved = saved(item);
                all.put(saved.name(), saved);
            }
            return all;
        } catch (MalformedJson | DateTimeParseException | IllegalArgumentException damaged) {
            throw new UncheckedIOException(new IOException(
                    "the saved searches in " + paper.get().name() + " are damaged; restore them"
                            + " from a backup or delete them",
                    damaged));
        }
    }

    private static SavedSearch saved(Json item) {
        if (item instanceof JsonObject one) {
            return new SavedSearch(text(one, "name"), text(one, "q"), Instant.parse(text(one, "saved")));
        }
        throw new IllegalArgumentException("a search is no object");
    }

    private static String text(JsonObject one, String name) {
        return one.string(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    private static byte[] write(Collection<SavedSearch> all) {
        List<Json> items = new ArrayList<>();
        for (SavedSearch one : all) {
            items.add(JsonObject.builder()
                    .put("name", one.name())
                    .put("q", one.q())
                    .put("saved", one.saved().toString())
                    .build());
        }
        return CanonicalJson.bytes(
                JsonObject.builder().put("searches", new JsonArray(items)).build());
    }
}
