package uz.koprik.crypto.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.jws.Signature;
import uz.koprik.crypto.trust.TrustListRejected.Reason;

class TrustListTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final Set<String> ROLES = Set.of("producer");
    private static final byte[] PAYLOAD = "{}".getBytes(UTF_8);

    private final CentreKeys tashkent = keys("tashkent", NOW);
    private final CentreKeys budapest = keys("budapest", NOW);
    private final String kid = tashkent.signingKey().publicKey().kid();
    private final String budapestKid = budapest.signingKey().publicKey().kid();

    @TempDir
    Path home;

    @Test
    void survivesWritingAndReading() throws Exception {
        TrustList list = list().withProducers("budapest", Set.of("identity--feed"), NOW)
                .withRevoked(budapestKid, NOW.plusSeconds(5), NOW);
        TrustList read = TrustList.read(list.signed(tashkent.signingKey()), kid);
        assertEquals(list.centres(), read.centres());
        assertEquals("tashkent", read.owner());
        assertEquals(4, read.sequence());
        assertEquals(NOW, read.issued());
        assertEquals(NOW.plus(TrustList.VALIDITY), read.expires());
        assertEquals(
                Set.of("identity--feed", "identity--budapest"),
                read.centre("budapest").orElseThrow().producers());
        assertArrayEquals(list.signed(tashkent.signingKey()), read.signed(tashkent.signingKey()));
    }

    @Test
    void aListThatIsReadWhileItChangesIsNotTakenForAnOldOne() throws Exception {
        TrustListFile file = new TrustListFile(home.resolve("trust.json"));
        file.save(list(), tashkent.signingKey());
        FutureTask<Void> changes = new FutureTask<>(() -> {
            for (int i = 0; i < 200; i++) {
                file.update(tashkent.signingKey(), before -> before.renewed(NOW));
            }
            return null;
        });
        Thread.ofVirtual().start(changes);
        long highest = 0;
        while (!changes.isDone()) {
            long sequence = file.loadForRenewal(kid).sequence();
            assertTrue(sequence >= highest);
            highest = sequence;
        }
        changes.get();
        assertEquals(list().sequence() + 200, file.loadForRenewal(kid).sequence());
    }

    @Test
    void findsCentresByNameKeyAndPin() throws Exception {
        TrustList list = list();
        assertEquals("budapest", list.key(budapestKid).orElseThrow().centre().name());
        assertEquals("budapest", list.byPin(budapest.tlsPin()).orElseThrow().name());
        assertEquals(
                "https://budapest.example.com/taxii2/api/",
                list.centre("budapest").orElseThrow().endpoint());
        assertEquals(
                List.of("tashkent", "budapest"),
                list.centres().stream().map(TrustedCentre::name).toList());
        assertEquals(Optional.empty(), list.key("nobody"));
        assertEquals(Optional.empty(), list.byPin("nobody"));
        assertEquals(Optional.empty(), list.centre("nobody"));
    }

    @Test
    void keepsTheKeysOfARemovedCentreForWhatWasSeenBefore() throws Exception {
        TrustList before = list();
        TrustList after = before.without("budapest", NOW);
        assertEquals(Optional.of(NOW), after.key(budapestKid).orElseThrow().retired());
        assertEquals(Optional.empty(), after.centre("budapest"));
        assertEquals(Optional.empty(), after.byPin(budapest.tlsPin()));
        TrustList read = TrustList.read(after.signed(tashkent.signingKey()), kid);
        assertEquals(after.retired(), read.retired());
        List<Signature> signatures = List.of(budapest.signer().sign(PAYLOAD, NOW));
        Verifier verifier = new Verifier(read);
        assertEquals(
                "budapest",
                verifier.verify(PAYLOAD, signatures, NOW.minusSeconds(1), "identity--budapest")
                        .getFirst()
                        .centre());
        SignatureRejected late = assertThrows(
                SignatureRejected.class, () -> verifier.verify(PAYLOAD, signatures, NOW, "identity--budapest"));
        assertEquals(SignatureRejected.Reason.UNKNOWN_KEY, late.reason());
        assertTrue(late.getMessage().contains("was removed at " + NOW), late.getMessage());
        assertEquals(Optional.empty(), before.key(budapestKid).orElseThrow().retired());
        assertEquals(before.sequence() + 1, after.sequence());
        assertSame(after, after.without("budapest", NOW));
        assertThrows(IllegalArgumentException.class, () -> before.without("tashkent", NOW));
    }

    @Test
    void aRemovedCentreComesBackWithItsFormerKeys() throws Exception {
        Instant later = NOW.plus(Duration.ofDays(30));
        CentreKeys next = keys("budapest", later);
        TrustList back = list().without("budapest", NOW).with(card("budapest", next, later), ROLES, later);
        assertEquals(List.of(), back.retired());
        assertEquals(Optional.empty(), back.key(budapestKid).orElseThrow().retired());
        assertEquals(2, back.centre("budapest").orElseThrow().keys().size());
        new Verifier(back)
                .verify(
                        PAYLOAD,
                        List.of(budapest.signer().sign(PAYLOAD, NOW)),
                        later.plusSeconds(1),
                        "identity--budapest");
    }

    @Test
    void aCardRevokesFormerKeysOfItsCentreAndNeverBringsThemBack() throws Exception {
        Instant later = NOW.plus(Duration.ofDays(30));
        Instant stolen = NOW.plus(Duration.ofDays(10));
        CentreKeys next = budapest.withSigning("budapest", "ES256", later);
        TrustList revoked = list().with(revoking(next, budapestKid, stolen, later), ROLES, later);
        assertEquals(
                Optional.of(stolen),
                revoked.key(budapestKid).orElseThrow().key().compromisedSince());
        TrustList earlier =
                revoked.with(revoking(next, budapestKid, NOW, later.plusSeconds(1)), ROLES, later.plusSeconds(1));
        assertEquals(
                Optional.of(NOW), earlier.key(budapestKid).orElseThrow().key().compromisedSince());
        CentreCard silent = CentreCard.issue(
                revoking(next, budapestKid, stolen, later).contents().withCompromised(List.of()),
                List.of(next.signingKey()),
                3,
                later.plusSeconds(2));
        for (CentreCard card : List.of(revoking(next, budapestKid, stolen, later.plusSeconds(2)), silent)) {
            TrustList again = earlier.with(card, ROLES, later.plusSeconds(2));
            assertEquals(
                    Optional.of(NOW), again.key(budapestKid).orElseThrow().key().compromisedSince());
        }
        CardRejected thief = assertThrows(
                CardRejected.class,
                () -> revoked.with(card("budapest", budapest, later.plusSeconds(3)), ROLES, later.plusSeconds(3)));
        assertTrue(thief.getMessage().contains("is compromised since " + stolen), thief.getMessage());
        CardRejected gone = assertThrows(CardRejected.class, () -> revoked.without("budapest", later)
                .with(card("budapest", budapest, later.plusSeconds(3)), ROLES, later.plusSeconds(3)));
        assertTrue(gone.getMessage().contains("is compromised since " + stolen), gone.getMessage());
    }

    @Test
    void aCardCannotRevokeTheKeyOfAnotherCentre() throws Exception {
        CentreKeys moscow = keys("moscow", NOW);
        CentreCard card = CentreCard.issue(
                new CardContents(
                                "moscow",
                                "Moscow",
                                "identity--moscow",
                                List.of(moscow.publicKey()),
                                List.of(moscow.tlsPin()),
                                "")
                        .withCompromised(List.of(new CompromisedKey(budapestKid, NOW), new CompromisedKey(kid, NOW))),
                List.of(moscow.signingKey()),
                2,
                NOW);
        TrustList list = list().with(card, ROLES, NOW);
        assertEquals(Optional.empty(), list.key(budapestKid).orElseThrow().key().compromisedSince());
        assertEquals(Optional.empty(), list.key(kid).orElseThrow().key().compromisedSince());
    }

    @Test
    void keepsTheReasonOfARevocationAlsoOfARemovedCentre() throws Exception {
        TrustList list = list().without("budapest", NOW).withRevoked(budapestKid, NOW, "a stolen backup", NOW);
        TrustList read = TrustList.read(list.signed(tashkent.signingKey()), kid);
        TrustedKey key = read.key(budapestKid).orElseThrow().key();
        assertEquals("a stolen backup", key.compromiseReason());
        assertEquals(Optional.of(NOW), key.compromisedSince());
        assertEquals(list.retired(), read.retired());
        assertEquals(List.of(), read.ownCompromised());
    }

    private static CentreCard revoking(CentreKeys keys, String lost, Instant since, Instant now) {
        return CentreCard.issue(
                new CardContents(
                                "budapest",
                                "Centre budapest",
                                "identity--budapest",
                                List.of(keys.publicKey()),
                                List.of(keys.tlsPin()),
                                "")
                        .withCompromised(List.of(new CompromisedKey(lost, since))),
                List.of(keys.signingKey()),
                2,
                now);
    }

    @Test
    void keepsPastKeysForWhatTheySignedAfterARotation() throws Exception {
        Instant later = NOW.plus(Duration.ofDays(30));
        CentreKeys next = keys("budapest", later);
        CentreCard card = card("budapest", next, later);
        TrustList rotated = list().with(card, ROLES, later);
        TrustedCentre centre = rotated.centre("budapest").orElseThrow();
        assertEquals(2, centre.keys().size());
        assertEquals(later, rotated.key(budapestKid).orElseThrow().key().validUntil());
        assertEquals(List.of(next.tlsPin()), centre.tlsPins());
        Verifier verifier = new Verifier(rotated);
        verifier.verify(
                PAYLOAD, List.of(budapest.signer().sign(PAYLOAD, later.minusSeconds(1))), later, "identity--budapest");
        verifier.verify(PAYLOAD, List.of(next.signer().sign(PAYLOAD, later)), later, "identity--budapest");
        SignatureRejected e = assertThrows(
                SignatureRejected.class,
                () -> verifier.verify(PAYLOAD, List.of(budapest.signer().sign(PAYLOAD, later.plusSeconds(1))), later));
        assertEquals(SignatureRejected.Reason.EXPIRED_KEY, e.reason());
    }

    @Test
    void aCardWithTheSameKeyDoesNotUndoItsRevocation() throws Exception {
        TrustList revoked = list().withRevoked(budapestKid, NOW, NOW);
        assertRefused("is compromised since " + NOW, revoked, card("budapest", budapest, NOW));
        assertEquals(
                Optional.of(NOW), revoked.key(budapestKid).orElseThrow().key().compromisedSince());
    }

    @Test
    void refusesCardsThatClaimWhatIsAnothers() throws Exception {
        TrustList list = list();
        assertRefused(
                "identity of moscow already belongs",
                list,
                CentreCard.issue("moscow", "M", "identity--budapest", keys("moscow", NOW), "", NOW));
        assertRefused("already belongs to budapest", list, card("moscow", budapest, NOW));
        CentreKeys moscow = keys("moscow", NOW);
        assertRefused(
                "TLS pin of moscow already belongs to budapest",
                list,
                CentreCard.issue(
                        "moscow",
                        "M",
                        "identity--moscow",
                        List.of(moscow.publicKey()),
                        List.of(moscow.signingKey()),
                        List.of(budapest.tlsPin()),
                        "",
                        NOW));
        assertRefused(
                "another identity",
                list,
                CentreCard.issue("budapest", "B", "identity--other", keys("budapest", NOW), "", NOW));
    }

    @Test
    void refusesCardsThatAreOldExpiredOrFromTheFuture() throws Exception {
        TrustList list = list();
        assertRefused("before the one in use", list, card("budapest", budapest, NOW.minusSeconds(1)));
        assertRefused("expired at", list, card("moscow", keys("moscow", NOW), NOW.minus(Duration.ofDays(400))));
        assertRefused("in the future", list, card("moscow", keys("moscow", NOW), NOW.plus(Duration.ofHours(1))));
    }

    @Test
    void refusesAListThatOthersSignedOrChanged() throws Exception {
        byte[] signed = list().signed(tashkent.signingKey());
        String text = new String(signed, UTF_8);
        assertRejected(Reason.BAD_SIGNATURE, "does not match", text.replace("\"sequence\":2", "\"sequence\":3"));
        assertRejected(
                Reason.BAD_SIGNATURE, "does not match", text.replace("budapest.example.com", "evil.example.com"));
        TrustListRejected e = assertThrows(TrustListRejected.class, () -> TrustList.read(signed, budapestKid));
        assertEquals(Reason.BAD_SIGNATURE, e.reason());
        assertThrows(IllegalArgumentException.class, () -> list().signed(budapest.signingKey()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "koprik-trust-list | other-list | not a trust list", "\"version\":1 | \"version\":2 | not a trust list",
                "\"owner\":\"tashkent\" | \"owner\":\"nobody\" | lacks the centre",
                        "\"sequence\":2 | \"sequence\":0 | whole number from 1",
                "\"sequence\":2 | \"sequence\":2,\"x\":1 | not known here",
                        "\"name\":\"budapest\" | \"name\":\"tashkent\" | same name",
                "\"name\":\"budapest\" | \"name\":\"Buda pest\" | lower-case letters",
                        "\"roles\":[\"producer\"] | \"roles\":[\"king\"] | the roles are",
                "\"kty\":\"OKP\" | \"kty\":\"EC\" | at /centres/0/keys/0",
                        "https://budapest | http://budapest | https://",
                "\"title\":\"Centre budapest\" | \"title\":\"\" | at /centres/1/title"
            })
    void refusesMalformedListsAndNamesThePlace(String old, String changed, String words) throws Exception {
        String text = new String(list().signed(tashkent.signingKey()), UTF_8);
        assertTrue(text.contains(old), old);
        assertRejected(Reason.MALFORMED, words, text.replace(old, changed));
        assertRejected(Reason.MALFORMED, "object is expected", "[]");
    }

    @Test
    void loadsWhatItSavedAndLeavesNothingElseBehind() throws Exception {
        TrustListFile file = file();
        file.save(list(), tashkent.signingKey());
        assertEquals(2, file.load(kid, NOW).sequence());
        file.save(list().renewed(NOW), tashkent.signingKey());
        assertEquals(3, file.load(kid, NOW).sequence());
        try (var files = Files.list(home)) {
            assertEquals(
                    Set.of("trust.json", "trust.json.sequence"),
                    Set.copyOf(files.map(p -> p.getFileName().toString()).toList()));
        }
    }

    @Test
    void refusesAMissingList() {
        TrustListRejected e = assertThrows(TrustListRejected.class, () -> file().load(kid, NOW));
        assertEquals(Reason.MISSING, e.reason());
    }

    @Test
    void refusesAnExpiredListUntilItIsRenewed() throws Exception {
        TrustListFile file = file();
        file.save(list(), tashkent.signingKey());
        Instant late = NOW.plus(TrustList.VALIDITY).plusSeconds(1);
        file.load(kid, late.minusSeconds(1));
        TrustListRejected e = assertThrows(TrustListRejected.class, () -> file.load(kid, late));
        assertEquals(Reason.EXPIRED, e.reason());
        assertTrue(e.getMessage().contains("of tashkent expired at " + late.minusSeconds(1)), e.getMessage());
        file.save(file.loadForRenewal(kid).renewed(late), tashkent.signingKey());
        assertEquals(3, file.load(kid, late).sequence());
    }

    @Test
    void anUpdateRenewsAnExpiredList() throws Exception {
        TrustListFile file = file();
        file.save(list(), tashkent.signingKey());
        Instant late = NOW.plus(TrustList.VALIDITY).plusSeconds(1);
        assertEquals(2, file.update(tashkent.signingKey(), list -> list).sequence(), "nothing changed");
        TrustList renewed = file.update(tashkent.signingKey(), list -> list.renewed(late));
        assertEquals(3, renewed.sequence());
        assertEquals(late.plus(TrustList.VALIDITY), file.load(kid, late).expires());
        assertThrows(
                CardRejected.class,
                () -> file.update(
                        tashkent.signingKey(), list -> list.with(card("tashkent", tashkent, late), ROLES, late)));
        assertEquals(3, file.load(kid, late).sequence(), "a refused change writes nothing");
    }

    @Test
    void concurrentUpdatesLoseNoChange() throws Exception {
        file().save(list(), tashkent.signingKey());
        int each = 10;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    for (int change = 0; change < each; change++) {
                        file().update(tashkent.signingKey(), list -> list.renewed(NOW));
                    }
                } catch (IOException | TrustListRejected | CardRejected e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(2 + threads.size() * each, file().load(kid, NOW).sequence());
    }

    @Test
    void keepsWhatACardSaysOfItself() throws Exception {
        CentreKeys seoul = keys("seoul", NOW);
        CardContents contents = new CardContents(
                "seoul",
                "Seoul",
                "identity--seoul",
                List.of(seoul.publicKey()),
                List.of(seoul.tlsPin()),
                "",
                List.of("seoul.example.com"),
                List.of("mailto:soc@example.com"));
        CentreCard second = CentreCard.issue(contents, List.of(seoul.signingKey()), 2, NOW);
        TrustList list = list().with(second, ROLES, NOW);
        TrustList read = TrustList.read(list.signed(tashkent.signingKey()), kid);
        assertEquals(Optional.of(second.facts()), read.card("seoul"));
        assertEquals(Optional.empty(), read.card("nobody"));
        Instant later = NOW.plusSeconds(60);
        CentreCard first = CentreCard.issue(contents, List.of(seoul.signingKey()), 1, later);
        CardRejected older = assertThrows(CardRejected.class, () -> read.with(first, ROLES, later));
        assertTrue(older.getMessage().contains("sequence number 1"), older.getMessage());
        CentreCard renewed = CentreCard.issue(contents, List.of(seoul.signingKey()), 2, later);
        assertEquals(
                later,
                read.with(renewed, ROLES, later)
                        .card("seoul")
                        .orElseThrow()
                        .term()
                        .issued());
    }

    @Test
    void readsAListWithoutFactsOfCardsAsTheFirstVersionWroteIt() throws Exception {
        byte[] json =
                getClass().getResourceAsStream("trust-list-of-version-1.json").readAllBytes();
        TrustList list = TrustList.read(json, "SBZwI21JSzY85P4my9LBdNmO0SK4YJjV5JMf1GFk9ew");
        CardFacts card = list.card("tashkent").orElseThrow();
        assertEquals(0, card.sequence());
        assertEquals(Instant.parse("2027-11-29T04:03:19Z"), card.term().expires());
    }

    @Test
    void theOwnCardMayBeOlderThanTheOneInUse() throws Exception {
        CentreCard earlier = card("tashkent", tashkent, NOW.minusSeconds(60));
        assertEquals(
                earlier.facts(),
                list().withOwn(earlier, ROLES, NOW).card("tashkent").orElseThrow());
    }

    @Test
    void aTermIsRenewedWhenAThirdOfItIsLeft() {
        Term term = new Term(NOW, NOW.plus(Duration.ofDays(300)));
        assertFalse(term.renewalDue(NOW));
        assertFalse(term.renewalDue(NOW.plus(Duration.ofDays(200)).minusSeconds(1)));
        assertTrue(term.renewalDue(NOW.plus(Duration.ofDays(200))));
        assertTrue(term.renewalDue(NOW.minus(Duration.ofHours(1))), "it is dated in the future");
        assertFalse(term.ended(NOW.plus(Duration.ofDays(300))));
        assertTrue(term.ended(NOW.plus(Duration.ofDays(300)).plusSeconds(1)));
    }

    @Test
    void refusesAnOldListThatIsPutBack() throws Exception {
        TrustListFile file = file();
        file.save(list(), tashkent.signingKey());
        byte[] old = Files.readAllBytes(home.resolve("trust.json"));
        file.save(list().withRevoked(budapestKid, NOW, NOW), tashkent.signingKey());
        Files.write(home.resolve("trust.json"), old);
        TrustListRejected e = assertThrows(TrustListRejected.class, () -> file.load(kid, NOW));
        assertEquals(Reason.ROLLED_BACK, e.reason());
        assertTrue(e.getMessage().contains("number 2") && e.getMessage().contains("number 3"), e.getMessage());
        e = assertThrows(TrustListRejected.class, () -> file.save(list(), tashkent.signingKey()));
        assertEquals(Reason.ROLLED_BACK, e.reason());
    }

    @Test
    void remembersANumberThatACrashKeptFromBeingWritten() throws Exception {
        TrustListFile file = file();
        file.save(list(), tashkent.signingKey());
        Files.delete(home.resolve("trust.json.sequence"));
        file.load(kid, NOW);
        assertEquals("2\n", Files.readString(home.resolve("trust.json.sequence")));
        Files.writeString(home.resolve("trust.json.sequence"), "two");
        assertEquals(
                Reason.MALFORMED,
                assertThrows(TrustListRejected.class, () -> file.load(kid, NOW)).reason());
    }

    @Test
    void knowsTwoRoles() throws Exception {
        TrustList list = list();
        CentreCard card = card("seoul", keys("seoul", NOW), NOW);
        assertThrows(IllegalArgumentException.class, () -> list.with(card, Set.of("king"), NOW));
        assertEquals(
                Set.of("relay"),
                list.with(card, Set.of("relay"), NOW)
                        .centre("seoul")
                        .orElseThrow()
                        .roles());
    }

    @Test
    void ownKeysRotateToo() throws Exception {
        CentreKeys next = keys("tashkent", NOW.plusSeconds(60));
        TrustList rotated = list().withOwn(card("tashkent", next, NOW.plusSeconds(60)), ROLES, NOW.plusSeconds(60));
        byte[] signed = rotated.signed(next.signingKey());
        assertEquals(
                2,
                TrustList.read(signed, next.signingKey().publicKey().kid())
                        .centre("tashkent")
                        .orElseThrow()
                        .keys()
                        .size());
        assertThrows(TrustListRejected.class, () -> TrustList.read(signed, kid));
    }

    @Test
    void refusesCardsThatClaimToBeThisCentreWhoeverSignedThem() throws Exception {
        TrustList list = list();
        CentreKeys foreign = keys("tashkent", NOW);
        assertRefused("this centre itself", list, card("tashkent", foreign, NOW.plusSeconds(60)));
        assertRefused("this centre itself", list, card("tashkent", tashkent, NOW.plusSeconds(60)));
        assertRefused(
                "this centre itself", list, CentreCard.issue("tashkent", "T", "identity--other", foreign, "", NOW));
        assertRefused(
                "this centre itself",
                list,
                CentreCard.issue("moscow", "M", "identity--tashkent", keys("moscow", NOW), "", NOW));
        assertRefused("already belongs to tashkent", list, card("moscow", tashkent, NOW));
        CentreKeys moscow = keys("moscow", NOW);
        assertRefused(
                "TLS pin of moscow already belongs to tashkent",
                list,
                CentreCard.issue(
                        "moscow",
                        "M",
                        "identity--moscow",
                        List.of(moscow.publicKey()),
                        List.of(moscow.signingKey()),
                        List.of(tashkent.tlsPin()),
                        "",
                        NOW));
        assertTrue(
                list.key(kid).orElseThrow().key().validUntil().isAfter(NOW.plusSeconds(60)), "the own key stays valid");
    }

    @Test
    void refusesCardsWhoseIdentityAnotherCentreSpeaksFor() throws Exception {
        TrustList list = list().withProducers("budapest", Set.of("identity--ministry"), NOW);
        assertRefused(
                "another centre, budapest",
                list,
                CentreCard.issue("moscow", "M", "identity--ministry", keys("moscow", NOW), "", NOW));
        TrustList own = list().withProducers("tashkent", Set.of("identity--police"), NOW);
        assertRefused(
                "this centre itself",
                own,
                CentreCard.issue("moscow", "M", "identity--police", keys("moscow", NOW), "", NOW));
    }

    @Test
    void anIdentityOfAnOldListInCapitalLettersIsNotFree() throws Exception {
        String old = new String(
                        CanonicalJson.bytes(StrictJson.parseObject(list().signed(tashkent.signingKey()))), UTF_8)
                .replace("identity--budapest", "identity--BUDAPEST");
        TrustList list =
                TrustListJson.read(StrictJson.parseObject(old.getBytes(UTF_8)).without(TrustJson.SIGNATURES));
        assertRefused(
                "another centre, budapest",
                list,
                CentreCard.issue("moscow", "M", "identity--budapest", keys("moscow", NOW), "", NOW));
    }

    @Test
    void refusesCardsWhoseIdentityHasCapitalLetters() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> CentreCard.issue("moscow", "M", "identity--MOSCOW", keys("moscow", NOW), "", NOW));
        assertTrue(
                e.getMessage().contains("at /identity: the id of an identity is written in lower case"),
                e.getMessage());
    }

    @Test
    void onlyAnOwnCardIsTakenAsOne() throws Exception {
        TrustList list = list();
        assertThrows(IllegalArgumentException.class, () -> list.withOwn(card("budapest", budapest, NOW), ROLES, NOW));
    }

    @Test
    void signaturesOfOneKindOfDocumentDoNotPassForAnother() throws Exception {
        byte[] list = list().signed(tashkent.signingKey());
        assertThrows(CardRejected.class, () -> CentreCard.read(list));
    }

    private TrustListFile file() {
        return new TrustListFile(home.resolve("trust.json"));
    }

    private TrustList list() throws CardRejected {
        return TrustList.initial(card("tashkent", tashkent, NOW), NOW)
                .with(card("budapest", budapest, NOW), ROLES, NOW);
    }

    private static CentreCard card(String name, CentreKeys keys, Instant now) {
        return CentreCard.issue(
                name, "Centre " + name, "identity--" + name, keys, "https://" + name + ".example.com/taxii2/api/", now);
    }

    private static CentreKeys keys(String name, Instant now) {
        return CentreKeys.generate(name, SignatureAlgorithms.ALL.getFirst(), List.of("127.0.0.1"), now);
    }

    private static void assertRefused(String words, TrustList list, CentreCard card) {
        CardRejected e = assertThrows(CardRejected.class, () -> list.with(card, ROLES, NOW));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    private void assertRejected(Reason reason, String words, String text) throws IOException {
        TrustListRejected e = assertThrows(TrustListRejected.class, () -> TrustList.read(text.getBytes(UTF_8), kid));
        assertEquals(reason, e.reason(), e.getMessage());
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }
}
