package uz.koprik.crypto.envelope;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Key pairs of envelopes: RSA, in PEM files that OpenSSL reads too. */
public final class EnvelopeKeys {

    /** Bits of a new key. */
    public static final int BITS = 4096;

    private static final int LEAST_BITS = 3072;

    private EnvelopeKeys() {}

    /** Makes a key pair of {@link #BITS}. Takes some seconds. */
    public static KeyPair generate() {
        return generate(BITS);
    }

    static KeyPair generate(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no RSA", missing);
        }
    }

    /** The private key as PKCS#8, in PEM form. */
    public static byte[] privatePem(KeyPair pair) {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    /** The public key as SubjectPublicKeyInfo, in PEM form. */
    public static byte[] publicPem(KeyPair pair) {
        return pem("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private static byte[] pem(String type, byte[] content) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        } catch (IOException never) {
            throw new IllegalStateException("memory cannot be written", never);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads a public key.
     *
     * @param file a public key or a certificate (PEM)
     * @throws IOException when it is neither, or not RSA with 3072 bits at least
     */
    public static PublicKey readPublic(Path file) throws IOException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        return switch (object(file)) {
            case SubjectPublicKeyInfo key -> strong(file, converter.getPublicKey(key));
            case X509CertificateHolder certificate ->
                strong(file, converter.getPublicKey(certificate.getSubjectPublicKeyInfo()));
            case PrivateKeyInfo secret -> throw isPrivate(file, secret);
            case PEMKeyPair secret -> throw isPrivate(file, secret);
            case Object other -> throw new IOException(file + " holds no public key: " + kind(other));
        };
    }

    /**
     * Reads a private key.
     *
     * @param file a private key without a passphrase (PEM, PKCS#8 or the older form of OpenSSL)
     * @throws IOException when it is none, or not RSA with 3072 bits at least
     */
    public static PrivateKey readPrivate(Path file) throws IOException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        return switch (object(file)) {
            case PrivateKeyInfo key -> strong(file, converter.getPrivateKey(key));
            case PEMKeyPair pair -> strong(file, converter.getPrivateKey(pair.getPrivateKeyInfo()));
            case Object other -> throw new IOException(file + " holds no private key: " + kind(other));
        };
    }

    private static Object object(Path file) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file, StandardCharsets.ISO_8859_1)))) {
            Object object = parser.readObject();
            if (object != null) {
                return object;
            }
        } catch (IOException | RuntimeException broken) {
            if (!Files.isRegularFile(file)) {
                throw new IOException("there is no file " + file + ": check its name", broken);
            }
            throw new IOException(file + " is not a key in PEM form: name the right file", broken);
        }
        throw new IOException(file + " is not a key in PEM form: name the right file");
    }

    private static String kind(Object object) {
        return object.getClass().getSimpleName().startsWith("PKCS8Encrypted")
                ? "it has a passphrase; remove that with `openssl pkey`"
                : "name the file of the right key";
    }

    private static IOException isPrivate(Path file, Object secret) {
        return new IOException(
                file + " holds a private key (" + secret.getClass().getSimpleName()
                        + "): name the file of the public key, and keep the private key offline");
    }

    private static <K extends java.security.Key> K strong(Path file, K key) throws IOException {
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= LEAST_BITS) {
            return key;
        }
        throw new IOException(
                file + " must hold an RSA key with at least " + LEAST_BITS + " bits; `koprik backup key` makes one");
    }
}
