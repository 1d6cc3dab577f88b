package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.agreements.HomeAgreements;
import uz.koprik.gateway.api.MatrixObjects.Secret;
import uz.koprik.gateway.api.MatrixProbes.Probe;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.http.RouteTable.DeclaredRoute;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.SignatureExtension;

/**
 * Personal objects of a partner whose agreement asks for a purpose are not there for members who said none: each route
 * answers as at a centre that never had them. Who says a purpose of that agreement and a case sees them, and the access
 * record keeps both.
 */
final class PurposeOnUseTest {

    private static final String PURPOSE = "investigation of phishing";
    private static final String OTHER_PURPOSE = "Фрод, дела о мошенничестве";
    private static final String CASE = "F-2026-1";
    private static final String FOREIGN_CASE = "N-2026-9";
    private static final String WORD = "zephyrquartz";
    private static final String VALUE = "mule@" + WORD + ".example.net";
    private static final String ID = "indicator--00000000-0000-4000-8000-0000000000a1";
    private static final String OTHER_VALUE = "courier@" + WORD + "two.example.net";
    private static final String OTHER_ID = "indicator--00000000-0000-4000-8000-0000000000a2";
    private static final String OPEN_VALUE = "open.example.org";
    private static final String OPEN_ID = "indicator--00000000-0000-4000-8000-0000000000a3";
    /** Figures of the exchange and of the whole, and ids of what is due, which operators see: not of any value. */
    private static final Set<String> FIGURES =
            Set.of("/api/partners", "/api/partners/:name", "/api/operations", "/api/retention", "/metrics");

    private static final List<String> PATHS = List.of(
            "/api/objects/" + ID,
            "/api/objects/" + ID + "/related",
            "/api/objects/" + ID + "/timeline",
            "/api/objects/" + ID + "/recipients",
            "/api/objects/" + ID + "/graph");

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre with;
    private static RunningCentre without;
    private static HttpClient client;

    /** Both have the cases and what is not personal; one of them has what budapest and seoul gave of people. */
    @BeforeAll
    static void start() throws Exception {
        with = centres.init("tashkent", "with")
                .withPeople()
                .withAccount("anna", Role.ANALYST)
                .withAccount("bek", Role.ANALYST, CaseUnits.of(Set.of("fraud")))
                .withAccount("olga", Role.OPERATOR)
                .withAccount("audit", Role.AUDITOR);
        CentreKeys budapest = with.partner("budapest", true);
        CentreKeys seoul = with.partner("seoul", true);
        HomeAgreements agreements = new HomeAgreements(with.home());
        Instant until = Instant.now().plus(Duration.ofDays(90));
        agreements.signAsking("budapest", budapest, List.of(PURPOSE, "search for missing people"), until);
        agreements.signAsking("seoul", seoul, List.of(OTHER_PURPOSE), until);
        without = centres.copy(with, "without");
        for (RunningCentre centre : List.of(with, without)) {
            centre.start();
            openCase(centre, CASE, "fraud", List.of(VALUE, OPEN_VALUE));
            openCase(centre, FOREIGN_CASE, "narcotics", List.of());
            push(centre, budapest, indicator(OPEN_ID, "domain-name", OPEN_VALUE, "open"));
        }
        push(with, budapest, indicator(ID, "email-addr", VALUE, WORD));
        push(with, seoul, indicator(OTHER_ID, "email-addr", OTHER_VALUE, WORD + " of seoul"));
        for (RunningCentre centre : List.of(with, without)) {
            RunningCentre.await(() -> RunningCentre.ok(centre.adminClient().get("/api/status"))
                            .path("alerts")
                            .path("lag")
                            .asLong(1)
                    == 0);
        }
        client = with.client(null);
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    private static void openCase(RunningCentre centre, String number, String unit, List<String> values)
            throws Exception {
        Map<String, Object> form =
                Map.of("number", number, "title", "Case " + number, "type", "phishing", "unit", unit, "values", values);
        RunningCentre.ok(centre.adminClient().post("/api/cases", "application/json", CentreAnswers.json(form)));
    }

    private static String indicator(String id, String type, String value, String name) {
        return "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"" + id
                + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\",\"name\":\""
                + name + "\",\"pattern\":\"[" + type + ":value = '" + value
                + "']\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-11-01T00:00:00Z\",\"object_marking_refs\":[\""
                + Markings.id(Tlp.GREEN) + "\"]}";
    }

    /** Sends an object that a partner signs. */
    static void send(RunningCentre centre, CentreKeys partner, String object) throws Exception {
        String signed = new String(
                SignatureExtension.attach(
                        StrictJson.parseObject(object.getBytes(StandardCharsets.UTF_8)),
                        partner.signer(),
                        Instant.now()),
                StandardCharsets.UTF_8);
        try (HttpClient sender = centre.client(partner)) {
            HttpResponse<String> answer = RunningCentre.send(
                    sender,
                    HttpRequest.newBuilder(URI.create(centre.taxii("collections/exchange/objects/")))
                            .header("Content-Type", RunningCentre.TAXII)
                            .header("Accept", RunningCentre.TAXII)
                            .POST(HttpRequest.BodyPublishers.ofString(RunningCentre.envelope(List.of(signed)))),
                    null);
            assertEquals(202, answer.statusCode(), answer.body());
        }
    }

    private static void push(RunningCentre centre, CentreKeys partner, String object) throws Exception {
        send(centre, partner, object);
        String id = CentreAnswers.parse(object.getBytes(StandardCharsets.UTF_8))
                .path("id")
                .asText();
        RunningCentre.await(() -> taken(centre, id));
    }

    /** What is withheld shows in no read without a purpose; the journal of the home has it. */
    private static boolean taken(RunningCentre centre, String id) throws Exception {
        HttpResponse<String> answer = ask(
                centre,
                centre.client(null),
                "anna",
                "/api/objects/" + id,
                id.equals(OTHER_ID) ? OTHER_PURPOSE : PURPOSE,
                CASE);
        return answer.statusCode() == 200;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static HttpResponse<String> ask(
            RunningCentre centre, HttpClient by, String account, String path, String purpose, String number)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(centre.url() + path)).GET();
        if (purpose != null) {
            request.header(PurposeOnUse.PURPOSE, encoded(purpose));
        }
        if (number != null) {
            request.header(PurposeOnUse.CASE, encoded(number));
        }
        return RunningCentre.send(by, request, "Bearer " + centre.tokenOf(account));
    }

    private static HttpResponse<String> ask(String account, String path, String purpose, String number)
            throws Exception {
        return ask(with, client, account, path, purpose, number);
    }

    @Test
    void withoutAPurposeEachReadAnswersAsIfThereWereNothing() throws Exception {
        compare("anna", true);
    }

    @Tag("long")
    @Test
    void noRouteShowsATraceToAnybodyWithoutAPurpose() throws Exception {
        for (String account : List.of("anna", "bek", "olga")) {
            compare(account, false);
        }
    }

    private static void compare(String account, boolean readsOnly) throws Exception {
        Secret secret = new Secret(ID, WORD, VALUE, "NONE-1", false, "", null);
        Map<String, DeclaredRoute> routes = new LinkedHashMap<>();
        with.routes().forEach(route -> routes.put(route.method() + " " + route.path(), route));
        List<String> differences = new ArrayList<>();
        int asked = 0;
        try (HttpClient other = without.client(null)) {
            for (List<Probe> rows : MatrixProbes.all().values()) {
                for (Probe probe : rows) {
                    boolean alert = probe.name().contains("/api/alerts"); // shown with the value of the own case
                    if (probe.command()
                            || alert
                            || (account.equals("olga")
                                    && FIGURES.contains(
                                            probe.name().substring(probe.name().indexOf(' ') + 1)))
                            || probe.seenBy().isPresent()
                            || (readsOnly && !probe.method().equals("GET"))) {
                        continue;
                    }
                    String fresh = new UUID(0x4000L | ((long) ++asked << 16), 0x8000000000000000L).toString();
                    String first = withoutAlerts(MatrixSending.comparable(
                            with,
                            MatrixSending.send(with, client, account, routes.get(probe.name()), probe, secret, fresh)));
                    String second = withoutAlerts(MatrixSending.comparable(
                            without,
                            MatrixSending.send(
                                    without, other, account, routes.get(probe.name()), probe, secret, fresh)));
                    if (!first.equals(second) || (!second.contains(WORD) && first.contains(WORD))) {
                        differences.add(account + " " + probe.name() + probe.query() + " " + probe.body()
                                + "\n  with    " + first + "\n  without " + second);
                    }
                }
            }
        }
        assertEquals("", String.join("\n", differences));
        assertTrue(asked > 50, asked + " routes were asked");
    }

    /**
     * The situation counts alerts, which are shown with the value of the own case, and what partners sent, whether it
     * is about people or not.
     */
    private static String withoutAlerts(String answer) {
        return answer.replaceAll("\"alerts\":\\{\"open\".*?\\]\\}", "")
                .replaceAll("\"in\":\\d+", "IN")
                .replaceAll("\"last_contact\":\"T\",", "");
    }

    @Test
    void whoSaysAPurposeAndACaseSeesTheWholeAndTheRecordKeepsBoth() throws Exception {
        for (String path : PATHS) {
            HttpResponse<String> without = ask("anna", path, null, null);
            assertFalse(without.body().contains(WORD + "\""), path + without.body());
            HttpResponse<String> said = ask("anna", path, PURPOSE, CASE);
            assertEquals(200, said.statusCode(), path + ": " + said.body());
            assertTrue(said.body().contains(ID) || said.body().contains("\"count\":1"), path + ": " + said.body());
        }
        JsonNode entries = CentreAnswers.parse(ask("audit", "/api/access?account=anna&limit=200", null, null)
                .body()
                .getBytes(StandardCharsets.UTF_8));
        List<JsonNode> kept = new ArrayList<>();
        entries.path("entries").forEach(entry -> {
            if (entry.path("purpose").asText().equals(PURPOSE)) {
                kept.add(entry);
            }
        });
        assertTrue(kept.size() >= PATHS.size(), kept::toString);
        assertTrue(
                kept.stream()
                        .allMatch(entry -> entry.path("case").asText().equals(CASE)
                                && entry.path("case_id").asText().startsWith("incident--")),
                kept::toString);
    }

    @Test
    void aQuestionWithABodyIsAnsweredWithThePurposeToo() throws Exception {
        byte[] question = CentreAnswers.json(Map.of("text", VALUE));
        for (boolean said : List.of(false, true)) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(with.url() + "/api/search/values"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(question));
            if (said) {
                request.header(PurposeOnUse.PURPOSE, encoded(PURPOSE)).header(PurposeOnUse.CASE, encoded(CASE));
            }
            HttpResponse<String> answer = RunningCentre.send(client, request, "Bearer " + with.tokenOf("anna"));
            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals(said, answer.body().contains(ID), answer.body());
        }
    }

    @Test
    void theNoteIsTheSameWhetherThereIsAnythingOrNot() throws Exception {
        for (String path : List.of("/api/values/email/" + VALUE, "/api/values/email/nobody@example.com")) {
            for (RunningCentre centre : List.of(with, without)) {
                try (HttpClient by = centre.client(null)) {
                    HttpResponse<String> answer = ask(centre, by, "anna", path, null, null);
                    assertEquals(
                            "budapest, seoul",
                            answer.headers().firstValue(PurposeOnUse.NEEDED).orElse(""));
                }
            }
        }
        assertEquals(
                "seoul",
                ask("anna", "/api/values/email/" + VALUE, PURPOSE, CASE)
                        .headers()
                        .firstValue(PurposeOnUse.NEEDED)
                        .orElse(""));
        JsonNode partners = CentreAnswers.parse(
                        ask("anna", "/api/purposes", PURPOSE, CASE).body().getBytes(StandardCharsets.UTF_8))
                .path("partners");
        assertEquals("budapest", partners.at("/0/partner").asText());
        assertEquals(PURPOSE, partners.at("/0/purposes/0").asText());
        assertFalse(partners.at("/0/withheld").asBoolean());
        assertTrue(partners.at("/1/withheld").asBoolean());
    }

    @Test
    void aPurposeOfAnotherPartnerOpensOnlyWhatThatPartnerGave() throws Exception {
        assertEquals(404, ask("anna", "/api/objects/" + ID, OTHER_PURPOSE, CASE).statusCode());
        assertEquals(
                200,
                ask("anna", "/api/objects/" + OTHER_ID, OTHER_PURPOSE, CASE).statusCode());
        assertEquals(404, ask("anna", "/api/objects/" + OTHER_ID, PURPOSE, CASE).statusCode());
        assertEquals(200, ask("anna", "/api/objects/" + OPEN_ID, null, null).statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "anna, curiosity, F-2026-1, 400, no agreement names this purpose",
        "anna, investigation of phishing,, 400, Koprik-Case is missing",
        "anna,, F-2026-1, 400, Koprik-Purpose is missing",
        "anna, investigation of phishing, F-2026-99, 400, there is no case file of this number",
        "bek, investigation of phishing, N-2026-9, 400, there is no case file of this number",
        "olga, investigation of phishing, F-2026-1, 403, has no right to"
    })
    void whatIsNoPurposeOrNoCaseIsRefused(String account, String purpose, String number, int status, String why)
            throws Exception {
        HttpResponse<String> answer = ask(account, "/api/objects/" + ID, purpose, number);
        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains(why), answer.body());
        assertTrue(answer.body().contains("purpose-refused"), answer.body());
    }

    @Test
    void aCaseOfAnotherUnitAnswersAsOneThatIsNotThere() throws Exception {
        String foreign = ask("bek", "/api/objects/" + ID, PURPOSE, FOREIGN_CASE).body();
        String none = ask("bek", "/api/objects/" + ID, PURPOSE, "N-2026-0").body();
        assertEquals(
                foreign.replaceAll("\"request_id\":\"[^\"]*\"|error_id\":\"[^\"]*\"", ""),
                none.replaceAll("\"request_id\":\"[^\"]*\"|error_id\":\"[^\"]*\"", ""));
        assertEquals(200, ask("bek", "/api/objects/" + ID, PURPOSE, CASE).statusCode());
    }

    @Test
    void pagesOfTaxiiAndFeedsTakeNoPurposeAndHoldNothingThatNeedsOne() throws Exception {
        String page = "/"
                + with.taxii("collections/exchange/objects/")
                        .substring(with.url().length() + 1);
        assertEquals(400, ask("anna", page, PURPOSE, CASE).statusCode());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(with.url() + page)).header("Accept", RunningCentre.TAXII);
        HttpResponse<String> objects = RunningCentre.send(client, request, "Bearer " + with.tokenOf("anna"));
        assertEquals(200, objects.statusCode(), objects.body());
        assertTrue(objects.body().contains(OPEN_ID), objects.body());
        assertFalse(objects.body().contains(ID), objects.body());
        assertFalse(objects.body().contains(OTHER_ID), objects.body());
    }

    @Test
    void anAlertTellsTheValueOfTheOwnCaseAndNothingOfTheObject() throws Exception {
        JsonNode alert = alert(ask("anna", "/api/alerts?case=" + CASE, null, null));
        assertEquals("budapest", alert.path("purpose_needed").asText());
        assertEquals(VALUE, alert.at("/case_value/value").asText());
        assertFalse(
                alert.has("object") || alert.has("object_value") || alert.has("carriers") || alert.has("certainty"),
                alert::toString);
        assertEquals(
                0,
                CentreAnswers.parse(ask("anna", "/api/alerts?case=" + CASE + "&producer=" + "seoul", null, null)
                                .body()
                                .getBytes(StandardCharsets.UTF_8))
                        .path("alerts")
                        .size());
        JsonNode whole = alert(ask("anna", "/api/alerts?case=" + CASE, PURPOSE, CASE));
        assertEquals(ID, whole.at("/object/id").asText());
        assertEquals(VALUE, whole.at("/object_value/value").asText());
    }

    /** The alert on the personal value. */
    private static JsonNode alert(HttpResponse<String> answer) {
        for (JsonNode alert : CentreAnswers.parse(answer.body().getBytes(StandardCharsets.UTF_8))
                .path("alerts")) {
            if (alert.at("/case_value/value").asText().equals(VALUE)) {
                return alert;
            }
        }
        throw new AssertionError(answer.body());
    }

    @Test
    void theCommandLineSaysThePurposeAndTellsWhatMayBeLeftOut() throws Exception {
        Path token = Files.writeString(with.home().root().resolve("anna.token"), with.tokenOf("anna"));
        CommandResult none = with.koprik("search", VALUE, "--token-file", token.toString());
        assertFalse(none.out().contains(ID), none::all);
        assertTrue(none.all().contains("personal objects of budapest, seoul are left out"), none::all);
        CommandResult said = with.koprik(
                "search", VALUE, "--purpose", PURPOSE, "--for-case", CASE, "--token-file", token.toString());
        assertEquals(0, said.code(), said::all);
        assertTrue(said.out().contains(ID), said::all);
        CommandResult half = with.koprik("show", ID, "--purpose", PURPOSE, "--token-file", token.toString());
        assertEquals(2, half.code(), half::all);
    }
}
