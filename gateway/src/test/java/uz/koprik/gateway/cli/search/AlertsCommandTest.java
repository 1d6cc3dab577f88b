package uz.koprik.gateway.cli.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Tlp;

/** {@code koprik alerts} against a running centre. */
final class AlertsCommandTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre centre;

    @BeforeEach
    void start() throws Exception {
        centre = centres.init("tashkent").start();
    }

    private CommandResult ok(String... arguments) {
        CommandResult said = centre.koprik(arguments);
        assertEquals(0, said.code(), said.out() + said.err());
        return said;
    }

    @Test
    void listsFollowsAndSubscribes() throws Exception {
        assertTrue(ok("alerts").out().contains("no alerts"));
        ok("case", "add", "K-1", "--title", "A case", "--type", "card-fraud", "--observable", "example.com");
        ok("submit", "login.example.com", "--name", "Reported");
        RunningCentre.await(() -> ok("alerts").out().contains("case K-1 A case"));
        String listed = ok("alerts", "--case", "K-1", "--kind", "domain", "--min-score", "1")
                .out();
        assertTrue(listed.contains("domain login.example.com, by subdomain: the case has domain example.com"), listed);
        assertTrue(listed.contains("Reported: signed by tashkent"), listed);
        assertTrue(ok("alerts", "--case", "K-2").out().contains("no alerts"));
        assertTrue(ok("alerts", "--since", "1").out().contains("no alerts"));
        assertEquals(1, centre.koprik("alerts", "--rule", "magic").code());

        CompletableFuture<CommandResult> following = CompletableFuture.supplyAsync(
                () -> centre.koprik("alerts", "--follow", "--since", "0", "--crime-type", "card-fraud"));
        RunningCentre.await(() -> centre.adminClient().get("/metrics").text().contains("koprik_alerts_streams 1"));
        ok("submit", "second.example.com", "--name", "Reported");
        RunningCentre.await(() -> ok("alerts").out().contains("second.example.com"));

        String id = ok("alerts", "subscribe", "--name", "Mine", "--crime-type", "card-fraud")
                .out()
                .replaceAll("(?s).*: |\\s+$", "");
        assertTrue(ok("alerts", "subscriptions").out().contains(id + "  Mine"));
        assertTrue(ok("alerts", "digest").out().contains("no digests yet"));
        ok("alerts", "unsubscribe", id);
        assertEquals(1, centre.koprik("alerts", "unsubscribe", id).code());
        CommandResult refused = centre.koprik("alerts", "subscribe", "--webhook", "https://192.0.2.1/");
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("alerts.webhooks.hosts"), refused.err());

        centre.close();
        CommandResult followed = following.join();
        assertEquals(3, followed.code());
        assertTrue(
                followed.out().contains("login.example.com") && followed.out().contains("second.example.com"),
                followed.out());
        assertTrue(
                followed.err().contains("the centre stops; go on with `koprik alerts --follow --since 2`"),
                followed.err());
    }

    @Test
    void showsContestedIds() throws Exception {
        String id = RunningCentre.freshId();
        for (String object : List.of(
                RunningCentre.indicator(id, "198.51.100.7", Tlp.GREEN, 0),
                RunningCentre.indicator(id, "198.51.100.9", Tlp.GREEN, 1)
                        .replace("\"created\":\"2026-01-01", "\"created\":\"2025-01-01"))) {
            centre.adminClient()
                    .post(
                            "/api/objects",
                            "application/json",
                            RunningCentre.envelope(List.of(object)).getBytes(StandardCharsets.UTF_8));
        }
        RunningCentre.await(() -> ok("alerts").out().contains(id));
        String listed = ok("alerts").out();
        assertTrue(listed.contains("contested id " + id + ", refused"), listed);
        assertTrue(listed.contains("owner tashkent") && listed.contains("submitted by account local"), listed);
        assertTrue(listed.contains("both are in evidence/" + id) && listed.contains("withdraw"), listed);
        assertTrue(ok("alerts", "--min-score", "1").out().contains("no alerts"));
    }
}
