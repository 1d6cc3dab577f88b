package uz.koprik.indicators.translate.export;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
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
 */
public record ExportOptions(
        Set<ObservableKind> kinds,
        Instant now,
        boolean everything,
        boolean hashLists,
        Consumer<Untranslatable> unexpressed,
        ProtectedValues protectedValues,
        ExportCounts counts,
        Optional<Tlp> assumedLimit) {

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
                Optional.empty());
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
     * The protected values that an object carries, one report for each; empty for most objects. They are counted, and
     * reported without the value: what reads an export must not find it anywhere.
     */
    public List<Untranslatable> leftOut(StixObject object) {
        return protectedValues.hits(object.json()).stream()
                .map(hit -> {
                    counts.omitted(hit.reason());
                    return Untranslatable.whole(
                            object.id(),
                            object.type(),
                            "never exported: " + hit.reason().label());
                })
                .toList();
    }

    /**
     * As {@link #leftOut}, for formats that carry an object as a whole or not at all: only indicators are left out,
     * since nobody blocks by an observation. A signed object cannot be written without a part of it.
     */
    public List<Untranslatable> leftOutWhole(StixObject object) {
        return object.type().equals("indicator") ? leftOut(object) : List.of();
    }

    /** Whether {@link #leftOutWhole} leaves it out; reports it. */
    boolean isLeftOut(StixObject object) {
        List<Untranslatable> leftOut = leftOutWhole(object);
        leftOut.forEach(unexpressed);
        return !leftOut.isEmpty();
    }

    /** Whether a value may be in an export. */
    boolean mayBlock(Observable value) {
        return protectedValues.hit(value).isEmpty();
    }
}
