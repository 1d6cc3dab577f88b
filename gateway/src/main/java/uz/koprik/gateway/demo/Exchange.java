package uz.koprik.gateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import uz.koprik.gateway.cli.CentreAnswers;

/** Waits until every centre has everything that the others publish, and reports the rate. */
final class Exchange {

    /** The exchange ends when no object arrives for this time. */
    private static final long PATIENCE_SECONDS = 45;

    /** Below this many objects, starting up takes longer than carrying them. */
    private static final long ENOUGH_FOR_A_RATE = 10_000;

    private static final String SHARED = "/api/search?limit=1&q=" + CentreAnswers.encoded("tlp:clear tlp:green");

    private final List<DemoCentre> centres;
    private final DemoOutput tell;
    private final long begun = System.nanoTime();
    private boolean firstSeen;

    /** How many objects a centre holds of those that may travel, and how many of them came in there. */
    private record ObjectCounts(long total, long own) {}

    /** Time runs from here: feeds carry objects while others are still being imported. */
    Exchange(List<DemoCentre> centres, DemoOutput tell) {
        this.centres = List.copyOf(centres);
        this.tell = tell;
    }

    private static ObjectCounts holding(DemoCentre centre) throws DemoFailed {
        JsonNode answer = centre.get(SHARED);
        long own = 0;
        for (JsonNode count : answer.path("facets").path("from")) {
            if (count.path("value").asText().equals(centre.name())) {
                own = count.path("count").asLong();
            }
        }
        return new ObjectCounts(answer.path("total").asLong(), own);
    }

    /** Waits until all centres hold the same. */
    void await() throws DemoFailed, IOException, InterruptedException {
        tell.step("The exchange: signed objects over mutual TLS, verified on arrival");
        long lastNews = System.nanoTime();
        Map<String, Long> last = new HashMap<>();
        Map<String, Double> done = new TreeMap<>();
        while (done.size() < centres.size()) {
            Map<String, ObjectCounts> now = new HashMap<>();
            long everything = 0;
            for (DemoCentre centre : centres) {
                centre.checkAlive();
                ObjectCounts holding = holding(centre);
                now.put(centre.name(), holding);
                everything += holding.own();
            }
            for (DemoCentre centre : centres) {
                ObjectCounts holding = now.get(centre.name());
                if (!Long.valueOf(holding.total()).equals(last.put(centre.name(), holding.total()))) {
                    lastNews = System.nanoTime();
                }
                if (!firstSeen && holding.total() > holding.own()) {
                    firstSeen = true;
                    tell.say(String.format(
                            Locale.ROOT,
                            "first exchanged objects seen in %s, %.1f s after the beginning",
                            centre.name(),
                            tell.seconds()));
                }
                if (holding.total() == everything && !done.containsKey(centre.name())) {
                    done.put(centre.name(), (System.nanoTime() - begun) / 1e9);
                }
            }
            if (System.nanoTime() - lastNews > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new DemoFailed("after " + PATIENCE_SECONDS + " s without news, of " + everything
                        + " objects the centres hold " + last);
            }
            Thread.sleep(100);
        }
        for (DemoCentre centre : centres) {
            ObjectCounts holding = holding(centre);
            long received = holding.total() - holding.own();
            double seconds = done.get(centre.name());
            tell.say(String.format(
                    Locale.ROOT,
                    "%-9s holds %s objects: %s of its own, %s received and verified within %.1f s%s",
                    centre.name(),
                    CentreAnswers.number(holding.total()),
                    CentreAnswers.number(holding.own()),
                    CentreAnswers.number(received),
                    seconds,
                    received < ENOUGH_FOR_A_RATE
                            ? ""
                            : ", " + CentreAnswers.number(Math.round(received / seconds)) + " objects/s"));
        }
    }
}
