package uz.koprik.gateway.analyst;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.access.Caller;
import uz.koprik.gateway.access.Right;
import uz.koprik.gateway.exchange.Outcome;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseShare;
import uz.koprik.indicators.correlation.Correlation;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.correlation.Match;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/** What a caller may know of matches. */
final class Sight {

    /** How many of the observed data made of one case are looked at. */
    private static final int MAX_SHARED = 100;

    private Sight() {}

    /**
     * Whether a caller may be told the matches that intake found, which know no bounds: only who works on cases, since a
     * match tells that a value is in one.
     */
    static boolean knowsCases(Caller caller) {
        return caller.may(Right.ANALYSE) && caller.may(Right.CASES);
    }

    /**
     * What became of objects as the caller may be told it: intake looks for values everywhere, so for one who works on some case
     * files only they are looked for again, among what that one sees.
     */
    static List<Outcome> outcomes(Desk desk, Caller caller, List<Outcome> outcomes) throws StoreUnavailable {
        if (!caller.worksOnSome()) {
            return outcomes;
        }
        List<Outcome> seen = new ArrayList<>(outcomes.size());
        for (Outcome outcome : outcomes) {
            Optional<Entry> entry = outcome.status() == Outcome.Status.ACCEPTED
                    ? desk.release().latest(caller.recipient(), outcome.id()) : Optional.empty();
            Correlation found = entry.isPresent() && !entry.get().facts().revoked()
                    ? correlation(desk, caller, entry.get())
                    : Correlation.NOTHING;
            seen.add(outcome.status() == Outcome.Status.ACCEPTED ? outcome.with(found) : outcome);
        }
        return seen;
    }

    /** The place of an entry in the sequence; null, so that it is left out, for one from whom some of what was counted is hidden. */
    static Long seq(Caller caller, Entry entry) {
        return caller.seesAll() ? Long.valueOf(entry.seq()) : null;
    }

    /** Where the values of a case file were met, as far as the caller may see. */
    static List<Match> matches(Desk desk, Caller caller, String id, List<Observable> observables) throws StoreUnavailable {
        return correlations(desk, caller, List.of(Correlator.Subject.ofValues(id, observables))).getFirst().matches();
    }

    /** Where the values of a stored object were met, as far as the caller may see, and which were not looked for. */
    static Correlation correlation(Desk desk, Caller caller, Entry entry) throws StoreUnavailable {
        return correlations(desk, caller, List.of(Correlator.Subject.of(entry))).getFirst();
    }

    /** The patterns that observed data satisfy which were made of a case file when a part of it was shared, as far as the caller may see. */
    static List<Match> ofShared(Desk desk, Caller caller, CaseFile file) throws StoreUnavailable {
        List<Correlator.Subject> shared = new ArrayList<>();
        for (CaseShare share : file.shares()) {
            for (String id : share.left()) {
                if (id.startsWith("observed-data--") && shared.size() < MAX_SHARED) {
                    desk.release().latest(caller.recipient(), id).map(Correlator.Subject::of).ifPresent(shared::add);
                }
            }
        }
        return correlations(desk, caller, shared).stream()
                .flatMap(correlation -> correlation.matches().stream())
                .filter(match -> match.rule() == Match.Rule.PATTERN)
                .toList();
    }

    private static List<Correlation> correlations(Desk desk, Caller caller, List<Correlator.Subject> subjects) throws StoreUnavailable {
        return caller.may(Right.ANALYSE)
                ? desk.correlator().correlate(subjects, desk.release().audience(caller.recipient()))
                : Collections.nCopies(subjects.size(), Correlation.NOTHING);
    }
}
