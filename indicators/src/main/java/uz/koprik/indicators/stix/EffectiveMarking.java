package uz.koprik.indicators.stix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;

/**
 * Which marking decides over an object: its own, or that of the strictest object it refers to.
 *
 * <p>A marking of single properties counts for the whole object, since objects leave whole or not at all. So does one
 * of an object inside it, such as an observable in observed data. A statement does not count as a marking of TLP; what
 * it is marked with itself does, since it is one of the objects referred to. What a marking means that is neither
 * ({@link #others}, {@link MarkingDefinitions}) nobody here knows.
 */
public final class EffectiveMarking {

    /** What an object counts as when nobody marked it and nothing else is configured. */
    public static final Tlp DEFAULT = Tlp.GREEN;

    private EffectiveMarking() {}

    /** The marking that the object itself carries, the strictest of several; empty when it carries none. */
    public static Optional<Tlp> own(StixObject object) {
        Tlp strictest = null;
        for (String ref : all(object)) {
            strictest = stricter(strictest, ref);
        }
        return Optional.ofNullable(strictest);
    }

    /**
     * What the object counts as by itself. Where no marking of TLP marks it as a whole, the marking of a part does not
     * replace the one that is assumed of the rest: the stricter counts.
     *
     * @param unmarked what an unmarked object counts as
     */
    public static Tlp own(StixObject object, Tlp unmarked) {
        Tlp strictest = own(object).orElse(unmarked);
        return isMarkedAsAWhole(object) ? strictest : strictest.or(unmarked);
    }

    /** What the object is marked as a whole, without its parts; {@code unmarked} without such a marking. */
    public static Tlp ofTheWhole(StixObject object, Tlp unmarked) {
        return object.markingRefs().stream()
                .flatMap(ref -> Markings.tlp(ref).stream())
                .reduce(Tlp::or)
                .orElse(unmarked);
    }

    /** Whether the object bears a marking of TLP that is not of a part alone. */
    public static boolean isMarkedAsAWhole(StixObject object) {
        return object.markingRefs().stream().anyMatch(ref -> Markings.tlp(ref).isPresent());
    }

    /** The ids of the markings of an object that are none of TLP, each once, in the order of the text. */
    public static List<String> others(StixObject object) {
        List<String> others = new ArrayList<>(0);
        for (String ref : all(object)) {
            if (Markings.tlp(ref).isEmpty() && !others.contains(ref)) {
                others.add(ref);
            }
        }
        return others;
    }

    /** JSON pointer of the first place where an object bears a marking; empty when it does not. */
    public static Optional<String> pointer(StixObject object, String marking) {
        return MarkingRefs.of(object.json()).stream()
                .filter(place -> place.id().equals(marking))
                .map(MarkingRefs.Place::pointer)
                .findFirst();
    }

    private static List<String> all(StixObject object) {
        return MarkingRefs.of(object.json()).stream().map(MarkingRefs.Place::id).toList();
    }

    /**
     * The marking that decides.
     *
     * @param unmarked what an unmarked object counts as
     * @param lookup effective marking of the object of an id, as far as it is stored here. The producer is not asked
     *     for: naming oneself as author does not narrow what one publishes
     */
    public static Tlp of(StixObject object, Tlp unmarked, Function<String, Optional<Tlp>> lookup) {
        Tlp effective = own(object, unmarked);
        String producer = object.createdByRef().orElse("");
        for (String ref : object.refs()) {
            if (!ref.equals(producer)) {
                Optional<Tlp> inherited = lookup.apply(ref);
                effective = inherited.isPresent() ? effective.or(inherited.get()) : effective;
            }
        }
        return effective;
    }

    private static Tlp stricter(Tlp soFar, String markingRef) {
        Optional<Tlp> tlp = Markings.tlp(markingRef);
        if (tlp.isEmpty()) {
            return soFar;
        }
        return soFar == null ? tlp.get() : soFar.or(tlp.get());
    }
}
