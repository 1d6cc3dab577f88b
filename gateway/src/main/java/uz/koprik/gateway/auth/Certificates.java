package uz.koprik.gateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.http.HttpConnection;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import uz.koprik.crypto.trust.TlsPin;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.policy.Recipient;

/**
 * Judges client certificates. TLS has proven that the client holds the key; whose key that is, the pins of the trust
 * list say here, after the handshake, so that a partner reads in words what is wrong instead of a TLS alert.
 */
final class Certificates {

    private final Function<String, Optional<TrustedCentre>> centreByPin;
    private final Function<String, Recipient.Partner> recipients;
    private final InstantSource clock;
    private final Cache<HttpConnection, Optional<CertificateFacts>> presented =
            Caffeine.newBuilder().weakKeys().build();

    /** What matters of a certificate. */
    private record CertificateFacts(String pin, String subject, Instant from, Instant until) {}

    Certificates(
            Function<String, Optional<TrustedCentre>> centreByPin,
            Function<String, Recipient.Partner> recipients,
            InstantSource clock) {
        this.centreByPin = centreByPin;
        this.recipients = recipients;
        this.clock = clock;
    }

    /**
     * The partner at the other end; empty when it showed no certificate.
     *
     * @throws Problem 401 when it showed one that cannot be accepted
     */
    Optional<Caller> caller(HttpConnection connection) {
        return presented.get(connection, Certificates::read).map(this::judge);
    }

    private Caller judge(CertificateFacts certificate) {
        TrustedCentre centre = centreByPin
                .apply(certificate.pin())
                .orElseThrow(() -> refused(
                        certificate,
                        "belongs to no centre on the trust list of this gateway; compare this pin with the one on your centre"
                                + " card, and send the operators here a new card if it changed"));
        Instant now = clock.instant();
        if (now.isBefore(certificate.from())) {
            throw refused(certificate, "of " + centre.name() + " is not valid before " + certificate.from());
        }
        if (now.isAfter(certificate.until())) {
            throw refused(certificate, "of " + centre.name() + " expired on " + certificate.until());
        }
        return new Caller(
                centre.name(),
                Set.of(Right.READ, Right.WRITE),
                recipients.apply(centre.name()),
                new Source.Partner(centre.name()));
    }

    private static Problem refused(CertificateFacts certificate, String why) {
        return new Problem(
                401,
                "Client certificate not accepted",
                "your client certificate (subject " + certificate.subject() + ", pin " + certificate.pin() + ") "
                        + why);
    }

    private static Optional<CertificateFacts> read(HttpConnection connection) {
        try {
            Certificate first = connection.peerCertificates().getFirst();
            if (!(first instanceof X509Certificate certificate)) {
                throw new Problem(401, "Client certificate not accepted", "your client certificate is not X.509");
            }
            return Optional.of(new CertificateFacts(
                    TlsPin.of(certificate),
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant()));
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }
}
