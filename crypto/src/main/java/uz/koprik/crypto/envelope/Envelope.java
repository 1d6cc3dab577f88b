package uz.koprik.crypto.envelope;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataParser;
import org.bouncycastle.cms.CMSAuthEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.KeyTransRecipientId;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;

/**
 * Seals a stream to a public key and opens it with the private key, in bounded memory. {@code openssl cms -decrypt
 * -inform DER -inkey KEY} opens it too.
 */
public final class Envelope {

    /** One AES-GCM message holds less (NIST SP 800-38D). */
    static final long MOST_BYTES = (1L << 36) - 64;

    private static final int BUFFER = 64 << 10;

    /** That of Java itself keeps a whole GCM message in memory before it gives out any of it. */
    private static final Provider PROVIDER = new BouncyCastleProvider();

    private Envelope() {}

    /**
     * Seals what is written to the result.
     *
     * @param recipient an RSA key
     * @param out stays open when the result is closed; closing the result completes the envelope
     */
    public static OutputStream seal(PublicKey recipient, OutputStream out) throws IOException {
        try {
            AlgorithmIdentifier oaep = new JcaAlgorithmParametersConverter()
                    .getAlgorithmIdentifier(
                            PKCSObjectIdentifiers.id_RSAES_OAEP,
                            new OAEPParameterSpec(
                                    "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
            CMSAuthEnvelopedDataStreamGenerator generator = new CMSAuthEnvelopedDataStreamGenerator();
            generator.setBufferSize(BUFFER);
            generator.addRecipientInfoGenerator(
                    new JceKeyTransRecipientInfoGenerator(id(recipient), oaep, recipient).setProvider(PROVIDER));
            return new Bounded(
                    generator.open(out, (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                            .setProvider(PROVIDER)
                            .build()));
        } catch (CMSException | GeneralSecurityException impossible) {
            throw new IOException("the key cannot seal: " + impossible.getMessage(), impossible);
        }
    }

    /**
     * Opens an envelope. What the result gives is proven only when its end was read: until then, act on nothing.
     *
     * @throws IOException when it is no envelope, or sealed to another key; also from the result, when the envelope is
     *     cut or changed
     */
    public static InputStream open(PrivateKey key, InputStream in) throws IOException {
        try {
            byte[] id = id(publicOf(key));
            CMSAuthEnvelopedDataParser parser = new CMSAuthEnvelopedDataParser(in);
            RecipientInformation recipient = parser.getRecipientInfos().get(new KeyTransRecipientId(id));
            if (recipient == null) {
                throw new WrongKey();
            }
            return new Checked(recipient
                    .getContentStream(new JceKeyTransAuthEnvelopedRecipient(key).setProvider(PROVIDER))
                    .getContentStream());
        } catch (WrongKey wrong) {
            throw wrong;
        } catch (CMSException | IOException | RuntimeException broken) {
            throw new IOException("it is not sealed by `koprik backup`, or it is damaged at its start", broken);
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the key cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /** The envelope is sealed to another key. */
    public static final class WrongKey extends IOException {

        private static final long serialVersionUID = 1L;

        WrongKey() {
            super("it is sealed to another key; name the private key that belongs to it");
        }
    }

    private static PublicKey publicOf(PrivateKey key) throws GeneralSecurityException {
        if (key instanceof RSAPrivateCrtKey rsa) {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        }
        throw new GeneralSecurityException("it is not a whole RSA key");
    }

    /** Names the key in the envelope (RFC 5280, 4.2.1.2, first method). */
    private static byte[] id(PublicKey key) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1")
                .digest(SubjectPublicKeyInfo.getInstance(key.getEncoded())
                        .getPublicKeyData()
                        .getBytes());
    }

    /** Refuses more than one message may hold. */
    private static final class Bounded extends FilterOutputStream {

        private long written;

        Bounded(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            count(1);
            out.write(octet);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            count(length);
            out.write(octets, offset, length);
        }

        private void count(int length) throws IOException {
            written += length;
            if (written > MOST_BYTES) {
                throw new IOException("it has more than 64 GiB compressed, which one envelope cannot hold");
            }
        }
    }

    /** Says every failure as one kind: the bytes are not those that were sealed. */
    private static final class Checked extends InputStream {

        private final InputStream in;

        Checked(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return in.read(into, offset, length);
            } catch (IOException | RuntimeException broken) {
                throw new IOException("it is cut or changed", broken);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
