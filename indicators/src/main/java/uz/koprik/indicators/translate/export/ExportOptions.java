package uz.koprik.indicators.translate.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.observable.NetworkRole;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.network.Hosts;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.translate.Untranslatable;
import uz.koprik.indicators.translate.export.ExportCounts.Omission;
import uz.koprik.indicators.warninglist.ProtectedValues;

/**
 * What goes into an export.
 *
 * @param kinds kinds of values; empty for all
 * @param now the moment indicators must be valid at, and the time of the export
 * @param everything whether revoked, expired and future indicators go in as well
 * @param hashLists whether rules may look up hashes in list files beside them (Suricata)
 * @param unexpressed receives what cannot be expressed, which is listed in the export too
 * @param protectedValues what is never blocked, and so never exported
 * @param counts counts what is written and left out
 * @param assumedLimit the strictest marking of what goes in, when nobody named one; formats that begin with comments
 *     say it
 * @param anyway whether protected values go in as well; formats that block refuse it
 * @param referenced finds an object by its id, to judge what observed data refers to; empty when it is not at hand
 */
public record ExportOptions(
        Set<ObservableKind> kinds,
        Instant now,
        boolean everything,
        boolean hashLists,
        Consumer<Untranslatable> unexpressed,
        ProtectedValues protectedValues,
        ExportCounts counts,
        Optional<Tlp> assumedLimit,
        boolean anyway,
        Function<String, Optional<JsonObject>> referenced) {

    /** The strictest marking of what goes into an export when nobody names one. */
    public static final Tlp SAFE_LIMIT = Tlp.GREEN;

    public ExportOptions {
        kinds = Set.copyOf(kinds);
    }

    /** With the built-in list of what is never blocked, and counts that nobody reads. */
    public ExportOptions(
            Set<ObservableKind> kinds,
            Instant now,
            boolean everything,
            boolean hashLists,
            Consumer<Untranslatable> unexpressed) {
        this(
                kinds,
                now,
                everything,
                hashLists,
                unexpressed,
                ProtectedValues.BUILT_IN,
                new ExportCounts(),
                Optional.empty(),
                false,
                id -> Optional.empty());
    }

    /** Live indicators of all kinds. */
    public static ExportOptions live(Instant now) {
        return new ExportOptions(Set.of(), now, false, false, one -> {});
    }

    boolean wants(ObservableKind kind) {
        return kinds.isEmpty() || kinds.contains(kind);
    }

    /** As {@link #wants}; counts the value when it is not wanted. */
    boolean takes(ObservableKind kind) {
        boolean wanted = wants(kind);
        if (!wanted) {
            counts.omitted(Omission.OTHER_KIND);
        }
        return wanted;
    }

    /**
     * Whether an object is in force: not revoked, {@code valid_from} reached, {@code valid_until} not (section 4.7).
     * Counts the object when it is not.
     */
    public boolean inForce(JsonObject object) {
        if (everything) {
            return true;
        }
        Optional<Omission> why = omission(object);
        why.ifPresent(counts::omitted);
        return why.isEmpty();
    }

    /** Whether an object is in force, also when everything is wanted; counts nothing. */
    public boolean isInForce(JsonObject object) {
        return omission(object).isEmpty();
    }

    /** Why an object is not in force; empty when it is. */
    Optional<Omission> omission(JsonObject object) {
        long moment = StixTimestamp.micros(now);
        if (object.get("revoked") instanceof JsonBoolean revoked && revoked.value()) {
            return Optional.of(Omission.REVOKED);
        }
        if (object.string("valid_from")
                .filter(t -> StixTimestamp.parse(t) > moment)
                .isPresent()) {
            return Optional.of(Omission.NOT_YET_VALID);
        }
        return object.string("valid_until")
                .filter(t -> StixTimestamp.parse(t) <= moment)
                .map(t -> Omission.EXPIRED);
    }

    /**
     * The protected values that an object carries, or that the observables of observed data carry: one report for each,
     * none for most objects. They are counted, and reported without the value: what reads an export must not find it
     * anywhere.
     */
    public List<Untranslatable> leftOut(StixObject object) {
        if (anyway) {
            return List.of();
        }
        return hits(object).stream().map(hit -> leftOut(object, hit.reason())).toList();
    }

    /** Counts and reports one protected value of an object. */
    Untranslatable leftOut(StixObject object, ProtectedValues.Reason reason) {
        counts.omitted(reason);
        return Untranslatable.whole(object.id(), object.type(), "never exported: " + reason.label());
    }

    private List<ProtectedValues.Hit> hits(StixObject object) {
        List<ProtectedValues.Hit> hits = protectedValues.hits(object.json());
        if (!object.type().equals("observed-data")) {
            return hits;
        }
        List<ProtectedValues.Hit> all = new ArrayList<>(hits);
        for (Json ref : object.json().items("object_refs")) {
            if (ref instanceof JsonString id) {
                referenced.apply(id.value()).ifPresent(one -> all.addAll(protectedValues.hits(one)));
            }
        }
        return all;
    }

    /** Whether {@link #leftOut} leaves out an object as a whole; reports it. Its signature covers all of it. */
    boolean isLeftOut(StixObject object) {
        List<Untranslatable> leftOut = leftOut(object);
        leftOut.forEach(unexpressed);
        return !leftOut.isEmpty();
    }

    /** Whether a value may be in an export. */
    boolean mayExport(Observable value) {
        return anyway || protectedValues.hit(value).isEmpty();
    }

    /** What a table says of a value that is in it although it is protected; else empty. */
    String noteOf(Observable value) {
        return anyway
                ? protectedValues
                        .hit(value)
                        .map(hit -> "do not block: " + hit.what())
                        .orElse("")
                : "";
    }

    /**
     * Why a line with this URL may block more than the URL: tools that read lists take its host. Empty for other values
     * and for hosts that may be blocked.
     */
    Optional<ProtectedValues.Reason> protectedHost(Observable value) {
        return value.kind().networkRole() == NetworkRole.URL
                ? Hosts.of(value).flatMap(protectedValues::hit).map(ProtectedValues.Hit::reason)
                : Optional.empty();
    }
}
