package uz.koprik.gateway.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.intake.Objects;

/** A TLS certificate that changes while clients are connected. */
class LiveCertificateTest {

    @RegisterExtension
    final Centres centres = new Centres();

    /** Accepts any certificate, as a client that pins a key does. */
    private static final class Any extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new IllegalStateException("this is a client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            assertEquals(1, chain.length);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new IllegalStateException("this is a client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            assertEquals(1, chain.length);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException("this is a client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            assertEquals(1, chain.length);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** A connection over which requests are sent one after the other. */
    private static final class Connection implements AutoCloseable {

        private final SSLSocket socket;
        private final BufferedReader in;

        Connection(RunningCentre centre) throws Exception {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {new Any()}, null);
            URI url = URI.create(centre.url());
            socket = (SSLSocket) tls.getSocketFactory().createSocket(url.getHost(), url.getPort());
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        }

        X509Certificate certificate() throws IOException {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }

        /** The status of a request for the health of the centre. */
        String ask() throws IOException {
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String status = in.readLine();
            int length = 0;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            for (int i = 0; i < length; i++) {
                in.read();
            }
            return status;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static X509Certificate shown(RunningCentre centre) throws Exception {
        try (Connection fresh = new Connection(centre)) {
            assertEquals("HTTP/1.1 200 OK", fresh.ask());
            return fresh.certificate();
        }
    }

    private static String good(RunningCentre centre, String... arguments) {
        CommandResult result = centre.koprik(arguments);
        assertEquals(0, result.code(), result::all);
        return result.out();
    }

    @Test
    void newConnectionsGetARenewedCertificateAndNoRequestIsLost() throws Exception {
        RunningCentre centre = centres.init("tashkent").start();
        X509Certificate before = shown(centre);
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        CompletableFuture<Void> traffic = new CompletableFuture<>();
        Thread clients = Thread.ofVirtual().start(() -> {
            try {
                while (!done.get()) {
                    shown(centre);
                    answered.incrementAndGet();
                }
                traffic.complete(null);
            } catch (Exception | AssertionError lost) {
                traffic.completeExceptionally(lost);
            }
        });
        try (Connection open = new Connection(centre)) {
            assertEquals("HTTP/1.1 200 OK", open.ask());
            assertTrue(good(centre, "tls", "renew").contains("a running centre shows it within seconds"));
            RunningCentre.await(() -> !shown(centre).equals(before));
            X509Certificate after = shown(centre);
            assertEquals(before.getPublicKey(), after.getPublicKey(), "the pin stays");
            assertNotEquals(before.getSerialNumber(), after.getSerialNumber());
            assertEquals(Gateway.keys(centre.home()).tlsCertificate(), after);
            assertEquals(before, open.certificate());
            assertEquals("HTTP/1.1 200 OK", open.ask(), "an open connection goes on");
        } finally {
            done.set(true);
            clients.join();
        }
        traffic.join();
        assertTrue(answered.get() > 0);
    }

    @Test
    void aCertificateThatEndsSoonIsRenewedWithoutAStart() throws Exception {
        RunningCentre centre = centres.init("tashkent").start();
        CentreKeys before = Gateway.keys(centre.home());
        X509Certificate shown = shown(centre);
        Instant soon = shown.getNotAfter().toInstant().minus(Duration.ofDays(30));
        CertificateRenewal renewal = new CertificateRenewal(
                centre.home(),
                ConfigFile.read(centre.home().config()),
                () -> Gateway.passphrase(centre.home()),
                () -> soon);
        renewal.tend(before);
        RunningCentre.await(() -> !shown(centre).equals(shown));
        CentreKeys after = Gateway.keys(centre.home());
        assertEquals(after.tlsCertificate(), shown(centre));
        assertEquals(before.tlsPin(), after.tlsPin());
        renewal.tend(before);
        assertEquals(after.tlsCertificate(), Gateway.keys(centre.home()).tlsCertificate(), "once");
    }

    @Test
    void feedsUseANewTlsKeyWithoutAStart() throws Exception {
        RunningCentre tashkent = quick("tashkent").start();
        RunningCentre budapest = quick("budapest").start();
        introduce(budapest, tashkent, "--no-pull", "--no-push");
        introduce(tashkent, budapest, "--no-pull", "--push");
        String pin = Gateway.keys(tashkent.home()).tlsPin();
        good(tashkent, "tls", "renew", "--new-key");
        String next = Gateway.keys(tashkent.home()).nextTls().orElseThrow().pin();
        RunningCentre.await(() -> Files.readString(budapest.home().trust()).contains(next));
        good(tashkent, "tls", "renew", "--new-key", "--now");
        assertNotEquals(pin, Gateway.keys(tashkent.home()).tlsPin());
        X509Certificate certificate = Gateway.keys(tashkent.home()).tlsCertificate();
        RunningCentre.await(() -> shown(tashkent).equals(certificate));
        String id = Objects.id("indicator");
        Path file = Files.writeString(
                centres.folder().resolve("object.json"),
                Objects.indicator(
                        id,
                        CentreCard.read(Files.readAllBytes(tashkent.home().ownCard()))
                                .identity(),
                        "after.example.com"));
        good(tashkent, "submit", file.toString());
        RunningCentre.await(() -> budapest.koprik("show", id).code() == 0);
        assertFalse(good(tashkent, "partner", "status", "budapest").contains("fails"));
    }

    private RunningCentre quick(String name) throws Exception {
        return centres.init(name)
                .withConfig("card_interval: 1d", "card_interval: 300ms")
                .withConfig("backoff_max: 5m", "backoff_max: 1s");
    }

    private void introduce(RunningCentre here, RunningCentre other, String direction, String push) throws Exception {
        Path file = centres.folder().resolve(other + ".card");
        good(other, "partner", "card", "--output", file.toString());
        String fingerprint =
                CentreCard.read(Files.readAllBytes(file)).fingerprint().toString();
        good(here, "partner", "add", file.toString(), "--fingerprint", fingerprint, direction, push);
    }
}
