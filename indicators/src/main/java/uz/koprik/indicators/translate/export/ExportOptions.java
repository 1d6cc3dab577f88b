package uz.koprik.indicators.translate.export;

import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.translate.Untranslatable;

/**
 * What goes into an export.
 *
 * @param kinds kinds of values; empty for all
 * @param now the moment indicators must be valid at, and the time of the export
 * @param everything whether revoked, expired and future indicators go in as well
 * @param hashLists whether rules may look up hashes in list files beside them (Suricata)
 * @param unexpressed receives what cannot be expressed, which is listed in the export too
 */
public record ExportOptions(
        Set<ObservableKind> kinds,
        Instant now,
        boolean everything,
        boolean hashLists,
        Consumer<Untranslatable> unexpressed) {

    public ExportOptions {
        kinds = Set.copyOf(kinds);
    }

    /** Live indicators of all kinds. */
    public static ExportOptions live(Instant now) {
        return new ExportOptions(Set.of(), now, false, false, one -> {});
    }

    boolean wants(ObservableKind kind) {
        return kinds.isEmpty() || kinds.contains(kind);
    }

    /**
     * Whether an object is in force: not revoked, {@code valid_from} reached, {@code valid_until} not (section 4.7).
     */
    public boolean inForce(JsonObject object) {
        if (everything) {
            return true;
        }
        Json revoked = object.get("revoked");
        long moment = StixTimestamp.micros(now);
        return !(revoked instanceof JsonBoolean b && b.value())
                && object.string("valid_from")
                        .map(t -> StixTimestamp.parse(t) <= moment)
                        .orElse(true)
                && object.string("valid_until")
                        .map(t -> StixTimestamp.parse(t) > moment)
                        .orElse(true);
    }
}
