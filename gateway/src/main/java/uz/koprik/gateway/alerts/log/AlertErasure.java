package uz.koprik.gateway.alerts.log;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.observable.ObservableKind;

/**
 * Takes the content of erased objects out of alerts: the fact stays, with the id of the object and the value of the
 * case file. Their title and their value go. Doing it again changes nothing.
 */
public final class AlertErasure {

    /** A payment card is a mask, also when it says nothing. */
    private static final String NO_CARD = "000000******0000";

    private final Set<String> ids;
    private final String mark;

    /**
     * @param ids of the objects
     * @param at when they were erased
     */
    public AlertErasure(Collection<String> ids, Instant at) {
        this.ids = Set.copyOf(ids);
        this.mark = "erased on " + at.toString().substring(0, 10);
    }

    /** The JSON of an alert, in the log or in a digest, without the content; the same when it has none of it. */
    public JsonObject of(JsonObject alert) {
        Optional<JsonObject> object = alert.object("object");
        Optional<JsonObject> value = alert.object("object_value");
        if (object.isEmpty()
                || value.isEmpty()
                || object.get().string("id").filter(ids::contains).isEmpty()) {
            return alert;
        }
        boolean card = value.get()
                .string("kind")
                .filter(ObservableKind.PAYMENT_CARD.code()::equals)
                .isPresent();
        return alert.with(
                        "object",
                        object.get().with("title", new JsonString(mark)).without("interpreted"))
                .with("object_value", value.get().with("value", new JsonString(card ? NO_CARD : "erased")));
    }

    /** The same of an alert in memory. */
    Alert of(Alert alert) {
        return alert instanceof CaseMatchAlert match
                        && ids.contains(match.object().id())
                ? AlertJson.read(of(AlertJson.stored(alert)))
                : alert;
    }
}
