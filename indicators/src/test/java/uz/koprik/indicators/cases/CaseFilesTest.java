package uz.koprik.indicators.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.indicators.observable.CardTokeniser;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.Samples;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;

class CaseFilesTest {

    private static final Instant OPENED = Instant.parse("2026-11-01T07:00:00Z");
    private static final CaseFile CASE = full();

    @Test
    void comesBackAsItWasWritten() throws InvalidObject {
        StixObject written = write(CASE, Optional.empty(), Samples.NOW);
        StixObject read = StixReader.read(written.bytes());
        assertEquals(CASE, CaseFiles.read(read));
        assertTrue(CaseFiles.isCase(read));
        assertEquals("incident", read.type());
        assertEquals(CaseFiles.id(Samples.TASHKENT, "T-2026-014"), read.id());
        assertEquals(List.of(Markings.id(Tlp.RED)), read.markingRefs());
        assertEquals(1, read.signatures().size());
    }

    @Test
    void comesBackWithNothingInIt() throws InvalidObject {
        CaseFile bare = CaseFile.open("T-1", "x", "other", OPENED);
        assertEquals(
                bare,
                CaseFiles.read(StixReader.read(
                        write(bare, Optional.empty(), Samples.NOW).bytes())));
        CaseFile closed = CASE.close(OPENED.plusSeconds(86_400));
        assertEquals(closed, CaseFiles.read(write(closed, Optional.empty(), Samples.NOW)));
        assertEquals(CASE, closed.reopen());
    }

    @Test
    void makesEachChangeALaterVersion() {
        StixObject first = write(CASE, Optional.empty(), Samples.NOW);
        StixObject same = write(CASE.withSummary("more"), Optional.of(first), Samples.NOW);
        StixObject earlier = write(CASE, Optional.of(same), Samples.NOW.minusSeconds(3600));
        StixObject later = write(CASE, Optional.of(earlier), Samples.NOW.plusSeconds(60));
        assertTrue(first.version() < same.version()
                && same.version() < earlier.version()
                && earlier.version() < later.version());
        assertEquals(first.created(), later.created());
        assertEquals(first.id(), later.id());
    }

    @Test
    void neverLeavesTheCentre() {
        Recipient budapest = new Recipient.Partner(
                "budapest", new Agreement(Tlp.AMBER_STRICT, Optional.of("bank fraud"), Optional.empty(), "paper"));
        ReleaseDecision decision = ReleaseDecision.decide(CaseFiles.releaseTerms(CASE), budapest, Samples.NOW);
        assertFalse(decision.released());
        assertEquals("a case file never leaves the centre", decision.reason());
        assertTrue(CaseFiles.releaseTerms(CASE).personal());
        assertFalse(CaseFiles.releaseTerms(CaseFile.open("T-1", "x", "other", OPENED))
                .personal());
    }

    @Test
    void keepsPaymentCardsAsTokensOnly() throws InvalidObservable {
        Observable token = ObservableKind.PAYMENT_CARD.normalise(
                "4111 1111 1111 1111", Normalisation.withCards(digits -> "abcdefghijklmnopqrstuvwxyz"));
        CaseFile file = CASE.withObservables(List.of(new CaseObservable(token, CaseObservable.Role.VICTIM, "")));
        String text = new String(write(file, Optional.empty(), Samples.NOW).bytes(), StandardCharsets.UTF_8);
        assertTrue(text.contains("411111-1111-abcdefghijklmnopqrstuvwxyz"), text);
        assertFalse(text.contains("4111111111111111"), text);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> new CaseObservable(
                        new Observable(ObservableKind.PAYMENT_CARD, "4111111111111111"),
                        CaseObservable.Role.VICTIM,
                        ""));
        assertFalse(e.getMessage().contains("4111"), e.getMessage());
    }

    @Test
    void takesOtherIncidentsForNoCases() {
        StixObject incident = Samples.read(
                "{'type':'incident','spec_version':'2.1','id':'incident--dd8651ee-d529-44fe-b063-bb6f006fbe5c',"
                        + "'created':'2020-01-01T00:00:00.000Z','modified':'2020-01-01T00:00:00.000Z','name':'x'}");
        assertFalse(CaseFiles.isCase(incident));
        assertThrows(InvalidObject.class, () -> CaseFiles.read(incident));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "\"status\":\"open\", \"status\":\"lost\", ~~",
                "\"role\":\"suspect\", \"role\":\"friend\", /observables",
                "\"kind\":\"iban\", \"kind\":\"nothing\", /observables",
                "\"value\":\"GB82WEST12345698765432\", \"value\":\"GB83WEST12345698765432\", /observables",
                "\"opened\":\"2026-11-01T07:00:00Z\", \"opened\":\"yesterday\", /opened",
                "\"case_number\":\"T-2026-014\", \"x_number\":\"T-2026-014\", /case_number"
            })
    void refusesGarbledCases(String from, String to, String pointer) throws InvalidObject {
        String good = new String(write(CASE, Optional.empty(), Samples.NOW).bytes(), StandardCharsets.UTF_8);
        assertTrue(good.contains(from), good);
        StixObject bad = StixReader.read(good.replace(from, to).getBytes(StandardCharsets.UTF_8));
        InvalidObject e = assertThrows(InvalidObject.class, () -> CaseFiles.read(bad));
        assertEquals(
                pointer.isEmpty() ? "" : "/extensions/" + CaseFiles.EXTENSION_ID + pointer,
                e.faults().getFirst().pointer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "T 1", "T\n1"})
    void refusesNumbersThatNameNoCase(String number) {
        assertThrows(IllegalArgumentException.class, () -> CaseFile.open(number, "x", "other", OPENED));
    }

    @Test
    void refusesContradictions() {
        assertThrows(IllegalArgumentException.class, () -> CaseFile.open("T-1", " ", "other", OPENED));
        assertThrows(IllegalArgumentException.class, () -> CaseFile.open("T-1", "x", "Card Fraud", OPENED));
        assertThrows(IllegalArgumentException.class, () -> CASE.close(OPENED.minusSeconds(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new CaseFile(
                        "T-1", "x", "other", CaseFile.Status.CLOSED, "", "", OPENED, Optional.empty(), List.of()));
    }

    @Test
    void keepsLossesLinksNotesAndSharesExactly() throws InvalidObject {
        CaseFile whole = CASE.draft()
                .losses(List.of(Loss.of("1200.5", "EUR", "first victim"), Loss.of("98765432109876.01", "UZS", "")))
                .cases(List.of("T-2026-013"))
                .incidents(List.of("incident--dd8651ee-d529-44fe-b063-bb6f006fbe5c"))
                .note(new CaseNote("anna", OPENED, "First\nsecond line"))
                .share(new CaseShare(
                        "anna",
                        OPENED,
                        Tlp.AMBER_STRICT,
                        "2 values as indicators",
                        List.of("indicator--dd8651ee-d529-44fe-b063-bb6f006fbe5c")))
                .build();
        StixObject object =
                StixReader.read(write(whole, Optional.empty(), Samples.NOW).bytes());
        assertEquals(whole, CaseFiles.read(object));
        assertEquals("1200.50 EUR", whole.losses().getFirst().text());
        assertTrue(object.refs()
                .containsAll(List.of(
                        "incident--dd8651ee-d529-44fe-b063-bb6f006fbe5c",
                        CaseFiles.id(Samples.TASHKENT, "T-2026-013"))));
        assertTrue(
                object.json().toString().contains("\"investigation_status\":\"open\""),
                "the core extension of OASIS says it too");
    }

    @Test
    void saysWhatChangedBetweenVersions() {
        CaseFile after = CASE.draft()
                .title("Calls from false banks")
                .loss(Loss.of("10", "KRW", ""))
                .observables(List.of(CASE.observables().getFirst()))
                .note(new CaseNote("anna", OPENED, "Seen"))
                .build()
                .close(OPENED.plusSeconds(60));
        assertEquals(
                List.of(
                        new CaseChange("title", "Calls from a false bank", "Calls from false banks"),
                        new CaseChange("status", "open", "closed"),
                        new CaseChange("closed", "", "2026-11-01T07:01:00Z"),
                        new CaseChange("value domain example.com", "infrastructure", ""),
                        new CaseChange("loss KRW", "", "10 KRW"),
                        new CaseChange("note 1", "", "Seen")),
                CaseChange.between(Optional.of(CASE), after));
        assertEquals(List.of(), CaseChange.between(Optional.of(CASE), CASE));
        assertTrue(CaseChange.between(Optional.empty(), CASE)
                .contains(new CaseChange("title", "", "Calls from a false bank")));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, EUR",
        "1.23456, EUR",
        "1e5, EUR",
        "'1,5', EUR",
        "1, EURO",
        "1, XYZ",
        "1, eur",
        "1234567890123456789, EUR"
    })
    void refusesLossesThatAreNone(String amount, String currency) {
        assertThrows(IllegalArgumentException.class, () -> Loss.of(amount, currency, ""));
    }

    @Test
    void refusesLossesAndLinksThatContradict() {
        Loss loss = Loss.of("1", "EUR", "");
        assertThrows(IllegalArgumentException.class, () -> CASE.draft()
                .losses(List.of(loss, Loss.of("2", "EUR", "")))
                .build());
        assertEquals(
                List.of(Loss.of("2", "EUR", "")),
                CASE.draft().loss(loss).loss(Loss.of("2", "EUR", "")).build().losses());
        assertThrows(
                IllegalArgumentException.class,
                () -> CASE.draft().cases(List.of("T-2026-014")).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> CASE.draft().incidents(List.of("http://example.com")).build());
        assertThrows(IllegalArgumentException.class, () -> new CaseNote("anna", OPENED, " "));
    }

    private static StixObject write(CaseFile file, Optional<StixObject> previous, Instant now) {
        return CaseFiles.write(file, Samples.TASHKENT, previous, Samples.SIGNER, now);
    }

    private static CaseFile full() {
        try {
            return CaseFile.open("T-2026-014", "Calls from a false bank", "telephone-fraud", OPENED)
                    .withSummary("Four victims in a week")
                    .withOwnerUnit("Unit 3")
                    .withObservables(List.of(
                            new CaseObservable(
                                    ObservableKind.IBAN.normalise("GB82 WEST 1234 5698 7654 32"),
                                    CaseObservable.Role.SUSPECT,
                                    "mule account"),
                            new CaseObservable(
                                    ObservableKind.DOMAIN.normalise("example.com"),
                                    CaseObservable.Role.INFRASTRUCTURE,
                                    "")));
        } catch (InvalidObservable e) {
            throw new AssertionError(e);
        }
    }

    /** The tokeniser of the tests stands for a keyed one; that one is its own contract. */
    @Test
    void acceptsKeyedTokens() throws InvalidObservable {
        CardTokeniser keyed = CardTokeniser.keyed(new SecretKeySpec(new byte[32], "HmacSHA256"));
        Observable card = ObservableKind.PAYMENT_CARD.normalise("4111111111111111", Normalisation.withCards(keyed));
        assertEquals(card, new CaseObservable(card, CaseObservable.Role.VICTIM, "").observable());
    }
}
