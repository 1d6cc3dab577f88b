package uz.koprik.gateway.auth;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.rules.ForgivableRule;

/**
 * {@code accounts.json}: read whole, replaced whole. The command line and a running server may both change it; a lock
 * file puts them in turn.
 *
 * @param path the file
 */
public record AccountsFile(Path path) {

    /** All accounts by name; none when there is no file. */
    public Map<String, Account> read() throws IOException, ConfigException {
        byte[] text;
        try {
            text = Files.readAllBytes(path);
        } catch (NoSuchFileException none) {
            return Map.of();
        }
        String file = path.getFileName().toString();
        try {
            Map<String, Account> accounts = new LinkedHashMap<>();
            for (Json item : StrictJson.parseObject(text).items("accounts")) {
                Account account = account((JsonObject) item);
                accounts.put(account.name(), account);
            }
            return accounts;
        } catch (MalformedJson wrong) {
            throw new ConfigException(file, wrong.line(), "is damaged: " + wrong.reason());
        } catch (ClassCastException | IllegalArgumentException | DateTimeException wrong) {
            throw new ConfigException(
                    file, 0, "is damaged; restore it from a backup, or remove it and add accounts anew");
        }
    }

    /**
     * Changes the file in one step.
     *
     * @param change gets all accounts by name, in a map it may change, and returns those to be kept
     */
    public void update(UnaryOperator<Map<String, Account>> change) throws IOException, ConfigException {
        update(change, () -> () -> {});
    }

    /** What is written before a change; not at all when that cannot be written. */
    interface Announcement {

        /** Returns what takes it back when the change cannot be made. */
        Undo write() throws IOException;
    }

    /** Takes something back. */
    interface Undo {
        void run() throws IOException;
    }

    /** As {@link #update(UnaryOperator)}, with what is written before: both are in their files then, or neither. */
    void update(UnaryOperator<Map<String, Account>> change, Announcement before) throws IOException, ConfigException {
        Path lockFile = path.resolveSibling(".accounts.lock");
        synchronized (AccountsFile.class) {
            try (FileChannel channel =
                            PrivateFiles.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("could not lock " + lockFile);
                }
                Collection<Account> accounts =
                        change.apply(new LinkedHashMap<>(read())).values();
                Undo undo = before.write();
                boolean written = false;
                try {
                    write(accounts);
                    written = true;
                } finally {
                    if (!written) {
                        undo.run();
                    }
                }
            }
        }
    }

    private void write(Collection<Account> accounts) throws IOException {
        List<Json> items = new ArrayList<>();
        for (Account account : accounts) {
            items.add(json(account));
        }
        byte[] content = CanonicalJson.bytes(
                JsonObject.builder().put("accounts", new JsonArray(items)).build());
        new HomeManifest(path.toAbsolutePath().getParent())
                .change(path.getFileName().toString(), () -> SecretFile.replace(path, content));
    }

    private static Account account(JsonObject json) {
        List<Account.Token> tokens = new ArrayList<>();
        for (Json item : json.items("tokens")) {
            JsonObject token = (JsonObject) item;
            tokens.add(new Account.Token(
                    text(token, "label"),
                    text(token, "sha256"),
                    Instant.parse(text(token, "created")),
                    token.string("expires").map(Instant::parse),
                    scopes(token)));
        }
        boolean oneTime = json.get("one_time") instanceof JsonBoolean flag && flag.value();
        return new Account(
                text(json, "name"),
                Role.of(text(json, "role")).orElseThrow(() -> new IllegalArgumentException("no such role")),
                json.has("units") ? CaseUnits.of(units(json)) : CaseUnits.ALL,
                Tlp.valueOf(text(json, "max_tlp")),
                json.string("secret"),
                oneTime,
                tokens,
                Instant.parse(text(json, "created")),
                forgives(json),
                json.get("disabled") instanceof JsonBoolean disabled && disabled.value());
    }

    /** An empty list is no case file at all: only where there is no list are there all. */
    private static Set<String> units(JsonObject json) {
        if (!(json.get("units") instanceof JsonArray)) {
            throw new IllegalArgumentException("units is no list");
        }
        Set<String> units = new TreeSet<>();
        for (Json item : json.items("units")) {
            units.add(((JsonString) item).value());
        }
        return units;
    }

    /** A scope of a later version gives no right here: a token never gets more than it was made for. */
    private static Optional<Set<Right>> scopes(JsonObject token) {
        if (!token.has("scopes")) {
            return Optional.empty();
        }
        if (!(token.get("scopes") instanceof JsonArray)) {
            throw new IllegalArgumentException("scopes is no list");
        }
        Set<Right> scopes = EnumSet.noneOf(Right.class);
        for (Json item : token.items("scopes")) {
            Right.of(((JsonString) item).value()).ifPresent(scopes::add);
        }
        return Optional.of(scopes);
    }

    private static Set<ForgivableRule> forgives(JsonObject json) {
        Set<ForgivableRule> rules = EnumSet.noneOf(ForgivableRule.class);
        for (Json item : json.items("forgive")) {
            rules.add(ForgivableRule.of(((JsonString) item).value()));
        }
        return rules;
    }

    private static String text(JsonObject json, String name) {
        return json.string(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    private static JsonObject json(Account account) {
        List<Json> tokens = new ArrayList<>();
        for (Account.Token token : account.tokens()) {
            JsonObject.Builder json = JsonObject.builder()
                    .put("label", token.label())
                    .put("sha256", token.sha256())
                    .put("created", token.created().toString());
            token.expires().ifPresent(expires -> json.put("expires", expires.toString()));
            token.scopeCodes().ifPresent(scopes -> json.putStrings("scopes", scopes));
            tokens.add(json.build());
        }
        JsonObject.Builder json = JsonObject.builder()
                .put("name", account.name())
                .put("role", account.role().code())
                .put("max_tlp", account.maxTlp().name())
                .put("one_time", account.oneTime())
                .put("created", account.created().toString())
                .put("tokens", new JsonArray(tokens));
        if (account.disabled()) {
            json.put("disabled", true);
        }
        Optional<String> secret = account.secret();
        secret.ifPresent(hash -> json.put("secret", hash));
        account.units().named().ifPresent(units -> json.putStrings("units", new TreeSet<>(units)));
        if (!account.forgives().isEmpty()) {
            json.putStrings(
                    "forgive",
                    account.forgives().stream()
                            .map(ForgivableRule::word)
                            .sorted()
                            .toList());
        }
        return json.build();
    }
}
