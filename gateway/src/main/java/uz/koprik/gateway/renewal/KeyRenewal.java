package uz.koprik.gateway.renewal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.KeyFileRejected;
import uz.koprik.crypto.trust.OtherKey;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeLock;

/**
 * Changes the own signing key before it ends, when no person did: announces the next one on the card, and uses it when
 * it was announced long enough, also after the end. A key that ended without an announced one is left to people, since
 * partners ask for a fingerprint then. For a centre with one home only: gateways with homes of their own would make a
 * key each.
 */
public final class KeyRenewal {

    /** The next key is announced this long before the end. A centre may be off for a part of it. */
    static final Duration LEFT = Duration.ofDays(120);

    private static final Logger LOG = LoggerFactory.getLogger(KeyRenewal.class);

    private final Home home;
    private final Config config;
    private final Supplier<CentreKeys> keys;
    private final char[] passphrase;
    private String refused = "";

    /**
     * @param keys those in use at each moment
     * @param passphrase of the key file
     */
    public KeyRenewal(Home home, Config config, Supplier<CentreKeys> keys, char[] passphrase) {
        this.home = home;
        this.config = config;
        this.keys = keys;
        this.passphrase = passphrase.clone();
    }

    /**
     * Takes the step that is due, if any. Call it at a start, and every minute.
     *
     * @param now by a clock that is right
     * @return whether key file, list and card are others now
     */
    public boolean tend(Instant now) throws IOException, TrustListRejected {
        CentreKeys used = keys.get();
        if (!isDue(used, now)) {
            return false;
        }
        try (HomeLock lock = HomeLock.take(home)) {
            lock.held();
            // A command may have changed the key file since the keys in use were read.
            CentreKeys present = new KeyFile(home.keyFile(), new HomeToken(home)).load(passphrase);
            return isDue(present, now) && step(present, now);
        } catch (KeyFileRejected | CardRejected | KeyRejected | KeyChangeRefused impossible) {
            String why = String.valueOf(impossible.getMessage());
            if (!why.equals(refused)) {
                LOG.warn(
                        "the signing key ends at {} and is not renewed: {}",
                        used.publicKey().validUntil(),
                        why);
            }
            refused = why;
        }
        return false;
    }

    private boolean isDue(CentreKeys present, Instant now) {
        Instant end = present.publicKey().validUntil();
        boolean late = now.isAfter(end) && present.nextSigning().isEmpty();
        return config.keys().renew() && !late && !now.isBefore(end.minus(LEFT));
    }

    private boolean step(CentreKeys present, Instant now)
            throws IOException, TrustListRejected, CardRejected, KeyRejected, KeyChangeRefused {
        KeyChanges changes = new KeyChanges(home, config, present, passphrase, now);
        Optional<OtherKey> next = present.nextSigning();
        if (next.isEmpty()) {
            announce(changes, present);
            return true;
        }
        if (now.isBefore(changes.usableFrom(next.get()))) {
            return false;
        }
        rotate(changes, present);
        return true;
    }

    private static void announce(KeyChanges changes, CentreKeys present)
            throws IOException, TrustListRejected, CardRejected, KeyRejected, KeyChangeRefused {
        CentreCard card = changes.announce("");
        OtherKey next = changes.keys().nextSigning().orElseThrow();
        LOG.info(
                "the signing key {} ends at {}: the next one, {}, is announced on the card, and signs from {} on; sequence"
                        + " number {}, fingerprint {}",
                present.publicKey().kid(),
                present.publicKey().validUntil(),
                next.kid(),
                changes.usableFrom(next),
                card.sequence(),
                card.fingerprint());
    }

    private static void rotate(KeyChanges changes, CentreKeys present)
            throws IOException, TrustListRejected, CardRejected, KeyChangeRefused {
        CentreCard card = changes.rotate(false);
        LOG.info(
                "the announced signing key {} replaces {}, which ends at {}; sequence number {} of the card, fingerprint {}",
                changes.keys().publicKey().kid(),
                present.publicKey().kid(),
                present.publicKey().validUntil(),
                card.sequence(),
                card.fingerprint());
    }
}
