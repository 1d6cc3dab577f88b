package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Tlp;

/**
 * Two gateways on one cluster are restarted one after the other, as in an upgrade, while clients submit and read. A
 * client that finds its gateway away asks the other one at once; no request fails at both.
 */
@Tag("long")
class RollingRestartTest {

    private static final int CLIENTS = 2;
    private static final long PAUSE_MILLIS = 50; // leaves room for the gateway that starts

    @TempDir
    Path homes;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger moved = new AtomicInteger();
    private volatile boolean over;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void noRequestIsLost() throws Exception {
        try (ChildCentre one = ChildCentre.init("tashkent", homes, ChildCentre.SHORT_LIVED)) {
            one.onSharedNode();
            try (ChildCentre two = one.twin("-two");
                    ExecutorService pool = Executors.newFixedThreadPool(CLIENTS)) {
                one.start();
                two.start();
                List<ChildCentre> gateways = List.of(one, two);
                List<Future<Void>> clients = IntStream.range(0, CLIENTS)
                        .mapToObj(client -> pool.submit(() -> client(gateways, client)))
                        .toList();
                try {
                    for (ChildCentre gateway : gateways) {
                        more(50);
                        gateway.stop();
                        more(50);
                        gateway.start();
                    }
                    more(50);
                } finally {
                    over = true;
                }
                for (Future<Void> client : clients) {
                    client.get();
                }
                assertTrue(moved.get() > 0, "no client met a gateway that was away");
                for (ChildCentre gateway : gateways) {
                    Set<String> missing = new HashSet<>(acknowledged);
                    missing.removeAll(
                            Taxii.collection(gateway, "exchange").bytes().keySet());
                    assertEquals(Set.of(), missing, gateway.name());
                }
            }
        }
    }

    /** Waits until {@code count} more are acknowledged. */
    private void more(int count) throws Exception {
        int until = acknowledged.size() + count;
        for (int i = 0; i < 600 && acknowledged.size() < until; i++) {
            Thread.sleep(100);
        }
        assertTrue(acknowledged.size() >= until, "clients came to a halt");
    }

    private Void client(List<ChildCentre> gateways, int number) throws Exception {
        int at = number % gateways.size();
        for (int i = 0; !over; i++) {
            String id = RunningCentre.freshId();
            String object = RunningCentre.indicator(id, "198.51." + (100 + number) + "." + (i % 250 + 1), Tlp.GREEN, 0);
            if (!submits(gateways.get(at), object)) {
                at = 1 - at;
                moved.incrementAndGet();
                assertTrue(submits(gateways.get(at), object), "refused at both gateways");
            }
            acknowledged.add(id);
            Thread.sleep(PAUSE_MILLIS);
        }
        return null;
    }

    /** Whether the gateway took it; not when it is away or about to stop. Any other answer is a failure. */
    private static boolean submits(ChildCentre gateway, String object) throws InterruptedException {
        try {
            HttpResponse<String> answer = gateway.send(gateway.request("/api/objects")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(RunningCentre.envelope(List.of(object)))));
            if (answer.statusCode() == 503) {
                return false;
            }
            assertEquals(200, answer.statusCode(), answer.body());
            return true;
        } catch (IOException away) {
            return false;
        }
    }
}
