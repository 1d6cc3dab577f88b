package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.pkcs11.TokenKey;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.Passphrase;
import uz.koprik.crypto.trust.TrustListFile;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.config.Home;

/** A copy of a healthy home, a machine and a clock, to be damaged by a test. */
final class Patient implements AutoCloseable {

    private final RunningCentre centre;
    private final Home partner;
    private HealthyMachine machine = HealthyMachine.ENOUGH;
    private Duration ahead = Duration.ZERO;
    private ServerSocket taken;

    /** @param partner home of the running partner seoul */
    Patient(RunningCentre centre, Home partner) {
        this.centre = centre;
        this.partner = partner;
    }

    RunningCentre centre() {
        return centre;
    }

    Home home() {
        return centre.home();
    }

    List<Finding> examine() {
        InstantSource clock = () -> Instant.now().plus(ahead);
        return new Doctor(home(), clock, machine).examine();
    }

    void machine(UnaryOperator<HealthyMachine> change) {
        machine = change.apply(machine);
    }

    void clockAhead(Duration by) {
        ahead = by;
    }

    void config(String from, String to) throws IOException {
        centre.withConfig(from, to);
    }

    /** Replaces the value of a setting in a line of its own. */
    void setting(String name, String value) throws IOException {
        centre.withConfig(yaml -> {
            String changed = yaml.replaceFirst("(?m)^( *" + name + ": ).*$", "$1" + value);
            if (changed.equals(yaml)) {
                throw new AssertionError("koprik.yaml has no " + name);
            }
            return changed;
        });
    }

    Path write(String file, String text) throws IOException {
        Path path = home().root().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        return path;
    }

    void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    /** Makes all files of a folder that much older. */
    void older(Path folder, Duration age) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
            }
        }
    }

    CentreKeys keys() throws Exception {
        return keysOf(home());
    }

    static CentreKeys keysOf(Home home) throws Exception {
        return new KeyFile(home.keyFile()).load(Passphrase.fromFile(home.passphrase()));
    }

    /** The next signing key is on a token; nothing asks which. */
    void signsByToken() throws Exception {
        SigningKey key = SignatureAlgorithms.named("ES256").generate(new SecureRandom());
        SigningKey onToken = new TokenKey(key.publicKey(), "a token", (half, hash) -> ecdsa(key, hash));
        replaceKeys(keys().announced("tashkent", onToken, Instant.now()));
    }

    /** As a token signs: ECDSA over a hash. */
    private static byte[] ecdsa(SigningKey key, byte[] hash) {
        try {
            Signature signer = Signature.getInstance("NONEwithECDSAinP1363Format");
            signer.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key.pkcs8())));
            signer.update(hash);
            return signer.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void replaceKeys(CentreKeys keys) throws Exception {
        new KeyFile(home().keyFile()).replace(keys, Passphrase.fromFile(home().passphrase()));
    }

    void trust(TrustListFile.Change change) throws Exception {
        new TrustListFile(home().trust()).update(keys().signingKey(), change);
    }

    /** A centre of an earlier version: none is signed, and none is required. */
    void withoutAgreements() throws IOException {
        setting("required", "false");
        try (Stream<Path> papers = Files.list(home().state().resolve("agreements"))) {
            for (Path paper : papers.toList()) {
                Files.delete(paper);
            }
        }
    }

    /** The trust list has this address for seoul. */
    void partnerAt(String endpoint) throws Exception {
        partner(keysOf(partner), endpoint);
    }

    /** The trust list has another TLS key for seoul. */
    void partnerWithOtherTlsKey() throws Exception {
        CentreCard card = CentreCard.read(Files.readAllBytes(partner.ownCard()));
        partner(keysOf(partner).withTls("seoul", List.of("localhost"), Instant.now()), card.endpoint());
    }

    private void partner(CentreKeys keys, String endpoint) throws Exception {
        String identity = CentreCard.read(Files.readAllBytes(partner.ownCard())).identity();
        Instant now = Instant.now();
        CentreCard card = CentreCard.issue("seoul", "Seoul", identity, keys, endpoint, now);
        trust(list -> list.without("seoul", now).with(card, Set.of("producer"), now));
    }

    void account(Account account) throws Exception {
        new AccountsFile(home().accounts()).update(accounts -> {
            accounts.put(account.name(), account);
            return accounts;
        });
    }

    /** A port of this machine that another program holds. */
    int takenPort() throws IOException {
        taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        return taken.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        centre.stop();
        if (taken != null) {
            taken.close();
        }
    }
}
