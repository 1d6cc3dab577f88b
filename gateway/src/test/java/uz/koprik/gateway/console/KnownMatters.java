package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.SignatureExtension;

/**
 * A centre with something to look up: a case, reports of its own and of a partner, a silenced name, a revision, a
 * sighting, and names that try to become markup.
 */
final class KnownMatters {

    static final String VALUE = "login.example.com";
    static final String IBAN = "HU42117730161111101800000000";
    static final String SILENCED = "www.example.net";
    static final String INJECTION = "<img src=x onerror=alert(1)>{{7*7}}";
    static final String MALWARE = "malware--31b940d4-6f7f-459a-80ea-9c1f17b5891b";

    private static final String JSON = "application/json";

    final RunningCentre centre;
    final CentreClient admin;
    /** The indicator of this centre for {@link #VALUE}. */
    final String own;
    /** The same of a partner. */
    final String partners;

    private KnownMatters(RunningCentre centre, CentreKeys budapest) throws Exception {
        this.centre = centre;
        this.admin = centre.adminClient();
        kase("T-2026-014", "Transfers to a mule account", "Unit 3", List.of(VALUE, IBAN));
        kase("H-1", "Hidden goose", "Unit 9", List.of(VALUE, "goose.example.org"));
        own = report(VALUE, "Fake bank login", "A page that imitates the bank and asks for codes", "green");
        report("hxxp://login[.]example[.]com/verify", "Form that collects codes", "Below the fake login", "amber");
        report("198.51.100.7", INJECTION, INJECTION, "green");
        report("203.0.113.9", "=HYPERLINK(1)", "", "green");
        report(
                "goose.example.org",
                "A name with -- quotes, and a rather long title that has to wrap on a narrow screen",
                "",
                "clear");
        for (int i = 0; i < 60; i++) {
            report("n" + i + ".example.org", "Kod yuboring " + i, "firibgarlik", "green");
        }
        partners = fromPartner(budapest);
        relate();
        ok(admin.post(
                "/api/objects/" + own + "/verdicts",
                JSON,
                CentreAnswers.json(Map.of("value", VALUE, "verdict", "confirmed", "note", "seen at two banks"))));
    }

    /** Starts the centre with the accounts anna (analyst), bek (analyst of Unit 3) and night-shift (operator). */
    static KnownMatters start(Centres centres) throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(Browser.WAIT_MILLIS);
        RunningCentre centre = centres.init("tashkent")
                .withPeople()
                .withAccount("anna", Role.ANALYST)
                .withAccount("bek", Role.ANALYST, CaseUnits.of(Set.of("Unit 3")))
                .withAccount("night-shift", Role.OPERATOR);
        CentreKeys budapest = centre.partner("budapest", true);
        centre.partner("seoul", true);
        Files.writeString(
                centre.home().partners(),
                """
                partners:
                  budapest:
                    agreement:
                      max_tlp: amber
                  seoul:
                    agreement:
                      valid_until: "2021-03-01T00:00:00Z"
                """);
        Path lists = Files.createDirectories(centre.home().config().resolveSibling("warning-lists"));
        Files.writeString(
                lists.resolve("ours.json"),
                "{\"name\":\"Our own hosts\",\"version\":1,\"type\":\"hostname\",\"category\":\"false_positive\","
                        + "\"matching_attributes\":[\"domain\",\"hostname\",\"url\"],\"list\":[\"example.net\"]}");
        centre.start();
        return new KnownMatters(centre, budapest);
    }

    private void kase(String number, String title, String unit, List<String> values) {
        ok(admin.post(
                "/api/cases",
                JSON,
                CentreAnswers.json(
                        Map.of("number", number, "title", title, "type", "fraud", "unit", unit, "values", values))));
    }

    String report(String value, String name, String description, String tlp) {
        Map<String, Object> form = Map.of("value", value, "name", name, "description", description, "tlp", tlp);
        return ok(admin.post("/api/indicators", JSON, CentreAnswers.json(form)))
                .path("objects")
                .get(0)
                .path("id")
                .asText();
    }

    private String fromPartner(CentreKeys budapest) throws Exception {
        String green = "\"object_marking_refs\":[\"" + Markings.id(Tlp.GREEN) + "\"]";
        List<String> signed = new ArrayList<>();
        String first = "";
        for (String pattern :
                List.of("[domain-name:value = 'login.example.com']", "[domain-name:value = 'www.example.net']")) {
            String id = RunningCentre.freshId();
            first = first.isEmpty() ? id : first;
            String json = "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"" + id
                    + "\",\"created\":\"2026-01-01T00:00:00.000Z\",\"modified\":\"2026-01-01T00:00:00.000Z\","
                    + "\"name\":\"Account that collected deposits\",\"pattern\":\"" + pattern
                    + "\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-01-01T00:00:00Z\",\"confidence\":80," + green
                    + "}";
            signed.add(new String(
                    SignatureExtension.attach(
                            StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8)),
                            budapest.signer(),
                            Instant.now()),
                    StandardCharsets.UTF_8));
        }
        HttpResponse<String> answer = RunningCentre.send(
                centre.client(budapest),
                HttpRequest.newBuilder(URI.create(centre.taxii("collections/inbox/objects/")))
                        .header("Content-Type", RunningCentre.TAXII)
                        .POST(HttpRequest.BodyPublishers.ofString(RunningCentre.envelope(signed))),
                null);
        assertTrue(answer.body().contains("\"success_count\":2"), answer.body());
        return first;
    }

    private void relate() {
        String times = "\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\"";
        String malware = "{\"type\":\"malware\",\"spec_version\":\"2.1\",\"id\":\"" + MALWARE + "\"," + times
                + ",\"name\":\"loader\",\"is_family\":false,\"description\":\"before\"}";
        String indicates = "{\"type\":\"relationship\",\"spec_version\":\"2.1\","
                + "\"id\":\"relationship--44298a74-ba52-4f0c-87a3-1824e67d7fad\"," + times
                + ",\"relationship_type\":\"indicates\",\"source_ref\":\"" + own + "\",\"target_ref\":\"" + MALWARE
                + "\"}";
        String changed = malware.replace("\"modified\":\"2026-11-01", "\"modified\":\"2026-11-02")
                .replace("before", "after");
        for (String object : List.of(malware, indicates, changed)) {
            JsonNode answer = ok(admin.post("/api/objects", JSON, object.getBytes(StandardCharsets.UTF_8)));
            assertTrue(answer.path("refused").asInt() == 0, answer::toString);
        }
    }
}
