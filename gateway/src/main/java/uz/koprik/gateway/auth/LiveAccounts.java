package uz.koprik.gateway.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
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
     * All accounts at one moment.
     *
     * @param generation changes with each change of the file, so that remembered passwords are verified again
     */
    public record Snapshot(
            long generation, String mark, Map<String, Account> byName, Map<String, TokenOwner> byToken) {}

    /** A token and whose it is. */
    public record TokenOwner(Account account, Account.Token token) {}

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
                        snapshot.byName().size(),
                        differences(before.byName(), snapshot.byName()));
            }
            logChanges();
        } catch (IOException | ConfigException unreadable) {
            LOG.error("accounts stay as they were: {}", unreadable.getMessage());
            snapshot = new Snapshot(snapshot.generation(), mark, snapshot.byName(), snapshot.byToken());
        }
    }

    /** Logs who changed what, as commands and routes recorded it since the last call. */
    private void logChanges() throws IOException {
        long length = changes.length();
        if (length > changesRead) {
            changes.words(changesRead, length).forEach(words -> LOG.info("{}", words));
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
        Map<String, TokenOwner> tokens = new HashMap<>();
        for (Account account : accounts.values()) {
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
        return new Snapshot(generation, mark, Map.copyOf(accounts), Map.copyOf(tokens));
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
