package uz.koprik.gateway.alerts;

import java.time.Duration;
import java.util.List;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.http.Routes;

/** The routes of alerts without a centre behind them: to be listed, not to be asked. */
public final class AlertsForTests {

    private AlertsForTests() {}

    public static List<Routes> routes() throws ConfigException {
        Config config = ConfigFile.parse("koprik.yaml", "name: tashkent\ntitle: Tashkent\n");
        AlertServices desk = new AlertServices(null, null, null, null, config.alerts(), null);
        return Alerts.routes(desk, new Streams(1), Duration.ofSeconds(1), null, null, null);
    }
}
