package uz.koprik.gateway.auth;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may use a route, as a row of the table says.
 *
 * @param who by which rule
 * @param anyOf lists of rights: the caller must have all rights of one list. Empty without rights
 * @param confirmed whether another administrator confirms it, when {@code accounts.two_persons} is true
 */
public record Requirement(Who who, List<List<Right>> anyOf, boolean confirmed) {

    /** Rules of the table. */
    public enum Who {
        /** Also callers who have not signed in. */
        EVERYBODY,
        /** Every caller who proved who it is; the route serves what is its own. */
        KNOWN,
        /** Callers with rights; others get 403. */
        ENTITLED,
        /** Callers with rights; the route answers others as if nothing were there. */
        HIDDEN
    }

    private static final String HIDDEN_PREFIX = "hidden:";

    public Requirement {
        anyOf = anyOf.stream().map(List::copyOf).toList();
    }

    /**
     * Reads a rule.
     *
     * @param rule such as {@code everybody}, {@code cases+write} or {@code operate|write}
     * @throws IllegalArgumentException when it names no rule and no right
     */
    public static Requirement parse(String rule) {
        return switch (rule) {
            case "everybody" -> new Requirement(Who.EVERYBODY, List.of(), false);
            case "known" -> new Requirement(Who.KNOWN, List.of(), false);
            default -> {
                boolean hidden = rule.startsWith(HIDDEN_PREFIX);
                String rights = hidden ? rule.substring(HIDDEN_PREFIX.length()) : rule;
                yield new Requirement(
                        hidden ? Who.HIDDEN : Who.ENTITLED,
                        Stream.of(rights.split("\\|", -1))
                                .map(list -> Stream.of(list.split("\\+", -1))
                                        .map(code -> Right.of(code)
                                                .orElseThrow(() -> new IllegalArgumentException("no right " + code)))
                                        .toList())
                                .toList(),
                        false);
            }
        };
    }

    /** The same rule for an act that another administrator confirms. */
    Requirement confirmedBySecondPerson() {
        return new Requirement(who, anyOf, true);
    }

    /** Whether a known caller with these rights may. */
    public boolean allows(Set<Right> rights) {
        return missing(rights).isEmpty();
    }

    /** The first right that is missing to the alternative that lacks fewest; empty when none is. */
    public Optional<Right> missing(Set<Right> rights) {
        List<Right> fewest = null;
        for (List<Right> all : anyOf) {
            List<Right> lacking =
                    all.stream().filter(right -> !rights.contains(right)).toList();
            if (fewest == null || lacking.size() < fewest.size()) {
                fewest = lacking;
            }
        }
        return fewest == null ? Optional.empty() : fewest.stream().findFirst();
    }

    /** As it stands in the table, without the word for hidden routes. */
    public String words() {
        return anyOf.isEmpty()
                ? who.name().toLowerCase(Locale.ROOT)
                : anyOf.stream()
                        .map(all -> all.stream().map(Right::code).collect(Collectors.joining(" and ")))
                        .collect(Collectors.joining(", or "));
    }
}
