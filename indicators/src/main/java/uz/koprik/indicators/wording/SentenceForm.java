package uz.koprik.indicators.wording;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the form of {@link English} means. */
final class SentenceForm {

    private static final Pattern PART = Pattern.compile("\\[([^\\[\\]]*)]|\\{([a-z_]+)}");
    private static final Pattern NAME = Pattern.compile("\\{([a-z_]+)}");
    private static final String LENGTH = "_seconds";

    /** A value of this name is one word. */
    private static final String KIND = "kind";

    private SentenceForm() {}

    /** The names of the values, each once. */
    static List<String> names(String form) {
        return NAME.matcher(form)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    /**
     * The sentence with its values.
     *
     * @throws IllegalArgumentException when one is missing outside of brackets
     */
    static String fill(String form, Map<String, String> values) {
        return PART.matcher(form).replaceAll(part -> Matcher.quoteReplacement(piece(part, values)));
    }

    private static String piece(MatchResult part, Map<String, String> values) {
        if (part.group(1) != null) {
            boolean there = names(part.group(1)).stream()
                    .noneMatch(name -> values.getOrDefault(name, "").isEmpty());
            return there ? fill(part.group(1), values) : "";
        }
        String name = part.group(2);
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the value " + name + " is missing");
        }
        return name.endsWith(LENGTH) ? length(Long.parseLong(value)) : value;
    }

    private static String length(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        return time.toDays() > 1
                ? time.toDays() + " days"
                : time.toHours() > 1 ? time.toHours() + " hours" : time.toMinutes() + " minutes";
    }

    /** The values of a sentence of a form without brackets and lengths of time; empty for another sentence. */
    static Optional<Map<String, String>> read(String form, String sentence) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        for (MatchResult name : NAME.matcher(form).results().toList()) {
            parts.add(Pattern.quote(form.substring(at, name.start())));
            parts.add(name.group(1).equals(KIND) ? "(\\S+)" : "(.*)");
            at = name.end();
        }
        parts.add(Pattern.quote(form.substring(at)));
        Matcher matcher =
                Pattern.compile(String.join("", parts), Pattern.DOTALL).matcher(sentence);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (String name : names(form)) {
            values.put(name, matcher.group(values.size() + 1));
        }
        return Optional.of(values);
    }
}
