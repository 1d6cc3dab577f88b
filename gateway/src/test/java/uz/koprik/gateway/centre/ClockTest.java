package uz.koprik.gateway.centre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.gateway.concurrent.CentreThreads;

/** A centre does not sign by a clock that cannot be right. */
class ClockTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private volatile Duration off = Duration.ZERO;
    private final InstantSource clock = () -> Instant.now().plus(off);

    private static HttpResponse<String> submit(RunningCentre centre, String value) throws Exception {
        return centre.post(
                centre.url() + "/api/indicators",
                centre.admin(),
                "application/json",
                "{\"value\":\"" + value + "\",\"name\":\"x\"}");
    }

    private static HttpResponse<String> ready(RunningCentre centre) throws Exception {
        return centre.get(centre.url() + "/readyz", null);
    }

    @Test
    void aClockThatWentBackStopsSubmissionsUntilItIsRightAgain() throws Exception {
        RunningCentre centre = centres.init("tashkent", () -> Instant.now().minus(Duration.ofDays(7)));
        try (CentreThreads threads = CentreThreads.unwatched()) {
            Files.writeString(
                    centre.home().partners(),
                    """
                    partners:
                      elsewhere:
                        pull: true
                        taxii:
                          api_root: "https://127.0.0.1:9/api/"
                    """);
            centre.start(threads, new Gateway.StartTerms(clock, false, false));
            assertEquals(2, submit(centre, "one.example.com").statusCode() / 100);
            off = Duration.ofDays(-1);
            RunningCentre.await(() -> ready(centre).statusCode() == 503);
            assertTrue(
                    ready(centre).body().contains("the clock went back to "),
                    ready(centre).body());
            HttpResponse<String> refused = submit(centre, "two.example.com");
            assertEquals(503, refused.statusCode(), refused.body());
            assertTrue(refused.body().contains("the clock went back to "), refused.body());
            String status = centre.get(centre.url() + "/api/partners/elsewhere", centre.admin())
                    .body();
            assertTrue(status.contains("\"last_error\":\"the clock went back to "), status);
            assertTrue(status.contains("\"last_error_code\":\"clock_went_back\""), status);
            off = Duration.ZERO;
            RunningCentre.await(() -> ready(centre).statusCode() == 200);
            assertEquals(2, submit(centre, "two.example.com").statusCode() / 100);
        }
    }

    @Test
    void anOperatorAcceptsAClockBeforeTheLastEntry() throws Exception {
        RunningCentre centre = centres.init("tashkent", () -> Instant.now().minus(Duration.ofDays(7)))
                .start();
        assertEquals(2, submit(centre, "one.example.com").statusCode() / 100);
        centre.stop();
        off = Duration.ofMinutes(-10);
        try (CentreThreads threads = CentreThreads.unwatched()) {
            centre.start(threads, new Gateway.StartTerms(clock, false, false));
            assertTrue(
                    ready(centre).body().contains("before the last object was taken in"),
                    ready(centre).body());
            assertEquals(503, submit(centre, "two.example.com").statusCode());
            centre.stop();
        }
        try (CentreThreads threads = CentreThreads.unwatched()) {
            centre.start(threads, new Gateway.StartTerms(clock, true, false));
            assertEquals(200, ready(centre).statusCode());
            assertEquals(2, submit(centre, "two.example.com").statusCode() / 100);
        }
    }

    /** Reads go on, nothing is taken in, and work goes on by itself. */
    @ParameterizedTest
    @CsvSource({"PT-1H,the clock went back to ", "PT8760H,the clock jumped ahead to "})
    void aClockThatIsMovedWhileTheCentreRunsStopsIntakeOnly(Duration moved, String words) throws Exception {
        RunningCentre centre = centres.init("tashkent", () -> Instant.now().minus(Duration.ofDays(7)));
        try (CentreThreads threads = CentreThreads.unwatched()) {
            centre.start(threads, new Gateway.StartTerms(clock, false, false));
            assertEquals(2, submit(centre, "one.example.com").statusCode() / 100);
            off = moved;
            RunningCentre.await(() -> ready(centre).body().contains(words));
            HttpResponse<String> refused = submit(centre, "two.example.com");
            assertEquals(503, refused.statusCode(), refused.body());
            assertTrue(refused.body().contains(words), refused.body());
            assertTrue(found(centre, "one.example.com"), "reads go on");
            off = Duration.ZERO;
            RunningCentre.await(() -> ready(centre).statusCode() == 200);
            assertEquals(2, submit(centre, "two.example.com").statusCode() / 100);
            assertTrue(found(centre, "one.example.com") && found(centre, "two.example.com"), "both are there");
            centre.stop();
        }
    }

    /** A time service may set a clock by an hour; entries made by it are newer than the clock once it is set back. */
    @Test
    void anHourAheadIsAcceptedAndTheWayBackNeedsAnOperator() throws Exception {
        RunningCentre centre = centres.init("tashkent", () -> Instant.now().minus(Duration.ofDays(7)));
        try (CentreThreads threads = CentreThreads.unwatched()) {
            centre.start(threads, new Gateway.StartTerms(clock, false, false));
            off = Duration.ofHours(1);
            assertEquals(2, submit(centre, "one.example.com").statusCode() / 100);
            off = Duration.ZERO;
            RunningCentre.await(() -> ready(centre).statusCode() == 503);
            HttpResponse<String> refused = submit(centre, "two.example.com");
            assertEquals(503, refused.statusCode(), refused.body());
            assertTrue(refused.body().contains("--accept-clock"), refused.body());
            centre.stop();
        }
        try (CentreThreads threads = CentreThreads.unwatched()) {
            centre.start(threads, new Gateway.StartTerms(clock, true, false));
            assertEquals(2, submit(centre, "two.example.com").statusCode() / 100);
            assertTrue(found(centre, "one.example.com") && found(centre, "two.example.com"), "both are there");
            centre.stop();
        }
    }

    private static boolean found(RunningCentre centre, String value) throws Exception {
        HttpResponse<String> page = centre.get(centre.url() + "/api/search?q=" + value, centre.admin());
        return page.statusCode() == 200 && page.body().contains("indicator--");
    }
}
