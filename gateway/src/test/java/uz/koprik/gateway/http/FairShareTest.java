package uz.koprik.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Tlp;

/** What one caller, one address, and all accounts together can take from the others. */
final class FairShareTest {

    private static final String POST = "/taxii2/koprik/collections/inbox/objects/";

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre centre;
    private CentreKeys partner;
    private final List<Socket> open = new ArrayList<>();

    private void start(UnaryOperator<String> settings) throws Exception {
        centre = centres.init("tashkent").withConfig(yaml -> settings.apply(patient(yaml)));
        partner = centre.partner("budapest", true);
        centre.start();
    }

    /** Attackers hold on for longer than a test lasts. */
    private static String patient(String yaml) {
        return yaml.replace("body_timeout: 30s", "body_timeout: 5m")
                .replace("body_rate_window: 10s", "body_rate_window: 5m")
                .replace("handshake_timeout: 10s", "handshake_timeout: 5m");
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket one : open) {
            one.close();
        }
    }

    private SSLSocket connect(String from) throws Exception {
        URI url = URI.create(centre.url());
        SSLSocket socket = (SSLSocket) centre.tls(null)
                .getSocketFactory()
                .createSocket(InetAddress.ofLiteral(url.getHost()), url.getPort(), InetAddress.ofLiteral(from), 0);
        open.add(socket);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void write(SSLSocket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String head(String path, String authorization, String length) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: " + authorization
                + "\r\nContent-Type: application/taxii+json\r\n" + length + "\r\n\r\n";
    }

    private static String answer(SSLSocket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    /** Begins a request with a body of which a byte comes. */
    private SSLSocket begin(String from, String authorization) throws Exception {
        SSLSocket socket = connect(from);
        write(socket, head(POST, authorization, "Content-Length: 100") + "{");
        return socket;
    }

    private void awaitInFlight(int count) throws Exception {
        RunningCentre.await(() -> centre.metric("koprik_http_in_flight") >= count);
    }

    @Test
    void slowBodiesOfOneAccountLeaveRoomForOthers() throws Exception {
        start(yaml -> yaml.replace("requests_in_flight: 256", "requests_in_flight: 20")
                .replace("address_share: 25", "address_share: 100"));
        List<String> accounts = centre.accounts(List.of("greedy", "ordinary"), Role.WRITER, Tlp.GREEN);
        String greedy = accounts.getFirst();
        String ordinary = accounts.getLast();
        for (int i = 0; i < 5; i++) {
            begin("127.0.0.1", greedy);
        }
        awaitInFlight(5);
        SSLSocket refused = begin("127.0.0.1", greedy);
        assertEquals("HTTP/1.1 503 Service Unavailable", answer(refused));
        HttpResponse<String> own = centre.get(centre.url() + "/taxii2/", greedy);
        assertEquals(503, own.statusCode());
        assertTrue(own.body().contains("too many requests in flight of this caller"), own.body());
        assertTrue(own.headers().firstValue("retry-after").isPresent());
        for (int i = 0; i < 20; i++) {
            assertEquals(200, centre.get(centre.url() + "/taxii2/", ordinary).statusCode());
        }
    }

    @Test
    void oneAccountLeavesRoomForOthersAtItsAddress() throws Exception {
        start(yaml -> yaml.replace("requests_in_flight: 256", "requests_in_flight: 32"));
        String greedy = centre.account("greedy", Role.WRITER, Tlp.GREEN);
        for (int i = 0; i < 4; i++) {
            begin("127.0.0.1", greedy);
        }
        awaitInFlight(4);
        for (int i = 0; i < 30; i++) {
            SSLSocket refused = begin("127.0.0.1", greedy);
            assertEquals("HTTP/1.1 503 Service Unavailable", answer(refused));
        }
        assertEquals(200, centre.get(centre.url() + "/taxii2/", centre.admin()).statusCode());
    }

    @Test
    void oneAddressLeavesRoomForOthers() throws Exception {
        start(yaml -> yaml.replace("requests_in_flight: 256", "requests_in_flight: 20"));
        List<String> accounts = centre.accounts(List.of("one", "two", "three", "four", "last"), Role.WRITER, Tlp.GREEN);
        for (String account : accounts.subList(0, 4)) {
            begin("127.0.0.2", account);
        }
        begin("127.0.0.2", centre.admin());
        awaitInFlight(5);
        assertEquals("HTTP/1.1 503 Service Unavailable", answer(begin("127.0.0.2", accounts.getLast())));
        assertEquals(200, centre.get(centre.url() + "/taxii2/", centre.admin()).statusCode());
    }

    @Test
    void theAddressOfAProxyIsNoLimit() throws Exception {
        start(yaml -> yaml.replace("requests_in_flight: 256", "requests_in_flight: 20")
                .replace("shared_addresses: []", "shared_addresses: [127.0.0.2]"));
        List<String> names = IntStream.range(0, 8).mapToObj(i -> "account" + i).toList();
        for (String account : centre.accounts(names, Role.WRITER, Tlp.GREEN)) {
            begin("127.0.0.2", account);
        }
        awaitInFlight(8);
    }

    @Test
    void accountsLeaveRoomForPartnersAndPartnersForAccounts() throws Exception {
        start(yaml -> yaml.replace("requests_in_flight: 256", "requests_in_flight: 8")
                .replace("shared_addresses: []", "shared_addresses: [127.0.0.1]")
                .replace("caller_share: 25", "caller_share: 100"));
        String greedy = centre.account("greedy", Role.WRITER, Tlp.GREEN);
        for (int i = 0; i < 6; i++) {
            begin("127.0.0.1", greedy);
        }
        awaitInFlight(6);
        HttpResponse<String> another = centre.get(centre.url() + "/taxii2/", centre.admin());
        assertEquals(503, another.statusCode());
        assertTrue(another.body().contains("all accounts"), another.body());
        HttpRequest.Builder discovery = HttpRequest.newBuilder(URI.create(centre.url() + "/taxii2/"));
        assertEquals(
                200, RunningCentre.send(centre.client(partner), discovery, null).statusCode());
    }

    @Test
    void bodiesOfOneAccountLeaveMemoryForOthers() throws Exception {
        start(yaml -> yaml.replace("max_content_length: 10 MiB", "max_content_length: 64 KiB")
                .replace("bodies_in_flight: 128 MiB", "bodies_in_flight: 512 KiB")
                .replace("address_share: 25", "address_share: 100"));
        List<String> accounts = centre.accounts(List.of("greedy", "ordinary"), Role.WRITER, Tlp.GREEN);
        String greedy = accounts.getFirst();
        String ordinary = accounts.getLast();
        for (int i = 0; i < 2; i++) {
            write(connect("127.0.0.1"), head(POST, greedy, "Content-Length: 65536") + "{");
        }
        RunningCentre.await(() -> centre.metric("koprik_http_bodies_bytes") == 131_072);
        SSLSocket third = connect("127.0.0.1");
        write(third, head(POST, greedy, "Content-Length: 65536") + "{");
        assertEquals("HTTP/1.1 503 Service Unavailable", answer(third));
        SSLSocket chunked = connect("127.0.0.1");
        write(chunked, head(POST, greedy, "Transfer-Encoding: chunked") + "1\r\n{\r\n");
        assertEquals("HTTP/1.1 503 Service Unavailable", answer(chunked));
        HttpResponse<String> other = centre.post(
                centre.url() + POST, ordinary, RunningCentre.TAXII, "{\"objects\":[{}]" + " ".repeat(60_000) + "}");
        assertEquals(202, other.statusCode(), other.body());
    }

    @Test
    void connectionsOfOneAccountAndOfOneAddressAreBounded() throws Exception {
        start(yaml ->
                yaml.replace("connections: 2000", "connections: 40").replace("address_share: 25", "address_share: 50"));
        String greedy = centre.account("greedy", Role.READER, Tlp.GREEN);
        String get = "GET /taxii2/ HTTP/1.1\r\nHost: x\r\nAuthorization: " + greedy + "\r\n\r\n";
        SSLSocket last;
        int served = -1;
        String answer;
        do {
            last = connect("127.0.0.2");
            write(last, get);
            answer = answer(last);
            served++;
        } while (answer.equals("HTTP/1.1 200 OK"));
        assertEquals("HTTP/1.1 503 Service Unavailable", answer);
        assertTrue(served > 0 && served <= 10, served + " of 40, of which a quarter is for one account");
        SSLSocket refused = last;
        RunningCentre.await(() -> ended(refused) < 0);
        for (int i = 0; i < 20 - served; i++) {
            connect("127.0.0.2").startHandshake();
        }
        assertEquals(-1, ended(connect("127.0.0.2")), "closed without an answer: half is for one address");
        assertEquals(200, centre.get(centre.url() + "/taxii2/", centre.admin()).statusCode());
    }

    private static int ended(SSLSocket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException reset) {
            return -1;
        }
    }

    @Test
    void aSlowBodyIsEndedByItsRate() throws Exception {
        start(yaml -> yaml.replace("body_rate_window: 5m", "body_rate_window: 300ms"));
        SSLSocket slow = begin("127.0.0.1", centre.admin());
        assertEquals("HTTP/1.1 408 Request Timeout", answer(slow));
        RunningCentre.await(() -> ended(slow) < 0);
    }

    @Test
    void anImportOfAByteNowAndThenIsEnded() throws Exception {
        start(yaml -> yaml.replace("body_rate_window: 5m", "body_rate_window: 300ms"));
        for (String path : List.of("/api/import?format=list", "/api/cases/import")) {
            SSLSocket slow = connect("127.0.0.1");
            write(slow, head(path, centre.admin(), "Content-Length: 100000"));
            Thread drip = Thread.startVirtualThread(() -> drip(slow));
            String first = answer(slow);
            assertTrue(first.equals("HTTP/1.1 408 Request Timeout") || first.equals("HTTP/1.1 200 OK"), first);
            RunningCentre.await(() -> ended(slow) < 0);
            drip.interrupt();
        }
        RunningCentre.await(() -> centre.metric("koprik_http_in_flight") <= 1);
    }

    private static void drip(SSLSocket socket) {
        try {
            while (!Thread.interrupted()) {
                write(socket, "a");
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (IOException | InterruptedException ended) {
            // The server has closed it, or the test is over.
        }
    }

    @Test
    void aConnectionThatSendsNoWholeHeadIsClosedSoon() throws Exception {
        start(yaml -> yaml.replace("handshake_timeout: 5m", "handshake_timeout: 500ms"));
        SSLSocket half = connect("127.0.0.1");
        write(half, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ");
        long begun = System.nanoTime();
        assertEquals(-1, ended(half));
        assertTrue(System.nanoTime() - begun < Duration.ofSeconds(15).toNanos());
        try (Socket silent = new Socket(
                InetAddress.ofLiteral("127.0.0.1"), URI.create(centre.url()).getPort())) {
            silent.setSoTimeout(20_000);
            assertEquals(-1, silent.getInputStream().read(), "no handshake");
        }
    }

    @Test
    void muchWorkOfOneDelaysNobodyElse() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            FairExecutor turns = new FairExecutor(threads, 2);
            CountDownLatch hold = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(100);
            AtomicInteger running = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            for (int i = 0; i < 100; i++) {
                turns.run("greedy", () -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    awaitQuietly(hold);
                    running.decrementAndGet();
                    done.countDown();
                });
            }
            CountDownLatch other = new CountDownLatch(1);
            turns.run("ordinary", other::countDown);
            assertTrue(other.await(10, TimeUnit.SECONDS), "it does not wait for the hundred before it");
            hold.countDown();
            assertTrue(done.await(10, TimeUnit.SECONDS), "all work is done in the end");
            assertEquals(2, most.get());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
