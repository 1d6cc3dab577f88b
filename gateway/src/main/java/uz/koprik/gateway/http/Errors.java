package uz.koprik.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import uz.koprik.crypto.FullDisk;
import uz.koprik.crypto.algorithm.SigningUnavailable;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.clock.ClockWrong;
import uz.koprik.gateway.clock.TrustExpired;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * The one place where an error becomes a status: TAXII error messages (TAXII 2.1, section 3.6.1) below
 * {@code /taxii2/}, problem details (RFC 9457) everywhere else. What nobody foresaw becomes 500 with the request id and
 * nothing else; the log has the rest.
 */
final class Errors implements Handler<RoutingContext> {

    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
    private static final Duration RETRY_STORE = Duration.ofSeconds(5);
    private static final Duration RETRY_CLOCK = Duration.ofMinutes(1);
    private static final Iterable<String> SCHEMES =
            List.of("Basic realm=\"koprik\", charset=\"UTF-8\"", "Bearer realm=\"koprik\"");
    /** A scheme that no browser knows: the console has a sign-in of its own, and the browser shows no dialog. */
    private static final Iterable<String> CONSOLE_SCHEME = List.of("Koprik-Session realm=\"koprik\"");

    private static final String CONSOLE_HEADER = "Koprik-Console";

    private final RouteTable routes;

    /** @param routes all routes, for the methods of a path */
    Errors(RouteTable routes) {
        this.routes = routes;
    }

    @Override
    public void handle(RoutingContext request) {
        HttpServerResponse response = request.response();
        Problem problem = problem(request);
        if (response.headWritten()) {
            request.request().connection().close();
            return;
        }
        AnswerGate.refuse(request, problem, reported -> {
            if (response.headWritten()) {
                request.request().connection().close();
            } else {
                answer(request, reported);
            }
        });
    }

    private void answer(RoutingContext request, Problem problem) {
        HttpServerResponse response = request.response();
        problem.retryAfter()
                .ifPresent(wait -> response.putHeader(
                        HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, (wait.toMillis() + 999) / 1000))));
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", fromConsole(request) ? CONSOLE_SCHEME : SCHEMES);
        }
        if (problem.status() == 405) {
            response.putHeader(HttpHeaders.ALLOW, routes.allowed(RequestPath.of(request)));
        }
        boolean taxii = RequestPath.of(request).startsWith("/taxii2");
        response.setStatusCode(problem.status())
                .putHeader(
                        HttpHeaders.CONTENT_TYPE,
                        taxii ? "application/taxii+json;version=2.1" : "application/problem+json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        String id = RequestId.of(request);
        JsonObject body = taxii ? taxii(problem, id) : details(problem, id);
        response.end(Buffer.buffer(CanonicalJson.bytes(body)));
    }

    private static boolean fromConsole(RoutingContext request) {
        return request.request().getHeader(CONSOLE_HEADER) != null;
    }

    private static JsonObject taxii(Problem problem, String id) {
        return JsonObject.builder()
                .put("title", problem.title())
                .put("description", problem.getMessage())
                .put("error_id", id)
                .put("http_status", Integer.toString(problem.status()))
                .build();
    }

    private static JsonObject details(Problem problem, String id) {
        JsonObject.Builder json = JsonObject.builder()
                .put("title", problem.title())
                .put("code", problem.code())
                .put("status", problem.status())
                .put("detail", problem.getMessage())
                .put("request_id", id);
        if (!problem.findings().isEmpty()) {
            json.put(
                    "errors",
                    new JsonArray(problem.findings().stream()
                            .<Json>map(Errors::finding)
                            .toList()));
        }
        JsonObject members = problem.members();
        members.names().forEach(name -> json.put(name, members.get(name)));
        return json.build();
    }

    private static JsonObject finding(Problem.Finding finding) {
        JsonObject.Builder json = JsonObject.builder()
                .put("where", finding.where())
                .put("pointer", finding.pointer())
                .put("code", finding.code());
        finding.reason().write(json, "reason");
        return json.build();
    }

    private Problem problem(RoutingContext request) {
        Throwable failure = request.failure();
        return switch (failure) {
            case Problem problem -> problem;
            case ClockWrong wrong -> Problem.later(503, "Clock wrong", wrong.getMessage(), RETRY_CLOCK);
            case TrustExpired expired -> Problem.later(503, "Trust list expired", expired.getMessage(), RETRY_CLOCK);
            case StoreUnavailable unavailable -> {
                log(request, "the store cannot serve", unavailable);
                yield Problem.later(
                        503,
                        "Store unavailable",
                        FullDisk.caused(unavailable)
                                ? "the disk of the centre is full, so that nothing can be stored; ask its operators to"
                                        + " make room, and try again"
                                : "the store cannot serve now; try again later",
                        RETRY_STORE);
            }
            case SigningUnavailable away -> {
                log(request, "the centre cannot sign", away);
                yield Problem.later(
                        503,
                        "Signing unavailable",
                        "the centre cannot sign now, so nothing of this request was stored; try again later",
                        RETRY_STORE);
            }
            case null -> byStatus(request);
            case SocketException gone
            when request.response().headWritten() -> {
                withId(
                        request,
                        () -> LOG.info(
                                "{} {}: {}", request.request().method(), RequestPath.of(request), gone.getMessage()));
                yield byStatus(request);
            }
            case SlowBody slow -> new Problem(408, "Too slow", slow.getMessage());
            case UncheckedIOException disk -> {
                log(request, "a file of the centre cannot be used", disk);
                yield file(disk.getCause());
            }
            case FileSystemException disk -> {
                log(request, "a file of the centre cannot be used", disk);
                yield file(disk);
            }
            case IOException disk
            when FullDisk.caused(disk) -> {
                log(request, "a file of the centre cannot be used", disk);
                yield file(disk);
            }
            default -> {
                if (request.statusCode() >= 400 && request.statusCode() < 500) {
                    yield byStatus(request);
                }
                log(request, "unexpected failure", failure);
                yield new Problem(
                        500,
                        "Internal error",
                        "something went wrong here; report the request id to the operators: " + RequestId.of(request));
            }
        };
    }

    private static Problem file(IOException failure) {
        return FullDisk.caused(failure)
                ? Problem.later(
                        507,
                        "No space left",
                        "the disk of the centre is full, so that the request was not finished; ask its operators to make"
                                + " room, and try again",
                        RETRY_STORE)
                : Problem.later(
                        503,
                        "Files unavailable",
                        "the centre cannot use its own files now, so that the request was not finished; ask its"
                                + " operators to look into the log, and try again",
                        RETRY_STORE);
    }

    private static void log(RoutingContext request, String what, Throwable failure) {
        withId(
                request,
                () -> LOG.error("{} {}: {}", request.request().method(), RequestPath.of(request), what, failure));
    }

    private static void withId(RoutingContext request, Runnable logging) {
        MDC.put(RequestId.MDC_KEY, RequestId.of(request));
        try {
            logging.run();
        } finally {
            MDC.remove(RequestId.MDC_KEY);
        }
    }

    private Problem byStatus(RoutingContext request) {
        int status = request.statusCode();
        if (status == 404 && !routes.allowed(RequestPath.of(request)).isEmpty()) {
            // The router forgets that a path matched when a handler for all paths comes later.
            status = 405;
        }
        return switch (status) {
            case 400 -> new Problem(400, "Bad request", "the request is malformed");
            case 404 -> new Problem(404, "Not found", "there is nothing at " + shortened(RequestPath.of(request)));
            case 405 ->
                new Problem(
                        405,
                        "Method not allowed",
                        shortened(request.request().method().name())
                                + " cannot be done at this address; the header Allow names what can");
            default ->
                status > 400 && status < 500
                        ? new Problem(status, "Refused", "the request cannot be served")
                        : new Problem(500, "Internal error", "something went wrong here");
        };
    }

    private static String shortened(String path) {
        return path.length() <= 200 ? path : path.substring(0, 200) + "…";
    }
}
