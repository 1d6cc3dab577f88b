package uz.koprik.gateway.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.SignatureExtension;

/** What a partner gave stays under its agreement at a centre that removes the partner. */
class RemovedPartnerTest {

    private static final String OPEN = "indicator--00000000-0000-4000-8000-0000000000b1";
    private static final String PERSONAL = "indicator--00000000-0000-4000-8000-0000000000b2";

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre tashkent;

    @Test
    void itGoesToNobodyElseAndPersonalValuesStillNeedAPurpose() throws Exception {
        tashkent = centres.init("tashkent").withAccount("anna", Role.ANALYST);
        CentreKeys budapest = tashkent.partner("budapest", true);
        CentreKeys vienna = tashkent.partner("vienna", true);
        HomeAgreements agreements = new HomeAgreements(tashkent.home());
        Instant until = Instant.now().plus(Duration.ofDays(90));
        agreements.signAsking("budapest", budapest, List.of("phishing"), until);
        agreements.signAsking("vienna", vienna, List.of("fraud"), until);
        tashkent.start();
        push(budapest, indicator(OPEN, "domain-name", "open.example.org"));
        push(budapest, indicator(PERSONAL, "email-addr", "mule@example.net"));
        RunningCentre.await(() -> tashkent.koprik("show", OPEN).code() == 0);
        assertClosed();

        tashkent.stop();
        CommandResult removed = tashkent.koprik("partner", "remove", "budapest");
        assertEquals(0, removed.code(), removed::all);
        tashkent.start();
        assertClosed();
    }

    private void assertClosed() throws Exception {
        JsonNode explained = RunningCentre.ok(tashkent.adminClient().get("/api/explain?to=vienna&id=" + OPEN));
        assertEquals("relay_not_agreed", explained.path("code").asText(), explained::toPrettyString);
        assertTrue(explained.path("reason").asText().contains("article 5 of the agreement with budapest"));
        assertEquals(
                404,
                tashkent.clientOf("anna").get("/api/objects/" + PERSONAL).status(),
                "personal values need a purpose");
        assertTrue(RunningCentre.ok(tashkent.clientOf("anna").get("/api/purposes"))
                .findValuesAsText("partner")
                .contains("budapest"));
    }

    private static String indicator(String id, String type, String value) {
        return """
                {"type":"indicator","spec_version":"2.1","id":"%s","created":"2026-11-01T00:00:00.000Z",
                "modified":"2026-11-01T00:00:00.000Z","name":"of budapest","pattern":"[%s:value = '%s']",
                "pattern_type":"stix","valid_from":"2026-11-01T00:00:00Z","object_marking_refs":["%s"]}"""
                .formatted(id, type, value, Markings.id(Tlp.GREEN));
    }

    private void push(CentreKeys partner, String object) throws Exception {
        String signed = new String(
                SignatureExtension.attach(
                        StrictJson.parseObject(object.getBytes(StandardCharsets.UTF_8)),
                        partner.signer(),
                        Instant.now()),
                StandardCharsets.UTF_8);
        try (HttpClient sender = tashkent.client(partner)) {
            HttpResponse<String> answer = RunningCentre.send(
                    sender,
                    HttpRequest.newBuilder(URI.create(tashkent.taxii("collections/exchange/objects/")))
                            .header("Content-Type", RunningCentre.TAXII)
                            .header("Accept", RunningCentre.TAXII)
                            .POST(HttpRequest.BodyPublishers.ofString(RunningCentre.envelope(List.of(signed)))),
                    null);
            assertEquals(202, answer.statusCode(), answer.body());
        }
    }
}
