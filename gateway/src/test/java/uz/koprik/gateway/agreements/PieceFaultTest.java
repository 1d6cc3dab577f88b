package uz.koprik.gateway.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.wording.Sentence;

/** What a partner says of a piece, with the code of this version and without it. */
class PieceFaultTest {

    private static final String DAYS = "article 8 asks for 30 days between notice and end";

    @Test
    void earlierPartnersSayTheSentenceAlone() {
        assertEquals(Sentence.of(PieceFault.TOO_EARLY, 30), PieceFault.of(Optional.empty(), DAYS));
        assertEquals(Sentence.other("at /x: wrong"), PieceFault.of(Optional.empty(), "at /x: wrong"));
    }

    @Test
    void theCodeSaysWhatWordsDoNot() {
        assertEquals(
                Sentence.of(PieceFault.SIGNATURE, "it does not match"),
                PieceFault.of(Optional.of("signature"), "it does not match"));
    }

    @Test
    void laterCodesAndOtherWordsKeepTheSentence() {
        assertEquals(Sentence.of(PieceFault.TOO_EARLY, 30), PieceFault.of(Optional.of("brand_new"), DAYS));
        assertEquals(
                new Sentence("other", Map.of(), "something else"),
                PieceFault.of(Optional.of("too_early"), "something else"));
    }
}
