package uz.koprik.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.concurrent.CentreThread;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.lucene.LuceneStore;

/** A centre stops in its time, with clients of any behaviour. */
class StopTest {

    @RegisterExtension
    final Centres centres = new Centres();

    @Test
    void requestsThatDoNotEndDelayTheStopByItsGraceOnly() throws Exception {
        RunningCentre centre = centres.init("tashkent")
                .withConfig(text -> text.replaceFirst("shutdown_grace: \\S+", "shutdown_grace: 2s"))
                .start();
        URI url = URI.create(centre.url());
        try (Socket socket =
                centre.client(null).sslContext().getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            String head = "POST /api/objects HTTP/1.1\r\nHost: " + url.getHost() + "\r\nAuthorization: "
                    + centre.admin() + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"type\"";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            RunningCentre.await(() -> centre.get(centre.url() + "/metrics", centre.admin())
                    .body()
                    .lines()
                    .anyMatch(line -> line.matches("koprik_http_in_flight [2-9].*")));
            long begun = System.nanoTime();
            centre.stop();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            assertTrue(
                    took.compareTo(Duration.ofSeconds(2)) >= 0 && took.compareTo(Duration.ofMillis(4500)) < 0,
                    "a grace of 2 s, and " + took);
        }
        assertFalse(Files.exists(centre.home().url()), "the stop went through to its end");
        try (InternalStore store = LuceneStore.open(centre.home().root().resolve("data"))) {
            assertTrue(store.status().lastSeq() > 0, "and the store was let go");
        }
    }

    @Test
    void noThreadIsLeft() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        try (CentreThreads threads = CentreThreads.unwatched()) {
            centre.start(threads);
            centre.stop();
            assertEquals(
                    List.of(), threads.all().stream().map(CentreThread::name).toList());
        }
    }
}
