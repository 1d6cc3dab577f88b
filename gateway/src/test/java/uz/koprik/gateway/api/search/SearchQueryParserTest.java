package uz.koprik.gateway.api.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.observable.text.Recognition;

class SearchQueryParserTest {

    private static SearchQueryParser read(String text) {
        return SearchQueryParser.read(text, Recognition.PLAIN);
    }

    private static List<String> filter(SearchQueryParser box, String name) {
        return box.filter(name).stream().map(SearchQueryParser.Filter::value).toList();
    }

    @Test
    void takesATextThatIsOneValueAsAWhole() {
        SearchQueryParser box = read("  hu94 9990 0009 6610 6561 2984 6770 ");
        assertEquals(Set.of("iban:HU94999000096610656129846770"), box.keys());
        assertEquals("", box.words());
        assertEquals(
                List.of("hu94 9990 0009 6610 6561 2984 6770"),
                List.copyOf(box.values().values()));
    }

    @Test
    void findsValuesAmongWordsAndLeavesTheWords() {
        SearchQueryParser box = read("payments through evil[.]example[.]com in March");
        assertEquals(Set.of("domain:evil.example.com"), box.keys());
        assertEquals("payments through in March", box.words());
        assertEquals(List.of("evil[.]example[.]com"), List.copyOf(box.values().values()));
        assertFalse(box.pasted());
    }

    @Test
    void takesFiltersOutWhereverTheyStand() {
        SearchQueryParser box =
                read("type:indicator broker tlp:green from:\"budapest\" type:malware label:\"money mule\"");
        assertEquals(List.of("indicator", "malware"), filter(box, "type"));
        assertEquals(List.of("green"), filter(box, "tlp"));
        assertEquals(List.of("budapest"), filter(box, "from"));
        assertEquals(List.of("money mule"), filter(box, "label"));
        assertEquals("broker", box.words());
        assertEquals(
                Map.of(
                        "type",
                        List.of("indicator", "malware"),
                        "tlp",
                        List.of("green"),
                        "from",
                        List.of("budapest"),
                        "label",
                        List.of("money mule")),
                box.filterValues());
        assertEquals(
                List.of(1, 23, 33, 49, 62),
                box.filters().stream().map(SearchQueryParser.Filter::at).toList());
    }

    @Test
    void doesNotTakeAFilterInsideAValueForOne() {
        SearchQueryParser box = read("https://example.com/?from:me");
        assertTrue(box.filters().isEmpty());
        assertEquals(Set.of("url:https://example.com/?from:me"), box.keys());
        SearchQueryParser labelled = read("seen at ip:192.0.2.7 today");
        assertEquals(Set.of("ipv4:192.0.2.7"), labelled.keys());
        assertEquals("seen at today", labelled.words());
    }

    @Test
    void phrasesAndWhatIsExcludedAreWordsWhateverTheyLookLike() {
        SearchQueryParser box =
                read("\"evil.example.com type:x\" -report -\"two words\" -198.51.100.7 fraud 192.0.2.7");
        assertEquals("\"evil.example.com type:x\" -report -\"two words\" -198.51.100.7 fraud", box.words());
        assertEquals(Set.of("ipv4:192.0.2.7"), box.keys());
        assertTrue(box.filters().isEmpty());
    }

    @Test
    void keepsFiltersWhenReadAgainAsWords() {
        SearchQueryParser box = read("report.pdf -draft type:indicator").withoutValues();
        assertEquals("-draft report.pdf", box.words());
        assertEquals(List.of("indicator"), filter(box, "type"));
        assertTrue(box.values().isEmpty());
    }

    @Test
    void asksForEverythingWhenNothingIsSaid() {
        SearchQueryParser box = read(" ");
        assertEquals("", box.words());
        assertTrue(box.keys().isEmpty() && box.filters().isEmpty());
    }

    @Test
    void ofAPastedTextOnlyTheValuesCount() {
        SearchQueryParser letter = read(
                """
                type:indicator tlp:green
                seen:>2026-01
                From: "Bank" <alert@mail.example.com>
                Subject: your account
                type:nothing here is a filter

                Pay at hxxps://login[.]example[.]com/a "now"
                HU94 9990 0009 6610 6561 2984 6770
                """);
        assertTrue(letter.pasted());
        assertEquals("", letter.words());
        assertEquals(
                Set.of(
                        "email:alert@mail.example.com",
                        "url:https://login.example.com/a",
                        "iban:HU94999000096610656129846770"),
                letter.keys());
        assertEquals(
                Map.of("type", List.of("indicator"), "tlp", List.of("green"), "seen", List.of(">2026-01")),
                letter.filterValues());
        SearchQueryParser words = read("two\nlines of words");
        assertFalse(words.pasted());
        assertEquals("two lines of words", words.words());
    }

    @Test
    void aThousandValuesAreEnough() {
        String thousand =
                IntStream.range(0, 1000).mapToObj(i -> "h" + i + ".example.com").collect(Collectors.joining("\n"));
        assertEquals(1000, read(thousand).keys().size());
        assertEquals(1000, read(thousand.replace('\n', ' ')).keys().size());
        for (String many :
                List.of(thousand + "\nother.example.com", thousand.replace('\n', ' ') + " other.example.com")) {
            Problem problem = assertThrows(Problem.class, () -> read(many));
            assertEquals(413, problem.status());
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "fraud \"open phrase, 7, quotation mark is not closed",
                "fraud type: indicator, 7, type: has no value",
                "case:, 1, case: has no value",
                "fraud -type:indicator, 7, cannot be excluded",
                "typ:indicator fraud, 1, there is no filter typ:",
                "fraud -colour:red, 7, there is no filter colour:",
            })
    void saysWhatIsWrongAndWhere(String text, int at, String why) {
        Problem problem = assertThrows(Problem.class, () -> read(text));
        assertEquals(400, problem.status());
        assertTrue(
                problem.getMessage().startsWith("at character " + at + ": ")
                        && problem.getMessage().contains(why),
                problem::getMessage);
    }
}
