package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.feeds.PartnerProbe;

/**
 * What the centre of the home answered about itself.
 *
 * @param url where it was asked
 * @param answered whether it answered at all
 * @param trouble why not, in words; empty when it answered
 * @param reasons why it is not ready; empty when it is
 * @param version that it runs; empty when it does not say
 * @param heap most bytes of its heap
 * @param openFiles most files that it may open
 */
record OwnAnswer(
        String url,
        boolean answered,
        String trouble,
        List<String> reasons,
        Optional<String> version,
        Optional<Long> heap,
        Optional<Long> openFiles) {

    private static final int UNAVAILABLE = 503;

    OwnAnswer {
        reasons = List.copyOf(reasons);
    }

    /**
     * Asks the running centre where it listens on this machine; empty when no file says that it runs. Where the system
     * chose the port, the file says the address.
     */
    static Optional<OwnAnswer> of(Examined examined, Duration patience)
            throws IOException, StartFailure, ConfigException {
        if (!Files.exists(examined.home().url())) {
            return Optional.empty();
        }
        Config.ListenAddress listen = examined.config().listen();
        String url = listen.port() == 0
                ? Files.readString(examined.home().url()).strip()
                : "https://" + local(listen.host()) + ":" + listen.port();
        PartnerProbe probe = new PartnerProbe(examined.keys(), examined.clock(), patience);
        List<String> pins = List.of(examined.keys().tlsPin());
        PartnerProbe.Answer ready = probe.anonymous("this centre", URI.create(url + "/readyz"), pins, "");
        if (ready.status() == 0) {
            return Optional.of(new OwnAnswer(
                    url,
                    false,
                    ready.trouble().orElse(""),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
        }
        String token = Files.exists(examined.home().adminToken())
                ? "Authorization: Bearer "
                        + Files.readString(examined.home().adminToken()).strip() + "\r\n"
                : "";
        PartnerProbe.Answer status = probe.anonymous("this centre", URI.create(url + "/api/status"), pins, token);
        PartnerProbe.Answer metrics = probe.anonymous("this centre", URI.create(url + "/metrics"), pins, token);
        return Optional.of(new OwnAnswer(
                url,
                true,
                "",
                ready.status() == UNAVAILABLE ? reasons(ready.body()) : List.of(),
                json(status.body()).flatMap(json -> json.string("version")),
                sum(metrics.body(), "jvm_memory_max_bytes{area=\"heap\""),
                sum(metrics.body(), "process_files_max_files")));
    }

    private static String local(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        };
    }

    private static List<String> reasons(String body) {
        List<String> said = json(body).stream()
                .flatMap(json -> json.items("reasons").stream())
                .filter(JsonString.class::isInstance)
                .map(reason -> ((JsonString) reason).value())
                .toList();
        return said.isEmpty() ? List.of("it says that it is busy") : said;
    }

    private static Optional<JsonObject> json(String body) {
        try {
            return Optional.of(StrictJson.parseObject(body.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedJson other) {
            return Optional.empty();
        }
    }

    /** Sum of the figures whose lines begin so; empty when there is none, or when one of them has no bound. */
    private static Optional<Long> sum(String metrics, String beginning) {
        List<Double> values = metrics.lines()
                .filter(line -> line.startsWith(beginning))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of((long) values.stream()
                        .mapToDouble(Double::doubleValue)
                        .filter(value -> value > 0)
                        .sum());
    }
}
