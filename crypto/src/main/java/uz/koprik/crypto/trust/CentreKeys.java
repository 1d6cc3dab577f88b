package uz.koprik.crypto.trust;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.algorithm.SignatureAlgorithm;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.jws.KeySigner;
import uz.koprik.crypto.jws.Signer;

/**
 * The private keys of a centre: one that signs objects, cards and the trust list, and another one for TLS. They are
 * never the same, so that an attacker who tricks the TLS stack into signing has not forged an object.
 */
public final class CentreKeys {

    /** How long fresh keys are valid. */
    public static final Duration VALIDITY = Duration.ofDays(2 * 365);

    /** TLS keys are on P-256, which every TLS stack speaks. */
    private static final String TLS_ALGORITHM = "ES256";

    private final SigningKey signingKey;
    private final X509Certificate signingCertificate;
    private final SigningKey tlsKey;
    private final X509Certificate tlsCertificate;

    CentreKeys(
            SigningKey signingKey,
            X509Certificate signingCertificate,
            SigningKey tlsKey,
            X509Certificate tlsCertificate) {
        if (signingKey.publicKey().kid().equals(tlsKey.publicKey().kid())) {
            throw new IllegalArgumentException("the signing key and the TLS key must not be the same");
        }
        this.signingKey = signingKey;
        this.signingCertificate = signingCertificate;
        this.tlsKey = tlsKey;
        this.tlsCertificate = tlsCertificate;
    }

    /**
     * Fresh keys, valid from {@code now} for {@link #VALIDITY}.
     *
     * @param centre name of the centre, for the certificates' subject
     * @param algorithm of the signing key
     * @param hosts names and IP addresses under which the gateway is called, for the TLS certificate
     */
    public static CentreKeys generate(String centre, SignatureAlgorithm algorithm, List<String> hosts, Instant now) {
        SecureRandom random = new SecureRandom();
        SigningKey signing = algorithm.generate(random);
        SigningKey tls = tls(random);
        return new CentreKeys(
                signing,
                certificate(signing, centre + " signing", List.of(), now),
                tls,
                certificate(tls, centre, hosts, now));
    }

    /** Fresh TLS key and certificate beside the same signing key. Announce its pin to all partners before using it. */
    public CentreKeys withTls(String centre, List<String> hosts, Instant now) {
        SigningKey tls = tls(new SecureRandom());
        return new CentreKeys(signingKey, signingCertificate, tls, certificate(tls, centre, hosts, now));
    }

    /**
     * Fresh signing key and certificate beside the same TLS key.
     *
     * @param algorithm JOSE name of the algorithm of the new key
     * @throws KeyRejected when there is no such algorithm
     */
    public CentreKeys withSigning(String centre, String algorithm, Instant now) throws KeyRejected {
        SigningKey signing = SignatureAlgorithms.named(algorithm).generate(new SecureRandom());
        return new CentreKeys(
                signing, certificate(signing, centre + " signing", List.of(), now), tlsKey, tlsCertificate);
    }

    private static SigningKey tls(SecureRandom random) {
        try {
            return SignatureAlgorithms.named(TLS_ALGORITHM).generate(random);
        } catch (KeyRejected e) {
            throw new IllegalStateException(TLS_ALGORITHM + " must be on the list of algorithms", e);
        }
    }

    private static X509Certificate certificate(SigningKey key, String name, List<String> hosts, Instant now) {
        Instant from = now.truncatedTo(ChronoUnit.SECONDS);
        return SelfSigned.certificate(key, name, hosts, from, from.plus(VALIDITY));
    }

    /** The key that signs cards and trust lists. */
    public SigningKey signingKey() {
        return signingKey;
    }

    /** Signs objects. */
    public Signer signer() {
        return new KeySigner(signingKey);
    }

    /** The public half of the signing key as it goes into the centre's card. */
    public TrustedKey publicKey() {
        return new TrustedKey(
                signingKey.publicKey().kid(),
                signingKey.publicKey().alg(),
                signingKey.publicKey().jwk(),
                signingCertificate.getNotBefore().toInstant(),
                signingCertificate.getNotAfter().toInstant(),
                Optional.empty());
    }

    public X509Certificate tlsCertificate() {
        return tlsCertificate;
    }

    /** Pin of the TLS key, as it goes into the centre's card. */
    public String tlsPin() {
        return TlsPin.of(tlsCertificate);
    }

    /** The TLS certificate as PEM, for the server and client options of the TLS stack. */
    public byte[] tlsCertificatePem() {
        try {
            return pem("CERTIFICATE", tlsCertificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read must encode", e);
        }
    }

    /** The TLS private key as PEM (unencrypted PKCS#8): hand it to the TLS stack, never write it to a file. */
    public byte[] tlsKeyPem() {
        return pem("PRIVATE KEY", tlsKey.pkcs8());
    }

    X509Certificate signingCertificate() {
        return signingCertificate;
    }

    SigningKey tlsKey() {
        return tlsKey;
    }

    private static byte[] pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
