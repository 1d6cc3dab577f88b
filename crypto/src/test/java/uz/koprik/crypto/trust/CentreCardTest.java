package uz.koprik.crypto.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.algorithm.SignatureAlgorithm;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;

class CentreCardTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final CentreKeys KEYS = keys(SignatureAlgorithms.ALL.getFirst());
    private static final CentreCard CARD = card(KEYS);

    static List<SignatureAlgorithm> all() {
        return SignatureAlgorithms.ALL;
    }

    @ParameterizedTest
    @MethodSource("all")
    void survivesWritingAndReading(SignatureAlgorithm algorithm) throws CardRejected {
        CentreCard card = card(keys(algorithm));
        CentreCard read = CentreCard.read(card.bytes());
        assertArrayEquals(card.bytes(), read.bytes());
        assertEquals(card.fingerprint(), read.fingerprint());
        assertEquals(
                List.of("seoul", "Seoul CERT", "identity--1", "https://seoul.example.com/taxii2/api/"),
                List.of(read.name(), read.title(), read.identity(), read.endpoint()));
        assertEquals(card.keys(), read.keys());
        assertEquals(card.tlsPins(), read.tlsPins());
        assertEquals(NOW, read.issued());
        assertEquals(NOW.plus(CentreCard.VALIDITY), read.expires());
    }

    @Test
    void readsACardHoweverItIsLaidOut() throws CardRejected {
        String spaced = new String(CARD.bytes(), UTF_8).replace(",\"", " ,\n  \"");
        assertEquals(CARD.fingerprint(), CentreCard.read(spaced.getBytes(UTF_8)).fingerprint());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Seoul CERT | Seoul CERN | does not match",
                "\"name\":\"seoul\" | \"name\":\"busan\" | does not match",
                "seoul.example.com | evil.example.com | does not match",
                "identity--1 | identity--2 | does not match",
                "koprik-centre-card | x | not a centre card",
                "\"version\":2 | \"version\":3 | not a centre card",
                "\"version\":2 | \"version\":1 | a card of version 1 has no sequence",
                "\"sequence\":1 | \"sequence\":0 | at /sequence",
                "\"sequence\":1 | \"contacts\":[\"javascript:x\"],\"sequence\":1 | at /contacts/0",
                "\"sequence\":1 | \"host_names\":[\"a b\"],\"sequence\":1 | at /host_names/0",
                "\"sequence\":1 | \"compromised\":[{\"kid\":\"x\"}],\"sequence\":1 | at /compromised/0",
                "\"name\":\"seoul\" | \"name\":\"SEOUL\" | at /name",
                "\"title\":\"Seoul CERT\" | \"title\":\" \" | at /title",
                "https://seoul | ftp://seoul | at /endpoint",
                "2026-11-22T09:00:00Z\",\"keys | yesterday\",\"keys | at /issued",
                "2026-11-22T09:00:00Z\",\"keys | 2026-11-22T09:00:00+00:00\",\"keys | at /issued",
                "\"kty\":\"OKP\" | \"kty\":\"OKP\",\"d\":\"AAAA\" | private key",
                "\"alg\":\"Ed25519\" | \"alg\":\"none\" | none of Ed25519, ES256",
                "\"type\" | \"more\":1,\"type\" | not known here",
                "{\"endpoint\" | {\"endpoint\":\"\",\"endpoint\" | this name twice"
            })
    void refusesACardThatWasChangedOrIsMalformed(String old, String changed, String words) {
        String text = new String(CARD.bytes(), UTF_8);
        assertTrue(text.contains(old), () -> old + " in " + text);
        CardRejected e = assertThrows(
                CardRejected.class,
                () -> CentreCard.read(text.replace(old, changed).getBytes(UTF_8)));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    /** Made by the first version, which knew no sequence numbers. */
    @Test
    void readsACardOfVersion1() throws Exception {
        CentreCard card = CentreCard.read(
                getClass().getResourceAsStream("card-of-version-1.json").readAllBytes());
        assertEquals(0, card.sequence());
        assertEquals(List.of(), card.contacts());
        assertEquals("tashkent", card.name());
        assertEquals(Instant.parse("2027-11-29T04:03:19Z"), card.expires());
    }

    @Test
    void carriesASequenceNumberHostNamesAndContacts() throws Exception {
        CardContents contents = new CardContents(
                "seoul",
                "Seoul CERT",
                "identity--1",
                List.of(KEYS.publicKey()),
                List.of(KEYS.tlsPin()),
                "https://seoul.example.com/taxii2/api/",
                List.of("seoul.example.com", "192.0.2.7"),
                List.of("mailto:soc@example.com", "tel:+998900000000"));
        CentreCard card = CentreCard.issue(contents, List.of(KEYS.signingKey()), 7, NOW);
        CentreCard read = CentreCard.read(card.bytes());
        assertEquals(7, read.sequence());
        assertEquals(contents.contacts(), read.contacts());
        assertTrue(read.says(contents));
        assertFalse(CARD.says(contents), "it has no contacts");
        assertTrue(CARD.says(CARD.contents()));
        assertEquals(new CardFacts(7, card.term(), contents.hostNames(), contents.contacts()), read.facts());
    }

    @Test
    void demandsThatEveryKeySigns() throws Exception {
        CentreKeys second = keys(SignatureAlgorithms.ALL.get(1));
        CentreCard both = CentreCard.issue(
                "seoul",
                "S",
                "identity--1",
                List.of(KEYS.publicKey(), second.publicKey()),
                List.of(KEYS.signingKey(), second.signingKey()),
                List.of(),
                "",
                NOW);
        assertEquals(2, CentreCard.read(both.bytes()).keys().size());
        JsonObject json = StrictJson.parseObject(both.bytes());
        JsonObject stripped =
                json.with("signatures", new JsonArray(json.items("signatures").subList(0, 1)));
        CardRejected e = assertThrows(
                CardRejected.class, () -> CentreCard.read(stripped.toString().getBytes(UTF_8)));
        assertTrue(e.getMessage().contains("is missing"), e.getMessage());
        CardRejected none = assertThrows(
                CardRejected.class,
                () -> CentreCard.read(json.with("signatures", new JsonArray(List.of()))
                        .toString()
                        .getBytes(UTF_8)));
        assertTrue(none.getMessage().contains("no signature at all"), none.getMessage());
        IllegalArgumentException unsigned = assertThrows(
                IllegalArgumentException.class,
                () -> CentreCard.issue(
                        "seoul",
                        "S",
                        "identity--1",
                        List.of(KEYS.publicKey(), second.publicKey()),
                        List.of(KEYS.signingKey()),
                        List.of(),
                        "",
                        NOW));
        assertTrue(unsigned.getMessage().contains("missing"), unsigned.getMessage());
    }

    @Test
    void knowsWhenItContinuesWhatIsKnown() throws CardRejected {
        TrustList list = TrustList.initial(CARD, NOW);
        TrustedCentre known = list.centre("seoul").orElseThrow();
        CentreKeys next = keys(SignatureAlgorithms.ALL.getFirst());
        CentreCard vouched = CentreCard.issue(
                "seoul",
                "S",
                "identity--1",
                List.of(next.publicKey(), KEYS.publicKey()),
                List.of(next.signingKey(), KEYS.signingKey()),
                List.of(),
                "",
                NOW);
        assertTrue(vouched.continues(known));
        assertFalse(card(next).continues(known));
        String kid = KEYS.signingKey().publicKey().kid();
        assertFalse(vouched.continues(
                list.withRevoked(kid, NOW, NOW).centre("seoul").orElseThrow()));
    }

    @Test
    void hasAFingerprintOf80BitsInFourGroups() {
        // SHA-256 of nothing begins e3b0c442 98fc1c14 9afb.
        assertEquals("WERC-8GMR-ZGE1-96QV", Fingerprint.of(new byte[0]).text());
        assertTrue(
                CARD.fingerprint().text().matches("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}"),
                CARD.fingerprint().text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A0B1-CDEF-GHJK-MNPQ",
                "a0b1cdefghjkmnpq",
                " aob1 cdef ghjk mnpq ",
                "AOBI-CDEF-GHJK-MNPQ",
                "aobl\u2013cdef\u2013ghjk\u2013mnpq"
            })
    void isComparedAsPeopleWriteItDown(String heard) {
        assertTrue(new Fingerprint("A0B1-CDEF-GHJK-MNPQ").matches(heard));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A0B1-CDEF-GHJK", "A0B1-CDEF-GHJK-MNPR", "A0B1-CDEF-GHJK-MNPQ-0000"})
    void doesNotMatchAnythingElse(String heard) {
        assertFalse(new Fingerprint("A0B1-CDEF-GHJK-MNPQ").matches(heard));
    }

    private static CentreKeys keys(SignatureAlgorithm algorithm) {
        return CentreKeys.generate("seoul", algorithm, List.of("localhost"), NOW);
    }

    private static CentreCard card(CentreKeys keys) {
        return CentreCard.issue(
                "seoul", "Seoul CERT", "identity--1", keys, "https://seoul.example.com/taxii2/api/", NOW);
    }
}
