package uz.koprik.gateway.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.SignatureExtension;

/** Who learns of a contested id, and who does not. */
final class IdConflictAlertsTest {

    @RegisterExtension
    final Centres centres = new Centres();

    /** A centre with a partner. */
    private final class Centre {

        final RunningCentre centre;
        final CentreKeys budapest;
        String operator;
        String some;

        Centre(String name) throws Exception {
            centre = centres.init("tashkent", name);
            budapest = centre.partner("budapest", true);
            centre.start();
            operator = centre.account("night-shift", Role.OPERATOR, Tlp.GREEN);
            some = centre.account("dina", Role.ANALYST, Tlp.GREEN);
            centre.accounts().setUnits("dina", CaseUnits.of(Set.of("Unit 1")));
            RunningCentre.await(() -> !RunningCentre.json(centre.get(centre.url() + "/api/status", some))
                    .has("alerts"));
        }

        void byMember(String object) throws Exception {
            HttpResponse<String> response = centre.post(
                    centre.taxii("collections/exchange/objects/"),
                    centre.admin(),
                    RunningCentre.TAXII,
                    RunningCentre.envelope(List.of(object)));
            assertTrue(response.body().contains("\"success_count\":1"), response.body());
        }

        HttpResponse<String> byPartner(String object) throws Exception {
            String signed = new String(
                    SignatureExtension.attach(
                            StrictJson.parseObject(object.getBytes(StandardCharsets.UTF_8)),
                            budapest.signer(),
                            Instant.now()),
                    StandardCharsets.UTF_8);
            return RunningCentre.send(
                    centre.client(budapest),
                    HttpRequest.newBuilder(URI.create(centre.taxii("collections/inbox/objects/")))
                            .header("Content-Type", RunningCentre.TAXII)
                            .POST(HttpRequest.BodyPublishers.ofString(RunningCentre.envelope(List.of(signed)))),
                    null);
        }

        List<JsonObject> alerts(String who) throws Exception {
            HttpResponse<String> response = centre.get(centre.url() + "/api/alerts", who);
            assertEquals(200, response.statusCode(), response.body());
            return RunningCentre.json(response).items("alerts").stream()
                    .map(JsonObject.class::cast)
                    .toList();
        }
    }

    private static long number(JsonObject json, String name) {
        return json.get(name) instanceof JsonNumber number ? number.longValue() : -1;
    }

    @Test
    void operatorsAndAnalystsLearnOfAContestedIdOnceAndHowOften() throws Exception {
        Centre tashkent = new Centre("one");
        RunningCentre centre = tashkent.centre;
        String id = RunningCentre.freshId();
        tashkent.byMember(RunningCentre.indicator(id, "198.51.100.7", Tlp.GREEN, 0));
        for (int minute = 1; minute <= 5; minute++) {
            String answer = tashkent.byPartner(RunningCentre.indicator(id, "198.51.100.9", Tlp.GREEN, minute))
                    .body();
            assertTrue(answer.contains("\"failure_count\":1"), answer);
        }
        for (String who : List.of(centre.admin(), tashkent.operator, tashkent.some)) {
            RunningCentre.await(() -> tashkent.alerts(who).size() == 1
                    && number(tashkent.alerts(who).getFirst(), "count") == 5);
            JsonObject alert = tashkent.alerts(who).getFirst();
            assertEquals("contested_id", alert.string("kind").orElse(""));
            assertEquals(id, alert.string("object_id").orElse(""));
            assertEquals(
                    "tashkent",
                    alert.object("owner").orElseThrow().string("centre").orElse(""));
            assertEquals(
                    "budapest",
                    alert.object("submitter").orElseThrow().string("name").orElse(""));
            assertEquals("refused", alert.string("outcome").orElse(""));
            Path evidence =
                    centre.home().root().resolve(alert.string("evidence").orElseThrow());
            assertTrue(Files.readString(evidence).contains(id));
            assertFalse(alert.string("action").orElse("").isEmpty());
            assertFalse(alert.has("entries"));
            assertEquals(who.equals(centre.admin()), alert.has("seq"), "only who sees everything has numbers");
        }
        String reader = centre.account("reader", Role.READER, Tlp.GREEN);
        assertEquals(403, centre.get(centre.url() + "/api/alerts", reader).statusCode());
        String operator = tashkent.operator;
        JsonObject before = tashkent.alerts(operator).getFirst();
        centre.stop();
        centre.start();
        assertEquals(List.of(before), tashkent.alerts(operator), "survives a restart");
        tashkent.byPartner(RunningCentre.indicator(id, "198.51.100.9", Tlp.GREEN, 6));
        RunningCentre.await(() -> number(tashkent.alerts(operator).getFirst(), "count") == 6);
        assertEquals(1, tashkent.alerts(operator).size());
        String other = RunningCentre.freshId();
        tashkent.byMember(RunningCentre.indicator(other, "198.51.100.7", Tlp.RED, 0));
        assertTrue(tashkent.byPartner(RunningCentre.indicator(other, "198.51.100.8", Tlp.GREEN, 0))
                .body()
                .contains("\"success_count\":1"));
        RunningCentre.await(() -> tashkent.alerts(operator).size() == 2);
        assertEquals(
                "kept_apart",
                tashkent.alerts(operator).getFirst().string("outcome").orElse(""));
        assertEquals(2, tashkent.alerts(tashkent.some).size());
        String version =
                RunningCentre.indicator(other, "198.51.100.8", Tlp.GREEN, 0).replace("198.51.100.8", "198.51.100.77");
        assertTrue(tashkent.byPartner(version).body().contains("\"failure_count\":1"));
        RunningCentre.await(() -> tashkent.alerts(operator).size() == 3);
        assertEquals(
                "equivocation",
                tashkent.alerts(operator).getFirst().string("kind").orElse(""));
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES) // a stream without the event would be read without end
    void aStreamOfAnOperatorShowsConflictsWithoutNumbers() throws Exception {
        Centre tashkent = new Centre("stream");
        RunningCentre centre = tashkent.centre;
        String id = RunningCentre.freshId();
        tashkent.byMember(RunningCentre.indicator(id, "198.51.100.7", Tlp.GREEN, 0));
        HttpRequest request = HttpRequest.newBuilder(URI.create(centre.url() + "/api/alerts/stream"))
                .header("Authorization", tashkent.operator)
                .build();
        try (HttpClient client = centre.client(null);
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                                .body(),
                        StandardCharsets.UTF_8))) {
            tashkent.byPartner(RunningCentre.indicator(id, "198.51.100.9", Tlp.GREEN, 1));
            List<String> seen = new ArrayList<>();
            while (seen.isEmpty() || !seen.getLast().startsWith("data: ")) {
                seen.add(lines.readLine());
            }
            JsonObject alert =
                    StrictJson.parseObject(seen.getLast().substring(6).getBytes(StandardCharsets.UTF_8));
            assertTrue(seen.contains("event: alert"), seen::toString);
            assertEquals(id, alert.string("object_id").orElse(""));
            assertFalse(alert.has("seq"));
            assertTrue(
                    seen.stream().filter(line -> line.startsWith("id: ")).noneMatch(line -> line.matches("id: \\d+")),
                    seen::toString);
            client.shutdownNow();
        }
    }

    /** Two centres; one of them has a case file of which operators and analysts of other units do not know. */
    @Test
    void aConflictWithAHiddenObjectShowsOnlyToThoseWhoSeeEverything() throws Exception {
        Centre with = new Centre("with");
        Centre without = new Centre("without");
        HttpResponse<String> made = with.centre.post(
                with.centre.url() + "/api/cases",
                with.centre.admin(),
                "application/json",
                "{\"number\":\"A-1\",\"title\":\"A case\",\"type\":\"phishing\",\"unit\":\"Unit 2\",\"values\":[\"example.com\"]}");
        String id = RunningCentre.json(made)
                .object("case")
                .orElseThrow()
                .string("id")
                .orElseThrow();
        List<List<String>> answers = new ArrayList<>();
        for (Centre one : List.of(with, without)) {
            List<String> told = new ArrayList<>();
            for (int minute = 0; minute < 3; minute++) {
                told.add(one.byPartner("{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":\"" + id
                                + "\",\"name\":\"probe\","
                                + "\"created\":\"2026-01-01T00:00:00.000Z\",\"modified\":\"2026-01-01T00:0" + minute
                                + ":00.000Z\"}")
                        .body()
                        .replaceAll("\"(id|request_timestamp)\":\"[^\"]*\"", ""));
            }
            // A conflict that everybody may know of comes after the hidden one.
            String open = "indicator--5f0c1111-0000-4000-8000-000000000001";
            one.byMember(RunningCentre.indicator(open, "198.51.100.7", Tlp.GREEN, 0));
            one.byPartner(RunningCentre.indicator(open, "198.51.100.9", Tlp.GREEN, 1));
            int all = one == with ? 2 : 1;
            RunningCentre.await(() -> one.alerts(one.centre.admin()).size() == all);
            for (String who : List.of(one.operator, one.some)) {
                assertEquals(1, one.alerts(who).size());
                for (String query : List.of(
                        "",
                        "?since=2026-01-01T00:00:00Z",
                        "?limit=1",
                        "?producer=budapest",
                        "?case=A-1",
                        "?min_score=1")) {
                    HttpResponse<String> page = one.centre.get(one.centre.url() + "/api/alerts" + query, who);
                    told.add(page.statusCode()
                            + page.body()
                                    .replaceAll("\"(id|next|evidence)\":\"[^\"]*\"", "")
                                    .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "T"));
                }
            }
            answers.add(told);
        }
        assertEquals(answers.getLast(), answers.getFirst());
        List<String> outcomes = with.alerts(with.centre.admin()).stream()
                .map(alert -> alert.string("outcome").orElse(""))
                .toList();
        assertEquals(List.of("refused", "kept_apart"), outcomes);
        assertEquals(
                id,
                with.alerts(with.centre.admin()).getLast().string("object_id").orElse(""));
    }
}
