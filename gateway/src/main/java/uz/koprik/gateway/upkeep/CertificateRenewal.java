package uz.koprik.gateway.upkeep;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.KeyFileRejected;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeLock;
import uz.koprik.gateway.renewal.HomeToken;
import uz.koprik.gateway.renewal.KeyChanges;

/** Makes the TLS certificate anew for the same key, so that its pin stays. Never while the clock is wrong. */
public final class CertificateRenewal {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);

    private final Home home;
    private final Config config;
    private final Secret passphrase;
    private final InstantSource clock;

    /** The passphrase of the key file. */
    @FunctionalInterface
    public interface Secret {

        /** Reads it. */
        char[] read() throws IOException, KeyFileRejected;
    }

    public CertificateRenewal(Home home, Config config, Secret passphrase, InstantSource clock) {
        this.home = home;
        this.config = config;
        this.passphrase = passphrase;
        this.clock = clock;
    }

    /** At a start: renews a certificate that ends soon or lacks a host name of the settings. Returns the new keys. */
    public Optional<CentreKeys> atStart(CentreKeys keys) throws IOException, KeyFileRejected {
        return renew(keys, changes(keys).certificateFault());
    }

    /**
     * In a running centre: renews a certificate that ends soon. Host names follow the settings of the next start.
     *
     * @param used the keys in use; those in the file count when it must be renewed
     */
    public void tend(CentreKeys used) throws IOException, KeyFileRejected {
        renew(used, changes(used).certificateEnd());
    }

    private KeyChanges changes(CentreKeys keys) throws IOException, KeyFileRejected {
        return new KeyChanges(home, config, keys, passphrase.read(), clock.instant());
    }

    private Optional<CentreKeys> renew(CentreKeys used, Optional<String> fault) throws IOException, KeyFileRejected {
        if (fault.isEmpty()) {
            return Optional.empty();
        }
        try (HomeLock lock = HomeLock.take(home)) {
            lock.held();
            CentreKeys stored = new KeyFile(home.keyFile(), new HomeToken(home)).load(passphrase.read());
            if (!stored.tlsCertificate().equals(used.tlsCertificate())) {
                return Optional.empty(); // a command made another one, which the centre takes when it sees it
            }
            KeyChanges changes = changes(stored);
            changes.renewCertificate();
            LOG.warn(
                    "the TLS certificate {}, so a new one was made for the same key; its pin stays, clients that go by a copy"
                            + " of {} need the new file",
                    fault.get(),
                    home.certificate());
            return Optional.of(changes.keys());
        }
    }
}
