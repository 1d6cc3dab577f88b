package uz.koprik.gateway.feeds;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArrayStream;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.http.BodyStream;
import uz.koprik.gateway.partners.CardNews;
import uz.koprik.gateway.partners.PartnerFailure;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.partners.ReleaseMark;
import uz.koprik.gateway.tracing.Span;
import uz.koprik.gateway.trouble.ExchangeTrouble;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.wording.Sentence;

/**
 * A TAXII 2.1 client of one partner. Methods block and are called on virtual threads; every failure is a
 * {@link PartnerFailure} with a sentence for operators. Connects when first asked.
 */
final class TaxiiClient implements AutoCloseable {

    static final String TAXII = "application/taxii+json;version=2.1";

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Fewest bytes per second of an answer: a partner that sends less would hold its feed for ever. */
    private static final long SLOWEST = 100;

    /** Answers other than pages of objects are read whole, up to this size. */
    private static final int MAX_SMALL = 4 << 20;

    private static final String CARD = "/.well-known/koprik-card.json";
    private static final int MAX_CARD = 256 << 10;

    private final Peer peer;
    private final Duration patience;
    private final HttpClient http;
    private final PinnedServer pinned;
    private final FailureWords words;
    private final CardNews cards;
    private final BooleanSupplier stop;
    private volatile String releaseMark = "";

    /**
     * @param stop turns true when the feed is stopped; each wait then ends soon. Threads are never interrupted: an
     *     interrupt that hits a thread at the files of the store would close them
     * @throws PartnerFailure when a file that the settings name cannot be used
     */
    TaxiiClient(FeedContext context, Peer peer, BooleanSupplier stop) throws PartnerFailure {
        ClientTls tls = context.tls();
        Duration patience = context.settings().patience();
        this.stop = stop;
        this.cards = context.cards();
        this.peer = peer;
        this.patience = patience;
        this.pinned = new PinnedServer(peer.name(), peer::pins, context.certificates(), context.clock());
        this.words = new FailureWords(peer, pinned, tls, context.clock(), CONNECT, patience);
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(true)
                .setSslEngineOptions(tls.engine())
                .setConnectTimeout((int) CONNECT.toMillis())
                .setSslHandshakeTimeout(CONNECT.toSeconds())
                .setMaxHeaderSize(32 * 1024)
                .setMaxInitialLineLength(8 * 1024)
                .setKeepAliveTimeout(30);
        if (peer.centre()) {
            // The key on the trust list is what counts; a name in a certificate would add nothing to it.
            options.setVerifyHost(false)
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                    .setTrustOptions(TrustOptions.wrap(pinned))
                    .setKeyCertOptions(KeyCertOptions.wrap(tls.keyManager()));
        } else {
            options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
            if (peer.certificates().isPresent()) {
                options.setTrustOptions(new PemTrustOptions()
                        .addCertValue(Buffer.buffer(read(peer.certificates().get()))));
            }
        }
        this.http = context.vertx().createHttpClient(options, new PoolOptions().setHttp1MaxSize(4));
    }

    /** What an API root says of itself (section 4.2): the longest body it takes. */
    long maxContentLength() throws PartnerFailure {
        return get(peer.apiRoot().getRawPath()).get("max_content_length") instanceof JsonNumber n && n.longValue() > 0
                ? n.longValue()
                : 1 << 20;
    }

    /**
     * A collection (section 5.2).
     *
     * @param alias empty when it has none
     */
    record Collection(String id, String alias, String title, boolean canRead, boolean canWrite) {}

    /** What the partner last said of its rules, see {@link ReleaseMark}; empty when it says nothing. */
    String releaseMark() {
        return releaseMark;
    }

    /** All collections that the partner shows us. */
    List<Collection> collections() throws PartnerFailure {
        List<Collection> found = new ArrayList<>();
        for (Json item : get(peer.apiRoot().getRawPath() + "collections/").items("collections")) {
            if (item instanceof JsonObject c && c.string("id").isPresent()) {
                found.add(new Collection(
                        c.string("id").get(),
                        c.string("alias").orElse(""),
                        c.string("title").orElse(""),
                        is(c, "can_read"),
                        is(c, "can_write")));
            }
        }
        return found;
    }

    /** Somebody who takes the objects of a page as they come. */
    interface Sink {

        /** @param index position in the page */
        void object(byte[] object, int index) throws PartnerFailure;

        /** An object that is too long to be taken; the page continues after it. */
        void oversized(int index, String reason) throws PartnerFailure;
    }

    /**
     * What a page says around its objects.
     *
     * @param objects how many there were
     * @param next to go on; empty when the partner sent none
     * @param lastAdded {@code X-TAXII-Date-Added-Last}; empty when the partner sent none
     */
    record PageEnd(int objects, boolean more, String next, String lastAdded) {}

    /**
     * Reads one page of objects (section 5.4).
     *
     * @param addedAfter empty for the beginning
     * @param next from the page before; empty for the first one. The query is otherwise repeated, as section 3.4 asks
     * @param abandoned turns true when nobody wants the page any more
     */
    PageEnd objects(String collection, String addedAfter, String next, int limit, Sink sink, BooleanSupplier abandoned)
            throws PartnerFailure {
        StringBuilder path = new StringBuilder(collectionPath(collection))
                .append("objects/?limit=")
                .append(limit);
        if (!addedAfter.isEmpty()) {
            path.append("&added_after=").append(encoded(addedAfter));
        }
        if (!next.isEmpty()) {
            path.append("&next=").append(encoded(next));
        }
        try (Answer answer = exchange(
                HttpMethod.GET, path.toString(), null, () -> stop.getAsBoolean() || abandoned.getAsBoolean())) {
            if (answer.status() != 200) {
                throw refusal(answer, "GET " + path);
            }
            return page(answer, sink);
        }
    }

    /** Reads the versions of one object (section 5.6), the first page of them. */
    void versions(String collection, String id, Sink sink) throws PartnerFailure {
        String path = collectionPath(collection) + "objects/" + encoded(id) + "/?match%5Bversion%5D=all";
        try (Answer answer = exchange(HttpMethod.GET, path, null, stop)) {
            if (answer.status() == 404) {
                return;
            }
            if (answer.status() != 200) {
                throw refusal(answer, "GET " + path);
            }
            page(answer, sink);
        }
    }

    private PageEnd page(Answer answer, Sink sink) throws PartnerFailure {
        JsonArrayStream stream = new JsonArrayStream(answer.body(), "objects", StixReader.MAX_BYTES);
        int count = 0;
        while (true) {
            try {
                byte[] object = stream.next();
                if (object == null) {
                    break;
                }
                sink.object(object, stream.index());
            } catch (MalformedJson malformed) {
                if (!stream.resumable()) {
                    throw new PartnerFailure(
                            ExchangeTrouble.PARTNER_NO_ENVELOPE.with(Map.of(
                                    "partner",
                                    peer.name(),
                                    "line",
                                    stream.line(),
                                    "count",
                                    count,
                                    Sentence.SAID,
                                    malformed.reason())),
                            malformed);
                }
                sink.oversized(stream.index(), malformed.reason());
            } catch (PartnerFailure ours) {
                throw ours;
            } catch (IOException broken) {
                throw words.broken(broken, count);
            }
            count++;
        }
        JsonObject around = stream.header();
        return new PageEnd(
                count,
                is(around, "more"),
                around.string("next").orElse(""),
                answer.headers().contains("X-TAXII-Date-Added-Last")
                        ? answer.headers().get("X-TAXII-Date-Added-Last")
                        : "");
    }

    /**
     * What became of a push (section 4.3).
     *
     * @param id of the status resource
     * @param failures what the partner would not take, each with its words
     */
    record Status(String id, boolean complete, long successes, List<Failure> failures) {

        Status {
            failures = List.copyOf(failures);
        }
    }

    /**
     * One object that a partner would not take.
     *
     * @param mayPass whether the partner says that the same object may be accepted later
     */
    record Failure(String id, String version, String message, boolean mayPass) {}

    /** Posts an envelope (section 5.5). */
    Status post(String collection, byte[] envelope) throws PartnerFailure {
        String path = collectionPath(collection) + "objects/";
        try (Answer answer = exchange(HttpMethod.POST, path, envelope, stop)) {
            if (answer.status() != 202) {
                throw refusal(answer, "POST " + path);
            }
            return status(json(answer));
        }
    }

    /** Asks what became of an earlier post. */
    Status status(String id) throws PartnerFailure {
        return status(get(peer.apiRoot().getRawPath() + "status/" + encoded(id) + "/"));
    }

    @Override
    public void close() {
        http.close();
    }

    private static Status status(JsonObject json) {
        List<Failure> failures = new ArrayList<>();
        for (Json item : json.items("failures")) {
            if (item instanceof JsonObject f) {
                failures.add(new Failure(
                        f.string("id").orElse(""),
                        f.string("version").orElse(""),
                        f.string("message").orElse(""),
                        is(f, "x_may_pass")));
            }
        }
        long successes = json.get("success_count") instanceof JsonNumber n ? n.longValue() : 0;
        return new Status(
                json.string("id").orElse(""), json.string("status").orElse("").equals("complete"), successes, failures);
    }

    private String collectionPath(String collection) {
        return peer.apiRoot().getRawPath() + "collections/" + encoded(collection) + "/";
    }

    private JsonObject get(String path) throws PartnerFailure {
        try (Answer answer = exchange(HttpMethod.GET, path, null, stop)) {
            if (answer.status() != 200) {
                throw refusal(answer, "GET " + path);
            }
            return json(answer);
        }
    }

    /** The card that the centre shows; empty when it shows none, as earlier versions do not. */
    Optional<byte[]> card() throws PartnerFailure {
        try (Answer answer = exchange(HttpMethod.GET, CARD, null, stop)) {
            if (answer.status() == 404 || answer.status() == 401) {
                return Optional.empty();
            }
            if (answer.status() != 200) {
                throw refusal(answer, "GET " + CARD);
            }
            return Optional.of(answer.body().readNBytes(MAX_CARD));
        } catch (PartnerFailure ours) {
            throw ours;
        } catch (IOException broken) {
            throw words.broken(broken, 0);
        }
    }

    /** Posts JSON; empty when the centre has no such path, as earlier versions. */
    Optional<byte[]> postJson(String path, byte[] body) throws PartnerFailure {
        try (Answer answer = exchange(HttpMethod.POST, path, body, stop, "application/json")) {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            if (answer.status() != 200) {
                throw refusal(answer, "POST " + path);
            }
            return Optional.of(CanonicalJson.bytes(json(answer)));
        }
    }

    /** The response, its head read and its body still to come. */
    private record Answer(int status, MultiMap headers, BodyStream body) implements AutoCloseable {
        @Override
        public void close() {
            body.close();
        }
    }

    private Answer exchange(HttpMethod method, String path, byte[] body, BooleanSupplier given) throws PartnerFailure {
        return exchange(method, path, body, given, TAXII);
    }

    private Answer exchange(HttpMethod method, String path, byte[] body, BooleanSupplier given, String type)
            throws PartnerFailure {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(peer.apiRoot().getHost())
                .setPort(peer.port())
                .setSsl(true)
                .setURI(path)
                .putHeader("Accept", type);
        if (body != null) {
            options.putHeader("Content-Type", type);
        }
        Span.current().header().ifPresent(value -> options.putHeader("traceparent", value));
        if (peer.centre()) {
            cards.own().ifPresent(number -> options.putHeader(CardNews.HEADER, Long.toString(number)));
        }
        Optional<String> authorization = authorization();
        authorization.ifPresent(value -> options.putHeader("Authorization", value));
        // The body is taken on the event loop, in one go: asked for from this thread, its beginning may have passed by
        // already.
        PendingRequest pending = new PendingRequest(CONNECT, patience);
        Future<Answer> answer = http.request(options)
                .compose(request -> pending.send(request, body).map(response -> answer(response, given)));
        boolean answered = false;
        try {
            Answer there = await(answer.toCompletionStage().toCompletableFuture(), pending, given);
            answered = true;
            if (peer.centre()) {
                cards.heard(peer.name(), there.headers().get(CardNews.HEADER));
                String mark = there.headers().get(ReleaseMark.HEADER);
                releaseMark = mark == null ? releaseMark : mark;
            }
            return there;
        } catch (TimeoutException silent) {
            throw given.getAsBoolean() ? new PartnerFailure(stopped()) : words.silent();
        } catch (ExecutionException failed) {
            throw words.of(failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartnerFailure(stopped(), e);
        } finally {
            if (!answered) {
                pending.abandon();
                answer.onSuccess(Answer::close);
            }
        }
    }

    private Sentence stopped() {
        return ExchangeTrouble.PARTNER_STOPPED.with(Map.of("partner", peer.name()));
    }

    private static Answer await(CompletableFuture<Answer> answer, PendingRequest pending, BooleanSupplier given)
            throws TimeoutException, ExecutionException, InterruptedException {
        while (true) {
            try {
                return answer.get(BodyStream.STOP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                if (given.getAsBoolean() || pending.late()) {
                    throw notYet;
                }
            }
        }
    }

    /** On the event loop: nothing of the body may come before somebody takes it. */
    private Answer answer(HttpClientResponse response, BooleanSupplier given) {
        Context eventLoop = Vertx.currentContext();
        return new Answer(
                response.statusCode(),
                response.headers(),
                BodyStream.of(response, eventLoop, patience, given, SLOWEST));
    }

    private JsonObject json(Answer answer) throws PartnerFailure {
        try {
            byte[] text = answer.body().readNBytes(MAX_SMALL + 1);
            if (text.length > MAX_SMALL) {
                throw new PartnerFailure(
                        ExchangeTrouble.PARTNER_TOO_LONG.with(Map.of("partner", peer.name(), "count", MAX_SMALL)));
            }
            return StrictJson.parseObject(text);
        } catch (MalformedJson malformed) {
            throw new PartnerFailure(
                    ExchangeTrouble.PARTNER_NO_JSON.with(Map.of(
                            "partner",
                            peer.name(),
                            Sentence.SAID,
                            String.valueOf(malformed.getMessage()),
                            "root",
                            peer.apiRoot())),
                    malformed);
        } catch (PartnerFailure ours) {
            throw ours;
        } catch (IOException broken) {
            throw words.broken(broken, 0);
        }
    }

    private PartnerFailure refusal(Answer answer, String what) {
        String said;
        try {
            JsonObject error = StrictJson.parseObject(answer.body().readNBytes(MAX_SMALL));
            said = error.string("title").orElse("")
                    + error.string("description")
                            .or(() -> error.string("detail"))
                            .map(text -> ": " + text)
                            .orElse("");
        } catch (MalformedJson | IOException wordless) {
            said = "";
        }
        return words.refusal(answer.status(), said, what, answer.headers().get("Retry-After"));
    }

    private Optional<String> authorization() throws PartnerFailure {
        if (peer.credentials().isEmpty()) {
            return Optional.empty();
        }
        PartnerSettings.Credentials credentials = peer.credentials().get();
        String secret = new String(read(credentials.secretFile()), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        return Optional.of(credentials
                .username()
                .map(name -> "Basic "
                        + Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8)))
                .orElse("Bearer " + secret));
    }

    private byte[] read(java.nio.file.Path file) throws PartnerFailure {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new PartnerFailure(
                    ExchangeTrouble.PARTNER_FILE_UNREADABLE.with(Map.of("file", file, "partner", peer.name())), e);
        }
    }

    private static boolean is(JsonObject json, String name) {
        return json.get(name) instanceof uz.koprik.crypto.json.JsonBoolean b && b.value();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
