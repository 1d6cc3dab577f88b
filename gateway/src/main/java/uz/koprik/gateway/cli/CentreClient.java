package uz.koprik.gateway.cli;

import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import uz.koprik.gateway.accessrecord.AccessRecorder;
import uz.koprik.gateway.api.PurposeOnUse;
import uz.koprik.gateway.api.transfer.ExportSummary;

/**
 * A centre as its own people reach it: HTTPS with an account's token. Methods block; one client serves many threads.
 *
 * <p>Uploads and their answers flow at the same time, so a centre that reports many refused rows while it still reads
 * does not block both sides.
 */
public final class CentreClient implements AutoCloseable {

    private static final long ANSWER_SECONDS = 120;
    /** A machine that is there answers a connection and a handshake within this time. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final int CHUNK = 64 * 1024;

    private final CentreAddress address;
    private volatile Map<String, String> use = Map.of();
    private volatile String purposeNeeded = "";
    private final Vertx vertx;
    private final HttpClient http;

    /** Does not connect yet. */
    public CentreClient(CentreAddress address) {
        this.address = address;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(
                        new PemTrustOptions().addCertPath(address.certificates().toString()))
                // A certificate from the centre's own home is the only one trusted, under any host name.
                .setVerifyHost(address.checkName())
                .setConnectTimeout((int) SILENCE.toMillis())
                .setSslHandshakeTimeout(SILENCE.toSeconds());
        this.http = vertx.createHttpClient(options);
    }

    /**
     * What a centre answered.
     *
     * @param status HTTP status
     * @param body the whole body
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    public record Reply(int status, byte[] body) {

        public boolean ok() {
            return status >= 200 && status < 300;
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /**
     * Says with each later request for what personal values are used; see {@link PurposeOnUse}.
     *
     * @param purpose one of the purposes of an agreement
     * @param number of a case, or its id
     */
    public void using(String purpose, String number) {
        use = Map.of(PurposeOnUse.PURPOSE, encoded(purpose), PurposeOnUse.CASE, encoded(number));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Names of the partners whose personal objects the last answer leaves out, if there are any; may be empty. */
    public String purposeNeeded() {
        return purposeNeeded;
    }

    /** Asks for {@code path}, which begins with a slash and is encoded already. */
    public Reply get(String path, String accept) {
        return exchange(HttpMethod.GET, path, accept, null, new byte[0]);
    }

    /** Asks for JSON. */
    public Reply get(String path) {
        return get(path, "application/json");
    }

    /** Posts {@code body}. */
    public Reply post(String path, String contentType, byte[] body) {
        return exchange(HttpMethod.POST, path, "application/json", contentType, body);
    }

    /** Changes a part of the resource. */
    public Reply patch(String path, String contentType, byte[] body) {
        return exchange(HttpMethod.PATCH, path, "application/json", contentType, body);
    }

    /** Puts {@code body}. */
    public Reply put(String path, String contentType, byte[] body) {
        return exchange(HttpMethod.PUT, path, "application/json", contentType, body);
    }

    /** Deletes the resource. */
    public Reply delete(String path) {
        return exchange(HttpMethod.DELETE, path, "application/json", null, new byte[0]);
    }

    /**
     * Posts a body of any length and hands over the lines of the answer as they come, on another thread.
     *
     * @return status 200 and no body when the answer came in lines; any other answer as it is
     * @throws IOException when {@code body} cannot be read
     */
    public Reply upload(String path, String contentType, InputStream body, Consumer<String> lines) throws IOException {
        HttpClientRequest request = await(http.request(
                options(HttpMethod.POST, path, "application/x-ndjson").putHeader("Content-Type", contentType)));
        request.setChunked(true);
        CompletableFuture<Reply> answer = request.response()
                .compose(response -> response.statusCode() == 200 ? inLines(response, lines) : whole(response))
                .toCompletionStage()
                .toCompletableFuture();
        byte[] chunk = new byte[CHUNK];
        for (int n = body.read(chunk); n >= 0 && !answer.isDone(); n = body.read(chunk)) {
            if (n > 0 && !written(request.write(Buffer.buffer(Arrays.copyOf(chunk, n))), answer)) {
                break;
            }
        }
        if (!answer.isDone()) {
            written(request.end(), answer);
        }
        return result(answer, 0);
    }

    /**
     * Asks for an answer of any length and writes it as it comes.
     *
     * @return status 200 and the summary that follows in the trailer field {@link ExportSummary#TRAILER}, empty when
     *     there is none, when it was written to {@code out} as a whole; any other answer as it is
     */
    public Reply download(String path, String accept, OutputStream out) {
        return result(
                // As in exchange: what is asked for later than on the event loop may have passed by.
                http.request(options(HttpMethod.GET, path, accept))
                        .compose(request -> request.send()
                                .map(this::noted)
                                .compose(response ->
                                        response.statusCode() == 200 ? into(response, out) : whole(response)))
                        .toCompletionStage()
                        .toCompletableFuture(),
                0);
    }

    /**
     * Asks for an answer without end and hands over its lines as they come, on another thread, until the centre ends
     * it.
     *
     * @return status 200 and no body when the answer came in lines; any other answer as it is
     */
    public Reply follow(String path, String accept, Consumer<String> lines) {
        return result(
                http.request(options(HttpMethod.GET, path, accept))
                        .compose(request -> request.send()
                                .map(this::noted)
                                .compose(response ->
                                        response.statusCode() == 200 ? inLines(response, lines) : whole(response)))
                        .toCompletionStage()
                        .toCompletableFuture(),
                0);
    }

    /** An answer cannot be written on this machine. The connection is not to blame. */
    private static final class NotWritten extends IOException {

        private static final long serialVersionUID = 1L;

        private final transient IOException failure;

        NotWritten(IOException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private static Future<Reply> into(HttpClientResponse response, OutputStream out) {
        Promise<Reply> done = Promise.promise();
        response.handler(buffer -> {
            try {
                out.write(buffer.getBytes());
            } catch (IOException e) {
                done.tryFail(new NotWritten(e));
                response.request().connection().close();
            }
        });
        response.exceptionHandler(done::tryFail);
        response.endHandler(ignored -> {
            String summary = response.trailers().get(ExportSummary.TRAILER);
            done.tryComplete(new Reply(200, summary == null ? new byte[0] : summary.getBytes(StandardCharsets.UTF_8)));
        });
        return done.future();
    }

    @Override
    public void close() {
        await(http.close());
        await(vertx.close());
    }

    /**
     * Waits for a write; when it fails, the answer (such as an early refusal) explains it better than the write does.
     */
    private boolean written(Future<Void> write, CompletableFuture<Reply> answer) {
        try {
            write.toCompletionStage().toCompletableFuture().get();
            return true;
        } catch (ExecutionException e) {
            if (!answer.isDone()) {
                result(answer, 5);
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.UNREACHABLE, "interrupted");
        }
    }

    private Reply exchange(HttpMethod method, String path, String accept, String contentType, byte[] body) {
        RequestOptions options = options(method, path, accept);
        if (contentType != null) {
            options.putHeader("Content-Type", contentType);
        }
        return result(
                // The body is asked for on the event loop, in one go: asked for from here, it may have passed by
                // already.
                http.request(options)
                        .compose(request -> (method.equals(HttpMethod.GET)
                                        ? request.send().map(this::noted)
                                        : request.send(Buffer.buffer(body)).map(this::noted))
                                .compose(CentreClient::whole))
                        .toCompletionStage()
                        .toCompletableFuture(),
                ANSWER_SECONDS);
    }

    private RequestOptions options(HttpMethod method, String path, String accept) {
        URI base = address.url();
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(base.getHost())
                .setPort(base.getPort() < 0 ? 443 : base.getPort())
                .setSsl(true)
                .setURI(path)
                .putHeader("Accept", accept)
                .putHeader("Authorization", "Bearer " + address.token())
                .putHeader(AccessRecorder.LOCAL_USER, LocalRecord.user());
        use.forEach(options::putHeader);
        return options;
    }

    private HttpClientResponse noted(HttpClientResponse response) {
        String needed = response.getHeader(PurposeOnUse.NEEDED);
        purposeNeeded = needed == null ? "" : needed;
        return response;
    }

    private static Future<Reply> whole(HttpClientResponse response) {
        return response.body().map(body -> new Reply(response.statusCode(), body.getBytes()));
    }

    private static Future<Reply> inLines(HttpClientResponse response, Consumer<String> lines) {
        RecordParser parser = RecordParser.newDelimited("\n", line -> {
            if (line.length() > 0) {
                lines.accept(line.toString(StandardCharsets.UTF_8));
            }
        });
        response.handler(parser);
        return response.end().map(ignored -> new Reply(200, new byte[0]));
    }

    private <T> T await(Future<T> future) {
        return result(future.toCompletionStage().toCompletableFuture(), ANSWER_SECONDS);
    }

    private <T> T result(CompletableFuture<T> future, long seconds) {
        try {
            return seconds == 0 ? future.get() : future.get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.UNREACHABLE, "interrupted");
        } catch (TimeoutException e) {
            throw new Failure(
                    ExitCode.UNREACHABLE,
                    "the centre at " + address.url() + " did not answer within " + seconds + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotWritten here) {
                throw new Failure(ExitCode.FAILED, FileFailures.words(here.failure));
            }
            throw unreachable(e.getCause());
        }
    }

    /** The other side went away in the middle of the handshake: it proved nothing, and disproved nothing. */
    private static boolean isClosedHandshake(Throwable handshake) {
        return handshake instanceof SSLException
                && (handshake.getCause() instanceof ClosedChannelException
                        || String.valueOf(handshake.getMessage())
                                .contains("Connection closed while SSL/TLS handshake was in progress"));
    }

    private Failure unreachable(Throwable cause) {
        for (Throwable c = cause; c != null; c = c.getCause()) {
            if (c instanceof SslHandshakeTimeoutException || isClosedHandshake(c)) {
                return new Failure(ExitCode.UNREACHABLE, address.silent());
            }
        }
        for (Throwable c = cause; c != null; c = c.getCause()) {
            if (c instanceof SSLException) {
                return new Failure(
                        ExitCode.UNREACHABLE,
                        address.url() + " does not prove to be the centre that " + address.certificates()
                                + " belongs to (" + c.getMessage() + "); give its certificate with --ca");
            }
        }
        if (cause instanceof IOException && !(cause instanceof java.net.ConnectException)) {
            return new Failure(
                    ExitCode.UNREACHABLE,
                    "the connection to " + address.url() + " broke (" + cause.getMessage()
                            + "); acknowledged objects are kept, and repeating the command is safe");
        }
        return new Failure(ExitCode.UNREACHABLE, address.notRunning());
    }
}
