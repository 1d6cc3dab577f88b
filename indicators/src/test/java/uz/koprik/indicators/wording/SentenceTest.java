package uz.koprik.indicators.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.json.JsonObject;

class SentenceTest {

    private enum Kind implements SentenceKind {
        @English("{partner} is absent")
        ABSENT,
        @English("{partner} has {count} rows of {file}")
        FEWER,
        @English("[at {place}: ]{partner} is late by {late_seconds}")
        LATE,
        @English("a {kind} {value}")
        VALUE
    }

    @Test
    void saysWhatItNames() {
        Sentence said = Kind.FEWER.of("seoul", 3, "a $1 \\ b.csv");
        assertEquals("seoul has 3 rows of a $1 \\ b.csv", said.text());
        assertEquals("fewer", said.code());
        assertEquals(Map.of("partner", "seoul", "count", "3", "file", "a $1 \\ b.csv"), said.details());
    }

    @Test
    void saysAPartInBracketsWhenItsValueIsThere() {
        Map<String, Object> late = Map.of("partner", "seoul", "late_seconds", 7200, "place", "");
        assertEquals("seoul is late by 2 hours", Kind.LATE.with(late).text());
        assertEquals(
                Map.of("partner", "seoul", "late_seconds", "7200"),
                Kind.LATE.with(late).details());
        assertEquals(
                "at home: seoul is late by 10 days",
                Kind.LATE.of("home", "seoul", 864000).text());
    }

    /** Signed objects have the text alone. */
    @Test
    void isRecognisedByItsWords() {
        for (Sentence said : List.of(
                Kind.ABSENT.of("seoul"),
                Kind.FEWER.of("seoul", 3, "of rows\nof {partner}"),
                Kind.VALUE.of("a", "b c"))) {
            assertEquals(said, Sentence.recognised(Kind.values(), said.text()));
        }
        assertEquals(Sentence.other("a b"), Sentence.recognised(Kind.values(), "a b"));
    }

    /** Of a later version, which has a kind that this one does not know, or another value. */
    @Test
    void anUnknownCodeKeepsTheWords() {
        Map<String, String> seoul = Map.of("partner", "seoul");
        assertEquals(Kind.ABSENT.of("seoul"), Sentence.coded(Kind.values(), "absent", seoul, "seoul is absent"));
        assertEquals(Sentence.other("gone"), Sentence.coded(Kind.values(), "gone", seoul, "gone"));
        assertEquals(Sentence.other("gone"), Sentence.coded(Kind.values(), "absent", Map.of(), "gone"));
    }

    @Test
    void isReadAsItIsWritten() {
        for (Sentence said : List.of(Kind.FEWER.of("seoul", 3, "x"), Sentence.other("words of an earlier version"))) {
            JsonObject.Builder json = JsonObject.builder();
            said.write(json, "error");
            assertEquals(said, Sentence.read(json.build(), "error"));
        }
        assertEquals(Sentence.NONE, Sentence.read(JsonObject.builder().build(), "error"));
    }

    @Test
    void allDetailsAreWanted() {
        assertThrows(IllegalArgumentException.class, () -> Kind.FEWER.of("seoul"));
        assertThrows(IllegalArgumentException.class, () -> Kind.ABSENT.with(Map.of("centre", "seoul")));
    }
}
