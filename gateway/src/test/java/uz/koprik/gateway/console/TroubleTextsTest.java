package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uz.koprik.gateway.renewal.Expiry;
import uz.koprik.gateway.trouble.BackupTrouble;
import uz.koprik.gateway.trouble.ExchangeTrouble;
import uz.koprik.gateway.trouble.FolderTrouble;
import uz.koprik.gateway.trouble.HealthTrouble;
import uz.koprik.gateway.trouble.SourceTrouble;
import uz.koprik.gateway.trouble.Trouble;

/** Every trouble that the API has a code for is said in every language, with all its values. */
class TroubleTextsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)\\}");

    /** All kinds by their words, which no two of them share. */
    private static Map<String, Trouble.Kind> kinds() {
        return Stream.<Trouble.Kind[]>of(
                        HealthTrouble.values(),
                        BackupTrouble.values(),
                        ExchangeTrouble.values(),
                        SourceTrouble.values(),
                        FolderTrouble.values())
                .flatMap(Stream::of)
                .collect(Collectors.toMap(Trouble.Kind::word, kind -> kind));
    }

    @Test
    void everyKindOfTroubleHasItsText() throws Exception {
        Map<String, Trouble.Kind> kinds = kinds();
        for (String language : Browser.LANGUAGES) {
            Map<String, JsonNode> texts = ConsoleTexts.texts("troubles", language);
            List<String> faults = new ArrayList<>();
            kinds.forEach((word, kind) -> {
                if (!texts.containsKey(word)) {
                    faults.add(word + " is missing");
                } else if (!named(kind).equals(placeholders(texts.get(word).asText()))) {
                    faults.add(word + " names " + placeholders(texts.get(word).asText()) + " and not " + named(kind));
                }
            });
            assertEquals(List.of(), faults, language);
            assertEquals(kinds.size() + 1, texts.size(), "no text without a code: " + language);
        }
    }

    @Test
    void everyAdviceAboutAnEndHasItsText() throws Exception {
        for (String language : Browser.LANGUAGES) {
            Map<String, JsonNode> texts = ConsoleTexts.texts("operations", language);
            for (Expiry.Advice advice : Expiry.Advice.values()) {
                assertEquals(true, texts.containsKey("advice." + advice.word()), language + " " + advice);
            }
        }
    }

    /** The values as the console names them; technical words stay in the English sentence. */
    private static Set<String> named(Trouble.Kind kind) {
        return kind.names()
                .filter(name -> !name.equals(Trouble.SAID))
                .map(name -> name.replaceFirst("_seconds$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyKindMakesASentenceOfItsValues() {
        kinds().values().forEach(kind -> {
            Map<String, String> values = new HashMap<>();
            kind.names().forEach(name -> values.put(name, name.endsWith("_seconds") ? "7200" : "<" + name + ">"));
            String sentence = kind.with(values).sentence();
            assertEquals(false, sentence.contains("{") || sentence.contains("["), sentence);
            values.values().stream()
                    .filter(value -> value.startsWith("<"))
                    .forEach(value -> assertEquals(true, sentence.contains(value), sentence + " lacks " + value));
        });
    }
}
