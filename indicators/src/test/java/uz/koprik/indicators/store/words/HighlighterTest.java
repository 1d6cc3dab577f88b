package uz.koprik.indicators.store.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HighlighterTest {

    /** Fragments with what matches in brackets. */
    private static List<String> marked(String question, String text) {
        try (WordRules words = new WordRules()) {
            return new Highlighter(words, words.asked(question))
                    .fragments(text).stream()
                            .map(pieces -> pieces.stream()
                                    .map(p -> p.match() ? "[" + p.text() + "]" : p.text())
                                    .collect(Collectors.joining()))
                            .toList();
        }
    }

    @Test
    void marksWordsInTheSpellingInWhichTheyStand() {
        assertEquals(List.of("Ўзбекистон [банки] мижозлари"), marked("banki", "Ўзбекистон банки мижозлари"));
        assertEquals(List.of("[O‘zbekiston] banki"), marked("ўзбекистон", "O‘zbekiston banki"));
        assertEquals(List.of("Новогодняя [Ёлка]"), marked("елка", "Новогодняя Ёлка"));
        assertEquals(List.of("[Árvíztűrő] fúró"), marked("arvizturo", "Árvíztűrő fúró"));
        assertEquals(List.of("[보이스피싱]을 이용한"), marked("보이스피싱", "보이스피싱을 이용한"));
    }

    @Test
    void marksPhrasesBeginningsAndPartsOfNames() {
        assertEquals(
                List.of("send [the code] now, the other code"),
                marked("\"the code\"", "send the code now, the other code"));
        assertEquals(List.of("[phishing] and [Phisher]"), marked("phish*", "phishing and Phisher"));
        assertEquals(List.of("see login.[example.com]/x"), marked("example.com", "see login.example.com/x"));
        assertEquals(List.of("from [198.51.100.7] to"), marked("198.51.100.7", "from 198.51.100.7 to"));
        assertEquals(List.of("[one] two"), marked("one -two", "one two"));
    }

    @Test
    void longTextsGiveAFewWholeWordsAroundEachMatch() {
        String text = "lorem ipsum ".repeat(20) + "needle " + "dolor sit ".repeat(40) + "needle " + "amet ".repeat(40);
        List<String> fragments = marked("needle", text);
        assertEquals(2, fragments.size());
        for (String fragment : fragments) {
            assertTrue(fragment.length() < 140 && fragment.contains(" [needle] "), fragment);
            assertTrue(List.of("lorem", "ipsum", "dolor", "sit").contains(fragment.split(" ", 0)[0]), fragment);
        }
        assertEquals(3, marked("needle", text.repeat(5)).size());
    }

    @Test
    void quotesTextAsItStands() {
        assertEquals(List.of("<b>[bold]</b> & 😀"), marked("bold", "<b>bold</b> & 😀"));
        assertEquals(List.of(), marked("absent", "<b>bold</b>"));
        assertEquals(List.of(), marked("!!!", "bold!!!"));
    }
}
