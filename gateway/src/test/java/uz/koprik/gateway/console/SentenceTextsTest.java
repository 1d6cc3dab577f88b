package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uz.koprik.gateway.agreements.PieceFault;
import uz.koprik.gateway.api.common.BrokenImport;
import uz.koprik.gateway.operations.CardSentence;
import uz.koprik.gateway.partners.NewCardSentence;
import uz.koprik.gateway.recalls.RecallDetail;
import uz.koprik.gateway.renewal.Expiry;
import uz.koprik.gateway.trouble.BackupTrouble;
import uz.koprik.gateway.trouble.ExchangeTrouble;
import uz.koprik.gateway.trouble.FolderTrouble;
import uz.koprik.gateway.trouble.HealthTrouble;
import uz.koprik.gateway.trouble.SourceTrouble;
import uz.koprik.indicators.cases.MergeRemark;
import uz.koprik.indicators.documents.DocumentFault;
import uz.koprik.indicators.documents.DocumentNote;
import uz.koprik.indicators.imports.layout.FileFault;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.stix.ForgivenFaults;
import uz.koprik.indicators.stix.rules.AgreementRule;
import uz.koprik.indicators.translate.misp.MispNote;
import uz.koprik.indicators.wording.Sentence;
import uz.koprik.indicators.wording.SentenceKind;

/** Every sentence that has a code is said in every language, with all that it names. */
final class SentenceTextsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)\\}");

    /** The groups of texts with their kinds of sentences. */
    private static final Map<String, List<SentenceKind>> GROUPS = Map.of(
            "trouble",
            kinds(
                    HealthTrouble.values(),
                    BackupTrouble.values(),
                    ExchangeTrouble.values(),
                    SourceTrouble.values(),
                    FolderTrouble.values()),
            "advice",
            kinds(Expiry.Advice.values()),
            "import",
            kinds(ImportSentence.values(), MispNote.values(), ForgivenFaults.Kind.values(), DocumentNote.values()),
            "file",
            kinds(FileFault.values(), BrokenImport.values(), DocumentFault.values()),
            "rule",
            kinds(AgreementRule.values()),
            "piece",
            kinds(PieceFault.values()),
            "card",
            kinds(CardSentence.values()),
            "newcard",
            kinds(NewCardSentence.values()),
            "recall",
            kinds(RecallDetail.values()),
            "merge",
            kinds(MergeRemark.values()));

    /** Values that texts may leave out: technical ones stand after them, and words of a protocol stay in English. */
    private static final Set<String> LEFT_OUT = Set.of(Sentence.SAID, "act", "field");

    private static List<SentenceKind> kinds(SentenceKind[]... all) {
        return Stream.of(all).flatMap(Stream::of).toList();
    }

    @Test
    void everySentenceIsSaidInEveryLanguage() throws Exception {
        List<String> faults = new ArrayList<>();
        for (String language : Browser.LANGUAGES) {
            Map<String, JsonNode> texts = ConsoleTexts.texts("sentences", language);
            texts.remove("technical");
            texts.keySet().removeIf(key -> key.startsWith("place."));
            GROUPS.forEach((group, kinds) -> kinds.forEach(kind -> {
                String key = group + '.' + kind.word();
                JsonNode text = texts.remove(key);
                String fault = text == null ? " is missing" : fault(group, kind, placeholders(text));
                if (!fault.isEmpty()) {
                    faults.add(language + ": " + key + fault);
                }
            }));
            texts.keySet().forEach(key -> faults.add(language + ": " + key + " has no sentence"));
        }
        assertEquals("", String.join("\n", faults));
    }

    private static String fault(String group, SentenceKind kind, Set<String> named) {
        Set<String> names = kind.names().stream()
                .filter(name -> !LEFT_OUT.contains(name))
                .filter(name -> !(group.equals("merge") && name.equals("kind"))) // decides how the value is written
                .map(name -> name.replaceFirst("_seconds$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        return named.equals(names) ? "" : " names " + named + " and not " + names;
    }

    private static Set<String> placeholders(JsonNode text) {
        Stream<JsonNode> forms = text.isObject() ? text.valueStream() : Stream.of(text);
        return forms.flatMap(form -> PLACEHOLDER.matcher(form.asText()).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyKindMakesASentenceOfItsValues() {
        GROUPS.values().stream().flatMap(List::stream).forEach(kind -> {
            Map<String, String> values = new HashMap<>();
            kind.names().forEach(name -> values.put(name, name.endsWith("_seconds") ? "7200" : "<" + name + ">"));
            String text = kind.with(values).text();
            assertEquals(false, text.contains("{") || text.contains("["), text);
            values.values().stream()
                    .filter(value -> value.startsWith("<"))
                    .forEach(value -> assertTrue(text.contains(value), text + " lacks " + value));
        });
    }

    /** The console looks for the text of a code in one group. */
    @Test
    void noTwoKindsOfAGroupHaveOneCode() {
        GROUPS.forEach((group, kinds) -> {
            Set<String> words = new HashSet<>();
            kinds.forEach(kind -> assertTrue(words.add(kind.word()), group + " has twice " + kind.word()));
        });
    }
}
