package uz.koprik.gateway.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.config.ConfigException;

/**
 * The accounts as they are now. {@link #refresh()} is called a few times a second and notices a changed file; look-ups
 * never block. A file that cannot be read leaves the accounts as they were, and is logged.
 */
public final class LiveAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(LiveAccounts.class);

    private final AccountsFile file;
    private final AccountRecord changes;
    private long changesRead;
    private volatile Snapshot snapshot;

    /**
     * All accounts at one moment. Those that are disabled are in {@code all} alone, so that nothing finds them.
     *
     * @param generation changes with each change of the file, so that remembered passwords are verified again
     */
    public record Snapshot(
            long generation,
            String mark,
            Map<String, Account> all,
            Map<String, Account> byName,
            Map<String, TokenOwner> byToken) {}

    /** A token and whose it is. */
    public record TokenOwner(Account account, Account.Token token) {

        /** Who comes with the token: the account, with the rights that the token gives. */
        Caller caller() {
            Set<Right> rights = EnumSet.noneOf(Right.class);
            account.role().rights().stream().filter(token::allows).forEach(rights::add);
            return Authentication.caller(account, rights);
        }
    }

    public LiveAccounts(AccountsFile file) throws IOException, ConfigException {
        this.file = file;
        this.changes = AccountRecord.of(file);
        this.changesRead = changes.length();
        this.snapshot = load(1, mark());
    }

    public Snapshot now() {
        return snapshot;
    }

    /** The account of that name. */
    public Optional<Account> named(String name) {
        return Optional.ofNullable(snapshot.byName().get(name));
    }

    /** The account of that name, also when it is disabled. */
    public Optional<Account> any(String name) {
        return Optional.ofNullable(snapshot.all().get(name));
    }

    /**
     * What a change of an account rests on: whether it is there, with which role and units, and whether it is disabled.
     * The same text as long as that stays.
     */
    public String basis(String name) {
        return any(name)
                .map(account -> account.created() + " " + account.role().code() + " "
                        + account.units().named().map(TreeSet::new) + " " + account.disabled())
                .orElse("");
    }

    /**
     * Why an account that did something at that moment could not do it now; empty when it could. The provider alone
     * knows what became of its people.
     *
     * @param needed what it takes
     */
    public Optional<String> gone(String name, Instant at, Requirement needed) {
        Optional<Account> account = any(name);
        if (name.startsWith(Account.PROVIDER_PREFIX) && account.isEmpty()) {
            return Optional.empty();
        }
        if (account.filter(one -> !one.created().isAfter(at)).isEmpty()) {
            return Optional.of(name + " was removed");
        }
        return account.get().disabled()
                ? Optional.of(name + " is disabled")
                : needed.missing(account.get().role().rights())
                        .map(right -> name + " has no right to " + right.inWords() + " any more");
    }

    /** Reads the file again after a change. */
    public synchronized void refresh() {
        String mark = snapshot.mark();
        try {
            mark = mark();
            if (!mark.equals(snapshot.mark())) {
                Snapshot before = snapshot;
                snapshot = load(before.generation() + 1, mark);
                LOG.info(
                        "accounts changed: {} accounts, {}",
                        snapshot.all().size(),
                        differences(before.all(), snapshot.all()));
            }
            logChanges();
        } catch (IOException | ConfigException unreadable) {
            LOG.error("accounts stay as they were: {}", unreadable.getMessage());
            snapshot = new Snapshot(snapshot.generation(), mark, snapshot.all(), snapshot.byName(), snapshot.byToken());
        }
    }

    /** Logs who changed what, as commands and routes recorded it since the last call. */
    private void logChanges() throws IOException {
        long length = changes.length();
        if (length > changesRead) {
            for (String words : changes.words(changesRead, length)) {
                if (words.contains(AccountChanges.ALONE)) {
                    LOG.warn("{}", words);
                } else {
                    LOG.info("{}", words);
                }
            }
        }
        changesRead = length;
    }

    /** Names of what differs; also after an edit by hand, of which nothing is recorded. */
    private static String differences(Map<String, Account> before, Map<String, Account> after) {
        Set<String> added = new TreeSet<>(after.keySet());
        added.removeAll(before.keySet());
        Set<String> removed = new TreeSet<>(before.keySet());
        removed.removeAll(after.keySet());
        Set<String> changed = new TreeSet<>();
        after.forEach((name, account) -> {
            if (before.containsKey(name) && !account.equals(before.get(name))) {
                changed.add(name);
            }
        });
        return "added " + added + ", removed " + removed + ", changed " + changed;
    }

    private Snapshot load(long generation, String mark) throws IOException, ConfigException {
        Map<String, Account> accounts = file.read();
        Map<String, Account> able = new HashMap<>(accounts);
        able.values().removeIf(Account::disabled);
        Map<String, TokenOwner> tokens = new HashMap<>();
        for (Account account : able.values()) {
            if (account.promisesTooMuch()) {
                LOG.warn(
                        "account {} has the marking TLP:RED, but a {} is never given TLP:RED; add it anew with --tlp amber+strict or less",
                        account.name(),
                        account.role().code());
            }
            for (Account.Token token : account.tokens()) {
                tokens.put(token.sha256(), new TokenOwner(account, token));
            }
        }
        return new Snapshot(generation, mark, Map.copyOf(accounts), Map.copyOf(able), Map.copyOf(tokens));
    }

    /** The file is always replaced, never written in place: another file key means another content. */
    private String mark() throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
            return attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
        } catch (NoSuchFileException none) {
            return "none";
        }
    }
}
