package uz.koprik.gateway.trouble;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;

/**
 * Something that is wrong, for operators.
 *
 * @param code a stable word; empty where an earlier version wrote the sentence
 * @param details what the sentence names, by name
 * @param sentence what is wrong, in English, without a full stop
 */
public record Trouble(String code, Map<String, String> details, String sentence) {

    /** Nothing is wrong. */
    public static final Trouble NONE = new Trouble("", Map.of(), "");

    /** Names of values that are English or technical text: a translated sentence leaves them out. */
    public static final String SAID = "said";

    private static final Pattern PART = Pattern.compile("\\[([^\\[\\]]*)]|\\{([a-z_]+)}");
    private static final Pattern NAME = Pattern.compile("\\{([a-z_]+)}");
    private static final String LENGTH = "_seconds";

    /** A kind of trouble. Each implementation is an enum, so that a test can walk all kinds. */
    public interface Kind {

        /** The name of the constant. */
        String name();

        /**
         * The English sentence: {@code {name}} stands for a value, and text in brackets is there only when the value in
         * it is. A name that ends in {@code _seconds} is written as a length of time.
         */
        String english();

        /** The stable word. */
        default String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The names of all values. */
        default Stream<String> names() {
            return NAME.matcher(english()).results().map(found -> found.group(1));
        }

        /** One that names nothing. */
        default Trouble plain() {
            return with(Map.of());
        }

        /**
         * One with its values.
         *
         * @param values by name; empty ones count as absent
         */
        default Trouble with(Map<String, ?> values) {
            Map<String, String> details = new TreeMap<>();
            values.forEach((name, value) -> {
                if (!value.toString().isEmpty()) {
                    details.put(name, value.toString());
                }
            });
            return new Trouble(word(), details, filled(english(), details));
        }
    }

    public Trouble {
        details = Map.copyOf(details);
    }

    private static String filled(String text, Map<String, String> details) {
        return PART.matcher(text).replaceAll(part -> Matcher.quoteReplacement(piece(part, details)));
    }

    private static String piece(MatchResult part, Map<String, String> details) {
        if (part.group(1) != null) {
            boolean known = NAME.matcher(part.group(1)).results().allMatch(name -> details.containsKey(name.group(1)));
            return known ? filled(part.group(1), details) : "";
        }
        String name = part.group(2);
        if (!details.containsKey(name)) {
            throw new IllegalArgumentException("the value " + name + " is missing");
        }
        return name.endsWith(LENGTH) ? length(Long.parseLong(details.get(name))) : details.get(name);
    }

    private static String length(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        return time.toDays() > 1
                ? time.toDays() + " days"
                : time.toHours() > 1 ? time.toHours() + " hours" : time.toMinutes() + " minutes";
    }

    /** Whether nothing is wrong. */
    public boolean isEmpty() {
        return sentence.isEmpty();
    }

    /** The sentence for an answer; null when nothing is wrong. */
    public String sentenceOrNull() {
        return sentence.isEmpty() ? null : sentence;
    }

    /** The code for an answer; null for none. */
    public String codeOrNull() {
        return code.isEmpty() ? null : code;
    }

    /** The values for an answer; null for none. */
    public Map<String, String> detailsOrNull() {
        return details.isEmpty() ? null : details;
    }

    /** Adds the sentence as {@code name}, the code as {@code name_code} and the values as {@code name_details}. */
    public void write(JsonObject.Builder json, String name) {
        json.put(name, sentence);
        if (!code.isEmpty()) {
            JsonObject.Builder values = JsonObject.builder();
            details.forEach(values::put);
            json.put(name + "_code", code).put(name + "_details", values.build());
        }
    }

    /** Reads what {@link #write} wrote, also in earlier versions, which wrote the sentence alone. */
    public static Trouble read(JsonObject json, String name) {
        Map<String, String> details = new TreeMap<>();
        json.object(name + "_details").ifPresent(values -> values.names().forEach(one -> {
            if (values.get(one) instanceof JsonString text) {
                details.put(one, text.value());
            }
        }));
        return new Trouble(
                json.string(name + "_code").orElse(""),
                details,
                json.string(name).orElse(""));
    }
}
