package uz.koprik.gateway.taxii;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.SignatureExtension;

/**
 * Two real centres, of which one holds objects that a writer and a partner may not know of: what these two are answered
 * by the routes of TAXII and of analysts is the same, letter for letter, for all that they ask or submit under the ids
 * of the hidden objects.
 */
final class HiddenRoutesTest {

    private static final String INDICATOR = "indicator--" + UUID.randomUUID();
    private static final String AMBER = "indicator--" + UUID.randomUUID();
    private static final String DOMAIN = "domain-name--" + UUID.randomUUID();
    private static final String EMAIL = "email-addr--" + UUID.randomUUID();

    /** In the one centre only. */
    private static final List<String> HIDDEN = List.of(
            RunningCentre.indicator(INDICATOR, "198.51.100.7", Tlp.RED, 0),
                    RunningCentre.indicator(AMBER, "198.51.100.8", Tlp.AMBER, 0),
            domain(Tlp.RED), email());

    @RegisterExtension
    final Centres centres = new Centres();

    private static String domain(Tlp tlp) {
        return "{\"type\":\"domain-name\",\"spec_version\":\"2.1\",\"id\":\"" + DOMAIN
                + "\",\"value\":\"evil.example.com\"" + ",\"object_marking_refs\":[\"" + Markings.id(tlp) + "\"]}";
    }

    private static String email() {
        return "{\"type\":\"email-addr\",\"spec_version\":\"2.1\",\"id\":\"" + EMAIL
                + "\",\"value\":\"anna@evil.example.com\"}";
    }

    private static String report(String about) {
        return "{\"type\":\"report\",\"spec_version\":\"2.1\",\"id\":\"report--" + about.substring(about.length() - 36)
                + "\",\"name\":\"r\""
                + ",\"created\":\"2026-01-01T00:00:00.000Z\",\"modified\":\"2026-01-01T00:00:00.000Z\""
                + ",\"published\":\"2026-01-01T00:00:00Z\",\"object_refs\":[\"" + about + "\"]}";
    }

    /** A centre, and who asks it. */
    private final class Asked {

        private final RunningCentre centre;
        private final CentreKeys keys;
        private final String writer;
        private final List<String> answers = new ArrayList<>();

        Asked(String name) throws Exception {
            centre = centres.init("tashkent", name);
            keys = centre.partner("budapest", true);
            centre.start();
            writer = centre.account("feed", Role.WRITER, Tlp.GREEN);
        }

        void submit(String object) throws Exception {
            HttpResponse<String> response = centre.post(
                    centre.taxii("collections/exchange/objects/"),
                    centre.admin(),
                    RunningCentre.TAXII,
                    RunningCentre.envelope(List.of(object)));
            assertEquals(202, response.statusCode());
            assertTrue(response.body().contains("\"success_count\":1"), response.body());
        }

        void all() throws Exception {
            HttpClient none = centre.client(null);
            HttpClient partner = centre.client(keys);
            for (String id : List.of(INDICATOR, AMBER, DOMAIN, EMAIL)) {
                for (boolean byWriter : List.of(true, false)) {
                    HttpClient client = byWriter ? none : partner;
                    String who = byWriter ? writer : null;
                    reads(client, who, id);
                    for (String object : submissions(id)) {
                        post(client, who, byWriter ? "exchange" : "inbox", object);
                        post(client, who, byWriter ? "exchange" : "inbox", byWriter ? object : signed(object));
                        reads(client, who, id);
                    }
                    ask(
                            client,
                            HttpRequest.newBuilder(objects("exchange", id + "/"))
                                    .DELETE(),
                            who);
                    reads(client, who, id);
                }
            }
        }

        private List<String> submissions(String id) {
            if (id.equals(DOMAIN)) {
                return List.of(domain(Tlp.RED), domain(Tlp.GREEN), report(id));
            }
            if (id.equals(EMAIL)) {
                return List.of(email(), report(id));
            }
            return List.of(
                    RunningCentre.indicator(id, "198.51.100.7", Tlp.RED, 0),
                    RunningCentre.indicator(id, "198.51.100.9", Tlp.GREEN, 0),
                    RunningCentre.indicator(id, "198.51.100.9", Tlp.GREEN, 5),
                    report(id));
        }

        private String signed(String object) throws Exception {
            return new String(
                    SignatureExtension.attach(
                            StrictJson.parseObject(object.getBytes(StandardCharsets.UTF_8)),
                            keys.signer(),
                            java.time.Instant.now()),
                    StandardCharsets.UTF_8);
        }

        private URI objects(String collection, String rest) {
            return URI.create(centre.taxii("collections/" + collection + "/objects/" + rest));
        }

        private void reads(HttpClient client, String who, String id) throws Exception {
            for (String rest : List.of(
                    id + "/",
                    id + "/?match%5Bversion%5D=all",
                    id + "/versions/",
                    "?match%5Bid%5D=" + id,
                    "",
                    "?match%5Bversion%5D=first")) {
                ask(client, HttpRequest.newBuilder(objects("exchange", rest)), who);
            }
            ask(
                    client,
                    HttpRequest.newBuilder(
                            URI.create(centre.taxii("collections/exchange/manifest/?match%5Bversion%5D=all"))),
                    who);
            ask(client, HttpRequest.newBuilder(URI.create(centre.url() + "/api/objects/" + id)), who);
            ask(client, HttpRequest.newBuilder(URI.create(centre.url() + "/api/search?q=evil.example.com")), who);
        }

        private void post(HttpClient client, String who, String collection, String object) throws Exception {
            ask(
                    client,
                    HttpRequest.newBuilder(objects(collection, ""))
                            .header("Content-Type", RunningCentre.TAXII)
                            .POST(HttpRequest.BodyPublishers.ofString(RunningCentre.envelope(List.of(object)))),
                    who);
        }

        private void ask(HttpClient client, HttpRequest.Builder request, String who) throws Exception {
            String what = request.build().method()
                    + ' '
                    + request.build().uri().getPath()
                    + ' '
                    + request.build().uri().getQuery();
            HttpResponse<String> response = RunningCentre.send(client, request, who);
            assertTrue(response.statusCode() < 500, response::body);
            answers.add((who == null ? "partner " : "writer ") + what + ": " + response.statusCode() + ' '
                    + comparable(response));
        }

        /** Without what differs between any two centres: keys, times, random ids. */
        private String comparable(HttpResponse<String> response) {
            String text = response.body().replace(centre.url(), "");
            for (String id : List.of(INDICATOR, AMBER, DOMAIN, EMAIL)) {
                text = text.replace(id.substring(id.length() - 36), id.substring(0, 3) + HIDDEN.size());
            }
            return text.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "U")
                    .replaceAll("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{40,}", "S")
                    .replaceAll("\"(request_id|error_id)\":\"[0-9a-f]+\"", "")
                    .replaceAll("timestamp\":\"\\d{10}\"", "timestamp\":\"T\"")
                    .replaceAll("\"object_sha256\":\"[0-9a-f]+\"", "")
                    .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "T");
        }
    }

    @Test
    void hiddenObjectsChangeNoAnswerOfAnyRoute() throws Exception {
        Asked whole = new Asked("whole");
        Asked part = new Asked("part");
        for (String object : HIDDEN) {
            whole.submit(object);
        }
        whole.all();
        part.all();
        assertTrue(part.answers.size() > 300, () -> "so much was asked: " + part.answers.size());
        for (int i = 0; i < part.answers.size(); i++) {
            assertEquals(part.answers.get(i), whole.answers.get(i));
        }
        assertTrue(part.answers.stream().anyMatch(answer -> answer.contains("\"success_count\":1")));
    }
}
