package uz.koprik.gateway.alerts.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/**
 * Alerts that were emitted together, as one record of the state store.
 *
 * @param alerts at least one, in the order of their numbers
 */
record AlertBatch(List<Alert> alerts) {

    AlertBatch {
        alerts = List.copyOf(alerts);
    }

    byte[] write() {
        List<Json> items = new ArrayList<>();
        alerts.forEach(alert -> items.add(AlertJson.write(alert)));
        return CanonicalJson.bytes(JsonObject.builder()
                .put("next", next())
                .put("alerts", new JsonArray(items))
                .build());
    }

    /** @throws IOException when the content is damaged */
    static AlertBatch read(byte[] content) throws IOException {
        try {
            JsonObject json = StrictJson.parseObject(content);
            AlertBatch batch = new AlertBatch(json.items("alerts").stream()
                    .map(item -> AlertJson.read((JsonObject) item))
                    .toList());
            if (!(json.get("next") instanceof JsonNumber next) || next.longValue() != batch.next()) {
                throw new IllegalArgumentException("its sequence numbers do not follow one another");
            }
            return batch;
        } catch (MalformedJson | RuntimeException damaged) {
            throw new IOException(
                    "alerts in the store are damaged (" + damaged.getMessage() + "); restore the centre from a backup",
                    damaged);
        }
    }

    /** The sequence number of the first alert of the next batch. */
    long next() {
        return alerts.getLast().seq() + 1;
    }
}
