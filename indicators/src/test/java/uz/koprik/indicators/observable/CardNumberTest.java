package uz.koprik.indicators.observable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.indicators.observable.text.Recognition;

/** All card numbers here are the published test numbers of their networks. */
class CardNumberTest {

    private static final CardTokeniser TOKENS = CardTokeniser.keyed(new SecretKeySpec(new byte[32], "HmacSHA256"));
    private static final Normalisation CONTEXT = Normalisation.withCards(TOKENS);

    @Test
    void keepsFirstSixLastFourAndAToken() throws InvalidObservable {
        Observable card = ObservableKind.PAYMENT_CARD.normalise("4111 1111-1111.1111", CONTEXT);
        assertTrue(card.value().matches("411111-1111-[a-z2-7]{26}"), card.value());
        assertEquals(card, ObservableKind.PAYMENT_CARD.normalise("4111111111111111", CONTEXT));
        assertEquals(card, ObservableKind.PAYMENT_CARD.normalise(card.value()));
        assertFalse(card.toString().contains("111111111111"));
        assertNotEquals(
                card.value(),
                ObservableKind.PAYMENT_CARD
                        .normalise(
                                "4111111111111111",
                                Normalisation.withCards(
                                        CardTokeniser.keyed(new SecretKeySpec(new byte[] {1}, "HmacSHA256"))))
                        .value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4012888888881881",
                "5555555555554444",
                "2223003122003222",
                "378282246310005",
                "6011111111111117",
                "3530111333300000",
                "30569309025904",
                "6200000000000005",
                "2200000000000004",
                "8600000000000007",
                "9860000000000000"
            })
    void takesTheNetworksInUse(String number) throws InvalidObservable {
        String value = ObservableKind.PAYMENT_CARD.normalise(number, CONTEXT).value();
        assertTrue(value.startsWith(number.substring(0, 6) + '-' + number.substring(number.length() - 4) + '-'));
        assertEquals(
                value,
                new Recognition(CONTEXT)
                        .recogniseOne(number)
                        .orElseThrow()
                        .observable()
                        .value());
    }

    @Test
    void noObservableCanHoldAWholeNumber() {
        for (String value : new String[] {"4111111111111111", "411111-1111-4111111111111111", "4111 1111 1111 1111"}) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> new Observable(ObservableKind.PAYMENT_CARD, value));
            assertFalse(refused.getMessage().contains("4111"), refused.getMessage());
        }
    }

    @Test
    void aTokeniserThatGivesTheNumberAwayIsCaught() {
        for (CardTokeniser leaky : new CardTokeniser[] {
            digits -> digits, digits -> "x".repeat(16) + digits, digits -> "", digits -> "UPPER-CASE-TOKEN-X"
        }) {
            IllegalStateException caught = assertThrows(
                    IllegalStateException.class,
                    () -> ObservableKind.PAYMENT_CARD.normalise("4111111111111111", Normalisation.withCards(leaky)));
            assertFalse(caught.getMessage().contains("4111"), caught.getMessage());
        }
    }

    @Test
    void withoutTokensNoCardIsRecognised() {
        assertTrue(Recognition.PLAIN.recogniseOne("4111 1111 1111 1111").isEmpty());
        assertTrue(
                Recognition.PLAIN.recognise("card 4111 1111 1111 1111, please").isEmpty());
    }

    /** The two digits between the first six and the last four of a short number are in some tokens by chance. */
    @Test
    void aShortNumberIsTakenWhateverItsToken() throws InvalidObservable {
        CardTokeniser keyed = CardTokeniser.keyed(new SecretKeySpec(new byte[32], "HmacSHA256"));
        int byChance = 0;
        for (int i = 0; i < 20_000; i++) {
            String digits = "5018" + "%08d".formatted(i * 37);
            if (CardNumber.looksLikeCard(digits)) {
                byChance += keyed.token(digits).contains(digits.substring(6, 8)) ? 1 : 0;
                ObservableKind.PAYMENT_CARD.normalise(digits, Normalisation.withCards(keyed));
            }
        }
        assertTrue(byChance > 0, "no token of these numbers has such digits");
    }
}
