package uz.koprik.gateway.feeds;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.X509TrustManager;
import uz.koprik.crypto.trust.TlsPin;

/**
 * Believes a server that holds one of the keys the trust list has for a centre, regardless of who issued its
 * certificate. Remembers in words what it refused, since what TLS libraries make of it on the way up is not fit to be
 * read.
 */
final class PinnedServer implements X509TrustManager {

    private final String partner;
    private final Supplier<List<String>> pins;
    private volatile String refusal = "";

    /** @param pins of the centre, as of now */
    PinnedServer(String partner, Supplier<List<String>> pins) {
        this.partner = partner;
        this.pins = pins;
    }

    /** Why the last server was not believed; empty when it was. */
    String refusal() {
        return refusal;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        refusal = "";
        String seen = TlsPin.of(chain[0]);
        List<String> expected = pins.get();
        if (!expected.contains(seen)) {
            refusal = "the server shows a certificate of \""
                    + chain[0].getSubjectX500Principal().getName() + "\" with the pin " + seen
                    + ", but the trust list has for " + partner
                    + (expected.isEmpty() ? " no pin" : " the pin " + String.join(" or ", expected))
                    + ": either its TLS key was changed, then ask for its new centre card; or"
                    + " another server answers under its address";
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
