package uz.koprik.gateway.feeds;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.X509TrustManager;
import uz.koprik.crypto.trust.TlsPin;
import uz.koprik.crypto.trust.Verifier;
import uz.koprik.gateway.trouble.ExchangeTrouble;
import uz.koprik.indicators.wording.Sentence;

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
    private volatile Refusal refusal;

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

    /**
     * Why a server was not believed.
     *
     * @param values what the sentence names, apart from the address
     */
    record Refusal(ExchangeTrouble kind, Map<String, Object> values) {}

    /** Why the last server was not believed; empty when it was. */
    Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    private void refuse(ExchangeTrouble kind, Map<String, Object> values) throws CertificateException {
        refusal = new Refusal(kind, values);
        throw new CertificateException(kind.with(values).text());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        refusal = null;
        String shown = TlsPin.of(chain[0]);
        List<String> expected = pins.get();
        if (!expected.contains(shown)) {
            refuse(
                    ExchangeTrouble.PARTNER_TLS_OTHER_KEY,
                    Map.of(
                            "subject",
                            chain[0].getSubjectX500Principal().getName(),
                            "pin",
                            shown,
                            "partner",
                            partner,
                            Sentence.SAID,
                            expected.isEmpty() ? "no pin" : "the pin " + String.join(" or ", expected)));
        }
        checkDates(chain[0].getNotBefore().toInstant(), chain[0].getNotAfter().toInstant());
    }

    private void checkDates(Instant from, Instant until) throws CertificateException {
        seen.saw(partner, until);
        Instant now = clock.instant();
        if (now.isAfter(until)) {
            refuse(ExchangeTrouble.PARTNER_TLS_EXPIRED, Map.of("partner", partner, "ended", until));
        }
        if (now.plus(CLOCK_SKEW).isBefore(from)) {
            refuse(
                    ExchangeTrouble.PARTNER_TLS_NOT_YET,
                    Map.of("partner", partner, "from", from, "now", now.truncatedTo(ChronoUnit.SECONDS)));
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
