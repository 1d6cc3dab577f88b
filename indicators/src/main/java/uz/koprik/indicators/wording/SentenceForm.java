package uz.koprik.indicators.wording;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An English sentence with named places, such as {@code {partner} does not answer}. Immutable. */
public final class SentenceForm {

    private static final Pattern NAME = Pattern.compile("\\{([a-z]+)\\}");

    private final String form;
    private final List<String> names;
    private final Pattern pattern;

    /**
     * @param form the sentence; a place is a name in lower-case letters between braces
     * @param single names of values without blanks
     */
    public SentenceForm(String form, String... single) {
        this.form = form;
        this.names = NAME.matcher(form).results().map(found -> found.group(1)).toList();
        Set<String> ofOneWord = Set.of(single);
        List<String> parts = new ArrayList<>();
        int at = 0;
        for (MatchResult name : NAME.matcher(form).results().toList()) {
            parts.add(Pattern.quote(form.substring(at, name.start())));
            parts.add(ofOneWord.contains(name.group(1)) ? "(\\S+)" : "(.*)");
            at = name.end();
        }
        parts.add(Pattern.quote(form.substring(at)));
        this.pattern = Pattern.compile(String.join("", parts), Pattern.DOTALL);
    }

    /** The names of the places, in their order. */
    public List<String> names() {
        return names;
    }

    /** Whether it has words of its own; without them it fits every sentence. */
    boolean hasWords() {
        return !NAME.matcher(form).replaceAll("").isBlank();
    }

    /**
     * The sentence with its values.
     *
     * @param values by name
     * @throws IllegalArgumentException when they are not those that the sentence names
     */
    public String fill(Map<String, String> values) {
        if (!values.keySet().equals(Set.copyOf(names))) {
            throw new IllegalArgumentException("the details of this sentence are " + names);
        }
        return NAME.matcher(form).replaceAll(name -> Matcher.quoteReplacement(values.get(name.group(1))));
    }

    /** The values of a sentence of this form by name; empty for another sentence. */
    public Optional<Map<String, String>> read(String sentence) {
        Matcher matcher = pattern.matcher(sentence);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names) {
            values.put(name, matcher.group(values.size() + 1));
        }
        return Optional.of(values);
    }
}
