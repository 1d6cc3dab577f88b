package uz.koprik.gateway.api.misp;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ResponseBody;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RequestTracker;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /feeds/misp/}: the files of a MISP feed, see docs/formats/misp.md. */
public final class MispFeedRoutes implements Routes {

    private static final Pattern EVENT = Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.json");
    private static final String JSON = "application/json";
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final MispFeed feed;

    public MispFeedRoutes(AnalystServices services) {
        this.feed =
                new MispFeed(services.release(), services.localCentre(), services.protectedValues(), services.clock());
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/feeds/misp/manifest.json").handler(request -> Blocking.transfer(request, () -> manifest(request)));
        router.get("/feeds/misp/hashes.csv").handler(request -> Blocking.transfer(request, () -> hashes(request)));
        router.get("/feeds/misp/:event").handler(request -> Blocking.transfer(request, () -> event(request)));
    }

    private FeedState state(RoutingContext request) throws StoreUnavailable {
        Recipient recipient = Callers.require(request, Right.READ).recipient();
        return feed.state(recipient, () -> RequestTracker.progress(request));
    }

    private Runnable manifest(RoutingContext request) throws StoreUnavailable {
        FeedState state = state(request);
        return isKnown(request, state.manifestFile())
                ? () -> notModified(request, state.manifestFile())
                : () -> send(request, state.manifestFile(), state.manifest());
    }

    private Runnable hashes(RoutingContext request) throws StoreUnavailable, IOException {
        FeedState state = state(request);
        if (isKnown(request, state.hashesFile())) {
            return () -> notModified(request, state.hashesFile());
        }
        head(request, state.hashesFile());
        ResponseBody body = new ResponseBody(request, "text/csv; charset=utf-8; header=absent");
        for (String lines : state.hashes()) {
            byte[] bytes = lines.getBytes(StandardCharsets.US_ASCII);
            if (bytes.length > 0) {
                body.write(bytes, 0, bytes.length);
                RequestTracker.progress(request);
            }
        }
        body.end();
        return () -> {};
    }

    private Runnable event(RoutingContext request) throws StoreUnavailable {
        String uuid = Optional.ofNullable(request.pathParam("event"))
                .map(EVENT::matcher)
                .filter(name -> name.matches())
                .map(name -> name.group(1))
                .orElseThrow(() -> new Problem(
                        404,
                        "Not found",
                        "a MISP feed has manifest.json, hashes.csv, and the events that the manifest names, each as"
                                + " its UUID in lower case followed by .json"));
        Optional<FeedFile> known = state(request).event(uuid).map(FeedEvent::file);
        if (known.filter(one -> isKnown(request, one)).isPresent()) {
            return () -> notModified(request, known.get());
        }
        Recipient recipient = Callers.of(request).recipient();
        AtomicReference<FeedFile> file = new AtomicReference<>();
        byte[] bytes = feed.file(recipient, uuid, file::set, () -> RequestTracker.progress(request))
                .orElseThrow(() -> new Problem(
                        404,
                        "Not found",
                        "the feed of this account has no such event; the manifest names those it has"));
        return () -> send(request, file.get(), bytes);
    }

    /** Whether the caller has the file as it is (RFC 9110, section 13.2.2). */
    private static boolean isKnown(RoutingContext request, FeedFile file) {
        HttpServerRequest http = request.request();
        String tags = http.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (tags != null) {
            return Arrays.stream(tags.split(",", -1))
                    .map(String::strip)
                    .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                    .anyMatch(tag -> tag.equals("*") || tag.equals(file.entityTag()));
        }
        String since = http.getHeader(HttpHeaders.IF_MODIFIED_SINCE);
        if (since == null) {
            return false;
        }
        try {
            long known = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(since.strip()))
                    .getEpochSecond();
            return file.lastModified() <= known;
        } catch (DateTimeException malformed) {
            return false; // such a field is ignored (RFC 9110, section 13.1.3)
        }
    }

    private static HttpServerResponse head(RoutingContext request, FeedFile file) {
        return request.response()
                .putHeader(HttpHeaders.ETAG, file.entityTag())
                .putHeader(HttpHeaders.LAST_MODIFIED, httpDate(Instant.ofEpochSecond(file.lastModified())))
                .putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    }

    /** A moment as IMF-fixdate (RFC 9110, section 5.6.7): the day always has two digits. */
    static String httpDate(Instant moment) {
        return HTTP_DATE.format(moment.atOffset(ZoneOffset.UTC));
    }

    private static void notModified(RoutingContext request, FeedFile file) {
        head(request, file).setStatusCode(304).end();
    }

    private static void send(RoutingContext request, FeedFile file, byte[] bytes) {
        Runnable taken = RequestTracker.hold(request);
        head(request, file)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(Buffer.buffer(bytes))
                .onComplete(ignored -> taken.run());
    }
}
