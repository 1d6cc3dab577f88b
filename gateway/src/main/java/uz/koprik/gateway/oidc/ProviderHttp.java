package uz.koprik.gateway.oidc;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/**
 * Requests to the provider, each within a bounded time. It follows no redirect and uses no proxy. Blocks the calling
 * thread, which is not an event loop.
 */
final class ProviderHttp {

    private static final int MOST_BYTES = 1 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient client;
    private final Duration timeout;

    /** @param options of {@link #options} */
    ProviderHttp(Vertx vertx, HttpClientOptions options, Duration timeout) {
        this.client = vertx.createHttpClient(options);
        this.timeout = timeout;
    }

    /**
     * How the provider is reached; host names in certificates are always checked.
     *
     * @param trusted certificates (PEM) that vouch for it; empty for those that Java trusts
     * @param timeout after which a silent connection ends
     */
    static HttpClientOptions options(String issuer, Optional<Buffer> trusted, Duration timeout) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) Math.min(CONNECT.toMillis(), timeout.toMillis()))
                .setIdleTimeout((int) timeout.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        if (issuer.startsWith("https:")) {
            options.setSsl(true).setVerifyHost(true);
            trusted.ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertValue(pem)));
        }
        return options;
    }

    /**
     * Fetches a JSON object.
     *
     * @param bearer the access token with which it is asked for; empty for none
     * @throws ProviderAway when there is none: says why
     */
    JsonObject get(String url, Optional<String> bearer) throws ProviderAway {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url)
                .setFollowRedirects(false)
                .addHeader("Accept", "application/json");
        bearer.ifPresent(token -> options.addHeader("Authorization", "Bearer " + token));
        // In one step on the event loop: handlers that another thread set could come after the end of the body.
        Buffer body =
                await(client.request(options).compose(request -> request.send().compose(ProviderHttp::body)));
        try {
            return StrictJson.parseObject(body.getBytes());
        } catch (MalformedJson malformed) {
            throw new ProviderAway("its answer is no JSON object: " + malformed.reason(), malformed);
        }
    }

    /**
     * What comes of a request.
     *
     * @throws ProviderAway when it fails, or nothing comes in time
     */
    <T> T await(Future<T> future) throws ProviderAway {
        try {
            return future.toCompletionStage().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw new ProviderAway(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        } catch (TimeoutException late) {
            throw new ProviderAway("it did not answer within " + timeout.toMillis() + " ms", late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ProviderAway("this centre stops", stopped);
        }
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Future.failedFuture(new IOException("it answers with status " + response.statusCode()));
        }
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            body.appendBuffer(part);
            if (body.length() > MOST_BYTES) {
                whole.tryFail(new IOException("its answer is longer than " + MOST_BYTES + " bytes"));
                response.request().reset();
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(ignored -> whole.tryComplete(body));
        return whole.future();
    }
}
