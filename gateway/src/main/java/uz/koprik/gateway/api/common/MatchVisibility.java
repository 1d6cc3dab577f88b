package uz.koprik.gateway.api.common;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseShare;
import uz.koprik.indicators.correlation.Correlation;
import uz.koprik.indicators.correlation.CorrelationSubject;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/** Which matches a caller may see. */
public final class MatchVisibility {

    /** How many of the observed data made of one case are looked at. */
    private static final int MAX_SHARED = 100;

    private MatchVisibility() {}

    /**
     * Whether a submission is answered with matches: not for a caller who does not work on cases, since a match may be
     * with one.
     */
    public static boolean knowsCases(Caller caller) {
        return caller.may(Right.ANALYSE) && caller.may(Right.CASES);
    }

    /** Where the values of a new object were found before, as far as the caller may see. */
    public static List<ValueMatch> matches(AnalystServices services, Caller caller, Outcome outcome)
            throws StoreUnavailable {
        return knowsCases(caller) ? services.release().matches(caller.recipient(), outcome) : List.of();
    }

    /**
     * The sequence number of an entry; null, so that it is left out, for a caller from whom some entries are hidden.
     */
    public static Long seq(Caller caller, Entry entry) {
        return caller.seesAll() ? Long.valueOf(entry.seq()) : null;
    }

    /**
     * The matches of the values of a case file, as far as the caller may see.
     *
     * @param id of the case file; empty when values alone are asked about
     */
    public static List<ValueMatch> matches(
            AnalystServices services, Caller caller, String id, List<Observable> observables) throws StoreUnavailable {
        return correlations(services, caller, List.of(CorrelationSubject.ofValues(id, observables)))
                .getFirst()
                .matches()
                .stream()
                .map(id.isEmpty() ? UnaryOperator.identity() : ValueMatch::ofCase)
                .toList();
    }

    /** The matches of a stored object, as far as the caller may see, and its values that were not looked for. */
    public static Correlation correlation(AnalystServices services, Caller caller, Entry entry)
            throws StoreUnavailable {
        return correlations(services, caller, List.of(CorrelationSubject.of(entry)))
                .getFirst();
    }

    /**
     * The patterns that observed data satisfy which were made of a case file when a part of it was shared, as far as
     * the caller may see.
     */
    public static List<ValueMatch> ofShared(AnalystServices services, Caller caller, CaseFile file)
            throws StoreUnavailable {
        List<CorrelationSubject> shared = new ArrayList<>();
        for (CaseShare share : file.shares()) {
            for (String id : share.left()) {
                if (id.startsWith("observed-data--") && shared.size() < MAX_SHARED) {
                    services.release()
                            .latest(caller.recipient(), id)
                            .map(CorrelationSubject::of)
                            .ifPresent(shared::add);
                }
            }
        }
        return correlations(services, caller, shared).stream()
                .flatMap(correlation -> correlation.matches().stream())
                .filter(match -> match.rule() == ValueMatch.Rule.PATTERN)
                .toList();
    }

    private static List<Correlation> correlations(
            AnalystServices services, Caller caller, List<CorrelationSubject> subjects) throws StoreUnavailable {
        return caller.may(Right.ANALYSE)
                ? services.release().correlate(caller.recipient(), subjects)
                : Collections.nCopies(subjects.size(), Correlation.NOTHING);
    }
}
