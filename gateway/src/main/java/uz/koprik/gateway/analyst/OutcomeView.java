package uz.koprik.gateway.analyst;

import java.util.List;
import java.util.Locale;
import uz.koprik.gateway.exchange.Outcome;
import uz.koprik.gateway.exchange.Refusal;

/**
 * What became of one object that was brought, as the API shows it.
 *
 * @param where its place in what was brought
 * @param id STIX id, when it could be read
 * @param version its version, when it has one
 * @param status accepted, unchanged or refused
 * @param refusal why, when refused
 * @param matches where its values were met before, when it is new
 */
record OutcomeView(
        String where, String id, String version, String status, RefusalView refusal, List<MatchView> matches) {

    static OutcomeView of(Outcome outcome, boolean withMatches) {
        return new OutcomeView(
                outcome.where(),
                outcome.id().isEmpty() ? null : outcome.id(),
                Times.text(outcome.version()),
                outcome.status().name().toLowerCase(Locale.ROOT),
                outcome.refusal().map(RefusalView::of).orElse(null),
                withMatches ? MatchView.of(outcome.matches()) : List.of());
    }

    /**
     * Why an object was refused.
     *
     * @param code stable word
     * @param pointer JSON pointer into the object; empty for the whole
     * @param reason a sentence
     */
    record RefusalView(String code, String pointer, String reason) {

        static RefusalView of(Refusal refusal) {
            return new RefusalView(
                    refusal.code().name().toLowerCase(Locale.ROOT), refusal.pointer(), refusal.reason());
        }
    }

    /**
     * What became of everything that was brought in one request.
     *
     * @param accepted stored for the first time
     * @param unchanged there already
     * @param refused not stored
     * @param objects one item an object, in the order in which they were brought
     */
    record All(long accepted, long unchanged, long refused, List<OutcomeView> objects) {

        /** @param withMatches whether the caller may be told the matches that intake found */
        static All of(List<Outcome> outcomes, boolean withMatches) {
            return new All(
                    count(outcomes, Outcome.Status.ACCEPTED),
                    count(outcomes, Outcome.Status.UNCHANGED),
                    count(outcomes, Outcome.Status.REFUSED),
                    outcomes.stream().map(o -> OutcomeView.of(o, withMatches)).toList());
        }

        private static long count(List<Outcome> outcomes, Outcome.Status status) {
            return outcomes.stream().filter(o -> o.status() == status).count();
        }
    }
}
