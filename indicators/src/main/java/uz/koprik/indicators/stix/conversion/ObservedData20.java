package uz.koprik.indicators.stix.conversion;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.values.ObservableIds;

/**
 * Takes the observables out of the dictionary in observed data (STIX 2.1, section 4.14): each becomes an object with an
 * id derived from what it says, and references to keys become references to ids.
 */
final class ObservedData20 {

    /** Longest chain of references that is followed to derive an id; a longer chain gets a random one. */
    private static final int MAX_CHAIN = 100;

    private final String observedData;
    private final JsonObject dictionary;
    private final List<Change> changes;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, JsonObject> converted = new LinkedHashMap<>();
    /** Keys whose ids are being worked out: an observable may refer to itself by a detour. */
    private final Set<String> underway = new HashSet<>();

    private ObservedData20(String observedData, JsonObject dictionary, List<Change> changes) {
        this.observedData = observedData;
        this.dictionary = dictionary;
        this.changes = changes;
    }

    /** @param objects where the observables go */
    static void convert(ObjectRewriter data, String id, List<JsonObject> objects, List<Change> changes) {
        JsonObject dictionary = Stix20.object(data.get("objects"));
        if (dictionary == null || data.has("object_refs")) {
            return;
        }
        ObservedData20 conversion = new ObservedData20(id, dictionary, changes);
        Set<Json> refs = new LinkedHashSet<>();
        for (String key : dictionary.names()) {
            if (!(dictionary.get(key) instanceof JsonObject)) {
                return; // malformed: the rules will say so
            }
            String ref = conversion.id(key);
            if (!conversion.converted.containsKey(key)) {
                conversion.converted(key); // its id was needed before its turn came
            }
            refs.add(new JsonString(ref));
        }
        Map<String, JsonObject> once = new LinkedHashMap<>();
        conversion
                .converted
                .values()
                .forEach(o -> once.putIfAbsent(o.string("id").orElse(""), o));
        objects.addAll(once.values());
        data.remove("objects", "taken out: each observable is an object of its own");
        data.set("object_refs", new JsonArray(new ArrayList<>(refs)), "added: the ids of the observables");
    }

    /** The id of the observable under {@code key}, which is converted to find it out. */
    private String id(String key) {
        String known = ids.get(key);
        if (known != null) {
            return known;
        }
        if (underway.contains(key) || underway.size() == MAX_CHAIN) {
            return remember(key, type(key) + "--" + random(key));
        }
        return converted(key);
    }

    private String converted(String key) {
        underway.add(key);
        ObjectRewriter observable =
                new ObjectRewriter((JsonObject) dictionary.get(key), observedData, "/objects/" + key, changes);
        Observable20.convert(observable);
        JsonObject resolved = (JsonObject) resolved(observable.done());
        underway.remove(key);
        String id = ids.get(key);
        if (id == null) {
            id = remember(key, ObservableIds.of(resolved).orElse(type(key) + "--" + random(key)));
        }
        JsonObject.Builder done = JsonObject.builder();
        done.put("type", type(key)).put("spec_version", "2.1").put("id", id);
        for (int i = 0; i < resolved.size(); i++) {
            if (!Set.of("type", "spec_version", "id").contains(resolved.name(i))) {
                done.put(resolved.name(i), resolved.value(i));
            }
        }
        converted.put(key, done.build());
        changes.add(new Change(observedData, "/objects/" + key, "is now the object " + id));
        return id;
    }

    private String type(String key) {
        return ((JsonObject) dictionary.get(key)).string("type").orElse("");
    }

    private String remember(String key, String id) {
        ids.put(key, id);
        return id;
    }

    /** A copy in which references name ids. */
    private Json resolved(Json value) {
        return switch (value) {
            case JsonObject object -> {
                JsonObject.Builder copy = JsonObject.builder();
                for (int i = 0; i < object.size(); i++) {
                    String name = object.name(i);
                    boolean reference = name.endsWith("_ref") || name.endsWith("_refs");
                    copy.put(name, reference ? reference(object.value(i)) : resolved(object.value(i)));
                }
                yield copy.build();
            }
            case JsonArray array ->
                new JsonArray(array.items().stream().map(this::resolved).toList());
            default -> value;
        };
    }

    private Json reference(Json value) {
        return switch (value) {
            case JsonArray array ->
                new JsonArray(array.items().stream().map(this::reference).toList());
            case JsonString key
            when dictionary.get(key.value()) instanceof JsonObject -> new JsonString(id(key.value()));
            default -> value;
        };
    }

    /**
     * A UUID of the random version, always the same for one key of one object, so that converting again changes
     * nothing.
     */
    private UUID random(String key) {
        String hex = Sha256.hex((observedData + '\n' + key).getBytes(StandardCharsets.UTF_8));
        long high = (Long.parseUnsignedLong(hex.substring(0, 16), 16) & ~0xF000L) | 0x4000L;
        long low =
                (Long.parseUnsignedLong(hex.substring(16, 32), 16) & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
