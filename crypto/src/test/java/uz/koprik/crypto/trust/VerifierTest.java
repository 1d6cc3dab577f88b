package uz.koprik.crypto.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.Keys;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.SignatureRejected.Reason;
import uz.koprik.crypto.algorithm.SignatureAlgorithm;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNull;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.jws.DetachedJws;
import uz.koprik.crypto.jws.KeySigner;
import uz.koprik.crypto.jws.ProtectedHeader;
import uz.koprik.crypto.jws.Signature;

/** Every reason for which a signature is rejected, and what still holds. */
class VerifierTest {

    private static final byte[] PAYLOAD = "{\"id\":\"indicator--1\",\"name\":\"n\"}".getBytes(UTF_8);
    private static final SigningKey BUDAPEST = Keys.fresh("Ed25519");
    private static final SigningKey SEOUL = Keys.fresh("ES256");
    private static final SigningKey STRANGER = Keys.fresh("Ed25519");

    private final Verifier verifier =
            new Verifier(Keys.ring(Map.of("budapest", BUDAPEST, "seoul", SEOUL), Optional.empty()));
    private final Signature signature = new KeySigner(BUDAPEST).sign(PAYLOAD, Keys.NOW);

    static List<SignatureAlgorithm> algorithms() {
        return SignatureAlgorithms.ALL;
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void provesWhoSignedAndWhen(SignatureAlgorithm algorithm) throws SignatureRejected {
        SigningKey key = algorithm.generate(new SecureRandom());
        Verifier knowing = new Verifier(Keys.ring(Map.of("budapest", BUDAPEST, "tashkent", key), Optional.empty()));
        Signature own = new KeySigner(key).sign(PAYLOAD, Keys.NOW.plusMillis(999));
        List<VerifiedSignature> verified = knowing.verify(PAYLOAD, List.of(own), Keys.NOW, "identity--tashkent");
        assertEquals(
                List.of(new VerifiedSignature("tashkent", key.publicKey().kid(), algorithm.name(), Keys.NOW)),
                verified);
    }

    /** A header that names any other algorithm of the list is refused, for every key. */
    @ParameterizedTest
    @MethodSource("algorithms")
    void takesEachAlgorithmFromItsKeyOnly(SignatureAlgorithm algorithm) {
        SigningKey key = algorithm.generate(new SecureRandom());
        Verifier knowing = new Verifier(Keys.ring(Map.of("tashkent", key), Optional.empty()));
        Signature own = new KeySigner(key).sign(PAYLOAD, Keys.NOW);
        for (SignatureAlgorithm other : SignatureAlgorithms.ALL) {
            if (!other.name().equals(algorithm.name())) {
                Signature changed = edited(own, header -> header.with("alg", new JsonString(other.name())));
                SignatureRejected e = assertThrows(
                        SignatureRejected.class, () -> knowing.verify(PAYLOAD, List.of(changed), Keys.NOW));
                assertEquals(Reason.WRONG_ALGORITHM, e.reason(), e.getMessage());
                assertTrue(e.getMessage().contains("is for " + algorithm.name() + " only"), e.getMessage());
            }
        }
    }

    @Test
    void writesExactlyTheHeaderOfTheProfile() throws Exception {
        String header = new String(Base64Url.decode(signature.protectedHeader()), UTF_8);
        String kid = BUDAPEST.publicKey().kid();
        assertEquals(
                "{\"alg\":\"Ed25519\",\"c14n\":\"stix-jcs-1\",\"crit\":[\"c14n\",\"set\"],\"iat\":"
                        + Keys.NOW.getEpochSecond() + ",\"kid\":\"" + kid + "\",\"set\":[\"" + kid
                        + "\"],\"typ\":\"stix-sig+jws\"}",
                header);
    }

    @Test
    void rejectsAnObjectWithoutSignatures() {
        assertRejected(Reason.STRIPPED, "no signature at all", List.of(), Keys.NOW);
    }

    @Test
    void rejectsAChangedByteAnywhere() {
        for (int i = 0; i < PAYLOAD.length; i++) {
            byte[] changed = PAYLOAD.clone();
            changed[i] ^= 1;
            SignatureRejected e =
                    assertThrows(SignatureRejected.class, () -> verifier.verify(changed, List.of(signature), Keys.NOW));
            assertEquals(Reason.BAD_SIGNATURE, e.reason());
            assertTrue(e.getMessage().contains(BUDAPEST.publicKey().kid()), e.getMessage());
        }
    }

    @Test
    void rejectsAHeaderChangedAfterSigning() {
        Signature later = edited(header -> header.with("iat", new JsonNumber(Keys.NOW.getEpochSecond() - 1)));
        assertRejected(Reason.BAD_SIGNATURE, "does not match", List.of(later), Keys.NOW);
    }

    @Test
    void rejectsTheSignatureOfAnotherKey() {
        SigningKey other = Keys.fresh("Ed25519");
        Signature forged = new Signature(
                signature.protectedHeader(),
                new KeySigner(other).sign(PAYLOAD, Keys.NOW).signature());
        assertRejected(Reason.BAD_SIGNATURE, "does not match", List.of(forged), Keys.NOW);
    }

    @Test
    void rejectsSignaturesOfAWrongLength() {
        for (int length : new int[] {0, 63, 65}) {
            Signature cut = new Signature(signature.protectedHeader(), Base64Url.encode(new byte[length]));
            assertRejected(Reason.BAD_SIGNATURE, "does not match", List.of(cut), Keys.NOW);
        }
    }

    @Test
    void rejectsAnUnknownKeyAndSaysWhatToDo() {
        Signature unknown = new KeySigner(STRANGER).sign(PAYLOAD, Keys.NOW);
        assertRejected(Reason.UNKNOWN_KEY, "centre card", List.of(unknown), Keys.NOW);
        assertRejected(Reason.UNKNOWN_KEY, STRANGER.publicKey().kid(), List.of(unknown), Keys.NOW);
    }

    @Test
    void rejectsGoodCryptographyFromTheWrongOwner() throws SignatureRejected {
        verifier.verify(PAYLOAD, List.of(signature), Keys.NOW);
        SignatureRejected e = assertThrows(
                SignatureRejected.class,
                () -> verifier.verify(PAYLOAD, List.of(signature), Keys.NOW, "identity--seoul"));
        assertEquals(Reason.WRONG_OWNER, e.reason());
        assertTrue(e.getMessage().contains("budapest"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "ES256", "EdDSA", "RS256", "ed25519"})
    void takesTheAlgorithmFromTheKeyNeverFromTheHeader(String alg) {
        Signature changed = edited(header -> header.with("alg", new JsonString(alg)));
        assertRejected(Reason.WRONG_ALGORITHM, "is for Ed25519 only", List.of(changed), Keys.NOW);
        assertRejected(
                Reason.WRONG_ALGORITHM,
                "is for Ed25519 only",
                List.of(new Signature(changed.protectedHeader(), "")),
                Keys.NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "b64", "zip", "enc"})
    void forbidsMembersByWhichASignatureWouldChooseItsKey(String member) {
        Signature changed = edited(header -> header.with(member, new JsonString("https://example.com/key")));
        assertRejected(Reason.MALFORMED, "\"" + member + "\", which is forbidden", List.of(changed), Keys.NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alg  | lacks the string member \"alg\"",
                "kid | lacks the string member \"kid\"",
                "typ | lacks the string member \"typ\"",
                "iat  | must have \"iat\"",
                "c14n | lacks the string member \"c14n\"",
                "set | lacks the array \"set\"",
                "crit | lacks the array \"crit\""
            })
    void demandsEveryMember(String member, String words) {
        assertRejected(Reason.MALFORMED, words, List.of(edited(header -> header.without(member))), Keys.NOW);
        assertRejected(
                Reason.MALFORMED,
                words,
                List.of(edited(header -> header.with(member, new JsonNull(-1, -1)))),
                Keys.NOW);
    }

    @Test
    void holdsMembersToTheProfile() {
        assertMalformed("that the profile does not know", header -> header.with("nonce", new JsonString("1")));
        assertMalformed(
                "\"typ\":\"stix-sig+jws\"", header -> header.with("typ", new JsonString(ProtectedHeader.CENTRE_CARD)));
        assertMalformed("\"c14n\":\"stix-jcs-1\"", header -> header.with("c14n", new JsonString("stix-jcs-2")));
        assertMalformed("\"crit\"", header -> header.with("crit", strings("c14n")));
        assertMalformed("\"crit\"", header -> header.with("crit", strings("c14n", "c14n")));
        assertMalformed("\"crit\"", header -> header.with("crit", strings("c14n", "set", "exp")));
        assertMalformed("1 to 16 different keys", header -> header.with("set", strings()));
        assertMalformed(
                "1 to 16 different keys",
                header -> header.with(
                        "set",
                        strings(BUDAPEST.publicKey().kid(), BUDAPEST.publicKey().kid())));
        assertMalformed(
                "its own key",
                header -> header.with("set", strings(SEOUL.publicKey().kid())));
        assertMalformed("thumbprint", header -> header.with("kid", new JsonString("budapest")));
        assertMalformed(
                "thumbprint",
                header -> header.with("set", strings(BUDAPEST.publicKey().kid(), "x")));
        assertMalformed(
                "other than strings", header -> header.with("set", new JsonArray(List.of(new JsonNull(-1, -1)))));
        assertMalformed("whole number", header -> header.with("iat", new JsonString("1")));
        assertMalformed("whole number", header -> header.with("iat", new JsonNumber(-1)));
        assertMalformed("whole number", header -> header.with("iat", new JsonNumber(1.5, false, -1, -1)));
    }

    @Test
    void demandsStrictJsonAndCanonicalBase64url() {
        String header = new String(Base64Url.decode(signature.protectedHeader()), UTF_8);
        Signature twice = new Signature(
                Base64Url.encode(
                        header.replace("{\"alg\"", "{\"alg\":\"none\",\"alg\"").getBytes(UTF_8)),
                signature.signature());
        assertRejected(Reason.MALFORMED, "this name twice", List.of(twice), Keys.NOW);
        assertRejected(
                Reason.MALFORMED,
                "padding",
                List.of(new Signature(signature.protectedHeader() + "=", signature.signature())),
                Keys.NOW);
        assertRejected(
                Reason.MALFORMED, "does not know", List.of(new Signature("+/+/", signature.signature())), Keys.NOW);
        assertRejected(
                Reason.MALFORMED,
                "longer than",
                List.of(new Signature("A".repeat(5000), signature.signature())),
                Keys.NOW);
        // 64 bytes leave four unused bits in the last character, which must be zero.
        char last = signature.signature().charAt(85);
        String spelled = signature.signature().substring(0, 85) + (char) (last + 1);
        assertRejected(
                Reason.MALFORMED,
                "canonical spelling",
                List.of(new Signature(signature.protectedHeader(), spelled)),
                Keys.NOW);
        assertRejected(
                Reason.MALFORMED,
                "padding",
                List.of(new Signature(signature.protectedHeader(), signature.signature() + "==")),
                Keys.NOW);
    }

    @Test
    void judgesTheValidityOfKeysAtTheTimeOfSigning() throws SignatureRejected {
        Instant muchLater = Keys.UNTIL.plus(Duration.ofDays(365));
        verifier.verify(PAYLOAD, List.of(signature), muchLater);
        Signature late = new KeySigner(BUDAPEST).sign(PAYLOAD, Keys.UNTIL.plusSeconds(1));
        assertRejected(
                Reason.EXPIRED_KEY, "valid from " + Keys.FROM + " until " + Keys.UNTIL, List.of(late), muchLater);
        Signature early = new KeySigner(BUDAPEST).sign(PAYLOAD, Keys.FROM.minusSeconds(1));
        assertRejected(Reason.EXPIRED_KEY, "budapest", List.of(early), Keys.NOW);
        verifier.verify(PAYLOAD, List.of(new KeySigner(BUDAPEST).sign(PAYLOAD, Keys.FROM)), Keys.NOW);
        verifier.verify(PAYLOAD, List.of(new KeySigner(BUDAPEST).sign(PAYLOAD, Keys.UNTIL)), muchLater);
    }

    /** The signature of a compromised key must hold and counts for nothing; another one may still prove the object. */
    @Test
    void aGoodSecondSignatureProvesWhatACompromisedKeySignedToo() throws Exception {
        CentreKeys own = CentreKeys.generate("tashkent", SignatureAlgorithms.ALL.getFirst(), List.of("x"), Keys.NOW);
        CentreKeys first = CentreKeys.generate("seoul", SignatureAlgorithms.ALL.getFirst(), List.of("x"), Keys.NOW);
        CentreKeys second = first.withSigning("seoul", "ES256", Keys.NOW);
        TrustList list = TrustList.initial(
                        CentreCard.issue("tashkent", "T", "identity--tashkent", own, "", Keys.NOW), Keys.NOW)
                .with(
                        CentreCard.issue(
                                "seoul",
                                "S",
                                "identity--seoul",
                                List.of(first.publicKey(), second.publicKey()),
                                List.of(first.signingKey(), second.signingKey()),
                                List.of(first.tlsPin()),
                                "",
                                Keys.NOW),
                        Set.of("producer"),
                        Keys.NOW);
        String bad = first.publicKey().kid();
        String good = second.publicKey().kid();
        String ours = own.publicKey().kid();
        Verifier revoked = new Verifier(list.withRevoked(bad, Keys.NOW, Keys.NOW));
        List<Signature> both = List.of(
                DetachedJws.sign(
                        first.signingKey(), ProtectedHeader.SIGNED_OBJECT, PAYLOAD, Keys.NOW, List.of(bad, good)),
                DetachedJws.sign(
                        second.signingKey(), ProtectedHeader.SIGNED_OBJECT, PAYLOAD, Keys.NOW, List.of(bad, good)));
        assertEquals(
                List.of(good),
                revoked.verify(PAYLOAD, both, Keys.NOW, "identity--seoul").stream()
                        .map(VerifiedSignature::kid)
                        .toList());
        List<Signature> withOurs = List.of(
                DetachedJws.sign(
                        first.signingKey(), ProtectedHeader.SIGNED_OBJECT, PAYLOAD, Keys.NOW, List.of(bad, ours)),
                DetachedJws.sign(
                        own.signingKey(), ProtectedHeader.SIGNED_OBJECT, PAYLOAD, Keys.NOW, List.of(bad, ours)));
        SignatureRejected other = assertThrows(
                SignatureRejected.class, () -> revoked.verify(PAYLOAD, withOurs, Keys.NOW, "identity--seoul"));
        assertEquals(Reason.REVOKED_KEY, other.reason());
        SignatureRejected forged = assertThrows(
                SignatureRejected.class,
                () -> revoked.verify("other".getBytes(UTF_8), both, Keys.NOW, "identity--seoul"));
        assertEquals(Reason.BAD_SIGNATURE, forged.reason());
    }

    @Test
    void judgesRevocationByWhenItWasFirstSeenNeverByIat() throws SignatureRejected {
        Instant since = Keys.NOW;
        Verifier revoked = new Verifier(Keys.ring(Map.of("budapest", BUDAPEST), Optional.of(since)));
        Signature backdated = new KeySigner(BUDAPEST).sign(PAYLOAD, since.minus(Duration.ofDays(100)));
        revoked.verify(PAYLOAD, List.of(backdated), since.minusSeconds(1));
        SignatureRejected e =
                assertThrows(SignatureRejected.class, () -> revoked.verify(PAYLOAD, List.of(backdated), since));
        assertEquals(Reason.REVOKED_KEY, e.reason());
        assertTrue(e.getMessage().contains(since.toString()), e.getMessage());
    }

    @Test
    void allowsAClockTenMinutesAheadAndNoMore() throws SignatureRejected {
        verifier.verify(PAYLOAD, List.of(signature), Keys.NOW.minus(Duration.ofMinutes(10)));
        assertRejected(
                Reason.MALFORMED,
                "in the future",
                List.of(signature),
                Keys.NOW.minus(Duration.ofMinutes(10)).minusSeconds(1));
    }

    @Test
    void demandsEveryIntendedSignerAndNobodyElse() throws SignatureRejected {
        List<String> set = List.of(BUDAPEST.publicKey().kid(), SEOUL.publicKey().kid());
        Signature first = DetachedJws.sign(BUDAPEST, ProtectedHeader.SIGNED_OBJECT, PAYLOAD, Keys.NOW, set);
        Signature second = DetachedJws.sign(SEOUL, ProtectedHeader.SIGNED_OBJECT, PAYLOAD, Keys.NOW, set);
        assertEquals(
                2,
                verifier.verify(PAYLOAD, List.of(first, second), Keys.NOW, "identity--seoul")
                        .size());
        assertRejected(
                Reason.STRIPPED,
                "signature of key " + SEOUL.publicKey().kid() + " is missing",
                List.of(first),
                Keys.NOW);
        assertRejected(
                Reason.STRIPPED,
                "signature of key " + BUDAPEST.publicKey().kid() + " is missing",
                List.of(second),
                Keys.NOW);
        assertRejected(Reason.MALFORMED, "same key", List.of(first, second, first), Keys.NOW);
        Signature uninvited = new KeySigner(SEOUL).sign(PAYLOAD, Keys.NOW);
        assertRejected(Reason.MALFORMED, "without being one of the intended", List.of(signature, uninvited), Keys.NOW);
        Signature broken = new Signature(second.protectedHeader(), Base64Url.encode(new byte[64]));
        assertRejected(Reason.BAD_SIGNATURE, SEOUL.publicKey().kid(), List.of(first, broken), Keys.NOW);
    }

    @Test
    void limitsHowManyVerificationsAnObjectCanCost() {
        assertRejected(Reason.MALFORMED, "more than 16", Collections.nCopies(17, signature), Keys.NOW);
    }

    @Test
    void refusesToSignOutsideOfTheSet() {
        List<String> set = List.of(SEOUL.publicKey().kid());
        assertThrows(
                IllegalArgumentException.class,
                () -> DetachedJws.sign(BUDAPEST, ProtectedHeader.SIGNED_OBJECT, PAYLOAD, Keys.NOW, set));
    }

    private void assertMalformed(String words, UnaryOperator<JsonObject> change) {
        assertRejected(Reason.MALFORMED, words, List.of(edited(change)), Keys.NOW);
    }

    private void assertRejected(Reason reason, String words, List<Signature> signatures, Instant firstSeen) {
        SignatureRejected e =
                assertThrows(SignatureRejected.class, () -> verifier.verify(PAYLOAD, signatures, firstSeen));
        assertEquals(reason, e.reason(), e.getMessage());
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    private Signature edited(UnaryOperator<JsonObject> change) {
        return edited(signature, change);
    }

    private static Signature edited(Signature from, UnaryOperator<JsonObject> change) {
        try {
            JsonObject header = StrictJson.parseObject(Base64Url.decode(from.protectedHeader()));
            return new Signature(Base64Url.encode(CanonicalJson.bytes(change.apply(header))), from.signature());
        } catch (MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    private static JsonArray strings(String... values) {
        return new JsonArray(Arrays.stream(values).<Json>map(JsonString::new).toList());
    }
}
