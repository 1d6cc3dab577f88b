package uz.koprik.indicators.policy;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What {@link ReleaseTerms} say besides their class, as journals and logs of clusters hold it: fields {@code letter=…},
 * separated by semicolons, lists by commas, in a fixed order. {@code k} kinds, {@code f} from, {@code r} recipients,
 * {@code b} the marking below RED, {@code e} embargo, {@code g} groups as {@code id@moment}, {@code h=w} waits at the
 * release desk, {@code h=r} refers to what waits there. A field that is missing is empty; a letter that is unknown
 * belongs to a later version.
 */
final class TermsText {

    private TermsText() {}

    static String write(ReleaseTerms terms) {
        StringBuilder text = new StringBuilder();
        terms.kinds().ifPresent(kinds -> list(text, 'k', kinds));
        if (!terms.from().isEmpty()) {
            list(text, 'f', terms.from());
        }
        terms.recipients().ifPresent(recipients -> list(text, 'r', recipients));
        terms.below().ifPresent(tlp -> field(text, 'b').append(tlp.name()));
        terms.embargo().ifPresent(moment -> field(text, 'e').append(moment));
        if (!terms.groups().isEmpty()) {
            list(
                    text,
                    'g',
                    terms.groups().entrySet().stream()
                            .map(group -> group.getKey() + '@' + group.getValue())
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        if (terms.held()) {
            field(text, 'h').append(terms.hold() == ReleaseTerms.Hold.WAITS ? 'w' : 'r');
        }
        return text.toString();
    }

    private static StringBuilder field(StringBuilder text, char letter) {
        return (text.isEmpty() ? text : text.append(';')).append(letter).append('=');
    }

    private static void list(StringBuilder text, char letter, Set<String> names) {
        field(text, letter);
        String between = "";
        for (String name : names) {
            text.append(between).append(plain(name) ? name : URLEncoder.encode(name, StandardCharsets.UTF_8));
            between = ",";
        }
    }

    /** Whether a name has the same form encoded. */
    private static boolean plain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
                return false;
            }
        }
        return true;
    }

    static ReleaseTerms read(ReleaseTerms plain, String definition) {
        Optional<Set<String>> kinds = Optional.empty();
        Set<String> from = Set.of();
        Optional<Set<String>> recipients = Optional.empty();
        Optional<Tlp> below = Optional.empty();
        Optional<Instant> embargo = Optional.empty();
        Map<String, Instant> groups = Map.of();
        ReleaseTerms.Hold hold = ReleaseTerms.Hold.NONE;
        for (String field : definition.split(";", -1)) {
            String value = field.length() > 2 ? field.substring(2) : "";
            switch (field.length() < 2 ? "" : field.substring(0, 2)) {
                case "k=" -> kinds = Optional.of(names(value));
                case "f=" -> from = names(value);
                case "r=" -> recipients = Optional.of(names(value));
                case "b=" -> below = Optional.of(Tlp.valueOf(value));
                case "e=" -> embargo = Optional.of(Instant.parse(value));
                case "g=" -> groups = groups(names(value));
                case "h=" -> hold = value.equals("w") ? ReleaseTerms.Hold.WAITS : ReleaseTerms.Hold.BY_REFERENCE;
                default ->
                    throw new IllegalStateException("the release terms \"" + definition
                            + "\" were written by a later version: start that version");
            }
        }
        return new ReleaseTerms(
                plain.tlp(),
                plain.own(),
                plain.personal(),
                plain.house(),
                kinds,
                from,
                recipients,
                below,
                embargo,
                groups,
                hold);
    }

    private static Map<String, Instant> groups(Set<String> names) {
        return names.stream()
                .map(name -> name.split("@", 2))
                .collect(Collectors.toUnmodifiableMap(group -> group[0], group -> Instant.parse(group[1])));
    }

    private static Set<String> names(String list) {
        return list.isEmpty()
                ? Set.of()
                : Arrays.stream(list.split(",", -1))
                        .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
