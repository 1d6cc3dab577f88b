package uz.koprik.gateway.api.objects;

import java.time.format.DateTimeParseException;
import java.util.Optional;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.StixIds;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Erasure;
import uz.koprik.indicators.store.StoreUnavailable;

/** Finds one version of an object for a caller. */
final class StoredVersion {

    private StoredVersion() {}

    /**
     * The version that a request names, else the latest one.
     *
     * @param version a moment such as {@code 2026-11-22T00:00:00.000Z}; null for the latest version
     * @throws Problem 400 when that is no moment, 404 when there is no such version that the caller may see
     */
    static Entry find(AnalystServices services, Caller caller, String id, String version) throws StoreUnavailable {
        Optional<Entry> found;
        if (version == null) {
            found = services.release().latest(caller.recipient(), id);
        } else {
            long wanted = moment(version);
            found = services.release().versions(caller.recipient(), id).stream()
                    .filter(entry -> entry.facts().version() == wanted)
                    .findFirst();
        }
        if (found.isPresent()) {
            return found.get();
        }
        throw gone(services, caller, id);
    }

    /**
     * Why the caller sees nothing under an id: its content was erased or recalled, as far as the caller may know, or
     * there is nothing.
     */
    static Problem gone(AnalystServices services, Caller caller, String id) throws StoreUnavailable {
        Optional<Erasure> erasure = services.release().erasure(caller.recipient(), id);
        if (erasure.isPresent()) {
            return ErasedView.problem(caller, erasure.get());
        }
        return caller.may(Right.ANALYSE)
                ? services.knownRecalls()
                        .fact(caller.recipient(), id)
                        .filter(fact -> fact.narrowedTo().isEmpty())
                        .map(fact -> StixIds.absent(
                                id,
                                "this object was recalled by " + fact.by() + " on "
                                        + fact.at().toString().substring(0, 10) + ": " + fact.reason()))
                        .orElseGet(() -> absent(id))
                : absent(id);
    }

    /** The same words for what is not there and for what the caller may not see. */
    static Problem absent(String id) {
        return StixIds.absent(id, "there is no such object here, or not in this version");
    }

    private static long moment(String text) {
        try {
            return Times.micros(Times.parse(text));
        } catch (DateTimeParseException e) {
            throw ApiJson.bad("\"version\" is not a time such as 2026-11-22T00:00:00.000Z");
        }
    }
}
