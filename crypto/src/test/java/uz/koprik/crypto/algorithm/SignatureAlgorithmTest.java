package uz.koprik.crypto.algorithm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.StrictJson;

/** What every algorithm on the list must do. */
class SignatureAlgorithmTest {

    private static final byte[] MESSAGE = "message".getBytes(UTF_8);

    static List<SignatureAlgorithm> all() {
        return SignatureAlgorithms.ALL;
    }

    @ParameterizedTest
    @MethodSource("all")
    void signsWhatItsPublicKeyVerifies(SignatureAlgorithm algorithm) throws KeyRejected, SignatureRejected {
        SigningKey key = algorithm.generate(new SecureRandom());
        VerificationKey read = SignatureAlgorithms.verificationKey(
                algorithm.name(), key.publicKey().jwk());
        assertEquals(key.publicKey().kid(), read.kid());
        assertEquals(algorithm.name(), read.alg());
        assertArrayEquals(key.publicKey().spki(), read.spki());
        byte[] signature = key.sign(MESSAGE);
        read.verify(MESSAGE, signature);
        assertThrows(SignatureRejected.class, () -> read.verify("messagf".getBytes(UTF_8), signature));
        VerificationKey other = algorithm.generate(new SecureRandom()).publicKey();
        assertThrows(SignatureRejected.class, () -> other.verify(MESSAGE, signature));
    }

    @ParameterizedTest
    @MethodSource("all")
    void signsDeterministically(SignatureAlgorithm algorithm) {
        SigningKey key = algorithm.generate(new SecureRandom());
        assertArrayEquals(key.sign(MESSAGE), key.sign(MESSAGE));
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsBackItsPrivateKeysAndNeverPrintsThem(SignatureAlgorithm algorithm) throws KeyRejected {
        SigningKey key = algorithm.generate(new SecureRandom());
        SigningKey read = SignatureAlgorithms.signingKey(key.pkcs8());
        assertEquals(key.publicKey().kid(), read.publicKey().kid());
        assertArrayEquals(key.sign(MESSAGE), read.sign(MESSAGE));
        assertFalse(key.toString().contains("@") || key.toString().length() > 80, key.toString());
        assertThrows(KeyRejected.class, () -> algorithm.signingKey(MESSAGE));
    }

    @ParameterizedTest
    @MethodSource("all")
    void takesAgreeingOptionalMembersAndRefusesTheRest(SignatureAlgorithm algorithm) throws KeyRejected {
        VerificationKey key = algorithm.generate(new SecureRandom()).publicKey();
        JsonObject full = key.jwk()
                .with("alg", new JsonString(algorithm.name()))
                .with("use", new JsonString("sig"))
                .with("kid", new JsonString(key.kid()))
                .with("key_ops", new JsonArray(List.of(new JsonString("verify"))));
        assertEquals(key.jwk(), algorithm.verificationKey(full).jwk());
        assertRefused(algorithm, full.with("alg", new JsonString("none")), "member alg");
        assertRefused(algorithm, full.with("use", new JsonString("enc")), "member use");
        assertRefused(algorithm, full.with("kid", new JsonString("k")), "member kid");
        assertRefused(algorithm, full.with("key_ops", new JsonArray(List.of(new JsonString("sign")))), "key_ops");
        assertRefused(algorithm, full.with("d", new JsonString("AAAA")), "private key");
        assertRefused(algorithm, full.with("x5u", new JsonString("https://example.com")), "not known");
        assertRefused(algorithm, key.jwk().with("kty", new JsonString("RSA")), "member kty");
        assertRefused(algorithm, key.jwk().with("crv", new JsonString("Ed448")), "member crv");
        assertRefused(algorithm, key.jwk().without("x"), "lacks the string member x");
        assertRefused(algorithm, key.jwk().with("x", new JsonString("AAAA")), "3 bytes, not 32");
        assertRefused(
                algorithm,
                key.jwk().with("x", new JsonString(key.jwk().string("x").orElseThrow() + "=")),
                "padding");
    }

    @Test
    void knowsNoAlgorithmOffTheList() {
        for (String alg : new String[] {"none", "HS256", "RS256", "EdDSA", "es256", ""}) {
            assertThrows(KeyRejected.class, () -> SignatureAlgorithms.named(alg), alg);
        }
    }

    /** Points of small order, a non-canonical spelling, and a point that is not on the curve. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void refusesWeakEd25519Keys(String hex) throws KeyRejected {
        JsonObject jwk = JsonObject.builder()
                .put("kty", "OKP")
                .put("crv", "Ed25519")
                .put("x", Base64Url.encode(HexFormat.of().parseHex(hex)))
                .build();
        assertRefused(SignatureAlgorithms.named("Ed25519"), jwk, "not a sound point");
    }

    @Test
    void refusesP256PointsOffTheCurve() throws KeyRejected {
        JsonObject jwk = JsonObject.builder()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", Base64Url.encode(new byte[32]))
                .put("y", Base64Url.encode(new byte[32]))
                .build();
        assertRefused(SignatureAlgorithms.named("ES256"), jwk, "not a point");
    }

    /** RFC 8037, appendix A.3. */
    @Test
    void computesThePublishedThumbprint() throws Exception {
        JsonObject jwk = StrictJson.parseObject(
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"
                        .getBytes(UTF_8));
        assertEquals(
                "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
                SignatureAlgorithms.verificationKey("Ed25519", jwk).kid());
    }

    /** RFC 8032, section 7.1, test 2. */
    @Test
    void signsWithEd25519AsPublished() throws Exception {
        byte[] seed = HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        byte[] pkcs8 = PrivateKeyInfoFactory.createPrivateKeyInfo(new Ed25519PrivateKeyParameters(seed))
                .getEncoded();
        assertEquals(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                HexFormat.of().formatHex(SignatureAlgorithms.signingKey(pkcs8).sign(new byte[] {0x72})));
    }

    /** RFC 6979, appendix A.2.5, SHA-256, message "sample". */
    @Test
    void signsWithEs256AsPublished() throws Exception {
        BigInteger d = new BigInteger("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721", 16);
        ECNamedDomainParameters p256 = new ECNamedDomainParameters(
                SECObjectIdentifiers.secp256r1, CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1));
        byte[] pkcs8 = PrivateKeyInfoFactory.createPrivateKeyInfo(new ECPrivateKeyParameters(d, p256))
                .getEncoded();
        assertEquals(
                "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                        + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
                HexFormat.of().formatHex(SignatureAlgorithms.signingKey(pkcs8).sign("sample".getBytes(UTF_8))));
    }

    private static void assertRefused(SignatureAlgorithm algorithm, JsonObject jwk, String words) {
        KeyRejected e = assertThrows(KeyRejected.class, () -> algorithm.verificationKey(jwk));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }
}
