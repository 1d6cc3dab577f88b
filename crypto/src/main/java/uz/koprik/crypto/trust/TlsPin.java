package uz.koprik.crypto.trust;

import java.security.cert.X509Certificate;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.Sha256;

/** Pins of TLS keys: SHA-256 of the SubjectPublicKeyInfo (as in RFC 7469, section 2.4), in base64url. */
public final class TlsPin {

    private TlsPin() {}

    public static String of(X509Certificate certificate) {
        return Base64Url.encode(Sha256.of(certificate.getPublicKey().getEncoded()));
    }
}
