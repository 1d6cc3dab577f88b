package uz.koprik.gateway.analyst;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.observable.Recognition;

class SearchBoxTest {

    private static SearchBox read(String text) {
        return SearchBox.read(text, Recognition.PLAIN);
    }

    @Test
    void takesATextThatIsOneValueAsAWhole() {
        SearchBox box = read("  hu98 9990 0000 6610 6561 2984 6771 ");
        assertEquals(Set.of("iban:HU98999000006610656129846771"), box.keys());
        assertEquals("", box.words());
    }

    @Test
    void findsValuesAmongWordsAndLeavesTheWords() {
        SearchBox box = read("payments through evil[.]example[.]com in March");
        assertEquals(Set.of("domain:evil.example.com"), box.keys());
        assertEquals("payments through in March", box.words());
    }

    @Test
    void takesFiltersOutWhereverTheyStand() {
        SearchBox box = read("type:indicator broker tlp:green from:\"budapest\" type:malware");
        assertEquals(List.of("indicator", "malware"), box.filter("type"));
        assertEquals(List.of("green"), box.filter("tlp"));
        assertEquals(List.of("budapest"), box.filter("from"));
        assertEquals("broker", box.words());
    }

    @Test
    void doesNotTakeAFilterInsideAValueForOne() {
        SearchBox box = read("https://example.com/?from:me");
        assertTrue(box.filters().isEmpty());
        assertEquals(Set.of("url:https://example.com/?from:me"), box.keys());
    }

    @Test
    void keepsFiltersWhenReadAgainAsWords() {
        String text = "report.pdf type:indicator";
        SearchBox box = read(text).asWords(text);
        assertEquals("report.pdf", box.words());
        assertEquals(List.of("indicator"), box.filter("type"));
        assertTrue(box.values().isEmpty());
    }

    @Test
    void asksForEverythingWhenNothingIsSaid() {
        SearchBox box = read(" ");
        assertEquals("", box.words());
        assertTrue(box.keys().isEmpty() && box.filters().isEmpty());
    }
}
