package uz.koprik.gateway.whole;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArrayStream;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/** A plain TAXII 2.1 client of one collection of a centre, as the specification describes it and nothing more. */
final class Taxii {

    static final String MEDIA_TYPE = "application/taxii+json;version=2.1";

    private final ChildCentre centre;
    private final String objects;

    private Taxii(ChildCentre centre, String objects) {
        this.centre = centre;
        this.objects = objects;
    }

    /** Finds a collection by its alias, starting from discovery. */
    static Taxii collection(ChildCentre centre, String alias) throws IOException, InterruptedException {
        String root = URI.create(read(centre.get("/taxii2/")).string("default").orElseThrow())
                .getPath();
        for (Json item : read(centre.get(root + "collections/")).items("collections")) {
            JsonObject collection = (JsonObject) item;
            if (collection.string("alias").filter(alias::equals).isPresent()) {
                return new Taxii(
                        centre, root + "collections/" + collection.string("id").orElseThrow() + "/objects/");
            }
        }
        throw new AssertionError(centre.name() + " has no collection " + alias);
    }

    /** Adds objects; returns the status resource the centre answers with. */
    JsonObject add(List<String> stixObjects) throws IOException, InterruptedException {
        String envelope = "{\"objects\":[" + String.join(",", stixObjects) + "]}";
        HttpResponse<String> response = centre.send(centre.request(objects)
                .header("Accept", MEDIA_TYPE)
                .header("Content-Type", MEDIA_TYPE)
                .POST(BodyPublishers.ofString(envelope)));
        if (response.statusCode() != 202) {
            throw new AssertionError(centre.name() + " answered " + response.statusCode() + ": " + response.body());
        }
        return read(response.body());
    }

    /** Path of the objects resource. */
    String objects() {
        return objects;
    }

    /** {@code X-TAXII-Date-Added-Last} of the last page: when the newest object was added. */
    String lastAddedHeader() throws IOException, InterruptedException {
        String next = "";
        String last = "";
        while (true) {
            HttpResponse<String> page =
                    centre.send(centre.request(objects.replace("/objects/", "/manifest/") + "?limit=10000" + next)
                            .header("Accept", MEDIA_TYPE));
            last = page.headers().firstValue("X-TAXII-Date-Added-Last").orElse(last);
            if (!page.body().contains("\"more\":true")) {
                return last;
            }
            next = "&added_after=" + last;
        }
    }

    /** Every object of the collection, page by page. */
    List<JsonObject> all(String query) throws IOException, InterruptedException {
        List<JsonObject> found = new ArrayList<>();
        String next = "";
        while (true) {
            JsonObject envelope = read(centre.get(objects + "?limit=1000" + query + next));
            for (Json object : envelope.items("objects")) {
                found.add((JsonObject) object);
            }
            if (!(envelope.get("more") instanceof JsonBoolean more && more.value())) {
                return found;
            }
            next = "&next=" + URLEncoder.encode(envelope.string("next").orElseThrow(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Every object of the collection, as the very bytes of it that the pages hold, by id; two with one id are a
     * failure.
     */
    Map<String, byte[]> bytes() throws IOException, InterruptedException {
        Map<String, byte[]> found = new HashMap<>();
        String next = "";
        while (true) {
            byte[] page = centre.get(objects + "?limit=1000" + next).getBytes(StandardCharsets.UTF_8);
            try {
                JsonArrayStream items = new JsonArrayStream(new ByteArrayInputStream(page), "objects", page.length);
                for (byte[] item = items.next(); item != null; item = items.next()) {
                    String id = StrictJson.parseObject(item).string("id").orElseThrow();
                    if (found.put(id, item) != null) {
                        throw new AssertionError(centre.name() + " handed out " + id + " twice");
                    }
                }
                if (!(items.header().get("more") instanceof JsonBoolean more && more.value())) {
                    return found;
                }
                next = "&next="
                        + URLEncoder.encode(items.header().string("next").orElseThrow(), StandardCharsets.UTF_8);
            } catch (MalformedJson e) {
                throw new AssertionError("the centre answered something that is not JSON: " + e.getMessage(), e);
            }
        }
    }

    private static JsonObject read(String text) {
        try {
            return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new AssertionError("the centre answered something that is not JSON: " + e.getMessage(), e);
        }
    }
}
