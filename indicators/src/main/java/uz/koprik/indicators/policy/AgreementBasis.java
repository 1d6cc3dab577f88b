package uz.koprik.indicators.policy;

import java.util.Set;

/** What an {@link Agreement} rests on. */
public sealed interface AgreementBasis {

    /** On the wire: {@code signed}, {@code interim} or {@code none}. */
    default String word() {
        return switch (this) {
            case Signed signed -> "signed";
            case Settings settings -> "interim";
            case Nothing nothing -> "none";
        };
    }

    /** A section of {@code partners.yaml}, which one side wrote: interim terms. */
    record Settings() implements AgreementBasis {}

    /**
     * A document that both sides signed.
     *
     * @param id of the document
     * @param kinds codes of the kinds of observables that it names as covered; personal kinds only by name
     * @param everyTechnical whether these are all kinds that are not personal
     * @param everyPersonal whether these are all personal kinds
     * @param relay whether objects received under it may be given to third parties
     */
    record Signed(String id, Set<String> kinds, boolean everyTechnical, boolean everyPersonal, boolean relay)
            implements AgreementBasis {

        public Signed {
            kinds = Set.copyOf(kinds);
        }

        /** Whether all observables of an object are covered; one whose kinds are unknown may carry every kind. */
        boolean covers(ReleaseTerms object) {
            return object.kinds()
                    .map(kinds::containsAll)
                    .orElse(everyTechnical && (everyPersonal || !object.personal()));
        }
    }

    /**
     * Nothing that holds now.
     *
     * @param why what there is instead, as a sentence without its full stop
     * @param article the number of the article by which a signed document does not hold; 0 when none was signed
     */
    record Nothing(String why, int article) implements AgreementBasis {}
}
