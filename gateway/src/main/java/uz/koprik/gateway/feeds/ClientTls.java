package uz.koprik.gateway.feeds;

import io.vertx.core.net.SSLEngineOptions;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * What this centre's client side needs for TLS.
 *
 * @param engine who does it
 * @param certificate PEM, shown to partner centres
 * @param key PEM, its private key
 */
@SuppressWarnings("ArrayRecordComponent") // handed through once at start, never compared
public record ClientTls(SSLEngineOptions engine, byte[] certificate, byte[] key) {

    /** Until when {@code certificate} is valid; empty when it cannot be read. */
    Optional<Instant> end() {
        try {
            return Optional.of(((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(certificate)))
                    .getNotAfter()
                    .toInstant());
        } catch (CertificateException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether {@code other} shows the same certificate. */
    boolean shows(ClientTls other) {
        return Arrays.equals(certificate, other.certificate);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ClientTls[" + engine.getClass().getSimpleName() + "]";
    }
}
