package uz.koprik.gateway.taxii;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.TAXII;
import static uz.koprik.gateway.centre.RunningCentre.envelope;
import static uz.koprik.gateway.centre.RunningCentre.freshId;
import static uz.koprik.gateway.centre.RunningCentre.indicator;
import static uz.koprik.gateway.centre.RunningCentre.json;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Tlp;

/** The TAXII 2.1 server as clients see it; section numbers are those of the OASIS Standard. */
final class TaxiiServerTest {

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static String admin;
    private static String writer;
    private static String reader;
    private static final List<String> IDS = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withConfig("collections: []", "collections: [{alias: flaws, title: Flaws, types: [vulnerability]}]")
                .withConfig("max_content_length: 10 MiB", "max_content_length: 1 MiB")
                .start();
        admin = centre.admin();
        writer = centre.account("writer", Role.WRITER, Tlp.GREEN);
        reader = centre.account("reader", Role.READER, Tlp.GREEN);
        for (int i = 0; i < 7; i++) {
            IDS.add(freshId());
        }
        List<String> objects = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            objects.add(indicator(IDS.get(i), "198.51.100." + i, Tlp.CLEAR, 0));
        }
        // A second version of the first, one that readers may not see, and one whose producer said nothing.
        objects.add(indicator(IDS.get(0), "198.51.100.0", Tlp.CLEAR, 1));
        objects.add(indicator(IDS.get(5), "198.51.100.5", Tlp.AMBER, 0));
        assertEquals(202, post("exchange", admin, TAXII, envelope(objects)).statusCode());
    }

    private static HttpResponse<String> get(String path, String who) throws Exception {
        return centre.get(centre.taxii(path), who);
    }

    private static HttpResponse<String> post(String collection, String who, String type, String body) throws Exception {
        return centre.post(centre.taxii("collections/" + collection + "/objects/"), who, type, body);
    }

    private static HttpResponse<String> objects(String query, String who) throws Exception {
        return get("collections/exchange/objects/" + (query.isEmpty() ? "" : "?" + encoded(query)), who);
    }

    private static String encoded(String query) {
        return query.replace("[", "%5B").replace("]", "%5D");
    }

    private static List<String> ids(HttpResponse<String> response) throws Exception {
        return json(response).items("objects").stream()
                .map(o -> ((JsonObject) o).string("id").orElseThrow())
                .toList();
    }

    private static long number(JsonObject object, String name) {
        return ((JsonNumber) object.get(name)).longValue();
    }

    private static boolean truth(JsonObject object, String name) {
        return ((JsonBoolean) object.get(name)).value();
    }

    @Test
    void discoveryNamesTheDefaultRootAmongTheRoots() throws Exception {
        HttpResponse<String> response = centre.get(centre.url() + "/taxii2/", reader);
        assertEquals(200, response.statusCode());
        assertEquals(TAXII, response.headers().firstValue("content-type").orElseThrow());
        JsonObject discovery = json(response);
        assertEquals(centre.taxii(""), discovery.string("default").orElseThrow());
        assertEquals(
                List.of(new JsonString(centre.taxii("")).value()),
                discovery.items("api_roots").stream()
                        .map(root -> ((JsonString) root).value())
                        .toList());
    }

    @Test
    void theRootSaysWhatItTakes() throws Exception {
        JsonObject root = json(get("", reader));
        assertEquals(1 << 20, number(root, "max_content_length"));
        assertEquals(TAXII, ((JsonString) root.items("versions").getFirst()).value());
    }

    @Test
    void collectionsAreThoseOfTheCaller() throws Exception {
        assertEquals(List.of("exchange", "inbox", "flaws"), aliases(writer));
        assertEquals(List.of("exchange", "flaws"), aliases(reader));
        JsonObject exchange = json(get("collections/exchange/", reader));
        assertTrue(truth(exchange, "can_read"));
        assertFalse(truth(exchange, "can_write"));
        String id = exchange.string("id").orElseThrow();
        assertEquals(CollectionList.id("tashkent", "exchange"), id);
        assertEquals(exchange, json(get("collections/" + id + "/", reader)));
    }

    private static List<String> aliases(String who) throws Exception {
        return json(get("collections/", who)).items("collections").stream()
                .map(c -> ((JsonObject) c).string("alias").orElseThrow())
                .toList();
    }

    @Test
    void readersGetWhatIsReleasedToThem() throws Exception {
        HttpResponse<String> all = objects("match[type]=indicator", reader);
        assertEquals(200, all.statusCode());
        List<String> ids = ids(all);
        assertTrue(ids.containsAll(IDS.subList(0, 5)));
        assertFalse(ids.contains(IDS.get(5)), "TLP:AMBER is not for a reader up to GREEN");
        assertTrue(ids(objects("", admin)).contains(IDS.get(5)));
        assertEquals(
                404,
                get("collections/exchange/objects/" + IDS.get(5) + "/", reader).statusCode());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 100})
    void pagesOfAnySizeLoseNothingAndRepeatNothing(int limit) throws Exception {
        List<String> seen = new ArrayList<>();
        String next = "";
        String last = "";
        for (int page = 0; page < 50; page++) {
            HttpResponse<String> response = objects("match[type]=indicator&limit=" + limit + next, reader);
            JsonObject body = json(response);
            List<String> ids = ids(response);
            assertTrue(ids.size() <= limit);
            seen.addAll(ids);
            String first =
                    response.headers().firstValue("X-TAXII-Date-Added-First").orElseThrow();
            assertTrue(first.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z"), first);
            assertTrue(first.compareTo(last) > 0, "ascending by date added");
            last = response.headers().firstValue("X-TAXII-Date-Added-Last").orElseThrow();
            if (!truth(body, "more")) {
                assertFalse(body.has("next"));
                break;
            }
            next = "&next=" + body.string("next").orElseThrow();
        }
        assertEquals(
                List.of(IDS.get(1), IDS.get(2), IDS.get(3), IDS.get(4), IDS.get(0)),
                seen.stream().filter(IDS::contains).toList());
        assertEquals(seen.size(), seen.stream().distinct().count());
    }

    @Test
    void addedAfterIsStrictlyGreater() throws Exception {
        HttpResponse<String> first = objects("match[type]=indicator&limit=1", reader);
        String added = first.headers().firstValue("X-TAXII-Date-Added-Last").orElseThrow();
        List<String> rest = ids(objects("match[type]=indicator&added_after=" + added, reader));
        assertFalse(rest.contains(ids(first).getFirst()));
        assertTrue(rest.contains(IDS.get(4)));
        HttpResponse<String> none = objects("added_after=2999-01-01T00:00:00.000000Z", reader);
        assertEquals(200, none.statusCode());
        assertEquals("{\"more\":false}", none.body());
        assertTrue(none.headers().firstValue("X-TAXII-Date-Added-First").isEmpty());
    }

    @Test
    void matchFieldsAreAndAndValuesAreOr() throws Exception {
        assertEquals(
                List.of(IDS.get(1), IDS.get(2)),
                ids(objects("match[id]=" + IDS.get(1) + "," + IDS.get(2) + "&match[type]=indicator,malware", reader)));
        assertEquals(
                "{\"more\":false}",
                objects("match[id]=" + IDS.get(1) + "&match[type]=malware", reader)
                        .body());
        assertEquals(
                "{\"more\":false}", objects("match[spec_version]=2.0", reader).body());
        assertEquals(
                "{\"more\":false}",
                get("collections/flaws/objects/?match%5Btype%5D=indicator", reader)
                        .body());
        assertEquals(
                "{\"more\":false}", get("collections/flaws/objects/", reader).body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            -                                                   | 1
            last                                                | 1
            first                                               | 0
            all                                                 | 0,1
            first,last                                          | 0,1
            2026-01-01T00:00:00.000Z                            | 0
            2026-01-01T00:00:00Z,2026-01-01T00:01:00.000000Z    | 0,1
            2025-01-01T00:00:00Z                                |
            """)
    void versionsOfOneObject(String match, String minutes) throws Exception {
        String query = match == null ? "" : "?" + encoded("match[version]=" + match);
        HttpResponse<String> response = get("collections/exchange/objects/" + IDS.get(0) + "/" + query, reader);
        assertEquals(200, response.statusCode());
        List<String> found = json(response).items("objects").stream()
                .map(o -> ((JsonObject) o).string("modified").orElseThrow())
                .map(modified -> modified.substring(15, 16))
                .toList();
        assertEquals(minutes == null ? "" : minutes, String.join(",", found));
    }

    @Test
    void manifestAndVersionsTellWithoutTheObjects() throws Exception {
        HttpResponse<String> manifest = get(
                "collections/exchange/manifest/?" + encoded("match[id]=" + IDS.get(0) + "&match[version]=all"), reader);
        List<Json> records = json(manifest).items("objects");
        assertEquals(2, records.size());
        JsonObject record = (JsonObject) records.getFirst();
        assertEquals(IDS.get(0), record.string("id").orElseThrow());
        assertEquals("2026-01-01T00:00:00.000Z", record.string("version").orElseThrow());
        assertEquals(
                "application/stix+json;version=2.1", record.string("media_type").orElseThrow());
        assertEquals(
                manifest.headers().firstValue("X-TAXII-Date-Added-First").orElseThrow(),
                record.string("date_added").orElseThrow());

        HttpResponse<String> versions = get("collections/exchange/objects/" + IDS.get(0) + "/versions/", reader);
        assertEquals(
                "[\"2026-01-01T00:00:00.000Z\",\"2026-01-01T00:01:00.000Z\"]",
                uz.koprik.crypto.json.CanonicalJson.text(
                        new JsonArray(json(versions).items("versions"))));
        assertTrue(versions.headers().firstValue("X-TAXII-Date-Added-Last").isPresent());
        assertEquals(
                404,
                get("collections/exchange/objects/" + freshId() + "/versions/", reader)
                        .statusCode());
        assertEquals(
                "{\"more\":false}", get("collections/flaws/manifest/", reader).body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-01-01T00:00:00%2B00:00",
                "2020-01-01T00:00:00.123456%2B00:00",
                "2020-01-01T00:00:00+00:00",
                "2020-01-01T00:00:00-00:00",
                "2020-01-01T00:00:00%2B0000",
                "2020-01-01T00:00:00%2B00",
                "2020-01-01t00:00:00z"
            })
    void allSpellingsOfUtcAreTaken(String added) throws Exception {
        assertEquals(ids(objects("", reader)), ids(objects("added_after=" + added, reader)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=ten",
                "limit=1.5",
                "limit=",
                "added_after=yesterday",
                "added_after=2026-01-01T00:00:00%2B05:00",
                "added_after=2026-02-30T00:00:00Z",
                "match[version]=all,last",
                "match[version]=newest",
                "match[id]=x",
                "match[type]=",
                "match[type]=A",
                "match[spec_version]=two",
                "match[name]=x",
                "match[type]=malware&match[type]=tool",
                "next=AAAA",
                "next=%2F",
                "next=AAAAAAAAAAAAAAAAAAAAAA"
            })
    void aMalformedParameterIs400AndNamed(String query) throws Exception {
        HttpResponse<String> response = objects(query, reader);
        assertEquals(400, response.statusCode(), response.body());
        String name = query.substring(0, query.indexOf('='));
        assertTrue(json(response).string("description").orElseThrow().contains(name), response.body());
    }

    @Test
    void errorsAreTaxiiErrors() throws Exception {
        HttpResponse<String> response = get("collections/nothing/objects/", reader);
        assertEquals(404, response.statusCode());
        assertEquals(TAXII, response.headers().firstValue("content-type").orElseThrow());
        JsonObject error = json(response);
        assertEquals("404", error.string("http_status").orElseThrow());
        assertEquals(response.headers().firstValue("x-request-id"), error.string("error_id"));
        assertEquals(404, get("nothing/", reader).statusCode());
        assertEquals(401, get("", null).statusCode());
    }

    @Test
    void rightsDecideBetween404And403() throws Exception {
        assertEquals(404, get("collections/inbox/objects/", reader).statusCode(), "knows nothing of the inbox");
        assertEquals(403, get("collections/inbox/objects/", writer).statusCode(), "may write only");
        assertEquals(
                403, post("exchange", reader, TAXII, envelope(List.of("{}"))).statusCode(), "may read only");
        assertEquals(403, post("flaws", writer, TAXII, envelope(List.of("{}"))).statusCode(), "nobody writes there");
        assertEquals(404, post("inbox", reader, TAXII, envelope(List.of("{}"))).statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            application/taxii+json;version=2.1                  | 200
            application/taxii+json; version=2.1                 | 200
            application/taxii+json                              | 200
            */*                                                 | 200
            text/html, application/taxii+json;version=2.1;q=0.5 | 200
            application/taxii+json;version=2.0                  | 406
            application/json                                    | 406
            text/html                                           | 406
            application/taxii+json;q=0                          | 406
            """)
    void acceptIsHonoured(String accept, int status) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(centre.url() + "/taxii2/")).header("Accept", accept);
        assertEquals(
                status, RunningCentre.send(centre.client(null), request, reader).statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            application/taxii+json;version=2.1 | {"objects":[]}                       | 422
            application/taxii+json;version=2.1 | {}                                   | 422
            application/taxii+json             | {"objects":[                         | 400
            application/taxii+json             | nonsense                             | 400
            application/taxii+json             | {"objects":[{}],"objects":[]}        | 400
            application/taxii+json             | {"objects":[{}]} x                   | 400
            application/taxii+json;version=2.1 | {"type":"bundle"}                    | 422
            application/taxii+json;version=2.1 | {"type":"indicator","id":"x"}        | 422
            application/stix+json;version=2.1  | {"objects":[{}]}                     | 422
            application/json                   | {"objects":[{}]}                     | 415
            application/taxii+json;version=2.0 | {"objects":[{}]}                     | 415
            text/plain                         | x                                    | 415
            """)
    void aBodyThatIsNotOneIsRefusedWhole(String type, String body, int status) throws Exception {
        HttpResponse<String> response = post("inbox", writer, type, body);
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                Integer.toString(status), json(response).string("http_status").orElseThrow());
    }

    @Test
    void everyObjectOfAPostHasItsOutcome() throws Exception {
        String id = freshId();
        String good = indicator(id, "203.0.113.9", Tlp.CLEAR, 0);
        String deep = "{\"id\":" + "[".repeat(80) + "]".repeat(80) + "}";
        HttpResponse<String> response = post(
                "inbox", writer, "application/taxii+json", envelope(List.of(good, "{\"type\":\"indicator\"}", deep)));
        assertEquals(202, response.statusCode(), response.body());
        JsonObject status = json(response);
        assertEquals("complete", status.string("status").orElseThrow());
        assertEquals(3, number(status, "total_count"));
        assertEquals(1, number(status, "success_count"));
        assertEquals(2, number(status, "failure_count"));
        assertEquals(0, number(status, "pending_count"));
        JsonObject failure = (JsonObject) status.items("failures").getFirst();
        assertTrue(failure.string("message").orElseThrow().startsWith("/objects/1"), response.body());

        String path = "status/" + status.string("id").orElseThrow() + "/";
        assertEquals(status, json(get(path, writer)));
        assertEquals(404, get(path, admin).statusCode(), "a status is its owner's");
        assertEquals(404, get("status/../../accounts.json/", writer).statusCode());
        assertEquals(
                404, get("status/00000000-0000-4000-8000-000000000000/", writer).statusCode());

        JsonObject again = json(post("inbox", writer, TAXII, envelope(List.of(good))));
        assertEquals(1, number(again, "success_count"), "an exact duplicate is a success");
        assertEquals(
                1,
                json(get("collections/exchange/objects/" + id + "/?" + encoded("match[version]=all"), writer))
                        .items("objects")
                        .size());
    }

    @Test
    void bundlesAreTakenToo() throws Exception {
        String body = "{\"type\":\"bundle\",\"id\":\"bundle--00000000-0000-4000-8000-000000000001\",\"objects\":["
                + indicator(freshId(), "203.0.113.10", Tlp.CLEAR, 0) + "]}";
        HttpResponse<String> response = post("inbox", writer, "application/stix+json;version=2.1", body);
        assertEquals(202, response.statusCode(), response.body());
        assertEquals(1, number(json(response), "success_count"));
    }

    @Test
    void largeBodiesAreRefusedOnlyAboveTheLimit() throws Exception {
        String padded = envelope(List.of(indicator(freshId(), "203.0.113.11", Tlp.CLEAR, 0)));
        String full = padded + " ".repeat((1 << 20) - padded.length());
        assertEquals(202, post("inbox", writer, TAXII, full).statusCode());
        HttpResponse<String> over = post("inbox", writer, TAXII, full + " ");
        assertEquals(413, over.statusCode());
        assertTrue(json(over).string("description").orElseThrow().contains("1048576"));
    }

    @Test
    void deletingNeedsBothRightsAndOwnGoods() throws Exception {
        String id = freshId();
        post(
                "exchange",
                writer,
                TAXII,
                envelope(List.of(
                        indicator(id, "203.0.113.12", Tlp.CLEAR, 0), indicator(id, "203.0.113.12", Tlp.CLEAR, 1))));
        String path = "collections/exchange/objects/" + id + "/";
        assertEquals(403, delete(path, reader));
        assertEquals(403, delete("collections/inbox/objects/" + id + "/", writer));
        assertEquals(200, delete(path + "?" + encoded("match[version]=first"), writer));
        assertEquals(
                1,
                json(get(path + "?" + encoded("match[version]=all"), writer))
                        .items("objects")
                        .size());
        assertEquals(200, delete(path, writer));
        assertEquals(404, get(path, writer).statusCode());
        assertEquals(404, delete(path, writer));
    }

    private static int delete(String path, String who) throws Exception {
        return RunningCentre.send(
                        centre.client(null),
                        HttpRequest.newBuilder(URI.create(centre.taxii(path))).DELETE(),
                        who)
                .statusCode();
    }

    @Test
    void aKeptPageIsNotServedOnceSomethingInItChanged() throws Exception {
        List<String> fresh = List.of(freshId(), freshId(), freshId());
        post(
                "exchange",
                admin,
                TAXII,
                envelope(fresh.stream()
                        .map(id -> indicator(id, "203.0.113.13", Tlp.CLEAR, 0))
                        .toList()));
        String query = "match[id]=" + String.join(",", fresh) + "&limit=2";
        HttpResponse<String> first = objects(query, reader);
        assertEquals(first.body(), objects(query, reader).body());
        post("exchange", admin, TAXII, envelope(List.of(indicator(fresh.getFirst(), "203.0.113.13", Tlp.AMBER, 1))));
        assertEquals(fresh.subList(1, 3), ids(objects(query, reader)), "what was narrowed is gone at once");
    }

    /** Taken in piece by piece, and one envelope all the same. */
    @Test
    void aDefinitionCountsWhereverItStandsInALongEnvelope() throws Exception {
        String statement = "marking-definition--" + freshId().substring("indicator--".length());
        List<String> fresh = Stream.generate(RunningCentre::freshId).limit(1100).toList();
        List<String> objects = new ArrayList<>(fresh.stream()
                .map(id -> indicator(id, "203.0.113.14", Tlp.CLEAR, 0)
                        .replace("_refs\":[", "_refs\":[\"" + statement + "\","))
                .toList());
        objects.add(
                "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"" + statement + "\",\"created\":"
                        + "\"2026-01-01T00:00:00.000Z\",\"definition_type\":\"statement\",\"definition\":{\"statement\":\"Copyright\"}}");
        assertEquals(202, post("exchange", admin, TAXII, envelope(objects)).statusCode());
        String ends = "match[id]=" + fresh.getFirst() + "," + fresh.getLast();
        assertEquals(
                List.of(fresh.getFirst(), fresh.getLast()),
                ids(objects(ends, reader)),
                "no unknown marking, which counts as TLP:RED");
    }

    @Test
    void limitIsCappedNotRefused() throws Exception {
        assertEquals(
                200,
                objects("limit=" + URLEncoder.encode("999999999999", StandardCharsets.UTF_8), reader)
                        .statusCode());
    }
}
