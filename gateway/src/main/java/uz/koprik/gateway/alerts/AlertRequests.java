package uz.koprik.gateway.alerts;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.http.Problem;

/** Parameters of requests for alerts, and answers to them. */
final class AlertRequests {

    private AlertRequests() {}

    /** Answers with {@code json}, on the event loop. */
    static Runnable reply(RoutingContext request, int status, JsonObject json) {
        Buffer body = Buffer.buffer(CanonicalJson.bytes(json));
        return () -> request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body);
    }

    static Problem bad(String detail) {
        return new Problem(400, "Bad request", detail);
    }

    /** The parameters that {@link AlertServices#filter} reads, and {@code others}. */
    static String[] parameters(String... others) {
        return Stream.concat(
                        Stream.of("case", "kind", "producer", "crime_type", "rule", "min_score", "subscription"),
                        Stream.of(others))
                .toArray(String[]::new);
    }

    /** The parameters case, kind, producer, crime_type and rule (words, separated by commas), and min_score. */
    static AlertFilter filter(RoutingContext request) {
        try {
            Set<String> producers = words(request, "producer");
            AlertFilter.checkIds(producers);
            return new AlertFilter(
                    words(request, "case"),
                    words(request, "kind"),
                    producers,
                    words(request, "crime_type"),
                    words(request, "rule"),
                    score(Optional.ofNullable(request.request().getParam("min_score"))
                            .orElse("0")));
        } catch (IllegalArgumentException wrong) {
            throw bad(wrong.getMessage());
        }
    }

    /** {@link AlertFilter} refuses what is out of range. */
    private static int score(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Set<String> words(RoutingContext request, String name) {
        return request.queryParam(name).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A whole number from 0. */
    static long number(String name, String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same answer as a negative one.
        }
        throw bad("\"" + name + "\" must be a whole number, 0 or more");
    }

    /** The parameter {@code limit}. */
    static int limit(RoutingContext request, int preset, int most) {
        String text = request.request().getParam("limit");
        if (text == null) {
            return preset;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same answer as a number out of range.
        }
        throw bad("\"limit\" must be 1 to " + most);
    }

    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    404, "Not found", "you have no such subscription; `koprik alerts subscriptions` lists yours");
        }
    }
}
