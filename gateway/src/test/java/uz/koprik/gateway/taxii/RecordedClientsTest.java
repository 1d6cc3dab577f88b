package uz.koprik.gateway.taxii;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.TAXII;
import static uz.koprik.gateway.centre.RunningCentre.freshId;
import static uz.koprik.gateway.centre.RunningCentre.indicator;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Tlp;

/**
 * The requests of TAXII clients of others, as they stand on the wire, and what each client needs of the answers. The
 * clients are taxii2-client 2.3, the TAXII store of python-stix2 3.0, the push connector of OpenCTI, and clients that
 * write no slash at the end of a path.
 */
final class RecordedClientsTest {

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static HttpClient http;
    private static String account;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent").start();
        http = centre.client(null);
        account = centre.account("client", Role.ANALYST, Tlp.RED);
    }

    /** An answer, unpacked. */
    private record Answer(HttpResponse<byte[]> response, String text) {

        JsonObject json() throws Exception {
            return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private static Answer send(HttpRequest.Builder request, int status) throws Exception {
        HttpResponse<byte[]> response =
                http.send(request.header("Authorization", account).build(), HttpResponse.BodyHandlers.ofByteArray());
        byte[] body = response.body();
        if (response.headers().firstValue("content-encoding").orElse("").equals("gzip")) {
            try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
                body = unpacked.readAllBytes();
            }
        }
        Answer answer = new Answer(response, new String(body, StandardCharsets.UTF_8));
        assertEquals(status, response.statusCode(), answer.text());
        return answer;
    }

    /** What the Python library "requests" sends with everything. */
    private static HttpRequest.Builder python(String url, String agent) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("User-Agent", agent)
                .header("Accept-Encoding", "gzip, deflate")
                .header("Accept", TAXII);
    }

    /** A read of taxii2-client, which refuses an answer of any other media type. */
    private static Answer taxii2(String url) throws Exception {
        Answer answer = send(python(url, "taxii2-client/2.3.0").GET(), 200);
        assertEquals(TAXII, answer.header("content-type"));
        return answer;
    }

    private static Answer taxii2Post(String url, String body) throws Exception {
        return send(
                python(url, "python-requests/2.31.0")
                        .header("Content-Type", TAXII)
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                202);
    }

    private static String text(JsonObject json, String name) {
        return json.string(name).orElseThrow(() -> new AssertionError("no " + name + " in " + json.names()));
    }

    private static long number(JsonObject json, String name) {
        return ((JsonNumber) json.get(name)).longValue();
    }

    private static boolean is(JsonObject json, String name) {
        return ((JsonBoolean) json.get(name)).value();
    }

    private static List<String> ids(JsonObject page) {
        return page.items("objects").stream()
                .map(object -> text((JsonObject) object, "id"))
                .toList();
    }

    /** Discovery, API root, collections: each address is built from the answer before it. */
    private static String collection() throws Exception {
        JsonObject discovery = taxii2(centre.url() + "/taxii2/").json();
        String root = ((JsonString) discovery.items("api_roots").getFirst()).value();
        assertEquals(root, text(discovery, "default"));
        assertFalse(text(discovery, "title").isEmpty());
        JsonObject information = taxii2(root).json();
        assertFalse(text(information, "title").isEmpty());
        assertFalse(information.items("versions").isEmpty());
        assertTrue(number(information, "max_content_length") > 0);
        JsonObject exchange = (JsonObject) taxii2(root + "collections/").json().items("collections").stream()
                .filter(one -> text((JsonObject) one, "alias").equals("exchange"))
                .findFirst()
                .orElseThrow();
        assertTrue(is(exchange, "can_read") && is(exchange, "can_write"));
        assertFalse(text(exchange, "title").isEmpty());
        String url = root + "collections/" + text(exchange, "id") + "/";
        assertEquals(exchange, taxii2(url).json());
        return url;
    }

    /** The checks that taxii2-client makes of every status, and its address below the API root. */
    private static void status(String collection, JsonObject status, int successes, int failures) throws Exception {
        assertEquals(successes, number(status, "success_count"));
        assertEquals(failures, number(status, "failure_count"));
        assertEquals(0, number(status, "pending_count"));
        assertEquals(successes + failures, number(status, "total_count"));
        assertEquals(successes, status.items("successes").size());
        assertEquals(failures, status.items("failures").size());
        assertEquals("complete", text(status, "status"));
        String address = URI.create(collection).resolve("../../status/" + text(status, "id")) + "/";
        assertEquals(status, taxii2(address).json());
    }

    /** What {@code as_pages} does: the limit again, and {@code next} of the page before. */
    private static List<JsonObject> pages(String url, int limit, String query) throws Exception {
        List<JsonObject> pages = new ArrayList<>();
        String next = "";
        do {
            Answer answer = taxii2(url + "?limit=" + limit + (next.isEmpty() ? "" : "&next=" + next) + query);
            if (!answer.json().names().equals(List.of("more"))) {
                assertFalse(answer.header("X-TAXII-Date-Added-First").isEmpty());
                assertFalse(answer.header("X-TAXII-Date-Added-Last").isEmpty());
            }
            pages.add(answer.json());
            // Without a next the client asks for the first page again, for ever.
            next = is(answer.json(), "more") ? text(answer.json(), "next") : "";
            assertTrue(pages.size() < 100, "the pages do not end");
        } while (!next.isEmpty());
        return pages;
    }

    @Test
    void theClientOfOasisDoesAllItsSteps() throws Exception {
        String collection = collection();
        List<String> sent = new ArrayList<>();
        List<String> objects = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(freshId());
            objects.add(indicator(sent.get(i), "198.51.100." + i, Tlp.CLEAR, 0));
        }
        for (int minute = 1; minute < 4; minute++) {
            objects.add(indicator(sent.getFirst(), "198.51.100.0", Tlp.CLEAR, minute));
        }
        status(
                collection,
                taxii2Post(collection + "objects/", RunningCentre.envelope(objects))
                        .json(),
                8,
                0);

        assertNoneTwice(pages(collection + "objects/", 2, ""), sent);
        assertNoneTwice(pages(collection + "manifest/", 2, ""), sent);

        List<Json> versions = new ArrayList<>();
        pages(collection + "objects/" + sent.getFirst() + "/versions/", 1, "")
                .forEach(page -> versions.addAll(page.items("versions")));
        assertEquals(
                List.of("00", "01", "02", "03"),
                versions.stream()
                        .map(version -> ((JsonString) version).value().substring(14, 16))
                        .toList());

        JsonObject one = taxii2(collection + "objects/" + sent.get(1) + "/").json();
        assertEquals(List.of(sent.get(1)), ids(one));
        Answer record = taxii2(collection + "manifest/?match%5Bid%5D=" + sent.get(1));
        String added = text((JsonObject) record.json().items("objects").getFirst(), "date_added");
        assertEquals(added, record.header("X-TAXII-Date-Added-First"));
        List<String> later = ids(taxii2(collection + "objects/?added_after=" + added.replace(":", "%3A"))
                .json());
        assertTrue(later.contains(sent.get(2)) && !later.contains(sent.get(1)), later::toString);

        send(
                python(collection + "objects/" + sent.get(4) + "/", "python-requests/2.31.0")
                        .DELETE(),
                200);
        send(
                python(collection + "objects/" + sent.get(4) + "/", "taxii2-client/2.3.0")
                        .GET(),
                404);
    }

    private static void assertNoneTwice(List<JsonObject> pages, List<String> sent) {
        List<String> seen = pages.stream().flatMap(page -> ids(page).stream()).toList();
        Set<String> once = new HashSet<>(seen);
        assertEquals(once.size(), seen.size(), "nothing comes twice");
        assertTrue(once.containsAll(sent), "everything comes");
        assertTrue(pages.size() > 2);
    }

    /** {@code TAXIICollectionSink.add} puts everything into a bundle, and calls it an envelope. */
    @Test
    void theStoreOfPythonStix2AddsBundlesAndReadsThemBack() throws Exception {
        String collection = collection();
        String id = freshId();
        String bundle =
                "{\"type\": \"bundle\", \"id\": \"bundle--5d0092c5-5f74-4287-9642-33f4c354e56d\", \"objects\": ["
                        + indicator(id, "198.51.100.77", Tlp.CLEAR, 0) + "]}";
        status(collection, taxii2Post(collection + "objects/", bundle).json(), 1, 0);
        String second = bundle.replace(
                indicator(id, "198.51.100.77", Tlp.CLEAR, 0), indicator(id, "198.51.100.77", Tlp.CLEAR, 1));
        status(collection, taxii2Post(collection + "objects/", second).json(), 1, 0);

        assertEquals(List.of(id), ids(taxii2(collection + "objects/" + id + "/").json()));
        assertEquals(
                List.of(id, id),
                ids(taxii2(collection + "objects/?match%5Bid%5D=" + id + "&match%5Bversion%5D=all")
                        .json()));
        assertTrue(ids(taxii2(collection + "objects/?match%5Btype%5D=indicator%2Cmalware")
                        .json())
                .contains(id));
        send(
                python(collection + "objects/" + freshId() + "/", "taxii2-client/2.3.0")
                        .GET(),
                404);
    }

    /**
     * The connector looks at the status code only, so each object has to be among the successes, and there to be read.
     */
    @Test
    void theEnvelopeOfOpenCtiArrivesAndIsSeen() throws Exception {
        String collection = collection();
        String indicator = freshId();
        String extensions = "\"extensions\": {\"extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba\": {"
                + "\"extension_type\": \"property-extension\", \"id\": \"3b0c1a5e-6f8a-4f6e-9a55-0d3f8f7a1b11\","
                + " \"type\": \"Indicator\", \"created_at\": \"2026-01-01T00:00:00.000Z\", \"is_inferred\": false,"
                + " \"creator_ids\": [\"88ec0c6a-13ce-5e39-b486-354fe4a7084f\"]}}";
        String observable = "{\"id\": \"domain-name--ecb120bf-2694-4902-a737-62b74539a41b\", \"spec_version\": \"2.1\","
                + " \"type\": \"domain-name\", \"value\": \"opencti.example.com\","
                + " \"extensions\": {\"extension-definition--f93e2c80-4231-4f9a-af8b-95c9bd566a82\": {"
                + "\"extension_type\": \"property-extension\", \"id\": \"x\", \"ip\": \"y\", \"score\": 50}}}";
        String marking = "{\"type\": \"marking-definition\", \"spec_version\": \"2.1\","
                + " \"id\": \"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9\","
                + " \"created\": \"2017-01-20T00:00:00.000Z\", \"definition_type\": \"tlp\", \"name\": \"TLP:CLEAR\","
                + " \"definition\": {\"tlp\": \"clear\"}}";
        String sent = indicator(indicator, "198.51.100.88", Tlp.CLEAR, 0).replaceFirst("}$", ", " + extensions + "}");
        String relationship = "{\"type\":\"relationship\",\"spec_version\":\"2.1\",\"id\":\""
                + freshId().replace("indicator", "relationship")
                + "\",\"created\":\"2026-01-01T00:00:00.000Z\",\"modified\":\"2026-01-01T00:00:00.000Z\","
                + "\"relationship_type\":\"based-on\",\"source_ref\":\"" + indicator
                + "\",\"target_ref\":\"domain-name--ecb120bf-2694-4902-a737-62b74539a41b\","
                + "\"start_time\":\"2022-01-20T05:00:00.000Z\",\"stop_time\":\"2022-01-20T05:00:00.000Z\"}";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(collection + "objects/"))
                .header("User-Agent", "python-requests/2.32.3")
                .header("Accept", "application/taxii+json;version=2.1")
                .header("Content-Type", "application/taxii+json;version=2.1")
                .POST(HttpRequest.BodyPublishers.ofString("{\"more\": false, \"objects\": ["
                        + String.join(", ", marking, sent, observable, relationship) + "]}"));
        JsonObject status = send(request, 202).json();
        status(collection, status, 4, 0);
        assertTrue(
                status.items("successes").stream()
                        .anyMatch(one ->
                                ((JsonObject) one).string("message").orElse("").contains("equal-times")),
                "what is tolerated is reported");
        assertTrue(
                taxii2(collection + "objects/" + indicator + "/").text().contains(sent),
                "its bytes are its producer's");
        JsonObject shown = send(
                        HttpRequest.newBuilder(URI.create(centre.url()
                                        + "/api/objects/domain-name--ecb120bf-2694-4902-a737-62b74539a41b"))
                                .GET(),
                        200)
                .json();
        assertTrue(shown.items("notes").toString().contains("short-extension-name"), shown::toString);
        JsonObject found = send(
                        HttpRequest.newBuilder(URI.create(centre.url() + "/api/search?q=198.51.100.88"))
                                .GET(),
                        200)
                .json();
        assertEquals(1, number(found, "total"));
    }

    /** Files of the field, one object of which each was refused. */
    @ParameterizedTest
    @ValueSource(strings = {"octi.json", "opencti.json", "opencti_indicator.json"})
    void filesInTheLayoutOfOpenCtiAreTaken(String name) throws Exception {
        Path file = Path.of(System.getProperty("koprik.data", "../../shared/data"), "repro", name);
        if (!Files.exists(file)) {
            System.out.println("no " + file + ": nothing was compared");
            return;
        }
        Answer answer = send(
                HttpRequest.newBuilder(URI.create(centre.url() + "/api/import?file=" + name))
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofFile(file)),
                200);
        JsonObject summary =
                StrictJson.parseObject(answer.text().lines().toList().getLast().getBytes(StandardCharsets.UTF_8));
        assertEquals(0, number(summary, "refused"), answer::text);
        assertTrue(is(summary, "done"));
    }

    /** More than one batch of the intake: a server that lists by the newest version sends them so. */
    @Test
    void theVersionsOfALongEnvelopeAreTakenByTheirTimes() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            ids.add(freshId());
        }
        List<String> objects = new ArrayList<>();
        for (int minute = 1; minute >= 0; minute--) {
            for (String id : ids) {
                objects.add(indicator(id, "198.51.100.55", Tlp.CLEAR, minute));
            }
        }
        JsonObject status = taxii2Post(centre.taxii("collections/exchange/objects/"), RunningCentre.envelope(objects))
                .json();
        assertEquals(1400, number(status, "success_count"));
        assertTrue(taxii2(centre.taxii("collections/exchange/objects/" + ids.getFirst() + "/"))
                .text()
                .contains("00:01:00.000Z"));
    }

    /** Ways in which clients write the one media type. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/taxii+json;version=2.1",
                "application/taxii+json; version=2.1",
                "application/taxii+json ; version = 2.1",
                "application/taxii+json; version=\"2.1\"",
                "Application/TAXII+JSON;Version=2.1",
                "application/taxii+json;version=2.1;charset=utf-8",
                "application/taxii+json; charset=UTF-8; version=2.1",
                "application/taxii+json",
                "application/stix+json; version=2.1",
                "application/stix+json"
            })
    void aBundleIsTakenHoweverItsMediaTypeIsWritten(String type) throws Exception {
        String bundle = "{\"type\":\"bundle\",\"id\":\"bundle--5d0092c5-5f74-4287-9642-33f4c354e56d\",\"objects\":["
                + indicator(freshId(), "198.51.100.99", Tlp.CLEAR, 0) + "]}";
        Answer answer = send(
                HttpRequest.newBuilder(URI.create(centre.taxii("collections/inbox/objects/")))
                        .header("Accept", type.replace("stix", "taxii"))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(bundle)),
                202);
        assertEquals(1, number(answer.json(), "success_count"), answer::text);
        assertEquals(TAXII, answer.header("content-type"));
    }

    /** OpenTAXII and medallion refuse it as well: nothing says how many objects a body has but its list. */
    @Test
    void aSingleObjectIsRefusedWithAWordOnWhatToDo() throws Exception {
        Answer answer = send(
                HttpRequest.newBuilder(URI.create(centre.taxii("collections/inbox/objects/")))
                        .header("Content-Type", TAXII)
                        .POST(HttpRequest.BodyPublishers.ofString(indicator(freshId(), "198.51.100.98", Tlp.CLEAR, 0))),
                422);
        assertTrue(text(answer.json(), "description").contains("put it into an envelope"), answer::text);
    }

    @Test
    void aClientWithoutSlashesAtTheEndWorks() throws Exception {
        String root = centre.taxii("").replaceFirst("/$", "");
        taxii2(centre.url() + "/taxii2");
        taxii2(root);
        taxii2(root + "/collections");
        taxii2(root + "/collections/exchange");
        String id = freshId();
        JsonObject status = taxii2Post(
                        root + "/collections/exchange/objects",
                        RunningCentre.envelope(List.of(indicator(id, "198.51.100.66", Tlp.CLEAR, 0))))
                .json();
        assertEquals(1, number(status, "success_count"));
        taxii2(root + "/status/" + text(status, "id"));
        assertTrue(ids(taxii2(root + "/collections/exchange/objects?match%5Bid%5D=" + id)
                        .json())
                .contains(id));
        assertTrue(ids(taxii2(root + "/collections/exchange/manifest?match%5Bid%5D=" + id)
                        .json())
                .contains(id));
        assertEquals(
                List.of(id),
                ids(taxii2(root + "/collections/exchange/objects/" + id).json()));
        taxii2(root + "/collections/exchange/objects/" + id + "/versions");
    }

    /** JSON on the wire has no byte order mark (RFC 8259, section 8.1), however files are read. */
    @ParameterizedTest
    @ValueSource(strings = {"/taxii2/koprik/collections/inbox/objects/", "/api/objects"})
    void aByteOrderMarkOnTheWireIsRefused(String path) throws Exception {
        String body = "\uFEFF" + RunningCentre.envelope(List.of(indicator(freshId(), "198.51.100.65", Tlp.CLEAR, 0)));
        Answer answer = send(
                HttpRequest.newBuilder(URI.create(centre.url() + path))
                        .header("Content-Type", path.startsWith("/api") ? "application/json" : TAXII)
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                400);
        assertTrue(answer.text().contains("byte order mark"), answer::text);
    }
}
