package uz.koprik.indicators.policy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * For what a member of the centre uses personal values that partners gave under agreements which ask for a purpose on
 * use (article 2).
 *
 * @param purpose what the member said; empty when nothing was said
 * @param centre whether this is work of the centre itself, which no person sees
 * @param withheld names of the partners whose personal objects are left out, since no purpose of their agreement was
 *     said
 */
public record PersonalUse(Optional<String> purpose, boolean centre, Set<String> withheld) {

    /** Nothing was said. */
    public static final PersonalUse UNSAID = new PersonalUse(Optional.empty(), false, Set.of());

    /** Work of the centre itself. */
    public static final PersonalUse OF_CENTRE = new PersonalUse(Optional.empty(), true, Set.of());

    public PersonalUse {
        withheld = Set.copyOf(withheld);
    }

    /** A use for a purpose; {@link #under} says what it opens. */
    public static PersonalUse of(String purpose) {
        return new PersonalUse(Optional.of(purpose), false, Set.of());
    }

    /**
     * The same at a centre with these agreements.
     *
     * @param asked by name of partner, the purposes of an agreement that asks for one on use
     */
    public PersonalUse under(Map<String, Set<String>> asked) {
        if (centre || (asked.isEmpty() && withheld.isEmpty())) {
            return this;
        }
        Set<String> left = asked.entrySet().stream()
                .filter(partner -> purpose.filter(partner.getValue()::contains).isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        return new PersonalUse(purpose, false, left);
    }

    /** The same without what was said: equal for members who may see the same. */
    PersonalUse rule() {
        return withheld.isEmpty() ? UNSAID : new PersonalUse(Optional.empty(), false, withheld);
    }

    /**
     * The partner whose agreement keeps an object of these terms from the member; empty when none does. An object that
     * an earlier version stored does not say from where it came, so that it may be from any of them.
     */
    Optional<String> keeps(ReleaseTerms object) {
        if (withheld.isEmpty() || !object.personal() || object.own()) {
            return Optional.empty();
        }
        Set<String> from = object.from().isEmpty() && object.kinds().isEmpty() ? withheld : object.from();
        return new TreeSet<>(from).stream().filter(withheld::contains).findFirst();
    }
}
