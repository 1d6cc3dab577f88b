package uz.koprik.crypto.trust;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import uz.koprik.crypto.algorithm.HardwareKeys;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.algorithm.SigningUnavailable;

/**
 * Private keys on disk: PKCS#12 (RFC 7292), mode 0600, locked by a passphrase. Of a key in hardware it holds the
 * certificate only.
 */
public final class KeyFile {

    private static final String SIGNING = "signing";
    private static final String TLS = "tls";

    private static final Pattern OTHER = Pattern.compile("(next|former)-(signing|tls)-(\\d{1,4})-(\\d{1,15})");

    private final Path path;
    private final HardwareKeys hardware;

    /** A key file whose keys in hardware cannot be used. */
    public KeyFile(Path path) {
        this(path, publicKey -> {
            throw new SigningUnavailable("the private key " + publicKey.kid() + " is in hardware");
        });
    }

    /** @param hardware where the private halves of certificates without one are */
    public KeyFile(Path path, HardwareKeys hardware) {
        this.path = path;
        this.hardware = hardware;
    }

    /**
     * Writes the keys into a new file.
     *
     * @throws FileAlreadyExistsException when there is one already: keys are never overwritten by accident
     */
    public void create(CentreKeys keys, char[] passphrase) throws IOException {
        if (Files.exists(path)) {
            throw new FileAlreadyExistsException(
                    path.toString(), null, "there are keys already; they are not overwritten");
        }
        replace(keys, passphrase);
    }

    /**
     * Writes the keys in place of those that are there, in one step. Survives a crash at any moment.
     *
     * @param passphrase as {@link Passphrase} gives it
     * @throws IllegalArgumentException when it is not printable ASCII
     */
    public void replace(CentreKeys keys, char[] passphrase) throws IOException {
        if (passphrase.length == 0 || !Passphrase.isPlain(passphrase)) {
            throw new IllegalArgumentException("the passphrase is empty, or has " + Passphrase.NOT_PLAIN);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            put(store, SIGNING, keys.signingKey(), keys.signingCertificate(), passphrase);
            put(store, TLS, keys.tlsKey(), keys.tlsCertificate(), passphrase);
            putOthers(store, SIGNING, keys.otherSigning(), passphrase);
            putOthers(store, TLS, keys.otherTls(), passphrase);
            store.store(bytes, passphrase);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot write PKCS#12", e);
        }
        OwnerOnly.write(path, bytes.toByteArray());
    }

    /**
     * Reads the keys.
     *
     * @throws KeyFileRejected when there is no file, others may open it, or it does not open with that passphrase
     */
    public CentreKeys load(char[] passphrase) throws IOException, KeyFileRejected {
        byte[] bytes = OwnerOnly.readSecret(path, "key file");
        CentreKeys keys;
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), passphrase);
            keys = new CentreKeys(
                    signingKey(store, SIGNING, passphrase),
                    certificate(store, SIGNING),
                    key(store, TLS, passphrase),
                    certificate(store, TLS),
                    others(store, SIGNING, passphrase),
                    others(store, TLS, passphrase));
        } catch (GeneralSecurityException | IOException | KeyRejected e) {
            // The key store reports a wrong passphrase and a damaged file alike.
            throw new KeyFileRejected(
                    "the key file " + path + " does not open: the passphrase is wrong, or the file is damaged", e);
        }
        requireFit("signing", keys.signingKey(), keys.signingCertificate());
        requireFit("TLS", keys.tlsKey(), keys.tlsCertificate());
        return keys;
    }

    /** Somebody may have replaced a part of the file by hand. */
    private void requireFit(String use, SigningKey key, X509Certificate certificate) throws KeyFileRejected {
        if (!Arrays.equals(key.publicKey().spki(), certificate.getPublicKey().getEncoded())) {
            throw new KeyFileRejected("the key file " + path + " was changed by hand: its " + use
                    + " certificate is not for its " + use + " key; restore the file from a backup, and make new"
                    + " certificates by `koprik tls renew` only");
        }
    }

    private static void put(
            KeyStore store, String alias, SigningKey key, X509Certificate certificate, char[] passphrase)
            throws GeneralSecurityException {
        if (key.hardware().isPresent()) {
            store.setCertificateEntry(alias, certificate);
            return;
        }
        store.setKeyEntry(alias, privateKey(key), passphrase, new Certificate[] {certificate});
    }

    static PrivateKey privateKey(SigningKey key) throws GeneralSecurityException {
        byte[] pkcs8 = key.pkcs8();
        String algorithm = PrivateKeyInfo.getInstance(pkcs8)
                .getPrivateKeyAlgorithm()
                .getAlgorithm()
                .getId();
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /** Each under a name such as {@code former-signing-2-1764391451000}: kind, use, number, moment in milliseconds. */
    private static void putOthers(KeyStore store, String use, List<OtherKey> keys, char[] passphrase)
            throws GeneralSecurityException {
        int number = 0;
        for (OtherKey other : keys) {
            number++;
            String alias = other.kind().name().toLowerCase(Locale.ROOT) + "-" + use + "-" + number + "-"
                    + other.since().toEpochMilli();
            put(store, alias, other.key(), other.certificate(), passphrase);
        }
    }

    private List<OtherKey> others(KeyStore store, String use, char[] passphrase)
            throws GeneralSecurityException, KeyRejected {
        TreeMap<Integer, OtherKey> keys = new TreeMap<>();
        for (String alias : Collections.list(store.aliases())) {
            Matcher parts = OTHER.matcher(alias);
            if (parts.matches() && parts.group(2).equals(use)) {
                keys.put(
                        Integer.valueOf(parts.group(3)),
                        new OtherKey(
                                OtherKey.Kind.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
                                Instant.ofEpochMilli(Long.parseLong(parts.group(4))),
                                signingKey(store, alias, passphrase),
                                certificate(store, alias)));
            }
        }
        return List.copyOf(keys.values());
    }

    /** A certificate without a private key stands for one in hardware. */
    private SigningKey signingKey(KeyStore store, String alias, char[] passphrase)
            throws GeneralSecurityException, KeyRejected {
        return store.isCertificateEntry(alias)
                ? hardware.key(SignatureAlgorithms.verificationKey(
                        certificate(store, alias).getPublicKey()))
                : key(store, alias, passphrase);
    }

    private static SigningKey key(KeyStore store, String alias, char[] passphrase)
            throws GeneralSecurityException, KeyRejected {
        Key key = store.getKey(alias, passphrase);
        if (key == null) {
            throw new KeyRejected("there is no entry " + alias);
        }
        return SignatureAlgorithms.signingKey(key.getEncoded());
    }

    private static X509Certificate certificate(KeyStore store, String alias) throws GeneralSecurityException {
        return (X509Certificate) store.getCertificate(alias);
    }
}
