package uz.koprik.gateway.api.misp;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;

/**
 * Pulls a feed as MISP 2.5 does. It asks for the manifest with the entity tag of the last answer, and fetches the
 * events that are new or whose timestamp is later than its own. It takes over an attribute when that is new, or has a
 * later timestamp than its own; what is missing in an event stays.
 */
final class MispReader {

    private final HttpClient client;
    private final String url;
    private final String authorization;
    private String entityTag = "";
    private JsonNode manifest;
    /** Timestamps of the events that were fetched. */
    final Map<String, Long> events = new TreeMap<>();
    /** Attributes by UUID. */
    final Map<String, JsonNode> attributes = new LinkedHashMap<>();
    /** Status of the last answer to a question for the manifest. */
    int status;

    /** @param url of the feed, without {@code /manifest.json} */
    MispReader(RunningCentre centre, String url, String authorization) throws Exception {
        this.client = centre.client(null);
        this.url = url;
        this.authorization = authorization;
    }

    /** Pulls once; returns the UUIDs of the events that were fetched. */
    Set<String> pull() throws Exception {
        HttpResponse<String> answer =
                entityTag.isEmpty() ? get("manifest.json") : get("manifest.json", "If-None-Match", entityTag);
        status = answer.statusCode();
        if (status == 200) {
            entityTag = answer.headers().firstValue("ETag").orElse("");
            manifest = json(answer);
        } else if (status != 304) {
            throw new AssertionError(status + " " + answer.body());
        }
        Set<String> fetched = new TreeSet<>();
        for (Map.Entry<String, JsonNode> one : manifest.properties()) {
            long seconds = Long.parseLong(one.getValue().path("timestamp").asText());
            if (!events.containsKey(one.getKey()) || events.get(one.getKey()) < seconds) {
                fetch(one.getKey());
                fetched.add(one.getKey());
            }
        }
        return fetched;
    }

    private void fetch(String uuid) throws Exception {
        JsonNode event = event(uuid);
        events.put(uuid, Long.parseLong(event.path("timestamp").asText()));
        for (JsonNode attribute : event.path("Attribute")) {
            take(attribute);
        }
        for (JsonNode object : event.path("Object")) {
            object.path("Attribute").forEach(this::take);
        }
    }

    private void take(JsonNode attribute) {
        attributes.merge(
                attribute.path("uuid").asText(),
                attribute,
                (own, sent) ->
                        sent.path("timestamp").asLong() > own.path("timestamp").asLong() ? sent : own);
    }

    JsonNode event(String uuid) throws Exception {
        HttpResponse<String> answer = get(uuid + ".json");
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return json(answer).path("Event");
    }

    JsonNode manifest() {
        return manifest;
    }

    /** The values of attributes that are not deleted. */
    Set<String> values() {
        return attributes.values().stream()
                .filter(attribute -> !attribute.path("deleted").asBoolean())
                .map(attribute -> attribute.path("value").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The events that have a value, by the hashes alone. */
    List<String> lookUp(String value) throws Exception {
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8)));
        return get("hashes.csv")
                .body()
                .lines()
                .map(line -> line.split(",", -1))
                .filter(line -> line[0].equals(hash))
                .map(line -> line[1])
                .toList();
    }

    HttpResponse<String> get(String file, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/" + file))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "application/json")
                .header("Accept", "text/plain")
                .header("MISP-version", "2.5.0");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return CentreAnswers.parse(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
