package uz.koprik.indicators.observable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.imports.layout.CellValues;
import uz.koprik.indicators.imports.layout.UnusableCell;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.observable.forms.ValueRemark;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;

/** The digits are those of the published test numbers of their networks. */
class MaskedCardTest {

    private static final Normalisation CONTEXT =
            Normalisation.withCards(CardTokeniser.keyed(new SecretKeySpec(new byte[32], "HmacSHA256")));
    private static final Recognition RECOGNITION = new Recognition(CONTEXT);

    @ParameterizedTest
    @CsvSource({
        "411111******1111, 411111******1111",
        "4111 11** **** 1111, 411111******1111",
        "4111-11xx-xxxx-1111, 411111******1111",
        "411111XXXXXX1111, 411111******1111",
        "411111••••••1111, 411111******1111",
        "411111······1111, 411111******1111",
        "4111 11## #### 1111, 411111******1111",
        "411111******1111, 411111******1111",
        "41111111****1111, 411111******1111",
        "4111 1111 **** 1111, 411111******1111",
        "3782 82** ***0 005, 378282*****0005",
        "378282****10005, 378282*****0005",
        "411111*1111, 411111*1111",
        "411111****1111, 411111*1111",
        "411111...1111, 411111*1111",
        "411111…1111, 411111*1111",
        "620000*********0005, 620000*********0005",
        "860000******0007, 860000******0007",
    })
    void aMaskIsKeptAsFirstSixAndLastFour(String written, String normal) throws InvalidObservable {
        Observable mask = ObservableKind.PAYMENT_CARD.normalise(written);
        assertEquals(new Observable(ObservableKind.PAYMENT_CARD, normal), mask);
        assertEquals(mask, ObservableKind.PAYMENT_CARD.normalise(mask.value(), CONTEXT), "its own normal form");
        assertEquals(
                Optional.of(mask),
                RECOGNITION.recogniseOne(written).map(RecognisedValue::observable),
                "without a kind");
    }

    @ParameterizedTest
    @CsvSource({
        "****1111, shows too little",
        "**** **** **** 1111, shows too little",
        "4111 **** **** 1111, shows too little",
        "411111******, shows too little",
        "411111******11, shows too little",
        "411111111111***1, nearly the whole number",
        "411111111111111X, nearly the whole number",
        "41111111111*1111, nearly the whole number",
        "4111 1111 1*** 1111, nearly the whole number",
        "411111*11*1*1111, nearly the whole number",
        "4111111111...1111, nearly the whole number",
        "999999******9995, no card network",
        "378282******0005, no card network",
        "510000*****4444, no card network",
        "411111***********1111, no card network",
    })
    void anUnusableMaskIsRefusedWithTheReason(String written, String reason) {
        InvalidObservable refused =
                assertThrows(InvalidObservable.class, () -> ObservableKind.PAYMENT_CARD.normalise(written, CONTEXT));
        assertTrue(refused.reason().contains(reason), refused.reason());
        UnusableCell cell =
                assertThrows(UnusableCell.class, () -> new CellValues(RECOGNITION).read(written, List.of()));
        boolean masked = written.matches(".*[*X•]{4}.*");
        assertTrue(!masked || cell.getMessage().contains(reason), cell.getMessage());
        assertTrue(RECOGNITION.recogniseOne(written).isEmpty());
    }

    @Test
    void aMaskInACellNeedsNoWord() throws Exception {
        for (String cell : new String[] {"4111 11** **** 1111", "411111XXXXXX1111"}) {
            CellValues.Found found =
                    new CellValues(RECOGNITION).read(cell, List.of()).getFirst();
            assertEquals("", found.doubt());
            assertEquals(
                    "payment-card:411111******1111",
                    found.value().orElseThrow().observable().key());
        }
        assertFalse(new CellValues(RECOGNITION)
                .read("411111*1111", List.of())
                .getFirst()
                .doubt()
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the card 4111 11** **** 1111 was charged twice",
                "card: 411111xxxxxx1111, then nothing",
                "(411111******1111) 12/26",
                "карта 411111******1111 заблокирована",
                "4111-11XX-XXXX-1111;12/26",
            })
    void aMaskInATextIsSure(String text) {
        List<RecognisedValue> found = RECOGNITION.recognise(text);
        assertEquals(
                List.of("payment-card:411111******1111"),
                found.stream().map(one -> one.observable().key()).toList());
        assertFalse(found.getFirst().doubtful());
        assertTrue(
                text.substring(found.getFirst().start(), found.getFirst().end()).matches("4111.*1111"));
    }

    @Test
    void whatMayBeAProductIsDoubtfulInATextWithoutAWord() {
        assertTrue(RECOGNITION.recognise("it is 411111*1111 then").getFirst().doubtful());
        assertFalse(RECOGNITION.recognise("card 411111*1111 then").getFirst().doubtful());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111 **** **** 1111",
                "****1111",
                "a411111******1111",
                "411111******1111a",
                "+411111******1111",
                "999999******9995",
                "*411111******1111",
                "411111******1111*"
            })
    void otherMasksInATextAreNothing(String text) {
        assertEquals(List.of(), RECOGNITION.recognise(text));
    }

    @Test
    void isTheSameKindInStix() throws InvalidObservable {
        Observable mask = ObservableKind.PAYMENT_CARD.normalise("411111******1111");
        assertEquals("[payment-card:card_number = '411111******1111']", mask.pattern());
        JsonObject sco = mask.kind().stix().object(mask.value()).orElseThrow();
        assertEquals(List.of(mask), List.copyOf(ObservableExtraction.of(sco).observables()));
        assertEquals(List.of(mask), List.copyOf(ObservableExtraction.of(sco).compared()));
    }

    @Test
    void aCardLeadsToItsMasksAndAMaskToItsCards() throws InvalidObservable {
        Observable card = ObservableKind.PAYMENT_CARD.normalise("5555555555554444", CONTEXT);
        assertEquals("payment-card:555555-4444", card.shared().orElseThrow().key());
        assertEquals(List.of("555555*4444", "555555******4444"), values(card.perhaps()));
        Observable mask = ObservableKind.PAYMENT_CARD.normalise("555555******4444");
        assertEquals(List.of("555555*4444", "555555-4444"), values(mask.perhaps()));
        assertEquals(
                Optional.of("same first six and last four digits; about 100,000 cards may share them"),
                card.sharedWith(mask).map(ValueRemark::text));
        assertTrue(
                ValueRemark.text(mask.remarks()).orElseThrow().contains("about 100,000 cards"),
                mask.remarks().toString());
        Observable open = ObservableKind.PAYMENT_CARD.normalise("411111*1111");
        assertTrue(values(open.perhaps()).containsAll(List.of("411111******1111", "411111*****1111", "411111-1111")));
        assertTrue(
                ValueRemark.text(open.remarks()).orElseThrow().contains("many cards"),
                open.remarks().toString());
    }

    @Test
    void noMaskHoldsAWholeNumber() {
        for (String value : new String[] {"411111**11111111", "4111111*1111", "411111******11111", "411111-11111"}) {
            assertThrows(IllegalArgumentException.class, () -> new Observable(ObservableKind.PAYMENT_CARD, value));
        }
    }

    private static List<String> values(List<Observable> observables) {
        return observables.stream().map(Observable::value).toList();
    }
}
