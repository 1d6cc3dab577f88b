package uz.koprik.indicators.imports;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Distinguishes MISP's JSON from STIX by its beginning. */
final class MispShape {

    private static final Pattern EVENT = Pattern.compile("\\s*\\[?\\s*\\{\\s*\"Event\"\\s*:");
    private static final Pattern ANSWER = Pattern.compile("\\s*\\{\\s*\"response\"\\s*:\\s*\\[");
    /** The answer to a search for attributes, which has no event. */
    private static final Pattern ATTRIBUTES =
            Pattern.compile("\\s*\\{\\s*\"response\"\\s*:\\s*\\{\\s*\"Attribute\"\\s*:");

    private static final Pattern ONE_ANSWER = Pattern.compile("\\s*\\{\\s*\"response\"\\s*:\\s*\\{");

    /** Members that events have and STIX objects have not. */
    private static final Set<String> MEMBERS = Set.of(
            "threat_level_id",
            "analysis",
            "orgc_id",
            "Orgc",
            "Org",
            "Attribute",
            "Object",
            "attribute_count",
            "Galaxy");

    private MispShape() {}

    /** Whether the beginning of a JSON text is that of a MISP export. */
    static boolean isMisp(String json) {
        return EVENT.matcher(json).lookingAt()
                || (ONE_ANSWER.matcher(json).lookingAt()
                        && !ATTRIBUTES.matcher(json).lookingAt())
                || isAnswer(json)
                || isBareEvent(json);
    }

    /** Whether it is the answer to a search. */
    static boolean isAnswer(String json) {
        return ANSWER.matcher(json).lookingAt();
    }

    /** Whether it is an event, or a list of events, without {@code "Event"} around it. */
    private static boolean isBareEvent(String json) {
        String text = json.stripLeading();
        List<String> names =
                TopLevel.members(text.startsWith("[") ? text.substring(1).stripLeading() : text);
        return !names.contains("spec_version")
                && !names.contains("type")
                && (names.contains("info") || names.contains("Orgc"))
                && names.stream().filter(MEMBERS::contains).count() > 1;
    }
}
