package uz.koprik.gateway.api.common;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.documents.DocumentDoubts;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.warninglist.ProtectedValues;
import uz.koprik.indicators.warninglist.WarningLists;

/**
 * What a person should know of a value before it is reported.
 *
 * @param doubtCode why it may be no indicator, as a stable word; null when nothing speaks against it
 * @param otherKinds as what else the text can be read, when it is doubtful; null otherwise
 * @param protection why it is never blocked, a clause; null when it may be
 * @param protectionCode the same as a stable word
 * @param list the warning list that says that it is not malicious; null for none
 */
public record ValueFacts(
        String doubtCode, List<String> otherKinds, String protection, String protectionCode, String list) {

    /**
     * The facts of one value.
     *
     * @param spelling as it stands in the text
     * @param doubt why it may be no indicator, a clause; empty when nothing speaks against it
     */
    public static ValueFacts of(AnalystServices services, Observable value, String spelling, String doubt) {
        Optional<ProtectedValues.Hit> hit = services.protectedValues().hit(value);
        return new ValueFacts(
                doubt.isEmpty() ? null : DocumentDoubts.code(doubt).orElse("other"),
                doubt.isEmpty() ? null : otherKinds(services, spelling, value.kind()),
                hit.map(ProtectedValues.Hit::what).orElse(null),
                hit.map(one -> one.reason().code()).orElse(null),
                services.release().silencedBy(value).map(WarningLists.Hit::list).orElse(null));
    }

    private static List<String> otherKinds(AnalystServices services, String spelling, ObservableKind read) {
        List<String> kinds = new ArrayList<>();
        for (ObservableKind kind : ObservableKind.values()) {
            if (kind != read && is(services, spelling, kind)) {
                kinds.add(kind.code());
            }
        }
        return kinds;
    }

    private static boolean is(AnalystServices services, String spelling, ObservableKind kind) {
        try {
            return services.recognition()
                            .recogniseOne(spelling, kind)
                            .observable()
                            .kind()
                    == kind;
        } catch (InvalidObservable no) {
            return false;
        }
    }

    /** Of how many objects each value is known that the caller may see, by the key of {@link Observable#comparedAs}. */
    public static Map<String, Carriers> known(AnalystServices services, Caller caller, Collection<Observable> values)
            throws StoreUnavailable {
        return values.isEmpty()
                ? Map.of()
                : services.release()
                        .carriers(
                                caller.recipient(),
                                values.stream()
                                        .map(value -> value.comparedAs().key())
                                        .distinct()
                                        .toList(),
                                ValueMatch.LISTED);
    }

    /** The number in what {@link #known} answers. */
    public static long count(Map<String, Carriers> known, Observable value) {
        Carriers them = known.get(value.comparedAs().key());
        return them == null ? 0 : them.count();
    }
}
