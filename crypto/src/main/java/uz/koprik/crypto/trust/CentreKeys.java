package uz.koprik.crypto.trust;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.crypto.TlsKeyManager;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.algorithm.SignatureAlgorithm;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.jws.KeySigner;
import uz.koprik.crypto.jws.Signer;

/**
 * The private keys of a centre: one that signs objects, cards and the trust list, and another one for TLS. They are
 * never the same, so that an attacker who tricks the TLS stack into signing has not forged an object. Besides them
 * there may be announced and former ones, {@link OtherKey}. Immutable.
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
    private final List<OtherKey> otherSigning;
    private final List<OtherKey> otherTls;

    CentreKeys(
            SigningKey signingKey,
            X509Certificate signingCertificate,
            SigningKey tlsKey,
            X509Certificate tlsCertificate,
            List<OtherKey> otherSigning,
            List<OtherKey> otherTls) {
        this.otherSigning = List.copyOf(otherSigning);
        this.otherTls = List.copyOf(otherTls);
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
                certificate(tls, centre, hosts, now),
                List.of(),
                List.of());
    }

    /** Fresh TLS key and certificate beside the same signing key. Announce its pin to all partners before using it. */
    public CentreKeys withTls(String centre, List<String> hosts, Instant now) {
        SigningKey tls = tls(new SecureRandom());
        return new CentreKeys(
                signingKey, signingCertificate, tls, certificate(tls, centre, hosts, now), otherSigning, otherTls);
    }

    /** A new certificate for the same TLS key, so that its pin stays as partners know it. */
    public CentreKeys withTlsCertificate(String centre, List<String> hosts, Instant now) {
        return new CentreKeys(
                signingKey,
                signingCertificate,
                tlsKey,
                certificate(tlsKey, centre, hosts, now),
                otherSigning,
                otherTls);
    }

    /**
     * The same keys and a fresh one that will sign later, {@link #nextSigning}.
     *
     * @param algorithm JOSE name of its algorithm
     * @throws KeyRejected when there is no such algorithm
     * @throws IllegalStateException when one is announced already
     */
    public CentreKeys announced(String centre, String algorithm, Instant now) throws KeyRejected {
        refuseSecond(nextSigning());
        return announced(centre, SignatureAlgorithms.named(algorithm).generate(new SecureRandom()), now);
    }

    /**
     * As {@link #announced(String, String, Instant)}, with a key that was made already, such as one in hardware, which
     * signs its certificate here.
     */
    public CentreKeys announced(String centre, SigningKey next, Instant now) {
        refuseSecond(nextSigning());
        X509Certificate certificate = certificate(next, centre + " signing", List.of(), now);
        return withOthers(with(otherSigning, new OtherKey(OtherKey.Kind.NEXT, now, next, certificate)), otherTls);
    }

    /** As {@link #announced}, for the TLS key: {@link #nextTls}. Its certificate is made anew when it is used. */
    public CentreKeys announcedTls(String centre, List<String> hosts, Instant now) {
        refuseSecond(nextTls());
        SigningKey next = tls(new SecureRandom());
        X509Certificate certificate = certificate(next, centre, hosts, now);
        return withOthers(otherSigning, with(otherTls, new OtherKey(OtherKey.Kind.NEXT, now, next, certificate)));
    }

    /** The announced key signs from now on; the one in use becomes a former one. */
    public CentreKeys rotated(Instant now) {
        OtherKey next = nextSigning().orElseThrow();
        return new CentreKeys(
                next.key(),
                next.certificate(),
                tlsKey,
                tlsCertificate,
                with(
                        without(otherSigning, next.kid()),
                        new OtherKey(OtherKey.Kind.FORMER, now, signingKey, signingCertificate)),
                otherTls);
    }

    /** The announced TLS key is used from now on, with a new certificate. */
    public CentreKeys rotatedTls(String centre, List<String> hosts, Instant now) {
        OtherKey next = nextTls().orElseThrow();
        return new CentreKeys(
                signingKey,
                signingCertificate,
                next.key(),
                certificate(next.key(), centre, hosts, now),
                otherSigning,
                with(without(otherTls, next.kid()), new OtherKey(OtherKey.Kind.FORMER, now, tlsKey, tlsCertificate)));
    }

    /** Without a key that is announced or a former one; its private half is gone then. */
    public CentreKeys without(String kid) {
        return withOthers(without(otherSigning, kid), without(otherTls, kid));
    }

    /** Without former TLS keys that were replaced before that moment. */
    public CentreKeys withoutFormerTls(Instant before) {
        return withOthers(
                otherSigning,
                otherTls.stream()
                        .filter(key ->
                                key.kind() == OtherKey.Kind.NEXT || !key.since().isBefore(before))
                        .toList());
    }

    private CentreKeys withOthers(List<OtherKey> signing, List<OtherKey> tls) {
        return new CentreKeys(signingKey, signingCertificate, tlsKey, tlsCertificate, signing, tls);
    }

    private static void refuseSecond(Optional<OtherKey> next) {
        if (next.isPresent()) {
            throw new IllegalStateException(
                    "a key is announced already: " + next.get().kid());
        }
    }

    private static List<OtherKey> with(List<OtherKey> keys, OtherKey one) {
        return Stream.concat(keys.stream(), Stream.of(one)).toList();
    }

    private static List<OtherKey> without(List<OtherKey> keys, String kid) {
        return keys.stream().filter(key -> !key.kid().equals(kid)).toList();
    }

    /** Signing keys besides the one in use: the announced one and former ones. */
    public List<OtherKey> otherSigning() {
        return otherSigning;
    }

    /** TLS keys besides the one in use. */
    public List<OtherKey> otherTls() {
        return otherTls;
    }

    /** The announced signing key. */
    public Optional<OtherKey> nextSigning() {
        return next(otherSigning);
    }

    /** The announced TLS key. */
    public Optional<OtherKey> nextTls() {
        return next(otherTls);
    }

    private static Optional<OtherKey> next(List<OtherKey> keys) {
        return keys.stream().filter(key -> key.kind() == OtherKey.Kind.NEXT).findFirst();
    }

    /** All private halves that may sign a card, the one in use first. */
    public List<SigningKey> allSigning() {
        return Stream.concat(Stream.of(signingKey), otherSigning.stream().map(OtherKey::key))
                .toList();
    }

    /**
     * Fresh signing key and certificate beside the same other keys.
     *
     * @param algorithm JOSE name of the algorithm of the new key
     * @throws KeyRejected when there is no such algorithm
     */
    public CentreKeys withSigning(String centre, String algorithm, Instant now) throws KeyRejected {
        return withSigning(centre, SignatureAlgorithms.named(algorithm).generate(new SecureRandom()), now);
    }

    /** As {@link #withSigning(String, String, Instant)}, with a key that was made already. */
    public CentreKeys withSigning(String centre, SigningKey signing, Instant now) {
        return new CentreKeys(
                signing,
                certificate(signing, centre + " signing", List.of(), now),
                tlsKey,
                tlsCertificate,
                otherSigning,
                otherTls);
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
        return OtherKey.trusted(signingKey, signingCertificate);
    }

    public X509Certificate tlsCertificate() {
        return tlsCertificate;
    }

    /** Pin of the TLS key, as it goes into the centre's card. */
    public String tlsPin() {
        return TlsPin.of(tlsCertificate);
    }

    /** The TLS certificate as PEM. */
    public byte[] tlsCertificatePem() {
        try {
            return pem("CERTIFICATE", tlsCertificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read must encode", e);
        }
    }

    /** What shows the TLS certificate, as server and as client. */
    public TlsKeyManager tlsKeyManager() {
        try {
            return new TlsKeyManager(KeyFile.privateKey(tlsKey), tlsCertificate);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform reads the key of a TLS certificate", e);
        }
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
