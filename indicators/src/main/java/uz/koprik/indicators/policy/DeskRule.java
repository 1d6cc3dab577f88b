package uz.koprik.indicators.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a second person has to release an object before it leaves the centre: TLP:RED with named recipients,
 * AMBER+STRICT, personal observables, and what the settings list besides.
 *
 * @param on whether any does
 * @param markings which other markings do
 * @param kinds codes of other kinds of observables that do
 * @param relayed whether what partners gave does, too
 */
public record DeskRule(boolean on, Set<Tlp> markings, Set<String> kinds, boolean relayed) {

    /** The rule of a centre without a release desk. */
    public static final DeskRule OFF = new DeskRule(false, Set.of(), Set.of(), false);

    public DeskRule {
        markings = Set.copyOf(markings);
        kinds = Set.copyOf(kinds);
    }

    /** What an object has that asks for a second person. */
    public enum Why {
        MARKING,
        PERSONAL,
        KIND,
        /** It is an object without its stricter parts: somebody else looks whether all of them are gone. */
        REDACTION;

        /** On the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One reason.
     *
     * @param value the marking or the code of the kind; empty text for personal observables
     */
    public record Reason(Why why, String value) {}

    /** Why an object of these terms needs a second person; none when it needs none. */
    public List<Reason> reasons(ReleaseTerms terms) {
        if (!on || reachesNobody(terms) || (!relayed && !terms.from().isEmpty())) {
            return List.of();
        }
        List<Reason> reasons = new ArrayList<>();
        Tlp tlp = terms.tlp();
        if (tlp == Tlp.RED || tlp == Tlp.AMBER_STRICT || markings.contains(tlp)) {
            reasons.add(new Reason(Why.MARKING, tlp.label()));
        }
        if (terms.personal()) {
            reasons.add(new Reason(Why.PERSONAL, ""));
        }
        terms.kinds().orElse(Set.of()).stream()
                .filter(kinds::contains)
                .forEach(kind -> reasons.add(new Reason(Why.KIND, kind)));
        return List.copyOf(reasons);
    }

    /**
     * The same for a redaction, which is made to go further than its original. Under any terms it needs a second
     * person, as long as it reaches anybody.
     */
    public List<Reason> ofRedaction(ReleaseTerms terms) {
        if (!on || reachesNobody(terms)) {
            return List.of();
        }
        List<Reason> reasons = new ArrayList<>(reasons(terms));
        reasons.add(new Reason(Why.REDACTION, ""));
        return List.copyOf(reasons);
    }

    /** Whether no agreement and no person could let it go to anybody outside. */
    private static boolean reachesNobody(ReleaseTerms terms) {
        return terms.house() || terms.toNobody() || (!terms.own() && terms.tlp().compareTo(Tlp.AMBER) >= 0);
    }
}
