package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts of all folders of the console: the same keys, placeholders and plural forms in every language. */
final class ConsoleTextsTest {

    /** The categories of Intl.PluralRules for whole numbers and, in Russian, for fractions. */
    private static final Map<String, Set<String>> FORMS = Map.of(
            "en", Set.of("one", "other"),
            "hu", Set.of("one", "other"),
            "uz-Latn", Set.of("one", "other"),
            "uz-Cyrl", Set.of("one", "other"),
            "ru", Set.of("one", "few", "many", "other"),
            "ko", Set.of("other"));

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)\\}");
    private static final Pattern LITERAL =
            Pattern.compile("(['\"`])([a-z][a-z0-9-]*\\.(?:\\$\\{[^}\\n]*\\}|(?!\\1)[^\\n])+)\\1");
    private static final Pattern STYLES = Pattern.compile("css`[^`]*`");
    private static final Pattern BETWEEN_TAGS = Pattern.compile(">([^<>$`{}=();\\n]+)</");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\s(?:label|heading|text|hint|placeholder|title|aria-label|what)=\"([^\"$]+)\"");
    private static final Pattern WORD = Pattern.compile("\\p{Ll}{3,}");
    private static final Pattern CALL = Pattern.compile("\\b(?:t|rich)\\(\\s*'([^']+)'");

    @Test
    void everyLanguageHasTheKeysOfEnglishInTheSameForm() throws Exception {
        List<String> faults = new ArrayList<>();
        for (String folder : ConsoleTexts.folders()) {
            Map<String, JsonNode> english = ConsoleTexts.texts(folder, "en");
            for (String language : Browser.LANGUAGES) {
                if (!Files.exists(ConsoleTexts.file(folder, language))) {
                    faults.add(ConsoleTexts.file(folder, language) + " is missing");
                    continue;
                }
                Map<String, JsonNode> texts = ConsoleTexts.texts(folder, language);
                String where = folder + "/" + language + ": ";
                missing(english, texts).forEach(key -> faults.add(where + key + " is missing"));
                missing(texts, english).forEach(key -> faults.add(where + key + " is not in English"));
                texts.forEach((key, text) -> {
                    JsonNode original = english.get(key);
                    if (original != null) {
                        fault(language, original, text).ifPresent(fault -> faults.add(where + key + " " + fault));
                    }
                });
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    private static Set<String> missing(Map<String, JsonNode> from, Map<String, JsonNode> in) {
        Set<String> missing = new TreeSet<>(from.keySet());
        missing.removeAll(in.keySet());
        return missing;
    }

    private static Optional<String> fault(String language, JsonNode original, JsonNode text) {
        if (original.isObject() != text.isObject()) {
            return Optional.of("has plural forms in one language only");
        }
        if (text.isObject()) {
            Set<String> forms = new TreeSet<>();
            text.fieldNames().forEachRemaining(forms::add);
            if (!forms.equals(new TreeSet<>(FORMS.get(language)))) {
                return Optional.of("has the plural forms " + forms + " and not " + FORMS.get(language));
            }
        }
        if (forms(text).anyMatch(String::isBlank)) {
            return Optional.of("is empty");
        }
        if (!placeholders(original).equals(placeholders(text))) {
            return Optional.of("has the placeholders " + placeholders(text) + " and not " + placeholders(original));
        }
        return Optional.empty();
    }

    private static Stream<String> forms(JsonNode text) {
        List<String> forms = new ArrayList<>();
        if (text.isObject()) {
            text.elements().forEachRemaining(form -> forms.add(form.asText()));
        } else {
            forms.add(text.asText());
        }
        return forms.stream();
    }

    private static Set<String> placeholders(JsonNode text) {
        return forms(text)
                .flatMap(form -> PLACEHOLDER.matcher(form).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyTextThatAModuleNamesIsThere() throws Exception {
        Set<String> known = keys();
        List<String> unknown = new ArrayList<>();
        for (Map.Entry<Path, String> module : ConsoleTexts.modules().entrySet()) {
            CALL.matcher(module.getValue())
                    .results()
                    .map(call -> call.group(1))
                    .filter(key -> !known.contains(key))
                    .forEach(key -> unknown.add(module.getKey() + " names " + key));
        }
        assertEquals("", String.join("\n", unknown));
    }

    @Test
    void noTextIsUnused() throws Exception {
        Set<String> folders = Set.copyOf(ConsoleTexts.folders());
        List<Pattern> used = ConsoleTexts.modules().values().stream()
                .flatMap(source -> LITERAL.matcher(source).results())
                .map(found -> found.group(2))
                .filter(key -> folders.contains(key.substring(0, key.indexOf('.'))))
                .distinct()
                .map(ConsoleTextsTest::pattern)
                .toList();
        List<String> unused = keys().stream()
                .filter(key -> used.stream().noneMatch(one -> one.matcher(key).matches()))
                .toList();
        assertEquals("", String.join("\n", unused));
    }

    private static Set<String> keys() throws Exception {
        Set<String> keys = new TreeSet<>();
        for (String folder : ConsoleTexts.folders()) {
            ConsoleTexts.texts(folder, "en").keySet().forEach(key -> keys.add(folder + "." + key));
        }
        return keys;
    }

    /** A literal with {@code ${…}} stands for all keys that fit. */
    private static Pattern pattern(String literal) {
        Function<MatchResult, String> any = part -> "\\\\E.+\\\\Q";
        return Pattern.compile(
                "\\Q" + Pattern.compile("\\$\\{[^}]*\\}").matcher(literal).replaceAll(any) + "\\E");
    }

    @Test
    void noTextStandsInAModule() throws Exception {
        List<String> faults = new ArrayList<>();
        for (Map.Entry<Path, String> module : ConsoleTexts.modules().entrySet()) {
            // The page of components has samples of values.
            if (!module.getKey().startsWith(ConsoleTexts.ROOT.resolve("components"))) {
                String source = STYLES.matcher(module.getValue()).replaceAll("");
                Stream.of(BETWEEN_TAGS, ATTRIBUTE)
                        .flatMap(pattern -> pattern.matcher(source).results())
                        .map(found -> found.group(1))
                        .filter(text -> WORD.matcher(text).find() && !text.contains("--") && !text.equals("Koprik"))
                        .forEach(text -> faults.add(module.getKey() + ": " + text));
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    @Test
    void otherLanguagesAreTranslated() throws Exception {
        Pattern cyrillic = Pattern.compile("\\p{IsCyrillic}");
        Pattern hangul = Pattern.compile("\\p{IsHangul}");
        Pattern words = Pattern.compile("[a-z]{3,} [a-z]{3,}");
        for (String folder : ConsoleTexts.folders()) {
            Map<String, JsonNode> english = ConsoleTexts.texts(folder, "en");
            for (String language : List.of("ru", "uz-Cyrl", "ko")) {
                Pattern letters = language.equals("ko") ? hangul : cyrillic;
                ConsoleTexts.texts(folder, language).forEach((key, text) -> {
                    boolean sentence = english.containsKey(key)
                            && words.matcher(forms(english.get(key)).findFirst().orElseThrow())
                                    .find();
                    assertFalse(
                            sentence
                                    && forms(text).anyMatch(form -> !letters.matcher(form)
                                            .find()),
                            () -> folder + "/" + language + ": " + key + " is not translated");
                });
            }
        }
    }

    /**
     * Uzbek has letters of its own in both scripts: ʻ and ʼ are no quotation marks; э stands at the beginning of a word
     * and after a vowel; c and y of the Latin script are ts and one of ё, ю, я, й.
     */
    @Test
    void bothScriptsOfUzbekKeepTheirRules() throws Exception {
        Map<String, Pattern> wrong = Map.of(
                "uz-Latn",
                Pattern.compile("[oOgG]['‘’`´]|\\p{L}[’`´]\\p{L}"),
                "uz-Cyrl",
                Pattern.compile("[бвгджзклмнпрстфхчшйқғҳ]э|[щы]|тси[яо]|нксия|\\bйа|\\bйу|\\bйо"
                        + "|\\p{IsCyrillic}\\p{IsLatin}|\\p{IsLatin}\\p{IsCyrillic}|[ʻʼ‘’]"));
        List<String> faults = new ArrayList<>();
        for (String folder : ConsoleTexts.folders()) {
            for (Map.Entry<String, Pattern> language : wrong.entrySet()) {
                ConsoleTexts.texts(folder, language.getKey()).forEach((key, text) -> forms(text)
                        .filter(form -> language.getValue().matcher(form).find())
                        .forEach(form -> faults.add(folder + "/" + language.getKey() + ": " + key + ": " + form)));
            }
        }
        assertEquals("", String.join("\n", faults));
    }
}
