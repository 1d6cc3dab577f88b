package uz.koprik.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.concurrent.CentreThread;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.indicators.policy.Tlp;

/** An error in any thread of a running centre is noticed, and the centre goes on or ends. */
class ThreadFailureTest {

    @RegisterExtension
    final Centres centres = new Centres();

    /** Lets each thread fail by an error when it begins, the given number of times. */
    private static final class Failing extends CentreThreads {

        private final Map<String, Integer> begun = new ConcurrentHashMap<>();
        private final int times;

        Failing(int times, List<String> ends) {
            super(ends::add);
            this.times = times;
        }

        @Override
        protected CentreThread.Work work(String name, CentreThread.Work work) {
            return () -> {
                if (begun.merge(name, 1, Integer::sum) <= times) {
                    throw new OutOfMemoryError("thread " + name);
                }
                work.run();
            };
        }
    }

    private RunningCentre centre() throws Exception {
        Files.createDirectories(centres.folder().resolve("in"));
        RunningCentre centre = centres.init("tashkent")
                .withConfig(
                        "  watch: []",
                        "  watch: [{folder: " + centres.folder().resolve("in") + ", mapping: \"\", account: register}]")
                .withConfig("    plain_loopback: false", "    plain_loopback: true")
                .withConfig("    hosts: []", "    hosts: [\"127.0.0.1:9\"]");
        centre.accounts().add("register", Role.ADMIN, Tlp.RED);
        Files.writeString(
                centre.home().partners(),
                """
                partners:
                  elsewhere:
                    pull: true
                    push: true
                    taxii:
                      api_root: "https://127.0.0.1:9/api/"
                      inbox: "inbox"
                """);
        return centre;
    }

    @Test
    void everyThreadBeginsAnewAfterAnErrorAndTheCentreIsReady() throws Exception {
        List<String> ends = new CopyOnWriteArrayList<>();
        RunningCentre centre = centre();
        try (Failing threads = new Failing(2, ends)) {
            centre.start(threads);
            HttpResponse<String> made = centre.post(
                    centre.url() + "/api/alerts/subscriptions",
                    centre.admin(),
                    "application/json",
                    "{\"webhook\":\"http://127.0.0.1:9/hook\"}");
            assertEquals(201, made.statusCode(), made.body());
            Set<String> expected = new TreeSet<>(Set.of(
                    "accounts",
                    "alerts",
                    "alerts-sweep",
                    "case-watch",
                    "connections",
                    "digests",
                    "event-loops",
                    "partners",
                    "pattern-follower",
                    "pull-elsewhere",
                    "push-elsewhere",
                    "taxii-sweep",
                    "warning-lists",
                    "watch-" + centres.folder().resolve("in")));
            RunningCentre.await(() -> running(threads).containsAll(expected)
                    && running(threads).stream().anyMatch(name -> name.matches("alerts-[0-9a-f]{8}-.*")));
            assertEquals(
                    Set.of(),
                    expected.stream()
                            .filter(name -> threads.begun.getOrDefault(name, 0) < 3)
                            .collect(Collectors.toSet()),
                    "each was begun a third time");
            RunningCentre.await(() -> ready(centre).statusCode() == 200);
            assertEquals(List.of(), ends);
        }
    }

    private static Set<String> running(Failing threads) {
        return threads.all().stream()
                .filter(thread -> thread.failures() >= 2 && !thread.down())
                .map(CentreThread::name)
                .collect(Collectors.toSet());
    }

    private static HttpResponse<String> ready(RunningCentre centre) {
        try {
            return centre.get(centre.url() + "/readyz", null);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFeedWhoseThreadDoesNotRunIsSeenInReadyzAndInTheStatusOfThePartner() throws Exception {
        RunningCentre centre = centre();
        try (Failing threads = new Failing(1000, new CopyOnWriteArrayList<>())) {
            centre.start(threads);
            HttpResponse<String> ready = ready(centre);
            assertEquals(503, ready.statusCode());
            assertTrue(ready.body().contains("the feed of a partner failed (2 threads); see the log"), ready.body());
            assertTrue(!ready.body().contains("elsewhere"), "anybody may ask: " + ready.body());
            String status = centre.get(centre.url() + "/api/partners/elsewhere", centre.admin())
                    .body();
            assertTrue(status.contains("\"last_error\":\"the thread of this feed failed (OutOfMemoryError)"), status);
        }
    }

    @Test
    void aThreadOfTheStoreThatEndedEndsTheProcess() throws Exception {
        List<String> ends = new CopyOnWriteArrayList<>();
        RunningCentre centre = centres.init("tashkent");
        try (CentreThreads threads = new CentreThreads(ends::add)) {
            centre.start(threads);
            assertEquals(200, ready(centre).statusCode());
            threads.fatal("koprik-writer", new OutOfMemoryError("no room"));
            assertEquals(1, ends.size());
            assertEquals(503, ready(centre).statusCode());
        }
    }
}
