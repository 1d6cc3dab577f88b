package uz.koprik.gateway.alerts;

import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.alerts.log.Alert;
import uz.koprik.gateway.alerts.log.CaseMatchAlert;
import uz.koprik.gateway.recalls.RecallBook;
import uz.koprik.gateway.recalls.RecallSight;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Marks the objects of stored alerts that were withdrawn since: the fact stays, and the title of the object goes. The
 * value stays, since the case file has it as well.
 */
final class RecallMarks {

    private final RecallSight recalls;

    RecallMarks(RecallSight recalls) {
        this.recalls = recalls;
    }

    /** {@code json}, which describes {@code alert}, with the mark if the reader may know of the recall. */
    JsonObject marked(Recipient reader, Alert alert, JsonObject json) throws StoreUnavailable {
        if (!(alert instanceof CaseMatchAlert match)) {
            return json;
        }
        Optional<RecallBook.Fact> fact = recalls.fact(reader, match.object().id())
                .filter(one -> one.narrowedTo().isEmpty());
        Optional<JsonObject> object = json.object("object");
        if (fact.isEmpty() || object.isEmpty()) {
            return json;
        }
        String at = fact.get().at().toString();
        JsonObject mark = JsonObject.builder()
                .put("recall", fact.get().recall())
                .put("by", fact.get().by())
                .put("at", at)
                .put("reason", fact.get().reason())
                .build();
        return json.with(
                "object",
                object.get()
                        .with("recalled", mark)
                        .with(
                                "title",
                                new JsonString("recalled by " + fact.get().by() + " on " + at.substring(0, 10))));
    }
}
