package uz.koprik.gateway.feeds;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.X509TrustManager;
import uz.koprik.crypto.trust.TlsPin;
import uz.koprik.crypto.trust.Verifier;

/**
 * Believes a server that holds one of the keys the trust list has for a centre, regardless of who issued its
 * certificate, while that certificate is valid. Remembers in words what it refused, since what TLS libraries make of it
 * on the way up is not fit to be read.
 */
final class PinnedServer implements X509TrustManager {

    private final String partner;
    /** How far the clocks of two centres may differ. */
    private static final Duration CLOCK_SKEW = Verifier.CLOCK_SKEW;

    private final Supplier<List<String>> pins;
    private final SeenCertificates seen;
    private final InstantSource clock;
    private volatile String refusal = "";

    /**
     * @param pins of the centre, as of now
     * @param seen learns until when the certificate of the server is valid
     */
    PinnedServer(String partner, Supplier<List<String>> pins, SeenCertificates seen, InstantSource clock) {
        this.partner = partner;
        this.pins = pins;
        this.seen = seen;
        this.clock = clock;
    }

    /** Why the last server was not believed; empty when it was. */
    String refusal() {
        return refusal;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        refusal = "";
        String shown = TlsPin.of(chain[0]);
        List<String> expected = pins.get();
        if (!expected.contains(shown)) {
            refusal = "the server shows a certificate of \""
                    + chain[0].getSubjectX500Principal().getName() + "\" with the pin " + shown
                    + ", but the trust list has for " + partner
                    + (expected.isEmpty() ? " no pin" : " the pin " + String.join(" or ", expected))
                    + ": either its TLS key was changed, then ask for its new centre card; or"
                    + " another server answers under its address";
            throw new CertificateException(refusal);
        }
        checkDates(chain[0].getNotBefore().toInstant(), chain[0].getNotAfter().toInstant());
    }

    private void checkDates(Instant from, Instant until) throws CertificateException {
        seen.saw(partner, until);
        Instant now = clock.instant();
        if (now.isAfter(until)) {
            refusal = "the TLS certificate of the server of " + partner + " expired on " + until + ": its operators"
                    + " must run `koprik tls renew` there; its card stays good";
            throw new CertificateException(refusal);
        }
        if (now.plus(CLOCK_SKEW).isBefore(from)) {
            refusal = "the TLS certificate of the server of " + partner + " is not valid before " + from
                    + ", and it is " + now.truncatedTo(ChronoUnit.SECONDS)
                    + " here: one of the two clocks is wrong, or its operators use a certificate too early";
            throw new CertificateException(refusal);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("for the client side only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
