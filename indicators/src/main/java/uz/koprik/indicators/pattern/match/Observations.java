package uz.koprik.indicators.pattern.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** Reads observed data (STIX 2.1 section 4.14) from bundles, TAXII envelopes or lists of objects. */
public final class Observations {

    private Observations() {}

    /**
     * The observed-data objects in {@code json}, in its order; none is no error.
     *
     * <p>Taken are a bundle or an envelope (any object with a list {@code objects}), one observed-data object, and
     * arrays of all these. What an observed-data object observed is what its {@code object_refs} name, in the same
     * bundle; or what its {@code objects} hold, as STIX 2.0 had it and 2.1 still allows.
     *
     * @throws MalformedObservation when one has no {@code first_observed}, {@code last_observed} (not earlier) or
     *     {@code number_observed} (at least 1), or {@code json} is nothing of the kind
     */
    public static List<Observation> read(Json json) throws MalformedObservation {
        List<Observation> observations = new ArrayList<>();
        switch (json) {
            case JsonArray array -> {
                if (array.items().stream()
                        .allMatch(i -> i instanceof JsonObject o && o.get("objects") instanceof JsonArray)) {
                    for (Json bundle : array.items()) {
                        observations.addAll(read(bundle));
                    }
                } else {
                    list(array.items(), observations);
                }
            }
            case JsonObject object
            when object.get("objects") instanceof JsonArray members -> list(members.items(), observations);
            case JsonObject object -> list(List.of(object), observations);
            default ->
                throw new MalformedObservation("a bundle or an object is expected, not a value of kind " + json.kind());
        }
        return observations;
    }

    private static void list(List<Json> items, List<Observation> observations) throws MalformedObservation {
        Map<String, JsonObject> byId = HashMap.newHashMap(items.size());
        for (Json item : items) {
            if (!(item instanceof JsonObject object)) {
                throw new MalformedObservation(
                        "an object is expected among the objects, not a value of kind " + item.kind());
            }
            object.string("id").ifPresent(id -> byId.put(id, object));
        }
        for (Json item : items) {
            JsonObject object = (JsonObject) item;
            if (object.string("type").orElse("").equals("observed-data")) {
                observations.add(one(object, byId));
            }
        }
    }

    private static Observation one(JsonObject data, Map<String, JsonObject> byId) throws MalformedObservation {
        String id = data.string("id").orElse("");
        long first = moment(data, "first_observed", id);
        long last = moment(data, "last_observed", id);
        if (last < first) {
            throw new MalformedObservation(name(id) + ": last_observed is before first_observed");
        }
        if (!(data.get("number_observed") instanceof JsonNumber n) || !n.integer() || n.value() < 1) {
            throw new MalformedObservation(name(id) + ": number_observed must be a whole number from 1");
        }
        if (data.get("objects") instanceof JsonObject own && own.size() > 0) {
            Map<String, JsonObject> byKey = LinkedHashMap.newLinkedHashMap(own.size());
            for (int i = 0; i < own.size(); i++) {
                if (own.value(i) instanceof JsonObject object) {
                    byKey.put(own.name(i), object);
                }
            }
            return new Observation(id, first, last, n.longValue(), List.copyOf(byKey.values()), byKey);
        }
        // References lead to nothing else, though the bundle may have it (section 9.7.4).
        List<JsonObject> observed = new ArrayList<>();
        Map<String, JsonObject> named = new HashMap<>();
        for (Json reference : data.items("object_refs")) {
            JsonObject object = reference instanceof JsonString s ? byId.get(s.value()) : null;
            if (object != null) {
                observed.add(object);
                named.put(((JsonString) reference).value(), object);
            }
        }
        return new Observation(id, first, last, n.longValue(), observed, named);
    }

    private static long moment(JsonObject data, String property, String id) throws MalformedObservation {
        long moment = data.string(property).map(StixTimestamp::parse).orElse(StixTimestamp.INVALID);
        if (moment == StixTimestamp.INVALID) {
            throw new MalformedObservation(name(id) + ": " + property + " must be a timestamp");
        }
        return moment;
    }

    private static String name(String id) {
        return id.isEmpty() ? "an observed-data object without an id" : id;
    }
}
