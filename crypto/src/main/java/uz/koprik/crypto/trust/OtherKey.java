package uz.koprik.crypto.trust;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import uz.koprik.crypto.algorithm.SigningKey;

/** A key of a centre besides the one in use: the next one, which its card announces, or a former one. */
public final class OtherKey {

    /** What it is to the key in use. */
    public enum Kind {
        /** It is announced, and will be used. */
        NEXT,
        /** It was used until another one replaced it. */
        FORMER
    }

    private final Kind kind;
    private final Instant since;
    private final SigningKey key;
    private final X509Certificate certificate;

    OtherKey(Kind kind, Instant since, SigningKey key, X509Certificate certificate) {
        this.kind = kind;
        this.since = since;
        this.key = key;
        this.certificate = certificate;
    }

    public Kind kind() {
        return kind;
    }

    /** Since when it is announced, or since when another key is used instead. */
    public Instant since() {
        return since;
    }

    /** RFC 7638 thumbprint. */
    public String kid() {
        return key.publicKey().kid();
    }

    /** Its pin, when it is a TLS key. */
    public String pin() {
        return TlsPin.of(certificate);
    }

    /** The public half as it goes onto the card. */
    public TrustedKey publicKey() {
        return trusted(key, certificate);
    }

    /** The private half, which signs the card. */
    public SigningKey key() {
        return key;
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** A public key with the validity of its certificate. */
    static TrustedKey trusted(SigningKey key, X509Certificate certificate) {
        return new TrustedKey(
                key.publicKey().kid(),
                key.publicKey().alg(),
                key.publicKey().jwk(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                Optional.empty());
    }
}
