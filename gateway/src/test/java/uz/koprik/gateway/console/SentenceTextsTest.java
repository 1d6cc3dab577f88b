package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uz.koprik.gateway.agreements.PieceFault;
import uz.koprik.gateway.operations.CardSentence;
import uz.koprik.gateway.partners.PieceExchangeTrouble;
import uz.koprik.gateway.recalls.RecallDetail;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.wording.Sentence;
import uz.koprik.indicators.wording.SentenceKind;

/** Every sentence that has a code is said in every language, with all that it names. */
final class SentenceTextsTest {

    /** The beginnings of keys, and the sentences whose texts they begin. */
    private static final Map<String, SentenceKind[]> TEXTS = Map.of(
            "reasons.exchange.", PieceExchangeTrouble.values(),
            "reasons.import.", ImportSentence.values(),
            "agreements.piece.", PieceFault.values(),
            "partners.sentence.", CardSentence.values(),
            "recalls.detail.", RecallDetail.values());

    /** Details that texts leave out: what is technical stands behind them, and words of a protocol stay in English. */
    private static final Set<String> LEFT_OUT = Set.of(Sentence.ERROR, "act", "field");

    @Test
    void everySentenceIsSaidInEveryLanguage() throws Exception {
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, SentenceKind[]> some : TEXTS.entrySet()) {
            String folder = some.getKey().substring(0, some.getKey().indexOf('.'));
            String beginning = some.getKey().substring(folder.length() + 1);
            for (String language : Browser.LANGUAGES) {
                Map<String, JsonNode> texts = ConsoleTexts.texts(folder, language);
                Set<String> keys = texts.keySet().stream()
                        .filter(key -> key.startsWith(beginning))
                        .collect(Collectors.toCollection(TreeSet::new));
                for (SentenceKind kind : some.getValue()) {
                    String key = beginning + kind.word();
                    if (!keys.remove(key)) {
                        faults.add(language + ": " + some.getKey() + kind.word() + " is missing");
                        continue;
                    }
                    kind.form().names().stream()
                            .filter(name -> !LEFT_OUT.contains(name))
                            .filter(name -> !names(texts.get(key), name))
                            .forEach(name -> faults.add(language + ": " + key + " does not say " + name));
                }
                keys.forEach(key -> faults.add(language + ": " + key + " has no sentence"));
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    private static boolean names(JsonNode text, String name) {
        Stream<JsonNode> forms = text.isObject() ? text.valueStream() : Stream.of(text);
        return forms.anyMatch(form -> form.asText().contains('{' + name + '}'));
    }
}
