package uz.koprik.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import uz.koprik.crypto.PrivateFiles;

/**
 * The folder in which a centre lives: which file is where. {@code docs/running.md} describes each of them.
 *
 * @param root the folder
 */
public record Home(Path root) {

    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /** Settings, {@link Config}. */
    public Path config() {
        return root.resolve("koprik.yaml");
    }

    /** Feeds and agreements, a section a partner. */
    public Path partners() {
        return root.resolve("partners.yaml");
    }

    /** The signed trust list. */
    public Path trust() {
        return root.resolve("trust.json");
    }

    /** Accounts with hashes of their secrets. */
    public Path accounts() {
        return root.resolve("accounts.json");
    }

    /** Private keys; for the owner only. */
    public Path keys() {
        return root.resolve("keys");
    }

    /** The keys that sign and that do TLS (PKCS#12). */
    public Path keyFile() {
        return keys().resolve("centre.p12");
    }

    /** What opens {@link #keyFile()}, unless the environment says it. */
    public Path passphrase() {
        return keys().resolve("passphrase");
    }

    /** A PIN that the PKCS#11 token refused; mostly absent. */
    public Path refusedPin() {
        return state().resolve("refused-pin");
    }

    /** Key of the tokens that stand for payment card numbers. */
    public Path cardKey() {
        return keys().resolve("card.key");
    }

    /** Key of the cursors handed to TAXII clients. */
    public Path cursorKey() {
        return keys().resolve("cursor.key");
    }

    /** The TLS certificate (PEM), for clients that want to know whom they talk to. */
    public Path certificate() {
        return root.resolve("tls.pem");
    }

    /** Centre cards, our own among them. */
    public Path cards() {
        return root.resolve("cards");
    }

    /** This centre's own card, to be given to partners. */
    public Path ownCard() {
        return cards().resolve("own.json");
    }

    /** A newer card of a partner, which waits for {@code koprik partner accept-card}; need not exist. */
    public Path offeredCard(String partner) {
        return cards().resolve("offered-" + partner + ".json");
    }

    /** The store, where {@link Config.StoreConfig#path()} says. */
    public Path data(Config config) {
        return root.resolve(config.store().path());
    }

    /** The folders below which backups may be written; links in them are followed. */
    public List<Path> backupFolders(Config config) {
        return config.backup().folders().stream()
                .map(folder -> root.resolve(folder).normalize())
                .toList();
    }

    /** The folder of scheduled backups. */
    public Path scheduledBackups(Config config) {
        return root.resolve(config.backup().to()).normalize();
    }

    /** The public key that scheduled backups are encrypted to. */
    public Path backupRecipient(Config config) {
        return root.resolve(config.backup().recipient()).normalize();
    }

    /** Where a scheduled backup is put together and examined; empty otherwise, and in no backup. */
    public Path backupWork() {
        return state().resolve("backup-work");
    }

    /** Warning lists that the operator put there; need not exist. */
    public Path warningLists(Config config) {
        return root.resolve(config.correlation().warningLists());
    }

    /** Mappings from tables to case files, kept by name; need not exist. */
    public Path caseMappings() {
        return root.resolve("case-mappings");
    }

    /** What the gateway remembers besides objects: places in feeds, outcomes of requests. */
    public Path state() {
        return root.resolve("state");
    }

    /** Alerts that were given, subscriptions to them, and how far each was served. */
    public Path alerts() {
        return state().resolve("alerts");
    }

    /** While a server runs: its URL, for the command line. */
    public Path url() {
        return state().resolve("url");
    }

    /** While a server runs that listens for people: the URL of that port. */
    public Path peopleUrl() {
        return state().resolve("people-url");
    }

    /** Objects that contradict one another, kept as proof. */
    public Path evidence() {
        return root.resolve("evidence");
    }

    /** The access record: a folder for each stream. */
    public Path access() {
        return root.resolve("access");
    }

    /** The token of the command line on this machine; for the owner only. */
    public Path adminToken() {
        return root.resolve("admin.token");
    }

    /** Whether a centre was made here. */
    public boolean exists() {
        return Files.exists(config());
    }

    /**
     * Makes the folders, for the owner only.
     *
     * @throws IOException when the folder holds anything already, or cannot be written
     */
    public void create() throws IOException {
        requireEmpty();
        for (Path folder : List.of(root, keys(), cards(), state(), evidence())) {
            ownerOnlyFolder(folder);
        }
    }

    /** @throws IOException when the folder holds anything already */
    public void requireEmpty() throws IOException {
        if (Files.exists(root)) {
            try (var content = Files.list(root)) {
                if (content.findAny().isPresent()) {
                    throw new IOException(root + " is not empty; a new centre needs an empty or new folder");
                }
            }
        }
    }

    /** Makes a folder that only its owner can enter. */
    public static void ownerOnlyFolder(Path folder) throws IOException {
        PrivateFiles.folders(folder);
        PrivateFiles.restrict(folder);
    }

    /** What must be in the home, {@link HomeManifest}. */
    public Path manifest() {
        return new HomeManifest(this).path();
    }

    /** Losses that an operator accepted, a line of JSON each. */
    public Path losses() {
        return root.resolve("losses.jsonl");
    }

    /** {@link HomeModes#check()}. */
    public void checkModes() throws ConfigException {
        new HomeModes(this).check();
    }
}
