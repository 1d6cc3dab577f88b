package uz.koprik.gateway.analyst;

import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.access.Caller;
import uz.koprik.gateway.access.Right;
import uz.koprik.indicators.correlation.Correlation;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.correlation.Match;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/** What a caller may know of matches. */
final class Sight {

    private Sight() {}

    /**
     * Whether a caller may be told the matches that intake found, which know no bounds: only who works on cases, since a
     * match tells that a value is in one.
     */
    static boolean knowsCases(Caller caller) {
        return caller.may(Right.ANALYSE) && caller.may(Right.CASES);
    }

    /** Where the values of a case file were met, as far as the caller may see. */
    static List<Match> matches(Desk desk, Caller caller, String id, List<Observable> observables) throws StoreUnavailable {
        return correlation(desk, caller, new Correlator.Subject(id, observables, Optional.empty())).matches();
    }

    /** Where the values of a stored object were met, as far as the caller may see, and which were not looked for. */
    static Correlation correlation(Desk desk, Caller caller, Entry entry) throws StoreUnavailable {
        List<Observable> values = entry.facts().observables().stream().map(Observable::ofKey).toList();
        return values.isEmpty()
                ? Correlation.NOTHING
                : correlation(desk, caller,
                        new Correlator.Subject(entry.facts().id(), values, Correlator.describe(entry).claim()));
    }

    private static Correlation correlation(Desk desk, Caller caller, Correlator.Subject subject) throws StoreUnavailable {
        if (!caller.may(Right.ANALYSE) || subject.observables().isEmpty()) {
            return Correlation.NOTHING;
        }
        return desk.correlator()
                .correlate(List.of(subject), desk.release().audience(caller.recipient()))
                .getFirst();
    }
}
