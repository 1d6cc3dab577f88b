package uz.koprik.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509KeyManager;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.tracing.RequestSpans;
import uz.koprik.gateway.tracing.Tracing;

/**
 * The HTTPS server: one event loop a core, all on each port. The order of things is visible in {@link #mount}:
 * entrance, open public routes, authentication, shares, body, authenticated routes, errors.
 */
public final class HttpServing {

    /** After the grace, the time in which connections close. */
    private static final long LINGER_MILLIS = 500;
    /**
     * Suites with forward secrecy and authenticated encryption, as RFC 9325, section 4.2, asks; the first three are of
     * TLS 1.3.
     */
    private static final List<String> SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final Vertx vertx;
    private final Config config;
    private final List<Listening> listening = new CopyOnWriteArrayList<>();
    private final Connections connections;
    private final RequestGuard entrance;
    private final BodyReader bodies;
    private final Tracing tracing;

    /**
     * A port to listen on.
     *
     * @param host address or name
     * @param port 0 lets the system choose one
     * @param tls false for plain HTTP, behind a proxy that ends TLS
     * @param asksForCertificate whether clients are asked for a certificate; browsers then ask their user
     * @param proxies addresses of proxies before it, whose word on the address of a client counts
     */
    public record Endpoint(String host, int port, boolean tls, boolean asksForCertificate, List<String> proxies) {

        public Endpoint {
            proxies = List.copyOf(proxies);
        }
    }

    /** The servers of an endpoint, one an event loop. */
    private static final class Listening {

        private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
        private final RouteTable routes;
        private volatile ServerSSLOptions shown;

        Listening(RouteTable routes, ServerSSLOptions shown) {
            this.routes = routes;
            this.shown = shown;
        }
    }

    /**
     * What is served.
     *
     * @param guard decides who may use which route
     * @param open routes for everybody
     * @param handler lets pass who has proven who they are
     * @param known sees each request whose sender is known
     * @param streaming routes for those that read the body themselves, of any size, as it comes
     * @param behind routes for those that find the whole body in the request
     */
    public record Layout(
            RouteTable.Guard guard,
            List<Routes> open,
            Handler<RoutingContext> handler,
            Handler<RoutingContext> known,
            List<Routes> streaming,
            List<Routes> behind) {

        public Layout {
            open = List.copyOf(open);
            streaming = List.copyOf(streaming);
            behind = List.copyOf(behind);
        }
    }

    /** @param clock dates the answers */
    public HttpServing(
            Vertx vertx,
            Config config,
            MeterRegistry meters,
            CentreThreads threads,
            Tracing tracing,
            InstantSource clock) {
        this.tracing = tracing;
        this.vertx = vertx;
        this.config = config;
        this.bodies = new BodyReader(config.limits(), meters);
        this.connections = new Connections(config.limits(), meters);
        this.entrance = new RequestGuard(
                config.limits(), connections, new RequestLog(config.log().access(), meters), meters, clock);
        threads.every("connections", Duration.ofMillis(connections.sweepMillis()), connections::sweep);
    }

    /**
     * Begins to listen on a port. May be called for several.
     *
     * @param endpoint the port
     * @param keyManager shows the TLS certificate
     * @param layout what is served
     * @return the port
     * @throws IOException when the port is taken, or the address is not one of this machine
     */
    public int start(Endpoint endpoint, TlsEngine engine, X509KeyManager keyManager, Layout layout)
            throws IOException, InterruptedException {
        HttpServerOptions options = options(endpoint, engine, keyManager);
        Router router = Router.router(vertx);
        Listening opened = new Listening(new RouteTable(router, layout.guard()), options.getSslOptions());
        if (!endpoint.proxies().isEmpty()) {
            router.route().handler(ClientAddress.behind(endpoint.proxies()));
        }
        mount(router, opened.routes, layout);
        listening.add(opened);
        int loops = Runtime.getRuntime().availableProcessors();
        // Each negative port lets the system choose one that all event loops then share.
        int port = endpoint.port() == 0 ? -listening.size() : endpoint.port();
        try {
            Future<String> deployed = vertx.deployVerticle(
                    () -> new Loop(options, router, port, opened.servers), new DeploymentOptions().setInstances(loops));
            deployed.await(30, TimeUnit.SECONDS);
        } catch (Exception failed) {
            if (failed instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IOException(
                    "cannot listen on " + endpoint.host() + ":" + endpoint.port() + ": " + failed.getMessage(), failed);
        }
        return opened.servers.getFirst().actualPort();
    }

    /**
     * Shows another TLS certificate to new connections; open ones go on.
     *
     * @param keyManager shows the TLS certificate
     * @throws IOException when it cannot be used: new connections get the one before then
     */
    public void show(X509KeyManager keyManager) throws IOException, InterruptedException {
        try {
            for (Listening one : listening) {
                if (one.shown != null) {
                    show(one, keyManager);
                }
            }
        } catch (Exception failed) {
            if (failed instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IOException("the TLS certificate cannot be shown: " + failed.getMessage(), failed);
        }
    }

    private static void show(Listening one, X509KeyManager keyManager) throws Exception {
        ServerSSLOptions next = one.shown.copy();
        next.setKeyCertOptions(KeyCertOptions.wrap(keyManager));
        for (HttpServer server : one.servers) {
            server.updateSSLOptions(next).await(30, TimeUnit.SECONDS);
        }
        one.shown = next;
    }

    /** Takes no more connections, and lets requests in flight finish for a while. */
    public void stop(Duration grace) throws InterruptedException {
        List<Future<Void>> stopping = listening.stream()
                .flatMap(one -> one.servers.stream())
                .map(server -> server.shutdown(Math.max(1, grace.toMillis()), TimeUnit.MILLISECONDS))
                .toList();
        long end = System.nanoTime() + grace.toNanos();
        while (entrance.inFlight() > 0 && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        for (Future<Void> one : stopping) {
            try {
                one.await(Math.max(1, (end - System.nanoTime()) / 1_000_000 + LINGER_MILLIS), TimeUnit.MILLISECONDS);
            } catch (Exception late) {
                if (late instanceof InterruptedException interrupted) {
                    throw interrupted;
                }
                // Its time is over; closing Vert.x ends what is left.
                return;
            }
        }
    }

    /** What is mounted, once it has been started. */
    public List<RouteTable.DeclaredRoute> routes() {
        return listening.stream()
                .flatMap(one -> one.routes.declared().stream())
                .distinct()
                .toList();
    }

    private HttpServerOptions options(Endpoint endpoint, TlsEngine engine, X509KeyManager keyManager) {
        Config.Limits limits = config.limits();
        HttpServerOptions options = new HttpServerOptions()
                .setHost(endpoint.host())
                .setMaxHeaderSize((int) limits.headers().bytes())
                .setMaxInitialLineLength((int) limits.headers().bytes())
                .setCompressionSupported(config.taxii().gzip())
                .setAcceptBacklog(1024);
        if (!endpoint.tls()) {
            return options;
        }
        SUITES.forEach(options::addEnabledCipherSuite);
        return options.setSsl(true)
                .setUseAlpn(true)
                .setSslEngineOptions(engine.options())
                .setKeyCertOptions(KeyCertOptions.wrap(keyManager))
                .setClientAuth(endpoint.asksForCertificate() ? ClientAuth.REQUEST : ClientAuth.NONE)
                .setTrustOptions(TrustOptions.wrap(new AnyCertificate()))
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                .setSslHandshakeTimeout(limits.handshakeTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    private void mount(Router router, RouteTable table, Layout layout) {
        Errors errors = new Errors(table);
        router.route().failureHandler(errors);
        for (int status : new int[] {400, 404, 405, 406, 415}) {
            router.errorHandler(status, errors);
        }
        if (tracing.on()) {
            router.route().handler(new RequestSpans(tracing));
        }
        router.route().handler(entrance);
        layout.open().forEach(some -> some.mount(table));
        router.route().handler(layout.handler());
        router.route().handler(entrance::caller);
        router.route().handler(layout.known());
        layout.streaming().forEach(some -> some.mount(table));
        router.route().handler(bodies);
        layout.behind().forEach(some -> some.mount(table));
    }

    /** One event loop. */
    private final class Loop extends VerticleBase {

        private final HttpServerOptions options;
        private final Router router;
        private final int port;
        private final List<HttpServer> servers;

        Loop(HttpServerOptions options, Router router, int port, List<HttpServer> servers) {
            this.options = options;
            this.router = router;
            this.port = port;
            this.servers = servers;
        }

        @Override
        public Future<?> start() {
            HttpServer server = vertx.createHttpServer(new HttpServerOptions(options).setPort(port))
                    .connectionHandler(connections::opened)
                    .requestHandler(router);
            return server.listen().onSuccess(servers::add);
        }
    }
}
