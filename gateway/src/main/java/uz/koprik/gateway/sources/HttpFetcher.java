package uz.koprik.gateway.sources;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.http.BodyStream;
import uz.koprik.gateway.sources.FetchedContent.NamedFile;
import uz.koprik.gateway.sources.FetchedContent.Validators;

/**
 * Fetches a feed by HTTP, conditionally (RFC 9110, section 13), with bounds of size and time. Uses no proxy. Redirects
 * lead from https to https only; credentials stay with the server for which they are meant.
 */
final class HttpFetcher implements SourceFetcher {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int MOST_REDIRECTS = 5;
    private static final int CHUNK = 16 << 10;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Vertx vertx;
    private final SSLEngineOptions engine;
    private final Path home;

    /** @param home files that settings name are seen from here */
    HttpFetcher(Vertx vertx, SSLEngineOptions engine, Path home) {
        this.vertx = vertx;
        this.engine = engine;
        this.home = home;
    }

    @Override
    public FetchedContent fetch(FeedSource source, Validators known, Path into, BooleanSupplier stop)
            throws SourceFailure {
        Map<String, String> headers = headers(source);
        Deadline deadline = new Deadline(System.nanoTime() + source.timeout().toNanos(), stop, source);
        URI origin = URI.create(source.url());
        URI target = origin;
        for (int followed = 0; ; followed++) {
            HttpClient http = client(source, target);
            try {
                try (Answer answer = exchange(
                        http, source, target, sameServer(origin, target) ? headers : Map.of(), known, deadline)) {
                    if (!REDIRECTS.contains(answer.status())) {
                        return content(source, target, answer, into, deadline);
                    }
                    if (followed == MOST_REDIRECTS) {
                        throw new SourceFailure("the server redirects more than " + MOST_REDIRECTS
                                + " times: use the last target as \"url\"");
                    }
                    target = redirected(target, answer.header("Location"));
                }
            } finally {
                http.close();
            }
        }
    }

    private static FetchedContent content(FeedSource source, URI target, Answer answer, Path into, Deadline deadline)
            throws SourceFailure {
        switch (answer.status()) {
            case 200 -> {}
            case 304 -> {
                return new FetchedContent.NotModified();
            }
            case 401, 403 ->
                throw new SourceFailure("the server answered " + answer.status()
                        + ": it wants credentials, or others; write them into the file that \"headers_file\" names");
            case 404, 410 ->
                throw new SourceFailure("the server answered " + answer.status() + ": there is no feed at "
                        + source.place() + "; correct \"url\"");
            case 429 -> throw new SourceFailure("the server answered 429: it is asked too often; raise \"interval\"");
            default ->
                throw new SourceFailure(
                        "the server answered " + answer.status() + "; the feed is tried again at its next turn");
        }
        try (OutputStream out = Files.newOutputStream(into)) {
            byte[] chunk = new byte[CHUNK];
            long bytes = 0;
            for (int read = answer.body().read(chunk);
                    read >= 0;
                    read = answer.body().read(chunk)) {
                bytes += read;
                if (bytes > source.maxSize().bytes()) {
                    throw new SourceFailure("the feed has more than " + source.maxSize()
                            + ": raise \"max_size\" of this feed if that is right");
                }
                deadline.check();
                out.write(chunk, 0, read);
            }
        } catch (IOException broken) {
            deadline.check();
            throw new SourceFailure(
                    "the feed did not arrive whole, or cannot be kept on this disk; it is tried again at its next turn",
                    broken);
        }
        String path = target.getRawPath() == null ? "" : target.getRawPath();
        return new FetchedContent.Files(
                List.of(new NamedFile(path.substring(path.lastIndexOf('/') + 1), into)),
                new Validators(answer.header("ETag"), answer.header("Last-Modified")));
    }

    private static URI redirected(URI from, String location) throws SourceFailure {
        URI target;
        try {
            target = from.resolve(new URI(location)).parseServerAuthority();
        } catch (URISyntaxException malformed) {
            throw new SourceFailure("the server redirects to something that is no URL", malformed);
        }
        if (!"https".equalsIgnoreCase(from.getScheme())
                || !"https".equalsIgnoreCase(target.getScheme())
                || target.getHost() == null
                || target.getRawUserInfo() != null) {
            throw new SourceFailure(
                    "the server redirects, and redirects are followed from https:// to https:// only: use the target as"
                            + " \"url\" if it is right");
        }
        return target;
    }

    private HttpClient client(FeedSource source, URI target) throws SourceFailure {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setMaxHeaderSize(32 << 10)
                .setKeepAlive(false);
        if ("https".equalsIgnoreCase(target.getScheme())) {
            options.setSsl(true)
                    .setSslEngineOptions(engine)
                    .setSslHandshakeTimeout(CONNECT.toSeconds())
                    .setVerifyHost(true)
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
            if (!source.ca().isEmpty()) {
                options.setTrustOptions(
                        new PemTrustOptions().addCertValue(Buffer.buffer(read(source, "ca", source.ca()))));
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

    private Answer exchange(
            HttpClient http,
            FeedSource source,
            URI target,
            Map<String, String> headers,
            Validators known,
            Deadline deadline)
            throws SourceFailure {
        boolean tls = "https".equalsIgnoreCase(target.getScheme());
        int port = target.getPort() >= 0 ? target.getPort() : tls ? HTTPS : HTTP;
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
        CompletableFuture<Answer> answer = http.request(options)
                .compose(HttpClientRequest::send)
                .map(response -> answer(response, source, deadline))
                .toCompletionStage()
                .toCompletableFuture();
        while (true) {
            try {
                return answer.get(BodyStream.STOP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                deadline.check();
            } catch (ExecutionException failed) {
                throw new SourceFailure(words(failed.getCause(), host), failed.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SourceFailure("reading the feed was interrupted", e);
            }
        }
    }

    /** On the event loop: nothing of the body may come before somebody takes it. */
    private static Answer answer(HttpClientResponse response, FeedSource source, Deadline deadline) {
        Context eventLoop = Vertx.currentContext();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().forEach(header -> headers.putIfAbsent(header.getKey(), header.getValue()));
        return new Answer(
                response.statusCode(), headers, BodyStream.of(response, eventLoop, source.timeout(), deadline::over));
    }

    private static String words(Throwable cause, String host) {
        return switch (cause) {
            case SSLException tls ->
                "the TLS handshake with " + host + " failed: its certificate is not of a known authority, not for this"
                        + " name, or expired; \"ca\" names other authorities";
            case java.net.ConnectException refused -> "no connection to " + host + ": it refuses, or is not there";
            default -> "no answer from " + host + " (" + cause.getClass().getSimpleName() + ")";
        };
    }

    private static boolean sameServer(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }

    private Map<String, String> headers(FeedSource source) throws SourceFailure {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (source.headersFile().isEmpty()) {
            return headers;
        }
        int number = 0;
        for (String line : new String(
                        read(source, "headers_file", source.headersFile()), java.nio.charset.StandardCharsets.UTF_8)
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
                        "line " + number + " of the file " + source.headersFile() + " is no header: write Name: value");
            }
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] read(FeedSource source, String key, String file) throws SourceFailure {
        try {
            return Files.readAllBytes(home.resolve(file));
        } catch (IOException unreadable) {
            throw new SourceFailure(
                    "the file " + file + ", which \"" + key + "\" of the feed " + source.name()
                            + " names, cannot be read",
                    unreadable);
        }
    }

    /** Until when a fetch may go on. */
    private record Deadline(long nanos, BooleanSupplier stop, FeedSource source) {

        boolean over() {
            return stop.getAsBoolean() || System.nanoTime() - nanos > 0;
        }

        void check() throws SourceFailure {
            if (stop.getAsBoolean()) {
                throw new SourceFailure("reading the feed was stopped");
            }
            if (System.nanoTime() - nanos > 0) {
                throw new SourceFailure("the feed did not arrive within "
                        + source.timeout().toSeconds() + " s; raise \"timeout\" if its server is slow");
            }
        }
    }
}
