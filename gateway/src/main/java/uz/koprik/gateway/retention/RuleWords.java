package uz.koprik.gateway.retention;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a rule, taken apart for programs. Records of erasures have the words alone.
 *
 * @param code a stable word, see {@link Code}; {@code other} for words that are none of these
 * @param details what the words name, by name
 */
public record RuleWords(String code, Map<String, String> details) {

    /** The rules that there are. */
    public enum Code {
        /** A setting keeps objects of a marking for some days: {@code tlp}, {@code days}, {@code setting}. */
        MARKING("(?<tlp>TLP:\\S+) is kept for (?<days>\\d+) days? \\((?<setting>[a-z_.]+)\\)"),
        /** A setting keeps personal values for some days: {@code days}, {@code setting}. */
        PERSONAL("what holds personal values is kept for (?<days>\\d+) days? \\((?<setting>[a-z_.]+)\\)"),
        /** Article 6 of an agreement: {@code partner}, {@code version} (the date of it), {@code days}. */
        AGREEMENT(
                "article 6 of the agreement with (?<partner>\\S+) \\(version of (?<version>\\S+)\\): (?<days>\\d+) days?"),
        /** Somebody ordered it: {@code reason}. */
        ORDER("order: (?<reason>.*)");

        private final Pattern pattern;

        Code(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }

        /** The stable word. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RuleWords {
        details = Map.copyOf(details);
    }

    /** Takes the words of a rule apart, as {@link RetentionRule#words} and {@link ErasureBatch#rule} have them. */
    public static RuleWords of(String words) {
        for (Code code : Code.values()) {
            Matcher matcher = code.pattern.matcher(words);
            if (matcher.matches()) {
                Map<String, String> details = new TreeMap<>();
                code.pattern.namedGroups().forEach((name, group) -> details.put(name, matcher.group(group)));
                return new RuleWords(code.word(), details);
            }
        }
        return new RuleWords("other", Map.of());
    }
}
