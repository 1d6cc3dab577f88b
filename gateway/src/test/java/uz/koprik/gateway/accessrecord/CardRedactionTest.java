package uz.koprik.gateway.accessrecord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.observable.CardTokeniser;
import uz.koprik.indicators.observable.Normalisation;

/** No whole card number gets into a text of the record. */
final class CardRedactionTest {

    private final CardRedaction redaction = new CardRedaction(
            Normalisation.withCards(CardTokeniser.keyed(new SecretKeySpec(new byte[32], "HmacSHA256"))));

    @Test
    void replacesCardNumbersInAnyGrouping() {
        for (String card : List.of("4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111")) {
            String text = redaction.of("card " + card + " of mule");
            assertFalse(text.replaceAll("\\D", "").contains("4111111111111111"), text);
            assertTrue(text.startsWith("card 411111-1111-") && text.endsWith(" of mule"), text);
        }
        String two = redaction.of("4111111111111111 4111111111111111");
        assertFalse(two.contains("4111111111111111"), two);
    }

    @Test
    void leavesOtherDigitsAlone() {
        for (String text : List.of(
                "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f", "+998 90 000 00 00", "2026-11-22T08:00:00Z", "")) {
            assertEquals(text, redaction.of(text));
        }
    }
}
