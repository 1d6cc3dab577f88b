package uz.koprik.gateway.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.indicators.policy.Tlp;

/** What operators of a running centre are alerted of. */
class OperatorAlertsTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre centre;
    private String operator;

    private void startIn(int days) throws Exception {
        InstantSource clock = () -> Instant.now().plus(Duration.ofDays(days));
        centre.start(CentreThreads.unwatched(), new Gateway.StartTerms(clock, true, false));
    }

    private List<JsonObject> alerts(String who) throws Exception {
        HttpResponse<String> response = centre.get(centre.url() + "/api/alerts", who);
        assertEquals(200, response.statusCode(), response.body());
        return RunningCentre.json(response).items("alerts").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static String text(JsonObject alert, String name) {
        return alert.string(name).orElse("");
    }

    /** The own alerts of the signing key, newest first: how many days before its end. */
    private List<Long> keyAlerts() throws Exception {
        return alerts(operator).stream()
                .filter(alert -> text(alert, "what").equals("signing_key")
                        && text(alert, "centre").equals("tashkent"))
                .map(alert -> ((JsonNumber) alert.get("days")).longValue())
                .toList();
    }

    @Test
    void operatorsAreAlertedOncePerThresholdOfWhatEndsAndOthersAreNot() throws Exception {
        // The keys are 710 days old, so they end in 20 days by the clock of the client.
        centre = centres.init("tashkent", () -> Instant.now().minus(Duration.ofDays(710)));
        centre.withConfig("renew: true", "renew: false"); // otherwise the centre replaces the key by itself
        startIn(0);
        operator = centre.account("night-shift", Role.OPERATOR, Tlp.GREEN);
        String analyst = centre.account("anna", Role.ANALYST, Tlp.GREEN);
        RunningCentre.await(() -> keyAlerts().size() == 1);
        assertEquals(List.of(30L), keyAlerts(), "not those of thresholds that have passed");
        JsonObject alert = alerts(operator).stream()
                .filter(one -> text(one, "what").equals("signing_key")
                        && text(one, "centre").equals("tashkent"))
                .findFirst()
                .orElseThrow();
        assertEquals("expiry", text(alert, "kind"));
        assertTrue(text(alert, "message").startsWith("the signing key of tashkent ends in "), alert.toString());
        assertTrue(text(alert, "action").contains("koprik key announce"), alert.toString());
        assertFalse(alert.has("seq"), "who does not see everything gets no numbers");
        assertFalse(alert.has("case"), "earlier versions only need the rest of the stored form");
        assertEquals(List.of(), alerts(analyst), "an analyst does not operate the centre");
        assertTrue(alerts(centre.admin()).stream().anyMatch(one -> one.has("seq")));
        assertTrue(
                centre.koprik("alerts").out().contains("the signing key of tashkent ends in "),
                () -> centre.koprik("alerts").out());
        int before = alerts(operator).size();
        centre.stop();

        Files.writeString(
                centre.home().partners(),
                "partners:\n  budapest:\n    agreement: {valid_until: \""
                        + Instant.now().plus(Duration.ofDays(4)).truncatedTo(ChronoUnit.SECONDS) + "\"}\n");
        startIn(1);
        RunningCentre.await(() ->
                alerts(operator).stream().anyMatch(one -> text(one, "what").equals("agreement")));
        assertEquals(before + 1, alerts(operator).size(), "what was emitted before a restart is not repeated");
        centre.stop();

        startIn(15);
        RunningCentre.await(() -> keyAlerts().size() == 2);
        assertEquals(List.of(7L, 30L), keyAlerts());
    }
}
