package uz.koprik.gateway.analyst;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.access.Account;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.gateway.http.Problem;

/**
 * Searches that people keep under a name: a file an account in the centre's home, durable when a call returns. Nobody but the
 * account itself reads them. Safe for use by many threads at once.
 */
public final class SavedSearches {

    /** Names of searches. */
    static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,63}");

    /** How many an account may keep. */
    static final int MOST = 200;

    private final Path folder;

    /** @param folder made when the first search is saved */
    public SavedSearches(Path folder) {
        this.folder = folder;
    }

    /**
     * A search with a name.
     *
     * @param q as it was typed or pasted
     * @param saved when
     */
    record Saved(String name, String q, Instant saved) {}

    /** All that an account keeps, by name. */
    synchronized Collection<Saved> of(String account) {
        return read(account).values();
    }

    /** One of them. */
    synchronized Optional<Saved> find(String account, String name) {
        return Optional.ofNullable(read(account).get(name));
    }

    /**
     * Keeps a search, in the place of one of the same name.
     *
     * @return whether the name is new
     * @throws IllegalStateException when the account keeps too many already
     */
    synchronized boolean keep(String account, Saved search) {
        Map<String, Saved> all = read(account);
        boolean isNew = all.put(search.name(), search) == null;
        if (all.size() > MOST) {
            throw new IllegalStateException("an account keeps up to " + MOST + " searches; delete one that is not needed");
        }
        write(account, all.values());
        return isNew;
    }

    /** Forgets a search; whether there was one of that name. */
    synchronized boolean forget(String account, String name) {
        Map<String, Saved> all = read(account);
        boolean there = all.remove(name) != null;
        if (there) {
            write(account, all.values());
        }
        return there;
    }

    /** There is no search of a name, or it is somebody else's. */
    static Problem none() {
        return new Problem(404, "Not found", "you keep no search of that name");
    }

    private Path file(String account) {
        if (!account.matches(Account.NAME)) {
            throw new IllegalArgumentException("no account has that name");
        }
        return folder.resolve(account + ".json");
    }

    private Map<String, Saved> read(String account) {
        Path file = file(account);
        try {
            Map<String, Saved> all = new TreeMap<>();
            for (Json item : StrictJson.parseObject(Files.readAllBytes(file)).items("searches")) {
                Saved saved = saved(item);
                all.put(saved.name(), saved);
            }
            return all;
        } catch (NoSuchFileException none) {
            return new TreeMap<>();
        } catch (MalformedJson | DateTimeParseException | IllegalArgumentException damaged) {
            throw new UncheckedIOException(new IOException("the saved searches in " + file + " are damaged; restore the file from a"
                    + " backup or delete it", damaged));
        } catch (IOException e) {
            throw new UncheckedIOException("the saved searches in " + file + " cannot be read", e);
        }
    }

    private static Saved saved(Json item) {
        if (item instanceof JsonObject one) {
            return new Saved(text(one, "name"), text(one, "q"), Instant.parse(text(one, "saved")));
        }
        throw new IllegalArgumentException("a search is no object");
    }

    private static String text(JsonObject one, String name) {
        return one.string(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    private void write(String account, Collection<Saved> all) {
        List<Json> items = new ArrayList<>();
        for (Saved one : all) {
            items.add(JsonObject.builder().put("name", one.name()).put("q", one.q()).put("saved", one.saved().toString()).build());
        }
        try {
            Files.createDirectories(folder);
            SecretFile.replace(file(account), CanonicalJson.bytes(
                    JsonObject.builder().put("searches", new JsonArray(items)).build()));
        } catch (IOException e) {
            throw new UncheckedIOException("the saved searches in " + folder + " cannot be written", e);
        }
    }
}
