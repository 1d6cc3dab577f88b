package uz.koprik.indicators.stix.rules;

import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonString;

/** An open vocabulary (STIX 2.1, section 10): its words should be used, others may be. */
public final class Vocabulary implements PropertyType {

    private final String section;
    private final Set<String> words;

    /** @param words separated by spaces and line breaks */
    public Vocabulary(String section, String words) {
        this.section = section;
        this.words = Set.of(words.strip().split("\\s+"));
    }

    @Override
    public void check(Json value, ObjectCheck at) {
        if (!(value instanceof JsonString s)) {
            PropertyTypes.STRING.check(value, at);
        } else if (at.advising() && !words.contains(s.value())) {
            at.advise(
                    isWord(s.value())
                            ? "the word is not in the open vocabulary"
                            : "the word is not in the open vocabulary, and words are in lower case with hyphens between their parts",
                    section);
        }
    }

    /** Whether {@code s} is in the style of the vocabularies (section 3.1): lower case, no spaces, no underscores. */
    public static boolean isWord(String s) {
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c == '_' || c == ' ' || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return !s.isEmpty();
    }
}
