package uz.koprik.indicators.stix.rules;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rule of STIX whose breach leaves no doubt about what the object says. An object that breaks only such rules stays
 * invalid, and intake takes it all the same: always, or where the settings of its source forgive the rule.
 */
public enum ForgivableRule {
    /** A member of an extension has a name of one or two characters, such as {@code id} (sections 3.1 and 7.3). */
    SHORT_EXTENSION_NAME(true),
    /** The {@code stop_time} of a relationship equals its {@code start_time} (section 5.1). */
    EQUAL_TIMES(true),
    /** A marking definition of TLP 1 has the name that version 2.0 gives to the same level (section 7.2.1.4). */
    TLP_NAME(true),
    /** {@code created} or {@code modified} has fewer than three digits of a fraction (section 3.2). */
    SHORT_FRACTION(true),
    /** The hive of a registry key is abbreviated, such as {@code HKLM} (section 6.17). */
    REGISTRY_HIVE(true),
    /** A list is empty (section 2.12). */
    EMPTY_LIST(false),
    /** A dictionary, {@code hashes}, {@code extensions} or an extension is empty (sections 2.3 and 7.3). */
    EMPTY_OBJECT(false),
    /** A property that may be absent is null (section 2). */
    NULL_VALUE(false),
    /** {@code modified} is earlier than {@code created} (section 3.2). */
    MODIFIED_BEFORE_CREATED(false),
    /** Other times are in the wrong order, such as {@code last_seen} before {@code first_seen}. */
    TIME_ORDER(false),
    /** A marking definition of TLP 1 is worded otherwise, and means the same level (section 7.2.1.4). */
    TLP_DEFINITION(false),
    /** The name of a custom property is not of the allowed form (section 11.1). */
    PROPERTY_NAME(false),
    /** A CVE or CAPEC is not named by {@code source_name} and {@code external_id} as usual (sections 4.1, 4.19). */
    EXTERNAL_ID(false),
    /** A URL has characters that must be escaped (section 6.15). */
    URL(false);

    /** Those that every source is forgiven. */
    public static final Set<ForgivableRule> ALWAYS = Set.copyOf(EnumSet.copyOf(
            Arrays.stream(values()).filter(ForgivableRule::always).toList()));

    private final boolean always;

    ForgivableRule(boolean always) {
        this.always = always;
    }

    /** Whether every source is forgiven, without a setting. */
    public boolean always() {
        return always;
    }

    /** As it stands in settings and on the command line, such as {@code empty-list}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The rule of a word.
     *
     * @throws IllegalArgumentException when there is none; the message lists all that there are
     */
    public static ForgivableRule of(String word) {
        for (ForgivableRule rule : values()) {
            if (rule.word().equals(word)) {
                return rule;
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" is no rule that can be forgiven; these can: " + known());
    }

    /**
     * The rules of a comma-separated list; blanks around the words do not count.
     *
     * @throws IllegalArgumentException as {@link #of} does
     */
    public static Set<ForgivableRule> list(String words) {
        Set<ForgivableRule> rules = EnumSet.noneOf(ForgivableRule.class);
        Arrays.stream(words.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .forEach(word -> rules.add(of(word)));
        return Set.copyOf(rules);
    }

    /** All words that settings may name: those of the rules that are not forgiven anyway. */
    public static String known() {
        return Arrays.stream(values())
                .filter(rule -> !rule.always)
                .map(ForgivableRule::word)
                .collect(Collectors.joining(", "));
    }
}
