package uz.koprik.indicators.correlation;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import uz.koprik.indicators.observable.ObservableKind;

/**
 * How sure a match is, and out of what that follows. What each producer says weighs by how it is proven, how sure the
 * producer is and how old it is; producers that say the same independently of one another raise it; a rule other than
 * the same value lowers it. The figures are explained in {@code docs/correlation.md}. Of objects, never of persons.
 *
 * @param score 0 to 100
 * @param producers how many producers make a claim, among the listed objects
 * @param newest when one of them said so last, microseconds since the epoch; 0 when nobody says anything
 */
public record Certainty(int score, int producers, long newest) {

    /** Nobody says anything of the value, or no longer. */
    public static final Certainty NONE = new Certainty(0, 0, 0);

    private static final double SIGNED = 0.9;
    private static final double COUNTERSIGNED = 0.75;
    private static final double UNSIGNED = 0.4;

    /** What is left of a claim that is older than anybody remembers, or that its producer has let expire. */
    private static final double LEAST = 0.1;

    /** The lifetime of values of unknown kinds. */
    private static final Duration LONGEST = Duration.ofDays(1460);

    /**
     * @param kind of the matching value; empty when it is of no known kind
     * @param now microseconds since the epoch
     */
    static Certainty of(ValueMatch.Rule rule, Optional<ObservableKind> kind, Collection<Claim> claims, long now) {
        if (claims.isEmpty()) {
            return NONE;
        }
        Map<String, Double> byProducer = new HashMap<>();
        long newest = 0;
        for (Claim claim : claims) {
            byProducer.merge(claim.producer(), weight(claim, kind, now), Math::max);
            newest = Math.max(newest, claim.at());
        }
        double doubt = 1;
        for (double weight : byProducer.values()) {
            doubt *= 1 - weight;
        }
        return new Certainty((int) Math.round(100 * (1 - doubt) * factor(rule, kind)), byProducer.size(), newest);
    }

    /**
     * The same, at least as sure as two case files with the values are: that is no claim, so the rule alone decides.
     *
     * @param kind of the matching value; empty when it is of no known kind
     */
    public Certainty betweenCases(ValueMatch.Rule rule, Optional<ObservableKind> kind) {
        return new Certainty(Math.max(score, (int) Math.round(100 * factor(rule, kind))), producers, newest);
    }

    private static double weight(Claim claim, Optional<ObservableKind> kind, long now) {
        double proven =
                switch (claim.origin()) {
                    case SIGNED -> SIGNED;
                    case COUNTERSIGNED -> COUNTERSIGNED;
                    case UNSIGNED -> UNSIGNED;
                };
        double sure = claim.confidence().isPresent() ? claim.confidence().getAsInt() / 100.0 : 1;
        boolean expired = claim.validUntil() != 0 && claim.validUntil() <= now;
        return proven * sure * (expired ? LEAST : freshness(now - claim.at(), kind));
    }

    /** From 1 down to {@link #LEAST} in a straight line, within the time in which values of that kind change hands. */
    private static double freshness(long ageMicros, Optional<ObservableKind> kind) {
        double share = (double) Math.max(0, ageMicros)
                / (kind.map(ObservableKind::lifetime).orElse(LONGEST).toSeconds() * 1e6);
        return Math.max(LEAST, 1 - share);
    }

    /** Many files have one name, programs lie at one path everywhere, and thousands of cards share their ends. */
    private static double factor(ValueMatch.Rule rule, Optional<ObservableKind> kind) {
        return switch (rule) {
            case SAME_VALUE ->
                kind.equals(Optional.of(ObservableKind.FILE_NAME))
                        ? 0.3
                        : kind.equals(Optional.of(ObservableKind.FILE_PATH)) ? 0.6 : 1;
            case PATTERN -> 0.9;
            case URL_ON_HOST, EMAIL_AT_DOMAIN, SAME_CLUSTER -> 0.6;
            case SUBDOMAIN -> 0.5;
            case SAME_ENDS -> 0.4;
            case IN_NETWORK -> 0.3;
        };
    }
}
