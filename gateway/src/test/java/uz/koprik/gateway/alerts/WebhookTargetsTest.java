package uz.koprik.gateway.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.gateway.config.Config;

/** A webhook leads where the operator allows, and nowhere else. */
final class WebhookTargetsTest {

    private static WebhookTargets targets(boolean plainLoopback) {
        return new WebhookTargets(new Config.Webhooks(
                List.of("alerts.example.org", "soc.example.org:8443", "127.0.0.1:9000", "[::1]:9000"),
                "",
                plainLoopback,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://alerts.example.org/koprik",
                "https://ALERTS.example.org:443/a?b=c",
                "https://soc.example.org:8443/",
                "http://127.0.0.1:9000/hook",
                "http://[::1]:9000/hook"
            })
    void allowed(String url) {
        assertEquals(url, targets(true).check(url).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://alerts.example.org/koprik",
                "https://alerts.example.org:8443/",
                "https://soc.example.org/",
                "https://example.org/",
                "https://alerts.example.org.example.net/",
                "https://alerts.example.org@192.0.2.1/",
                "https://user@alerts.example.org/",
                "https://alerts.example.org/#part",
                "http://127.0.0.1:9001/",
                "http://127.1:9000/",
                "http://localhost:9000/",
                "https://169.254.169.254/",
                "file:///etc/passwd",
                "https:///nothing",
                "alerts.example.org",
                "https://alerts.example.org/ ",
                ""
            })
    void forbidden(String url) {
        assertThrows(IllegalArgumentException.class, () -> targets(true).check(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9000/hook", "http://[::1]:9000/hook"})
    void plainOnlyWhenSaid(String url) {
        assertThrows(IllegalArgumentException.class, () -> targets(false).check(url));
    }
}
