package uz.koprik.gateway.sources;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import uz.koprik.gateway.concurrent.RetryAfter;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.http.BodyStream;
import uz.koprik.gateway.sources.FetchedContent.Validators;
import uz.koprik.gateway.trouble.SourceTrouble;
import uz.koprik.indicators.wording.Sentence;

/**
 * The requests of one fetch of a feed, conditional (RFC 9110, section 13). Bounds of size and time hold for all of them
 * together. Uses no proxy. Redirects lead from https to https only; credentials stay with the server for which they are
 * meant. For one thread.
 */
final class HttpSession implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int MOST_REDIRECTS = 5;
    private static final int CHUNK = 16 << 10;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Vertx vertx;
    private final Context eventLoop;
    private final SSLEngineOptions engine;
    private final Path home;
    private final InstantSource clock;
    private final FeedSource source;
    private final BooleanSupplier stop;
    private final URI origin;
    private final Map<String, String> headers;
    private final long deadline;
    private final Map<String, HttpClient> clients = new HashMap<>();
    private long bytes;

    /**
     * Begins: the time of the feed runs from now.
     *
     * @param home files that settings name are seen from here
     * @param stop turns true when nobody wants the content any more
     */
    HttpSession(
            Vertx vertx,
            SSLEngineOptions engine,
            Path home,
            InstantSource clock,
            FeedSource source,
            BooleanSupplier stop)
            throws SourceFailure {
        this.vertx = vertx;
        this.eventLoop = vertx.getOrCreateContext();
        this.engine = engine;
        this.home = home;
        this.clock = clock;
        this.source = source;
        this.stop = stop;
        this.origin = URI.create(source.url());
        this.headers = statedHeaders();
        this.deadline = System.nanoTime() + source.timeout().toNanos();
    }

    /**
     * What a server answered.
     *
     * @param modified false when it has nothing new; then there is no file
     * @param target of the request after redirects
     * @param bytes size of the file
     */
    record Response(boolean modified, URI target, Validators validators, long bytes) {

        /** The last segment of the path: a hint at the format. */
        String fileName() {
            String path = target.getRawPath() == null ? "" : target.getRawPath();
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /** Whether a URL is on the server of the feed, to which its credentials go. */
    boolean isOrigin(URI url) {
        return sameServer(origin, url);
    }

    /**
     * Counts bytes of the feed that need not be fetched.
     *
     * @throws SourceFailure when the feed has more than its settings allow
     */
    void count(long more) throws SourceFailure {
        bytes += more;
        if (bytes > source.maxSize().bytes()) {
            throw new SourceFailure(SourceTrouble.FEED_TOO_LARGE.with(Map.of("size", source.maxSize())));
        }
    }

    /**
     * Fetches one file, and follows redirects.
     *
     * @param known of the last content that was taken in; none to get it in any case
     * @param into the file to write
     * @throws SourceFailure.OfFile when this file cannot be had, but others of the server may
     * @throws SourceFailure when the server cannot be asked now
     */
    Response get(URI url, Validators known, Path into) throws SourceFailure {
        URI target = url;
        for (int followed = 0; ; followed++) {
            try (Answer answer = exchange(client(target), target, isOrigin(target) ? headers : Map.of(), known)) {
                if (!REDIRECTS.contains(answer.status())) {
                    return content(target, answer, into);
                }
                if (followed == MOST_REDIRECTS) {
                    throw new SourceFailure(SourceTrouble.FEED_REDIRECTS.with(Map.of("count", MOST_REDIRECTS)));
                }
                target = redirected(target, answer.header("Location"));
            }
        }
    }

    private Response content(URI target, Answer answer, Path into) throws SourceFailure {
        switch (answer.status()) {
            case 200 -> {}
            case 304 -> {
                return new Response(false, target, Validators.NONE, 0);
            }
            case 401, 403 ->
                throw new SourceFailure(SourceTrouble.FEED_CREDENTIALS.with(Map.of("status", answer.status())));
            case 404, 410 ->
                throw new SourceFailure.OfFile(
                        answer.status(),
                        SourceTrouble.FEED_NOT_THERE.with(Map.of("status", answer.status(), "place", source.place())));
            case 429, 503 ->
                throw new SourceFailure(
                        (answer.status() == 429 ? SourceTrouble.FEED_ASKED_TOO_OFTEN : SourceTrouble.FEED_SERVER_BUSY)
                                .of(),
                        RetryAfter.delay(answer.header("Retry-After"), clock.instant()));
            default ->
                throw new SourceFailure.OfFile(
                        answer.status(), SourceTrouble.FEED_STATUS.with(Map.of("status", answer.status())));
        }
        long before = bytes;
        try (OutputStream out = Files.newOutputStream(into)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = next(answer, chunk); read >= 0; read = next(answer, chunk)) {
                count(read);
                check();
                out.write(chunk, 0, read);
            }
        } catch (IOException full) {
            throw new SourceFailure(SourceTrouble.FEED_FOLDER_FULL.with(Map.of("folder", into.getParent())), full);
        }
        return new Response(
                true, target, new Validators(answer.header("ETag"), answer.header("Last-Modified")), bytes - before);
    }

    private int next(Answer answer, byte[] chunk) throws SourceFailure {
        try {
            return answer.body().read(chunk);
        } catch (IOException broken) {
            check();
            throw new SourceFailure.OfFile(SourceTrouble.FEED_BROKE_OFF.of(), broken);
        }
    }

    private static URI redirected(URI from, String location) throws SourceFailure {
        URI target;
        try {
            target = from.resolve(new URI(location)).parseServerAuthority();
        } catch (URISyntaxException malformed) {
            throw new SourceFailure(SourceTrouble.FEED_REDIRECT_NO_URL.of(), malformed);
        }
        if (!"https".equalsIgnoreCase(from.getScheme())
                || !"https".equalsIgnoreCase(target.getScheme())
                || target.getHost() == null
                || target.getRawUserInfo() != null) {
            throw new SourceFailure(SourceTrouble.FEED_REDIRECT_NOT_SAFE.of());
        }
        return target;
    }

    /** Connections are kept for the next file of the feed. */
    private HttpClient client(URI target) throws SourceFailure {
        String server = target.getScheme().toLowerCase(Locale.ROOT) + "://" + target.getRawAuthority();
        HttpClient client = clients.get(server);
        if (client == null) {
            client = newClient(target);
            clients.put(server, client);
        }
        return client;
    }

    private HttpClient newClient(URI target) throws SourceFailure {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setMaxHeaderSize(32 << 10)
                .setKeepAlive(true);
        if ("https".equalsIgnoreCase(target.getScheme())) {
            options.setSsl(true)
                    .setSslEngineOptions(engine)
                    .setSslHandshakeTimeout(CONNECT.toSeconds())
                    .setVerifyHost(true)
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
            if (!source.ca().isEmpty()) {
                options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(read("ca", source.ca()))));
            }
        }
        return vertx.createHttpClient(options);
    }

    /** The answer, its head read and its body still to come. */
    private record Answer(int status, Map<String, String> headers, BodyStream body) implements AutoCloseable {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        @Override
        public void close() {
            body.close();
        }
    }

    private Answer exchange(HttpClient http, URI target, Map<String, String> headers, Validators known)
            throws SourceFailure {
        boolean tls = "https".equalsIgnoreCase(target.getScheme());
        int port = port(target);
        String host = target.getHost().replaceAll("[\\[\\]]", "");
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(PublicAddress.of(source, host), port)))
                .setHost(host)
                .setPort(port)
                .setSsl(tls)
                .setURI(target.getRawQuery() == null ? path : path + "?" + target.getRawQuery())
                .putHeader("User-Agent", "koprik")
                .putHeader("Accept", "*/*")
                .putHeader("Accept-Encoding", "identity");
        headers.forEach(options::putHeader);
        if (!known.etag().isEmpty()) {
            options.putHeader("If-None-Match", known.etag());
        }
        if (!known.lastModified().isEmpty()) {
            options.putHeader("If-Modified-Since", known.lastModified());
        }
        // The body is taken on the event loop, in one go: asked for from this thread, its beginning may have passed by.
        // One loop for all requests is that of the connection which is kept.
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        eventLoop.runOnContext(ignored -> send(http, options)
                .recover(failure ->
                        failure instanceof HttpClosedException ? send(http, options) : Future.failedFuture(failure))
                .map(this::answer)
                .onComplete(answer::complete, answer::completeExceptionally));
        while (true) {
            try {
                return answer.get(BodyStream.STOP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                check();
            } catch (ExecutionException failed) {
                throw new SourceFailure(trouble(failed.getCause(), host), failed.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SourceFailure(SourceTrouble.FEED_STOPPED.of(), e);
            }
        }
    }

    /**
     * A server may close a kept connection as the next request is on its way; GET may be repeated (RFC 9110, 9.2.2).
     */
    private static Future<HttpClientResponse> send(HttpClient http, RequestOptions options) {
        return http.request(options).compose(HttpClientRequest::send);
    }

    /** On the event loop: nothing of the body may come before somebody takes it. */
    private Answer answer(HttpClientResponse response) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().forEach(header -> headers.putIfAbsent(header.getKey(), header.getValue()));
        return new Answer(
                response.statusCode(), headers, BodyStream.of(response, eventLoop, source.timeout(), this::isOver, 0));
    }

    private static Sentence trouble(Throwable cause, String host) {
        return switch (cause) {
            case SSLException tls -> SourceTrouble.FEED_TLS.with(Map.of("host", host));
            case java.net.ConnectException refused -> SourceTrouble.FEED_CONNECTION_REFUSED.with(Map.of("host", host));
            default ->
                SourceTrouble.FEED_NO_ANSWER.with(
                        Map.of("host", host, Sentence.SAID, cause.getClass().getSimpleName()));
        };
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? HTTPS : HTTP;
    }

    private static boolean sameServer(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private Map<String, String> statedHeaders() throws SourceFailure {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (source.headersFile().isEmpty()) {
            return headers;
        }
        int number = 0;
        for (String line : new String(read("headers_file", source.headersFile()), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1
                    || !line.substring(0, colon).matches("[A-Za-z0-9-]+")
                    || line.chars().anyMatch(c -> c < ' ')) {
                throw new SourceFailure(
                        SourceTrouble.FEED_HEADER.with(Map.of("line", number, "file", source.headersFile())));
            }
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] read(String key, String file) throws SourceFailure {
        try {
            return Files.readAllBytes(home.resolve(file));
        } catch (IOException unreadable) {
            throw new SourceFailure(
                    SourceTrouble.FEED_SETTING_UNREADABLE.with(
                            Map.of("file", file, "setting", key, "feed", source.name())),
                    unreadable);
        }
    }

    private boolean isOver() {
        return stop.getAsBoolean() || System.nanoTime() - deadline > 0;
    }

    /** @throws SourceFailure when the fetch may not go on */
    void check() throws SourceFailure {
        if (stop.getAsBoolean()) {
            throw new SourceFailure(SourceTrouble.FEED_STOPPED.of());
        }
        if (System.nanoTime() - deadline > 0) {
            throw new SourceFailure(SourceTrouble.FEED_TOO_SLOW.with(
                    Map.of("seconds", source.timeout().toSeconds())));
        }
    }

    @Override
    public void close() {
        clients.values().forEach(HttpClient::close);
    }
}
