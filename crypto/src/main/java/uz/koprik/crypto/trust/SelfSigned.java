package uz.koprik.crypto.trust;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.util.IPAddress;
import uz.koprik.crypto.algorithm.SigningKey;

/** Self-signed certificates. They carry a key and its validity; trust comes from pins and the trust list alone. */
final class SelfSigned {

    private SelfSigned() {}

    static X509Certificate certificate(
            SigningKey key, String commonName, List<String> hosts, Instant from, Instant until) {
        X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
        // 64 random bits (RFC 5280, section 4.1.2.2), positive by their cleared first bit.
        BigInteger serial =
                new BigInteger(1, Secrets.randomBytes(8)).clearBit(63).setBit(62);
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    name,
                    serial,
                    Date.from(from),
                    Date.from(until),
                    name,
                    SubjectPublicKeyInfo.getInstance(key.publicKey().spki()));
            if (!hosts.isEmpty()) {
                GeneralName[] names =
                        hosts.stream().map(SelfSigned::generalName).toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            byte[] encoded = builder.build(new CertificateSigner(key)).getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException("a certificate of sound parts must encode", e);
        }
    }

    private static GeneralName generalName(String host) {
        return new GeneralName(IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    private static final class CertificateSigner implements ContentSigner {
        private final SigningKey key;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        CertificateSigner(SigningKey key) {
            this.key = key;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(new ASN1ObjectIdentifier(key.x509Algorithm()));
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            return key.x509Sign(content.toByteArray());
        }
    }
}
