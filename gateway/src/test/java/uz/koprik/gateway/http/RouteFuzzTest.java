package uz.koprik.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;

/**
 * Every mounted route is sent malformed bodies, queries, path segments and headers, byte by byte over a socket. No
 * answer is 5xx but a deliberate 503, none takes long, each error has words in the form of its resource, and no stack
 * trace is logged. The seed of a failed run is in its message; {@code -Dfuzz.seed} repeats it.
 */
final class RouteFuzzTest {

    private static final int HANG_MILLIS = 10_000;
    private static final int MOST_FINDINGS = Integer.getInteger("fuzz.findings", 20);

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static SSLContext tls;
    private static String admin;
    private static JsonNode document;
    private static ListAppender<ILoggingEvent> log;

    @BeforeAll
    static void start() throws Exception {
        // A request that never ends on purpose, such as an event stream, ends soon.
        centre = centres.init("tashkent")
                .withConfig("body_timeout: 30s", "body_timeout: 2s")
                .withConfig("body_rate_window: 10s", "body_rate_window: 2s")
                .withConfig("access: true", "access: false")
                .withConfig("requests_in_flight: 256", "requests_in_flight: 2000")
                .withConfig("connections: 2000", "connections: 8000")
                .start();
        tls = centre.tls(null);
        admin = centre.admin();
        document = new ObjectMapper()
                .readTree(centre.get(centre.url() + "/api/openapi.json", null).body());
        log = new ListAppender<>();
        log.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
    }

    @AfterAll
    static void stop() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
    }

    @Test
    void noRouteFailsOverMalformedRequests() throws Exception {
        run(
                Long.getLong("fuzz.seed", 1),
                Duration.ofSeconds(Long.getLong("fuzz.seconds", 15)),
                Integer.getInteger("fuzz.rounds", 6));
    }

    @Test
    @Tag("long")
    void noRouteFailsOverMalformedRequestsForLong() throws Exception {
        run(
                Long.getLong("fuzz.seed", System.nanoTime()),
                Duration.ofSeconds(Long.getLong("fuzz.seconds", 600)),
                Integer.MAX_VALUE);
    }

    /** Walks all routes up to {@code rounds} times, or until the time is over. */
    private static void run(long seed, Duration time, int rounds) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        long end = System.nanoTime() + time.toNanos();
        int sent = 0;
        List<String> findings = new ArrayList<>();
        List<RouteTable.DeclaredRoute> routes = centre.routes();
        for (int round = 0; round < rounds && (round == 0 || System.nanoTime() < end); round++) {
            for (RouteTable.DeclaredRoute route : routes) {
                if (route.path().endsWith("/stream")) {
                    continue; // a good request for it has no end; its parameters are those of /api/alerts
                }
                byte[] request = request(route, random);
                String said = "seed " + seed + ", request " + sent++ + ", " + route.method() + " " + route.path() + "\n"
                        + new String(request, 0, Math.min(request.length, 600), StandardCharsets.ISO_8859_1);
                try {
                    check(exchange(request, said), said);
                } catch (AssertionError | Exception finding) {
                    findings.add(finding + "\n" + said);
                    if (findings.size() == MOST_FINDINGS) {
                        assertEquals(List.of(), findings);
                    }
                }
            }
        }
        assertEquals(List.of(), findings);
        assertTrue(sent >= routes.size() - 1);
        List<String> traces = log.list.stream()
                .filter(event -> event.getThrowableProxy() != null)
                .map(event -> event.getFormattedMessage() + " "
                        + event.getThrowableProxy().getMessage())
                .toList();
        assertEquals(List.of(), traces, "seed " + seed + ": stack traces in the log");
        assertEquals(200, centre.get(centre.url() + "/healthz", null).statusCode());
    }

    private static byte[] request(RouteTable.DeclaredRoute route, SplittableRandom random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] body =
                route.content() == RouteTable.Content.NONE && random.nextInt(4) > 0 ? new byte[0] : body(route, random);
        String method =
                random.nextInt(12) == 0 ? pick(random, METHODS) : route.method().name();
        write(
                out,
                method + " " + path(route, random) + query(route, random)
                        + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        if (random.nextInt(15) > 0) {
            write(out, "Authorization: " + admin + "\r\n");
        } else {
            write(out, "Authorization: " + pick(random, AUTHORIZATIONS) + "\r\n");
        }
        String type =
                random.nextInt(5) == 0 ? pick(random, TYPES) : route.content().example();
        if (!type.isEmpty()) {
            write(out, "Content-Type: " + type + "\r\n");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            write(out, pick(random, HEADERS) + ": " + pick(random, VALUES) + "\r\n");
        }
        if (random.nextInt(20) == 0) {
            write(out, "Content-Length: " + pick(random, LENGTHS) + "\r\n");
        } else if (random.nextInt(10) == 0) {
            write(out, "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length) + "\r\n");
            out.writeBytes(body);
            write(out, body.length == 0 ? "\r\n" : "\r\n0\r\n\r\n");
            return out.toByteArray();
        } else {
            write(out, "Content-Length: " + body.length + "\r\n");
        }
        write(out, "\r\n");
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static String path(RouteTable.DeclaredRoute route, SplittableRandom random) {
        StringBuilder path = new StringBuilder();
        for (String segment : route.path().split("(?=/)", -1)) {
            if (segment.startsWith("/:collection") && random.nextBoolean()) {
                path.append(random.nextBoolean() ? "/inbox" : "/exchange");
            } else if (segment.startsWith("/:")) {
                path.append('/').append(pick(random, SEGMENTS));
            } else {
                path.append(segment);
            }
        }
        if (random.nextInt(20) == 0) {
            path.append(pick(random, SEGMENTS));
        }
        return path.toString();
    }

    private static String query(RouteTable.DeclaredRoute route, SplittableRandom random) {
        StringBuilder query = new StringBuilder();
        List<String> names = List.copyOf(route.parameters());
        for (int i = random.nextInt(4); i > 0; i--) {
            query.append(query.isEmpty() ? '?' : '&');
            query.append(
                    names.isEmpty() || random.nextInt(8) == 0
                            ? pick(random, SEGMENTS)
                            : names.get(random.nextInt(names.size())));
            query.append(
                    random.nextInt(6) == 0 ? "" : "=" + pick(random, random.nextBoolean() ? SEGMENTS : QUERY_VALUES));
        }
        return query.toString();
    }

    private static byte[] body(RouteTable.DeclaredRoute route, SplittableRandom random) {
        JsonNode schema = document.path("paths")
                .path(route.path().replaceAll(":(\\w+)", "{$1}"))
                .path(route.method().name().toLowerCase(Locale.ROOT))
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        if (!schema.isMissingNode() && random.nextInt(3) > 0) {
            return form(schema, random, 0).getBytes(StandardCharsets.UTF_8);
        }
        byte[] text =
                switch (random.nextInt(8)) {
                    case 0 -> new byte[0];
                    case 1 -> ("[".repeat(3000) + "]".repeat(3000)).getBytes(StandardCharsets.UTF_8);
                    case 2 ->
                        ("{\"value\":" + "9".repeat(1 + random.nextInt(100_000)) + "}")
                                .getBytes(StandardCharsets.UTF_8);
                    case 3 -> ("\uFEFF" + json(random, 0)).getBytes(StandardCharsets.UTF_8);
                    case 4 ->
                        json(random, 0)
                                .getBytes(random.nextBoolean() ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
                    default -> json(random, 0).getBytes(StandardCharsets.UTF_8);
                };
        for (int i = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 0; i > 0 && text.length > 0; i--) {
            text[random.nextInt(text.length)] = (byte) random.nextInt(256);
        }
        return text;
    }

    /** A form as the API describes it, of whose values a few are something else. */
    private static String form(JsonNode schema, SplittableRandom random, int depth) {
        if (schema.has("$ref")) {
            return form(document.at(schema.path("$ref").asText().substring(1)), random, depth);
        }
        if ((depth > 0 && random.nextInt(6) == 0) || depth > 6) {
            return pick(random, SCALARS);
        }
        if (schema.has("enum")) {
            return schema.path("enum")
                    .path(random.nextInt(schema.path("enum").size()))
                    .toString();
        }
        if (schema.has("properties")) {
            List<String> members = new ArrayList<>();
            schema.path("properties").properties().forEach(member -> {
                if (random.nextInt(4) > 0) {
                    members.add('"' + member.getKey() + "\":" + form(member.getValue(), random, depth + 1));
                }
            });
            return '{' + String.join(",", members) + '}';
        }
        return switch (schema.path("type").asText()) {
            case "array" ->
                '['
                        + form(schema.path("items"), random, depth + 1)
                        + (random.nextBoolean() ? "" : "," + pick(random, SCALARS))
                        + ']';
            case "integer", "number" -> Integer.toString(random.nextInt(101));
            case "boolean" -> Boolean.toString(random.nextBoolean());
            default -> random.nextInt(3) == 0 ? pick(random, SCALARS) : pick(random, GOOD);
        };
    }

    private static String json(SplittableRandom random, int depth) {
        if ((depth > 0 && random.nextInt(3) > 0) || depth > 4) {
            return pick(random, SCALARS);
        }
        StringBuilder text = new StringBuilder();
        boolean array = depth > 0 && random.nextBoolean();
        text.append(array ? '[' : '{');
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(array ? "" : '"' + pick(random, MEMBERS) + "\":")
                    .append(json(random, depth + 1))
                    .append(i > 1 ? "," : "");
        }
        return text.append(array ? ']' : '}').toString();
    }

    private static void check(byte[] answer, String said) throws Exception {
        String text = new String(answer, StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            return; // what is no HTTP at all is cut off
        }
        int status = Integer.parseInt(text.substring(9, 12));
        assertTrue(status < 500 || status == 503, said + "\n" + text);
        if (status < 400) {
            return;
        }
        String head = text.substring(0, text.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
        String body = text.substring(text.indexOf("\r\n\r\n") + 4);
        if (said.contains("\nHEAD ")) {
            return;
        }
        assertFalse(body.contains("Exception") || body.contains("uz.koprik"), said + "\n" + text);
        if (head.contains("application/problem+json")) {
            JsonObject problem = StrictJson.parseObject(body.getBytes(StandardCharsets.UTF_8));
            assertTrue(problem.string("detail").orElse("").contains(" "), said + "\n" + text);
        } else if (head.contains("application/taxii+json")) {
            JsonObject error = StrictJson.parseObject(body.getBytes(StandardCharsets.UTF_8));
            assertTrue(error.string("description").orElse("").contains(" "), said + "\n" + text);
            assertEquals(Integer.toString(status), error.string("http_status").orElseThrow(), said);
        } else {
            assertTrue(body.isEmpty() && (status == 400 || status == 414 || status == 431), said + "\n" + text);
        }
        if (status == 405) {
            assertTrue(head.contains("\r\nallow: "), said + "\n" + text);
        }
    }

    private static byte[] exchange(byte[] request, String said) throws Exception {
        URI url = URI.create(centre.url());
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(HANG_MILLIS);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(request);
                out.flush();
            } catch (IOException closed) {
                // The answer may be there all the same.
            }
            return whole(socket.getInputStream());
        } catch (SocketTimeoutException hang) {
            throw new AssertionError("no end of the answer after " + HANG_MILLIS + " ms: " + said, hang);
        }
    }

    private static byte[] whole(InputStream in) throws SocketTimeoutException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        try {
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                all.write(some, 0, n);
            }
        } catch (SocketTimeoutException hang) {
            throw hang;
        } catch (IOException reset) {
            // What came before is the answer.
        }
        return all.toByteArray();
    }

    private static String pick(SplittableRandom random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "FOO");
    private static final List<String> AUTHORIZATIONS = List.of(
            "Basic",
            "Basic ",
            "Basic !!!",
            "Basic YWRtaW4=",
            "Bearer",
            "Bearer x",
            "Digest x",
            "Basic YTpi",
            "Basic /////w==",
            "Bearer \u00ff\u00fe");
    private static final List<String> TYPES = List.of(
            "",
            "text/plain",
            "application/json",
            "application/json;charset=utf-16",
            ";",
            "/",
            "application/stix+json;version=2.1",
            "application/taxii+json;version=9",
            "multipart/form-data",
            "x".repeat(3000));
    private static final List<String> HEADERS = List.of(
            "Accept",
            "If-Match",
            "Last-Event-ID",
            "X-Request-Id",
            "Expect",
            "Range",
            "Content-Encoding",
            "Accept-Encoding",
            "Cookie",
            "If-None-Match",
            "Upgrade");
    private static final List<String> VALUES = List.of(
            "",
            "*",
            "\"",
            "W/\"x\"",
            "100-continue",
            "gzip",
            "application/taxii+json;version=2.1",
            "text/html;q=x",
            ",,,;;;",
            "\u00ff\u00fe",
            "9".repeat(400),
            "x".repeat(5000),
            "websocket",
            "2026-01-01T00:00:00.000Z",
            "\"2026-13-01T00:00:00Z\"",
            "bytes=0-");
    private static final List<String> LENGTHS =
            List.of("-1", "x", "99999999999999999999", "9223372036854775807", "1,1", "0x10", "");
    private static final List<String> SEGMENTS = List.of(
            "x",
            "%00",
            "%zz",
            "%",
            "%ff%fe",
            "%ed%a0%80",
            "..",
            "%2e%2e",
            "%2f",
            "%5c",
            ";",
            "a;b",
            "+",
            "%2b",
            "-1",
            "0",
            "1",
            "~",
            "9".repeat(400),
            "a".repeat(3000),
            "%F0%9F%98%80",
            "'",
            "*",
            "indicator--00000000-0000-4000-8000-000000000000",
            "case--x",
            "identity--",
            "00000000-0000-0000-0000-000000000000",
            "(((((",
            "%7B%7D",
            "\u00e9",
            "%E2%80%AE",
            "%0d%0a",
            "{",
            "|");
    private static final List<String> QUERY_VALUES = List.of(
            "",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "1e9",
            "2147483648",
            "9223372036854775808",
            "all",
            "first,last",
            "all,first",
            "2026-01-01T00:00:00Z",
            "9999-99-99T99:99:99Z",
            "-999999999-01-01T00:00:00Z",
            "%2B1000000000-12-31T23:59:59.999999999Z",
            "stix",
            "csv",
            "blocklist",
            "red",
            "clear",
            "indicator",
            "type:",
            "case:x",
            "seen:%3E",
            "%22",
            "-%22",
            "a:b",
            "seen:9999999999",
            "(a%20OR",
            "%2A",
            "name,value",
            "value,value",
            ",,,",
            "ipv4-addr",
            "domain-name,",
            "day",
            "192.0.2.1",
            "%00",
            "live",
            "201");
    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "0",
            "-0",
            "1e400",
            "-1",
            "1.5",
            "9007199254740993",
            "\"\"",
            "\"x\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0000\"",
            "\"192.0.2.1\"",
            "\"2026-01-01T00:00:00Z\"",
            "\"9999999999-01-01\"",
            "\"\u202e\"",
            "\"indicator\"",
            "[]",
            "{}",
            "[null]",
            "[\"\"]",
            "[{}]",
            "\"clear\"",
            "\"/\"",
            "\"../../x\"",
            "\"https://x\"",
            "NaN",
            "nul",
            "\"" + "y".repeat(5000) + "\"",
            "1" + "0".repeat(500),
            "\"identity--00000000-0000-4000-8000-000000000000\"");
    private static final List<String> GOOD = List.of(
            "\"192.0.2.7\"",
            "\"example.org\"",
            "\"2026-02-03T04:05:06Z\"",
            "\"fraud\"",
            "\"clear\"",
            "\"green\"",
            "\"C-1\"",
            "\"100.50\"",
            "\"EUR\"",
            "\"victim\"",
            "\"open\"",
            "\"budapest\"",
            "\"words of some kind\"");
    private static final List<String> MEMBERS = List.of(
            "value",
            "kind",
            "name",
            "description",
            "labels",
            "tlp",
            "valid_from",
            "valid_until",
            "confidence",
            "q",
            "text",
            "number",
            "title",
            "type",
            "id",
            "objects",
            "spec_version",
            "values",
            "role",
            "note",
            "expected_version",
            "status",
            "secret",
            "directory",
            "verdict",
            "reason",
            "cases",
            "kinds",
            "webhook",
            "url",
            "losses",
            "amount",
            "currency",
            "opened",
            "partners",
            "recipients",
            "to",
            "parts",
            "\\ud800",
            "",
            "unit",
            "owner_unit",
            "crime_type",
            "body",
            "more",
            "digest",
            "min_score",
            "observables");
}
