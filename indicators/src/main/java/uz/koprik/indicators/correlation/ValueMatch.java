package uz.koprik.indicators.correlation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.forms.ValueRemark;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Provenance;

/**
 * A value of a new object that matches one of stored objects; or a pattern and what satisfies it.
 *
 * @param observable the value of the new object; of {@link Rule#PATTERN} one that was observed, empty when nothing
 *     observed is of a known kind
 * @param rule why the two belong together
 * @param other the value of the stored objects; the same one when the rule says so
 * @param count how many other objects carry it, as far as the asker may see
 * @param more whether there may be more than were counted
 * @param met the ones added last, newest first
 * @param certainty how sure it is, judged by the new object and the listed ones
 * @param pattern of {@link Rule#PATTERN} the pattern in normal form, shortened when it is very long; empty for other
 *     rules
 */
public record ValueMatch(
        Optional<Observable> observable,
        Rule rule,
        Optional<Observable> other,
        long count,
        boolean more,
        List<MatchedObject> met,
        Certainty certainty,
        Optional<String> pattern) {

    /** How many of the objects that carry a value a match lists; the count includes the others. */
    public static final int LISTED = 5;

    public ValueMatch {
        met = List.copyOf(met);
    }

    /** A match by any rule but that of patterns. */
    public ValueMatch(
            Observable observable,
            Rule rule,
            Observable other,
            long count,
            boolean more,
            List<MatchedObject> met,
            Certainty certainty) {
        this(Optional.of(observable), rule, Optional.of(other), count, more, met, certainty, Optional.empty());
    }

    /** What the two values have in common when they only may be the same. */
    public Optional<ValueRemark> remark() {
        return rule == Rule.SAME_ENDS
                ? observable.flatMap(value -> value.sharedWith(other.orElseThrow()))
                : Optional.empty();
    }

    /** The match of a value of a case file: other case files with the value make it as sure as its rule is. */
    public ValueMatch ofCase() {
        boolean withCase = met.stream().anyMatch(one -> one.caseNumber().isPresent());
        return withCase
                ? new ValueMatch(
                        observable,
                        rule,
                        other,
                        count,
                        more,
                        met,
                        certainty.betweenCases(rule, other.map(Observable::kind)),
                        pattern)
                : this;
    }

    /**
     * By which rule two values belong together. Either of them may be the new one, see {@link ValueMatch#observable}.
     */
    public enum Rule {
        /** They are the same in normal form. */
        SAME_VALUE,
        /** One domain lies below the other, but neither is a public suffix. */
        SUBDOMAIN,
        /** The URL is on the host. */
        URL_ON_HOST,
        /** The e-mail address is at the domain, or at one below it. */
        EMAIL_AT_DOMAIN,
        /** The address or network lies in the network. */
        IN_NETWORK,
        /** Somebody reported the two wallets together, in one object. */
        SAME_CLUSTER,
        /** Two payment cards with the same first and last digits, of which one is a mask: they may be one card. */
        SAME_ENDS,
        /** Observed data satisfy the pattern of an indicator, which asks for more than one value. */
        PATTERN
    }

    /**
     * One object that carries the value.
     *
     * @param id STIX id
     * @param type STIX type
     * @param title its name, or the number and title of a case file
     * @param caseNumber the number, when it is a case file
     * @param producer {@code created_by_ref}, when there is one
     * @param receivedFrom the partner it came from; empty for this centre
     * @param added when it was added here, microseconds since the epoch
     * @param provenance who vouches for it
     * @param revoked whether its creator revoked it
     * @param interpreted its values that stand where values of other kinds belong; they were read as what they plainly
     *     are
     * @param claim what it says of the value; empty for a case file, which only contains it, and for a revoked object
     */
    public record MatchedObject(
            String id,
            String type,
            String title,
            Optional<String> caseNumber,
            Optional<String> producer,
            String receivedFrom,
            long added,
            Provenance provenance,
            boolean revoked,
            Set<Observable> interpreted,
            Optional<Claim> claim) {

        public MatchedObject {
            interpreted = Set.copyOf(interpreted);
        }

        /** Describes a stored object. */
        public static MatchedObject of(Entry entry) {
            return Description.of(entry);
        }
    }
}
