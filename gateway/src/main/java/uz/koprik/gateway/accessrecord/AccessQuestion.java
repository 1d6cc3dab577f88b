package uz.koprik.gateway.accessrecord;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/**
 * A question to the record of another gateway, and its answer, as texts that gateways hand to one another.
 *
 * @param limit most entries of the answer
 */
record AccessQuestion(AccessQuery query, int limit) {

    String text() {
        JsonObject.Builder json = JsonObject.builder().put("limit", limit);
        query.by().ifPresent(by -> json.put("by", by));
        query.from().ifPresent(from -> json.put("from", from.toString()));
        query.to().ifPresent(to -> json.put("to", to.toString()));
        query.route().ifPresent(route -> json.put("route", route));
        query.id().ifPresent(id -> json.put("id", id));
        if (!query.values().isEmpty()) {
            json.putStrings("values", query.values().stream().sorted().toList());
        }
        return CanonicalJson.text(json.build());
    }

    /** @throws MalformedJson when the text is no question */
    static AccessQuestion of(String text) throws MalformedJson {
        JsonObject json = StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
        return new AccessQuestion(
                new AccessQuery(
                        json.string("by"),
                        json.string("from").map(Instant::parse),
                        json.string("to").map(Instant::parse),
                        json.string("route"),
                        new HashSet<>(strings(json, "values")),
                        json.string("id")),
                (int) AccessEntry.number(json, "limit"));
    }

    private static List<String> strings(JsonObject json, String name) {
        List<String> strings = new ArrayList<>();
        if (json.get(name) instanceof JsonArray) {
            for (Json item : json.items(name)) {
                strings.add(item instanceof JsonString string ? string.value() : "");
            }
        }
        return strings;
    }

    /** A page as the text of an answer. */
    static String answer(AccessQuery.Page page) {
        List<Json> entries = new ArrayList<>();
        for (AccessQuery.Found found : page.entries()) {
            entries.add(found.entry().json().with("stream", new JsonString(found.stream())));
        }
        JsonObject.Builder json = JsonObject.builder().put("entries", new JsonArray(entries));
        page.next().ifPresent(next -> json.put("next", next));
        return CanonicalJson.text(json.build());
    }

    /** @throws MalformedJson when the text is no answer */
    static AccessQuery.Page page(String answer) throws MalformedJson {
        JsonObject json = StrictJson.parseObject(answer.getBytes(StandardCharsets.UTF_8));
        List<AccessQuery.Found> entries = new ArrayList<>();
        for (Json item : json.items("entries")) {
            JsonObject entry = (JsonObject) item;
            entries.add(new AccessQuery.Found(entry.string("stream").orElse(""), AccessEntry.of(entry)));
        }
        return new AccessQuery.Page(entries, json.string("next"));
    }
}
