package uz.koprik.indicators.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentenceTest {

    private enum Kind implements SentenceKind {
        TECHNICAL("{error}"),
        ABSENT("{partner} is absent"),
        FEWER("{partner} has {count} rows of {file}");

        @SuppressWarnings("ImmutableEnumChecker") // SentenceForm never changes.
        private final SentenceForm form;

        Kind(String form) {
            this.form = new SentenceForm(form, "partner", "count");
        }

        @Override
        public SentenceForm form() {
            return form;
        }
    }

    @Test
    void saysWhatItNames() {
        Sentence said = Sentence.of(Kind.FEWER, "seoul", 3, "a $1 \\ b.csv");
        assertEquals("seoul has 3 rows of a $1 \\ b.csv", said.text());
        assertEquals("fewer", said.code());
        assertEquals(Map.of("partner", "seoul", "count", "3", "file", "a $1 \\ b.csv"), said.details());
    }

    @Test
    void isReadAsItIsSaid() {
        for (Sentence said : List.of(
                Sentence.of(Kind.ABSENT, "seoul"), Sentence.of(Kind.FEWER, "seoul", 3, "of rows\nof {partner}"))) {
            assertEquals(said, Sentence.read(Kind.values(), said.text()));
        }
    }

    /** A sentence of a later version, which this one does not know. */
    @Test
    void anUnknownSentenceKeepsItsWords() {
        assertEquals(
                new Sentence("other", Map.of(), "two words is absent"),
                Sentence.read(Kind.values(), "two words is absent"));
    }

    @Test
    void allDetailsAreWanted() {
        assertThrows(IllegalArgumentException.class, () -> Sentence.of(Kind.FEWER, "seoul"));
        assertThrows(IllegalArgumentException.class, () -> Kind.ABSENT.form().fill(Map.of("centre", "seoul")));
    }
}
