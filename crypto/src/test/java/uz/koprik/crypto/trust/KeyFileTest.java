package uz.koprik.crypto.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.algorithm.SignatureAlgorithm;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;

class KeyFileTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final char[] PASSPHRASE = "correct horse".toCharArray();
    private static final CentreKeys KEYS = CentreKeys.generate(
            "tashkent",
            SignatureAlgorithms.ALL.getFirst(),
            List.of("localhost", "127.0.0.1", "::1", "koprik.example.com"),
            NOW);

    @TempDir
    Path home;

    static List<SignatureAlgorithm> all() {
        return SignatureAlgorithms.ALL;
    }

    @ParameterizedTest
    @MethodSource("all")
    void givesBackTheKeysItWasGiven(SignatureAlgorithm algorithm) throws Exception {
        CentreKeys keys = CentreKeys.generate("tashkent", algorithm, List.of("localhost"), NOW);
        KeyFile file = new KeyFile(path());
        file.create(keys, PASSPHRASE);
        CentreKeys read = file.load(PASSPHRASE);
        assertEquals(keys.publicKey(), read.publicKey());
        assertEquals(algorithm.name(), read.signer().alg());
        assertEquals(keys.signer().sign(new byte[3], NOW), read.signer().sign(new byte[3], NOW));
        assertEquals(keys.tlsPin(), read.tlsPin());
        assertArrayEquals(
                keys.tlsKeyManager().privateKey().getEncoded(),
                read.tlsKeyManager().privateKey().getEncoded());
        assertArrayEquals(keys.tlsCertificatePem(), read.tlsCertificatePem());
        assertNotEquals(keys.signer().kid(), keys.tlsKey().publicKey().kid());
    }

    @Test
    void refusesPassphrasesThatOtherProgramsWouldSpellOtherwise() {
        for (String passphrase : List.of("", "\u043f\u0430\u0440\u043e\u043b\u044c", "a\tb")) {
            assertThrows(
                    IllegalArgumentException.class, () -> new KeyFile(path()).create(KEYS, passphrase.toCharArray()));
            assertFalse(Files.exists(path()));
        }
    }

    @Test
    void isOpenToItsOwnerOnly() throws Exception {
        new KeyFile(path()).create(KEYS, PASSPHRASE);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx--x---"})
    void refusesToLoadWhatOthersCanOpen(String mode) throws Exception {
        KeyFile file = new KeyFile(path());
        file.create(KEYS, PASSPHRASE);
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString(mode));
        KeyFileRejected e = assertThrows(KeyFileRejected.class, () -> file.load(PASSPHRASE));
        assertTrue(e.getMessage().contains("chmod 600 " + path()), e.getMessage());
    }

    @Test
    void neverOverwritesKeysByAccident() throws Exception {
        KeyFile file = new KeyFile(path());
        file.create(KEYS, PASSPHRASE);
        assertThrows(FileAlreadyExistsException.class, () -> file.create(KEYS, PASSPHRASE));
        CentreKeys next = KEYS.withTls("tashkent", List.of("localhost"), NOW);
        file.replace(next, PASSPHRASE);
        assertEquals(next.tlsPin(), file.load(PASSPHRASE).tlsPin());
        assertEquals(KEYS.signer().kid(), file.load(PASSPHRASE).signer().kid());
        assertNotEquals(KEYS.tlsPin(), next.tlsPin());
    }

    @Test
    void refusesAWrongPassphraseAndADamagedFileWithoutNamingSecrets() throws Exception {
        KeyFile file = new KeyFile(path());
        file.create(KEYS, PASSPHRASE);
        KeyFileRejected wrong = assertThrows(KeyFileRejected.class, () -> file.load("wrong one".toCharArray()));
        assertTrue(
                wrong.getMessage().contains("passphrase is wrong")
                        && !wrong.getMessage().contains("wrong one"),
                wrong.getMessage());
        byte[] bytes = Files.readAllBytes(path());
        bytes[bytes.length / 2] ^= 1;
        Files.write(path(), bytes);
        assertThrows(KeyFileRejected.class, () -> file.load(PASSPHRASE));
        Files.delete(path());
        assertTrue(assertThrows(KeyFileRejected.class, () -> file.load(PASSPHRASE))
                .getMessage()
                .contains("there is no key file"));
    }

    @Test
    void givesTlsACertificateAndAKeyThatBelongTogether() throws Exception {
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(KEYS.tlsCertificatePem()));
        certificate.verify(certificate.getPublicKey());
        assertEquals(NOW, certificate.getNotBefore().toInstant());
        assertEquals(NOW.plus(CentreKeys.VALIDITY), certificate.getNotAfter().toInstant());
        assertEquals(
                List.of(
                        List.of(2, "localhost"),
                        List.of(7, "127.0.0.1"),
                        List.of(7, "0:0:0:0:0:0:0:1"),
                        List.of(2, "koprik.example.com")),
                List.copyOf(certificate.getSubjectAlternativeNames()));
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(KEYS.tlsKeyManager().privateKey());
        signer.update(new byte[5]);
        byte[] signature = signer.sign();
        signer.initVerify(certificate);
        signer.update(new byte[5]);
        assertTrue(signer.verify(signature));
        assertEquals(Base64Url.encode(Sha256.of(certificate.getPublicKey().getEncoded())), TlsPin.of(certificate));
        assertArrayEquals(
                KEYS.tlsKey().publicKey().spki(), certificate.getPublicKey().getEncoded());
    }

    @ParameterizedTest
    @MethodSource("all")
    void signsItsOwnSigningCertificate(SignatureAlgorithm algorithm) throws Exception {
        X509Certificate certificate =
                CentreKeys.generate("t", algorithm, List.of(), NOW).signingCertificate();
        assertDoesNotThrow(() -> certificate.verify(certificate.getPublicKey()));
        PublicKey other = CentreKeys.generate("t", algorithm, List.of(), NOW)
                .signingCertificate()
                .getPublicKey();
        assertThrows(SignatureException.class, () -> certificate.verify(other));
        assertEquals(certificate.getIssuerX500Principal(), certificate.getSubjectX500Principal());
    }

    @Test
    void readsPassphrasesFromAFileOrTheEnvironment() throws Exception {
        Path file = home.resolve("passphrase");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "pass phrase\r\nsecond line\n");
        assertArrayEquals("pass phrase".toCharArray(), Passphrase.fromFile(file));
        Files.writeString(file, "\u043f\u0430\u0440\u043e\u043b\u044c");
        assertTrue(assertThrows(KeyFileRejected.class, () -> Passphrase.fromFile(file))
                .getMessage()
                .contains("printable ASCII"));
        Files.writeString(file, "\n");
        assertTrue(assertThrows(KeyFileRejected.class, () -> Passphrase.fromFile(file))
                .getMessage()
                .contains("empty"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(assertThrows(KeyFileRejected.class, () -> Passphrase.fromFile(file))
                .getMessage()
                .contains("chmod 600"));
        assertThrows(KeyFileRejected.class, () -> Passphrase.fromFile(home.resolve("none")));
        assertArrayEquals("x".toCharArray(), Passphrase.fromEnvironment("K", Map.of("K", "x")));
        assertThrows(KeyFileRejected.class, () -> Passphrase.fromEnvironment("K", Map.of("K", "")));
        assertTrue(assertThrows(KeyFileRejected.class, () -> Passphrase.fromEnvironment("K", Map.of()))
                .getMessage()
                .contains("K"));
    }

    @Test
    void hashesPasswordsSoThatOnlyTheRightOneFits() {
        String phc = SecretHash.hash("s3cret \u20ac".toCharArray());
        assertTrue(phc.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), phc);
        assertTrue(SecretHash.verify("s3cret \u20ac".toCharArray(), phc));
        assertFalse(SecretHash.verify("s3cret".toCharArray(), phc));
        assertFalse(SecretHash.verify(new char[0], phc));
        assertNotEquals(phc, SecretHash.hash("s3cret \u20ac".toCharArray()));
    }

    /** From the reference implementation of Argon2 (phc-winner-argon2, test.c). */
    @Test
    void verifiesHashesOfTheReferenceImplementation() {
        String phc = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        assertTrue(SecretHash.verify("password".toCharArray(), phc));
        assertFalse(SecretHash.verify("passwore".toCharArray(), phc));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=999,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
            })
    void refusesHashesItDidNotWrite(String phc) {
        assertThrows(IllegalArgumentException.class, () -> SecretHash.verify("password".toCharArray(), phc));
    }

    @Test
    void makesTokensThatDifferAndHashesThem() {
        assertEquals(43, Secrets.random().length());
        assertNotEquals(Secrets.random(), Secrets.random());
        assertEquals("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0", Secrets.sha256("abc"));
    }

    /** RFC 4231, test case 2 would need a key of 4 bytes; case 1 has 20. */
    @Test
    void replacesValuesByKeyedTokens() {
        KeyedToken tokens = new KeyedToken(HexFormat.of().parseHex("0b".repeat(20)));
        assertEquals(
                Base64Url.encode(HexFormat.of().parseHex("b0344c61d8db38535ca8afceaf0bf12b")),
                tokens.token("Hi There"));
        assertNotEquals(tokens.token("4111111111111111"), new KeyedToken(new byte[16]).token("4111111111111111"));
        assertThrows(IllegalArgumentException.class, () -> new KeyedToken(new byte[15]));
    }

    @Test
    void refusesOneKeyForSigningAndTls() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new CentreKeys(
                        KEYS.tlsKey(),
                        KEYS.tlsCertificate(),
                        KEYS.tlsKey(),
                        KEYS.tlsCertificate(),
                        List.of(),
                        List.of()));
    }

    private Path path() {
        return home.resolve("keys.p12");
    }

    @Test
    void keepsAnnouncedAndFormerKeys() throws Exception {
        CentreKeys announced =
                KEYS.announced("tashkent", "ES256", NOW).announcedTls("tashkent", List.of("localhost"), NOW);
        Instant later = NOW.plusSeconds(60);
        CentreKeys rotated = announced.rotated(later).announced("tashkent", "Ed25519", later.plusSeconds(1));
        KeyFile file = new KeyFile(path());
        file.create(rotated, PASSPHRASE);
        CentreKeys read = file.load(PASSPHRASE);
        assertEquals(
                announced.nextSigning().orElseThrow().kid(), read.publicKey().kid());
        assertEquals(
                List.of(OtherKey.Kind.FORMER, OtherKey.Kind.NEXT),
                read.otherSigning().stream().map(OtherKey::kind).toList());
        OtherKey former = read.otherSigning().getFirst();
        assertEquals(KEYS.publicKey(), former.publicKey());
        assertEquals(later, former.since());
        assertEquals(
                announced.nextTls().orElseThrow().pin(),
                read.nextTls().orElseThrow().pin());
        assertEquals(3, read.allSigning().size());
        assertThrows(IllegalStateException.class, () -> read.announced("tashkent", "ES256", later));
        CentreKeys less = read.without(former.kid());
        file.replace(less, PASSPHRASE);
        assertEquals(1, file.load(PASSPHRASE).otherSigning().size());
    }

    @Test
    void aCertificateForAnotherKeyIsRefused() throws Exception {
        CentreKeys other = CentreKeys.generate("tashkent", SignatureAlgorithms.ALL.getFirst(), List.of(), NOW);
        KeyFile file = new KeyFile(path());
        file.create(
                new CentreKeys(
                        KEYS.signingKey(),
                        KEYS.signingCertificate(),
                        KEYS.tlsKey(),
                        other.tlsCertificate(),
                        List.of(),
                        List.of()),
                PASSPHRASE);
        KeyFileRejected rejected = assertThrows(KeyFileRejected.class, () -> file.load(PASSPHRASE));
        assertTrue(rejected.getMessage().contains("its TLS certificate is not for its TLS key"), rejected.getMessage());
    }

    @Test
    void aNewCertificateKeepsThePin() {
        CentreKeys renewed = KEYS.withTlsCertificate("tashkent", List.of("new.example.com"), NOW.plusSeconds(5));
        assertEquals(KEYS.tlsPin(), renewed.tlsPin());
        assertNotEquals(KEYS.tlsCertificate(), renewed.tlsCertificate());
    }
}
