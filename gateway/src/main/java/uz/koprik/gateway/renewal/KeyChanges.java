package uz.koprik.gateway.renewal;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.KeyOwner;
import uz.koprik.crypto.trust.OtherKey;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListFile;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.gateway.partners.KeyNames;

/**
 * Changes of the own keys: announces the next one on the card, uses it, takes former ones off the card. Each writes the
 * key file first, then the list and the card; after a crash in between, the same command or the next start finishes it.
 */
public final class KeyChanges {

    /** A certificate is made anew this long before it ends. */
    private static final Duration CERTIFICATE_LEFT = Duration.ofDays(60);

    private static final int MOST_OTHERS = 6;
    private static final int MOST_PINS = 4;

    private final Home home;
    private final Config config;
    private final char[] passphrase;
    private final Instant now;
    private CentreKeys keys;

    /**
     * @param keys in the key file now
     * @param passphrase of the key file
     * @param now by a clock that is right
     */
    public KeyChanges(Home home, Config config, CentreKeys keys, char[] passphrase, Instant now) {
        this.home = home;
        this.config = config;
        this.keys = keys;
        this.passphrase = passphrase.clone();
        this.now = now;
    }

    /** The keys after the last change. */
    public CentreKeys keys() {
        return keys;
    }

    /** From when on a key that is announced now may be used, a whole second. */
    public Instant usableFrom(OtherKey next) {
        return next.since().plus(config.keys().announce()).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Until when a former key stays on the card, a whole second. */
    public Instant listedUntil(OtherKey former) {
        return former.since().plus(config.keys().overlap()).truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Makes the next signing key where the present one is, in the key file or on the token, and puts it on the card.
     *
     * @param algorithm JOSE name, of a key in the key file; empty for that of the key in use
     * @return the new card
     */
    public CentreCard announce(String algorithm)
            throws IOException, TrustListRejected, CardRejected, KeyRejected, KeyChangeRefused {
        return announce(
                () -> algorithm.isEmpty() && keys.signingKey().hardware().isPresent()
                        ? new HomeToken(home).required().generate(HomeToken.newLabel(config.name(), now))
                        : SignatureAlgorithms.named(
                                        algorithm.isEmpty() ? keys.publicKey().alg() : algorithm)
                                .generate(new SecureRandom()));
    }

    /** Where the next key comes from: asked when nothing else stands against it. */
    @FunctionalInterface
    public interface NextKey {
        /** Makes or finds the key. */
        SigningKey get() throws KeyRejected, KeyChangeRefused;
    }

    /** As {@link #announce(String)}, with a key from elsewhere, such as a PKCS#11 token. */
    public CentreCard announce(NextKey source)
            throws IOException, TrustListRejected, CardRejected, KeyRejected, KeyChangeRefused {
        finish();
        if (keys.nextSigning().isPresent()) {
            OtherKey next = keys.nextSigning().get();
            throw new KeyChangeRefused("the key " + next.kid() + " is announced since " + next.since()
                    + ": use it by `koprik key rotate`, or withdraw it by `koprik key retire "
                    + KeyNames.argument(next.kid()) + "`");
        }
        CentreKeys tidied = tidy();
        if (tidied.otherSigning().size() >= MOST_OTHERS) {
            throw new KeyChangeRefused(
                    "the card has no room for another key: take former ones off it by `koprik key retire`;"
                            + " `koprik key list` shows them");
        }
        SigningKey next = source.get();
        if (keys.allSigning().stream()
                .anyMatch(held -> held.publicKey().kid().equals(next.publicKey().kid()))) {
            throw new KeyChangeRefused("the key " + next.publicKey().kid()
                    + " is one of this centre already: `koprik key list` shows it; announce another one");
        }
        return issue(tidied.announced(config.name(), next, now));
    }

    /**
     * Signs with the announced key from now on.
     *
     * @param early whether to do so before partners had time to learn of it
     */
    public CentreCard rotate(boolean early) throws IOException, TrustListRejected, CardRejected, KeyChangeRefused {
        finish();
        OtherKey next = keys.nextSigning()
                .orElseThrow(() -> new KeyChangeRefused(
                        "no key is announced: announce one by `koprik key announce`, and rotate to it after "
                                + days(config.keys().announce())));
        requireGood(next);
        requireAnnounced(next, "signs", "koprik key rotate", early);
        return issue(keys.rotated(now));
    }

    private void requireGood(OtherKey next) throws IOException, TrustListRejected, KeyChangeRefused {
        Optional<KeyOwner> listed = list().key(next.kid());
        if (listed.isPresent() && listed.get().key().compromisedSince().isPresent()) {
            throw new KeyChangeRefused("the announced key " + next.kid() + " is compromised: take it away by"
                    + " `koprik key retire " + KeyNames.argument(next.kid()) + "`, then announce another one");
        }
        if (now.isAfter(next.publicKey().validUntil())) {
            throw new KeyChangeRefused("the announced key " + next.kid() + " was valid until "
                    + next.publicKey().validUntil() + ": take it away by `koprik key retire "
                    + KeyNames.argument(next.kid())
                    + "`, then announce another one");
        }
    }

    private void requireAnnounced(OtherKey next, String does, String command, boolean early) throws KeyChangeRefused {
        Instant from = usableFrom(next);
        if (!early && now.isBefore(from)) {
            throw new KeyChangeRefused("the key " + next.kid() + " is announced since " + next.since()
                    + " only, and a partner that has not fetched the card since refuses what it " + does
                    + ": wait until " + from + ", or use it now by `" + command + " --now`");
        }
    }

    /**
     * Takes a key off the card and its private half out of the key file: an announced one, which is not used then, or a
     * former one. What it signed stays proven.
     *
     * @param kid a key of this centre
     * @param early whether to do so before a former key was on the card long enough
     */
    public CentreCard retire(String kid, boolean early)
            throws IOException, TrustListRejected, CardRejected, KeyChangeRefused {
        finish();
        if (kid.equals(keys.publicKey().kid())) {
            throw new KeyChangeRefused("this centre signs with the key " + kid
                    + ": announce another one and rotate to it first (`koprik key announce`, `koprik key rotate`)");
        }
        Optional<OtherKey> held = keys.otherSigning().stream()
                .filter(key -> key.kid().equals(kid))
                .findFirst();
        if (held.isPresent() && held.get().kind() == OtherKey.Kind.FORMER && !early) {
            Instant until = listedUntil(held.get());
            if (now.isBefore(until)) {
                throw new KeyChangeRefused("the key " + kid + " was replaced at "
                        + held.get().since()
                        + ", and objects that it signed may still be on their way to partners that learn of them: it"
                        + " leaves the card by itself at " + until + "; to take it off now: `koprik key retire --now "
                        + KeyNames.argument(kid) + "`");
            }
        }
        if (held.isEmpty()
                && CentreCard.read(Files.readAllBytes(home.ownCard())).keys().stream()
                        .noneMatch(key -> key.kid().equals(kid))) {
            throw new KeyChangeRefused("the key " + kid + " is retired already: it is not on the card");
        }
        return issue(keys.without(kid));
    }

    /** When a TLS certificate ends, in words; empty when that is far. */
    public Optional<String> certificateEnd() {
        Instant end = keys.tlsCertificate().getNotAfter().toInstant();
        return now.isBefore(end.minus(CERTIFICATE_LEFT))
                ? Optional.empty()
                : Optional.of((now.isAfter(end) ? "ended at " : "ends at ") + end);
    }

    /** Why a TLS certificate should be made anew, in words; empty when it is good. */
    public Optional<String> certificateFault() {
        Optional<String> end = certificateEnd();
        if (end.isPresent()) {
            return end;
        }
        List<String> names = CardFindings.names(keys.tlsCertificate()).stream()
                .map(KeyChanges::plain)
                .toList();
        return config.tls().hostNames().stream()
                .filter(host -> !names.contains(plain(host)))
                .findFirst()
                .map(host -> "is not made for " + host);
    }

    /** A host name in lower case, an address in its one form. */
    private static String plain(String host) {
        try {
            return InetAddress.ofLiteral(host).getHostAddress();
        } catch (IllegalArgumentException name) {
            return host.toLowerCase(Locale.ROOT);
        }
    }

    /** Makes a new TLS certificate for the TLS key in use, with the host names of the settings. */
    public void renewCertificate() throws IOException {
        save(keys.withTlsCertificate(config.name(), config.tls().hostNames(), now));
    }

    /** Makes the next TLS key and puts its pin on the card. */
    public CentreCard announceTls() throws IOException, TrustListRejected, CardRejected, KeyChangeRefused {
        finish();
        CentreKeys before = keys.withoutFormerTls(now.minus(config.keys().overlap()));
        if (before.otherTls().size() >= MOST_PINS - 1) {
            throw new KeyChangeRefused("the card has no room for another TLS pin: the oldest one leaves it at "
                    + listedUntil(before.otherTls().getFirst()));
        }
        return issue(before.announcedTls(config.name(), config.tls().hostNames(), now));
    }

    /**
     * Uses the announced TLS key from now on, with a new certificate.
     *
     * @param early whether to do so before partners had time to learn of it
     */
    public CentreCard rotateTls(boolean early) throws IOException, TrustListRejected, CardRejected, KeyChangeRefused {
        finish();
        OtherKey next = keys.nextTls().orElseThrow(() -> new KeyChangeRefused("no TLS key is announced"));
        requireAnnounced(next, "shows", "koprik tls renew --new-key", early);
        return issue(keys.rotatedTls(config.name(), config.tls().hostNames(), now));
    }

    private CentreCard issue(CentreKeys fresh) throws IOException, TrustListRejected, CardRejected {
        String signedBy = keys.publicKey().kid();
        save(fresh);
        Optional<String> running = Files.exists(home.url())
                ? Optional.of(Files.readString(home.url()).strip())
                : Optional.empty();
        return own().keysChanged(signedBy, running, now).card();
    }

    private void save(CentreKeys fresh) throws IOException {
        boolean certificate = !fresh.tlsCertificate().equals(keys.tlsCertificate());
        HomeManifest manifest = new HomeManifest(home);
        manifest.change("keys/centre.p12", () -> new KeyFile(home.keyFile()).replace(fresh, passphrase));
        if (certificate) {
            manifest.change("tls.pem", () -> SecretFile.replace(home.certificate(), fresh.tlsCertificatePem()));
        }
        keys = fresh;
    }

    /** Does what a crash left undone in an earlier change; every change begins with it. */
    public void finish() throws IOException, TrustListRejected {
        own().finishRotation(now);
    }

    private OwnTrust own() {
        return new OwnTrust(home, config, keys, Optional.empty());
    }

    private TrustList list() throws IOException, TrustListRejected {
        return new TrustListFile(home.trust()).loadForRenewal(keys.publicKey().kid());
    }

    private static String days(Duration time) {
        return time.toDays() == 1 ? "a day" : time.toDays() > 1 ? time.toDays() + " days" : time.toString();
    }

    /** Without the private halves of former signing keys that are off the card. */
    private CentreKeys tidy() {
        CentreKeys tidied = keys;
        for (OtherKey key : keys.otherSigning()) {
            if (key.kind() == OtherKey.Kind.FORMER && !now.isBefore(listedUntil(key))) {
                tidied = tidied.without(key.kid());
            }
        }
        return tidied;
    }
}
