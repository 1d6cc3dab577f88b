package uz.koprik.gateway.upkeep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509KeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFileRejected;
import uz.koprik.gateway.partners.LiveKeys;

/**
 * Shows a new TLS certificate without a restart: notices that the key file changed, and hands its certificate and key
 * to the server. New handshakes get it; open connections go on with the one before. For one thread.
 */
public final class LiveCertificate {

    private static final Logger LOG = LoggerFactory.getLogger(LiveCertificate.class);

    private final LiveKeys keys;
    private final Path keyFile;
    private final Server server;
    private X509Certificate shown;
    private Stamp seen;

    private record Stamp(Object file, long size, long time) {}

    /** Shows the certificate to clients. */
    @FunctionalInterface
    public interface Server {

        /**
         * Shows another certificate from now on.
         *
         * @param keyManager shows the certificate
         * @throws IOException when it cannot be used; the one before is shown then
         */
        void show(X509KeyManager keyManager) throws IOException, InterruptedException;
    }

    /**
     * @param keys the keys in use
     * @param keyFile the file that they are from
     * @param shown the certificate that the server shows now
     */
    public LiveCertificate(LiveKeys keys, Path keyFile, X509Certificate shown, Server server) {
        this.keys = keys;
        this.keyFile = keyFile;
        this.shown = shown;
        this.server = server;
    }

    /** Shows the certificate of the key file if it is another one. Call it every second. Cheap when nothing changed. */
    public void look() throws IOException, InterruptedException {
        Stamp now = stamp();
        if (!now.equals(seen)) {
            seen = now;
            try {
                keys.rereadTls();
            } catch (KeyFileRejected unusable) {
                LOG.error("the changed key file cannot be used, the TLS certificate stays: {}", unusable.getMessage());
            }
        }
        CentreKeys used = keys.now();
        if (!used.tlsCertificate().equals(shown)) {
            boolean sameKey = used.tlsCertificate().getPublicKey().equals(shown.getPublicKey());
            shown = used.tlsCertificate(); // one that the server refuses is not tried again
            server.show(used.tlsKeyManager());
            LOG.info(
                    "new connections get the TLS certificate that ends at {}, {}",
                    shown.getNotAfter().toInstant(),
                    sameKey ? "for the same key" : "with the pin " + used.tlsPin());
        }
    }

    private Stamp stamp() throws IOException {
        BasicFileAttributes file = Files.readAttributes(keyFile, BasicFileAttributes.class);
        return new Stamp(file.fileKey(), file.size(), file.lastModifiedTime().toMillis());
    }
}
