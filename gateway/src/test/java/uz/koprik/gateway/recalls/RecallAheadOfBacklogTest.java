package uz.koprik.gateway.recalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.indicators.policy.Tlp;

/**
 * A partner is away while objects gather for it. When it returns, its receipt of a recall is at the producer before the
 * objects are through. {@code -Drecall.backlog} says how many objects gather.
 */
@Tag("long")
class RecallAheadOfBacklogTest {

    private static final int BACKLOG = Integer.getInteger("recall.backlog", 20_000);

    /** Time for the whole backlog on a busy machine. */
    private static final Duration THROUGH = Duration.ofSeconds(60 + BACKLOG / 200);

    /** At least this number of pages are to come when the partner returns. */
    private static final int PAGES = 20;

    /** A value that the partner had before it went away, and one that gathered for it. */
    private static final String HAD = "198.51.100.20";

    private static final String GATHERED = "198.51.100.21";

    private static final String WORD = "gathered";

    @RegisterExtension
    final Centres centres = new Centres();

    @Test
    void theReceiptOfARecallComesBeforeTheBacklogIsThrough() throws Exception {
        RecallWorld world = new RecallWorld(centres);
        RunningCentre tashkent = centres.init("tashkent")
                .withConfig("page_size: 1000", "page_size: " + Math.clamp(BACKLOG / PAGES, 1, 1000))
                .start();
        RunningCentre budapest = centres.init("budapest")
                .withConfig("page_size: 1000", "page_size: " + Math.clamp(BACKLOG / PAGES, 1, 1000))
                .start();
        tashkent.exchangeWith(budapest);
        String had = world.submitted(tashkent, Tlp.GREEN, HAD);
        RecallWorld.awaitHas(budapest, had);
        long before = stored(budapest);
        budapest.stop();
        gather(tashkent, 1, BACKLOG / 10);
        String gathered = world.submitted(tashkent, Tlp.GREEN, GATHERED);
        gather(tashkent, BACKLOG / 10 + 1, BACKLOG);
        RunningCentre.await(THROUGH, () -> RecallWorld.found(tashkent, WORD) == BACKLOG);
        List<String> recalls = List.of(RecallWorld.recalled(tashkent, had), RecallWorld.recalled(tashkent, gathered));

        long began = System.nanoTime();
        budapest.start();
        long started = System.nanoTime();
        RecallWorld.awaitState(tashkent, recalls.get(0), "budapest", "done");
        RecallWorld.awaitState(tashkent, recalls.get(1), "budapest", "absent");
        long receipts = System.nanoTime();
        long arrived = stored(budapest) - before;
        assertTrue(arrived < BACKLOG, "the receipts came when all " + BACKLOG + " objects were there");
        assertGone(tashkent, budapest, had, gathered);
        RunningCentre.await(THROUGH, () -> RecallWorld.found(budapest, WORD) == BACKLOG);
        long through = System.nanoTime();
        System.out.printf(
                Locale.ROOT,
                "recall ahead of a backlog of %d: start %.1f s, receipts %.1f s later with %d of the backlog there,"
                        + " the backlog through %.1f s after the start%n",
                BACKLOG,
                seconds(began, started),
                seconds(started, receipts),
                arrived,
                seconds(started, through));

        assertGone(tashkent, budapest, had, gathered);
        for (String recall : recalls) {
            JsonNode status = RecallWorld.recall(tashkent, recall);
            assertTrue(status.path("complete").asBoolean(), status::toPrettyString);
        }
    }

    /** How many entries the store of a centre has had so far. */
    private static long stored(RunningCentre centre) throws Exception {
        return RecallWorld.get(centre, "/api/status").required("last_seq").asLong();
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    private void gather(RunningCentre centre, int from, int to) throws Exception {
        Path file = centres.folder().resolve("from-" + from + ".txt");
        Files.writeString(
                file,
                IntStream.rangeClosed(from, to)
                        .mapToObj(i -> "host" + i + ".backlog.example.com\n")
                        .collect(Collectors.joining()));
        RecallWorld.good(centre, "import", file.toString(), "--tlp", "green", "--name", WORD);
    }

    /** Neither centre gives or finds what was recalled, by its id, by its value or in a collection. */
    private static void assertGone(RunningCentre tashkent, RunningCentre budapest, String... ids) throws Exception {
        for (RunningCentre centre : List.of(tashkent, budapest)) {
            for (String id : ids) {
                assertFalse(RecallWorld.has(centre, id), centre + " has " + id);
            }
            for (String value : List.of(HAD, GATHERED)) {
                assertEquals(0, RecallWorld.found(centre, value), centre + " finds " + value);
            }
            assertEquals(List.of(), given(centre, ids), centre + " gives what was recalled");
        }
    }

    /** What the collection has of these objects in any version, beside tombstones. */
    private static List<JsonNode> given(RunningCentre centre, String... ids) throws Exception {
        HttpResponse<String> page = centre.get(
                centre.taxii(
                        "collections/exchange/objects/?match%5Bversion%5D=all&match%5Bid%5D=" + String.join(",", ids)),
                centre.admin());
        assertEquals(200, page.statusCode(), page::body);
        List<JsonNode> given = new ArrayList<>();
        CentreAnswers.parse(page.body().getBytes(StandardCharsets.UTF_8))
                .path("objects")
                .forEach(given::add);
        given.removeIf(object -> object.path("revoked").asBoolean());
        return given;
    }
}
