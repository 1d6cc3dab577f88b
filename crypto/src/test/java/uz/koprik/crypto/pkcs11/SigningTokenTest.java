package uz.koprik.crypto.pkcs11;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.Keys;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.algorithm.SigningUnavailable;
import uz.koprik.crypto.algorithm.VerificationKey;
import uz.koprik.crypto.jws.KeySigner;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;

/** A real PKCS#11 module: SoftHSM2. Verifiers of others judge what it signs. */
class SigningTokenTest {

    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private String label;
    private Path home;

    @BeforeEach
    void makeToken(TestInfo test) throws Exception {
        SoftHsm.require();
        String name = test.getTestMethod().orElseThrow().getName();
        label = name.substring(0, Math.min(30, name.length()));
        home = SoftHsm.token(label);
    }

    private SigningToken token() {
        return token(label, "", SoftHsm.PIN);
    }

    private SigningToken token(String wanted, String serial, String pin) {
        return new SigningToken(
                new TokenSettings(SoftHsm.MODULE, wanted, serial, 3, new FixedPin(pin), folder.resolve("refused")));
    }

    private record FixedPin(String pin) implements PinSource {
        @Override
        public char[] read() {
            return pin.toCharArray();
        }

        @Override
        public String place() {
            return "the test";
        }

        @Override
        public String toString() {
            return "PIN";
        }
    }

    private static boolean verifiedByTheJdk(VerificationKey key, byte[] message, byte[] signature) throws Exception {
        PublicKey jdk = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key.spki()));
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(jdk);
        verifier.update(message);
        return verifier.verify(signature);
    }

    @Test
    void theJdkVerifiesWhatTheTokenSigns() throws Exception {
        SigningKey key = token().generate("one");
        byte[] signature = key.sign(MESSAGE);
        assertEquals(64, signature.length);
        assertTrue(verifiedByTheJdk(key.publicKey(), MESSAGE, signature));
        key.publicKey().verify(MESSAGE, signature);
        assertThrows(SignatureRejected.class, () -> key.publicKey().verify(new byte[1], signature));
        assertEquals(Optional.of("the PKCS#11 token " + label), key.hardware());
    }

    @Test
    void nimbusVerifiesADetachedSignature() throws Exception {
        SigningKey key = token().generate("one");
        uz.koprik.crypto.jws.Signature signed = new KeySigner(key).sign(MESSAGE, Keys.NOW);
        ECKey jwk = ECKey.parse(
                uz.koprik.crypto.json.CanonicalJson.text(key.publicKey().jwk()));
        byte[] input = (signed.protectedHeader() + "." + Base64URL.encode(MESSAGE)).getBytes(StandardCharsets.US_ASCII);
        assertTrue(new ECDSAVerifier(jwk.toECPublicKey(), Set.of("c14n", "set"))
                .verify(
                        JWSHeader.parse(new Base64URL(signed.protectedHeader())),
                        input,
                        new Base64URL(signed.signature())));
    }

    @Test
    void thePrivateKeyNeverLeavesTheToken() throws Exception {
        SigningKey key = token().generate("one");
        assertThrows(UnsupportedOperationException.class, key::pkcs8);
        SigningToken.Facts facts = token().examine(key.publicKey());
        assertEquals(Optional.of(false), facts.extractable());
        assertEquals(label, facts.label());
        assertFalse(facts.wrongPinSince());
    }

    @Test
    void aKeyFileHoldsTheCertificateOfAKeyOnATokenOnly() throws Exception {
        Path path = folder.resolve("centre.p12");
        SigningToken token = token();
        char[] passphrase = "a passphrase".toCharArray();
        Instant now = Instant.now();
        CentreKeys file =
                CentreKeys.generate("tashkent", SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), now);
        CentreKeys moved =
                file.announced("tashkent", token.generate("one"), now).rotated(now.plusSeconds(1));
        new KeyFile(path).create(moved, passphrase);

        KeyStore store = KeyStore.getInstance(path.toFile(), passphrase);
        assertFalse(store.isKeyEntry("signing"));
        assertTrue(store.isKeyEntry("tls"));
        PublicKey certified = store.getCertificate("signing").getPublicKey();
        store.getCertificate("signing").verify(certified);

        CentreKeys read = new KeyFile(path, token).load(passphrase);
        assertEquals(moved.publicKey(), read.publicKey());
        assertTrue(verifiedByTheJdk(
                read.signingKey().publicKey(), MESSAGE, read.signingKey().sign(MESSAGE)));
        assertEquals("Ed25519", read.otherSigning().getFirst().key().publicKey().alg());
        assertThrows(
                SigningUnavailable.class,
                () -> new KeyFile(path).load(passphrase).signingKey().sign(MESSAGE));
    }

    @Test
    void manyThreadsSignAtOnce() throws Exception {
        SigningKey key = token().generate("one");
        List<Future<byte[]>> signatures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                byte[] message = new byte[] {(byte) i};
                signatures.add(threads.submit(() -> key.sign(message)));
            }
        }
        for (int i = 0; i < 200; i++) {
            key.publicKey().verify(new byte[] {(byte) i}, signatures.get(i).get());
        }
    }

    @Test
    void usesAKeyThatIsThere() throws Exception {
        VerificationKey made = token().generate("made before").publicKey();
        SigningKey found = token().existing("made before");
        assertEquals(made.kid(), found.publicKey().kid());
        made.verify(MESSAGE, found.sign(MESSAGE));
        assertTrue(
                said(KeyRejected.class, () -> token().generate("made before")).contains("choose another label"));
        assertTrue(
                said(KeyRejected.class, () -> token().existing("another")).contains("no private key with the label"));
    }

    @Test
    void findsAKeyWhosePublicHalfIsNotOnTheToken() throws Exception {
        token().generate("another");
        VerificationKey key = TokenPoint.key(byHand("hidden", TokenPoint.P256, false));
        key.verify(MESSAGE, token().key(key).sign(MESSAGE));
        assertEquals(Optional.of(true), token().examine(key).extractable());
        assertTrue(said(KeyRejected.class, () -> token().existing("hidden")).contains("no public key beside it"));
    }

    @Test
    void refusesAKeyOfAnotherCurve() throws Exception {
        byHand("p384", HexFormat.of().parseHex("06052b81040022"), true);
        assertTrue(said(KeyRejected.class, () -> token().existing("p384")).contains("not on the curve P-256"));
        VerificationKey other = Keys.fresh("ES256").publicKey();
        assertTrue(said(SigningUnavailable.class, () -> token().key(other).sign(MESSAGE))
                .contains("does not hold the private key"));
    }

    /** Makes a key pair as another program would; returns {@code CKA_EC_POINT}. */
    private byte[] byHand(String name, byte[] curve, boolean publicHalfStays) throws Exception {
        Cryptoki cryptoki = Cryptoki.of(SoftHsm.MODULE);
        token().generate("to log in");
        TokenInfo info = new TokenLogin(new TokenSettings(
                        SoftHsm.MODULE, label, "", 1, new FixedPin(SoftHsm.PIN), folder.resolve("refused")))
                .token(cryptoki)
                .orElseThrow();
        long session = cryptoki.openSession(info.slot(), true);
        long made = cryptoki.generateEcKeyPair(
                session,
                TokenTemplate.of(TokenTemplate.PUBLIC_KEY)
                        .with(TokenTemplate.KEY_TYPE, TokenTemplate.EC)
                        .with(TokenTemplate.TOKEN, publicHalfStays)
                        .with(TokenTemplate.EC_PARAMS, curve)
                        .with(TokenTemplate.LABEL, name)
                        .with(TokenTemplate.ID, new byte[] {7}),
                TokenTemplate.of(TokenTemplate.PRIVATE_KEY)
                        .with(TokenTemplate.KEY_TYPE, TokenTemplate.EC)
                        .with(TokenTemplate.TOKEN, true)
                        .with(TokenTemplate.SIGN, true)
                        .with(TokenTemplate.EXTRACTABLE, true)
                        .with(TokenTemplate.LABEL, name)
                        .with(TokenTemplate.ID, new byte[] {7}));
        byte[] point = cryptoki.value(session, made, TokenTemplate.EC_POINT).orElseThrow();
        cryptoki.closeSession(session);
        return point;
    }

    @Test
    void triesAWrongPinOnceOnly() throws Exception {
        VerificationKey key = Keys.fresh("ES256").publicKey();
        SigningToken wrong = token(label, "", "0000-wrong");
        String first = said(SigningUnavailable.class, () -> wrong.examine(key));
        assertTrue(first.contains("refused the PIN of the test, and it is not tried again"), first);
        assertFalse(first.contains("0000"), first);
        byte[] remembered = Files.readAllBytes(folder.resolve("refused"));
        assertFalse(new String(remembered, StandardCharsets.UTF_8).contains("0000"));

        // As after a restart of the process.
        String second = said(
                SigningUnavailable.class, () -> token(label, "", "0000-wrong").examine(key));
        assertTrue(second.contains("refused the PIN of the test at 20"), second);
        assertArrayEquals(remembered, Files.readAllBytes(folder.resolve("refused")));

        SigningToken right = token();
        SigningKey made = right.generate("one");
        made.publicKey().verify(MESSAGE, made.sign(MESSAGE));
        assertTrue(right.examine(made.publicKey()).wrongPinSince());
        assertFalse(token().examine(made.publicKey()).wrongPinSince());
        assertFalse(Files.exists(folder.resolve("refused")));
    }

    @Test
    void namesTheTokensThatAreThere() throws Exception {
        String said = said(SigningUnavailable.class, () -> token("nowhere", "", SoftHsm.PIN)
                .generate("one"));
        assertTrue(said.contains("no PKCS#11 token with the label nowhere") && said.contains(label + " ("), said);
    }

    @Test
    void wantsTheSerialNumberWhereTwoTokensHaveTheLabel() throws Exception {
        SoftHsm.token(label);
        String said = said(SigningUnavailable.class, () -> token().generate("one"));
        assertTrue(said.contains("2 PKCS#11 tokens have the label " + label), said);
        String serial = said.replaceAll(".*serial numbers ([0-9a-f]+), .*", "$1");
        SigningKey key = token(label, serial, SoftHsm.PIN).generate("one");
        key.publicKey().verify(MESSAGE, key.sign(MESSAGE));
    }

    @Test
    void signsAgainWhenTheTokenIsBack() throws Exception {
        SigningKey key = token().generate("one");
        key.sign(MESSAGE);
        Path out = SoftHsm.takeOut(home);
        String said = said(SigningUnavailable.class, () -> key.sign(MESSAGE));
        assertTrue(said.contains("no PKCS#11 token with the label " + label), said);
        SoftHsm.putBack(out);
        key.publicKey().verify(MESSAGE, soon(key));
    }

    /** It is looked for at most once a second. */
    private static byte[] soon(SigningKey key) throws InterruptedException {
        long until = System.nanoTime() + 30_000_000_000L;
        while (true) {
            try {
                return key.sign(MESSAGE);
            } catch (SigningUnavailable away) {
                if (System.nanoTime() > until) {
                    throw away;
                }
                Thread.sleep(50);
            }
        }
    }

    @Test
    void saysWhatIsWrongWithTheModule() throws Exception {
        VerificationKey key = Keys.fresh("ES256").publicKey();
        assertTrue(module("/nowhere/libtoken.so", key).contains("there is no PKCS#11 module /nowhere/libtoken.so"));
        String text = Files.writeString(folder.resolve("libtext.so"), "text").toString();
        assertTrue(module(text, key).contains("cannot be loaded"));
        String java =
                Path.of(System.getProperty("java.home"), "lib", "libnio.so").toString();
        assertTrue(module(java, key).contains("is no PKCS#11 module"));
    }

    private String module(String path, VerificationKey key) {
        SigningToken token = new SigningToken(
                new TokenSettings(Path.of(path), label, "", 1, new FixedPin(SoftHsm.PIN), folder.resolve("refused")));
        return said(SigningUnavailable.class, () -> token.examine(key));
    }

    private static String said(Class<? extends Exception> type, org.junit.jupiter.api.function.Executable what) {
        return assertThrows(type, what).getMessage();
    }
}
