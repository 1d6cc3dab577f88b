package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.centre.RunningCentre;

/**
 * Two gateways of one centre on one real cluster, and a partner with a store of its own. The gateway that runs the
 * feeds is killed in the middle of them; the other goes on where it stopped.
 */
@Execution(ExecutionMode.CONCURRENT)
class TakeoverTest {

    private static final int PAGE = 20;
    private static final int BEFORE = 3 * PAGE;
    private static final int DURING = 10 * PAGE;

    @TempDir
    Path homes;

    private final Set<String> atTashkent = new HashSet<>();
    private final Set<String> atBudapest = new HashSet<>();

    @Test
    @Tag("long")
    void theFeedsOfAKilledGatewayAreTakenOverWithoutLossOrRepetition() throws Exception {
        try (ChildCentre one = ChildCentre.init("tashkent", homes, ChildCentre.SHORT_LIVED);
                ChildCentre budapest = ChildCentre.init("budapest", homes, ChildCentre.SHORT_LIVED)) {
            ChildCentre.introduceOneWay(one, budapest);
            one.onSharedNode();
            one.settings("lease: 10s", "lease: 2s");
            one.settings("page_size: 1000", "page_size: " + PAGE);
            one.settings("poll_interval: 30s", "poll_interval: 300ms");
            one.settings("gateway: \"\"", "gateway: one");
            try (ChildCentre two = one.twin("-two")) {
                two.settings("gateway: one", "gateway: two");
                one.start();
                budapest.start();
                two.start();
                goesOver(one, two, budapest);
            }
        }
    }

    private void goesOver(ChildCentre one, ChildCentre two, ChildCentre budapest) throws Exception {
        // What the gateway accepts that does not run the feeds goes out, too.
        add(two, atTashkent, BEFORE);
        add(budapest, atBudapest, BEFORE);
        everythingIsEverywhere(two, budapest);
        assertEquals("one", runner(one));
        assertEquals("one", runner(two), "the other knows who runs them");
        // The last answer to a push is counted after its objects are there, and read by the other gateway after that.
        long sent = of(budapest, atTashkent, "tashkent");
        RunningCentre.await(() -> number(partner(two, "budapest"), "push", "accepted") == sent);

        add(two, atTashkent, DURING);
        add(budapest, atBudapest, DURING);
        one.kill();
        add(two, atTashkent, BEFORE);
        add(budapest, atBudapest, BEFORE);
        everythingIsEverywhere(two, budapest);
        assertEquals("two", runner(two));
        JsonObject after = partner(two, "budapest");
        assertEquals(0, number(after, "push", "refused") + number(after, "pull", "refused"), after::toString);
        // The dead one may have done a page and not have written so. Begun anew, it would be all of them.
        long pushed = number(after, "push", "accepted") - of(budapest, atTashkent, "tashkent");
        assertTrue(pushed >= 0 && pushed <= PAGE, "pushed " + pushed + " more than there are: " + after);
        long pulled = of(two, atBudapest, "budapest") - number(after, "pull", "accepted");
        assertTrue(pulled >= 0 && pulled <= 3 * PAGE, "not counted: " + pulled + " of those pulled: " + after);
        assertTrue(two.koprik("partner", "status").contains("feeds run by gateway two"));

        one.start();
        add(one, atTashkent, PAGE);
        everythingIsEverywhere(two, budapest);
        assertEquals("two", runner(one), "who comes back does not take them from the other");
        two.stop();
        add(one, atTashkent, PAGE);
        everythingIsEverywhere(one, budapest);
        assertEquals("one", runner(one));
    }

    private static void add(ChildCentre centre, Set<String> ids, int count) throws Exception {
        Taxii collection = Taxii.collection(centre, "exchange");
        for (int from = 0; from < count; from += PAGE) {
            List<String> objects =
                    Stream.generate(KillLoopTest::indicator).limit(PAGE).toList();
            for (Json success : collection.add(objects).items("successes")) {
                ids.add(((JsonObject) success).string("id").orElseThrow());
            }
        }
    }

    /** Also fails when an id is there twice. */
    private void everythingIsEverywhere(ChildCentre tashkent, ChildCentre budapest) throws Exception {
        Set<String> missing = Set.of("");
        for (int i = 0; i < 300 && !missing.isEmpty(); i++) {
            Thread.sleep(100);
            missing = new HashSet<>(atTashkent);
            missing.removeAll(Taxii.collection(budapest, "exchange").bytes().keySet());
            Set<String> other = new HashSet<>(atBudapest);
            other.removeAll(Taxii.collection(tashkent, "exchange").bytes().keySet());
            missing.addAll(other);
        }
        if (!missing.isEmpty()) {
            fail(missing.size() + " never arrived: " + tashkent.koprik("partner", "status"));
        }
    }

    /**
     * How many of the objects at a centre come from another one: those, its identity, and what it says about objects.
     */
    private static long of(ChildCentre there, Set<String> ids, String from) throws Exception {
        String identity = partner(there, from).string("identity").orElseThrow();
        long count = 0;
        for (Map.Entry<String, byte[]> object :
                Taxii.collection(there, "exchange").bytes().entrySet()) {
            String producer = StrictJson.parseObject(object.getValue())
                    .string("created_by_ref")
                    .orElse("");
            if (ids.contains(object.getKey()) || object.getKey().equals(identity) || producer.equals(identity)) {
                count++;
            }
        }
        return count;
    }

    private static JsonObject partner(ChildCentre centre, String name) throws Exception {
        return StrictJson.parseObject(centre.get("/api/partners/" + name).getBytes(StandardCharsets.UTF_8));
    }

    private static String runner(ChildCentre centre) throws Exception {
        return partner(centre, "budapest").string("run_by").orElse("nobody");
    }

    private static long number(JsonObject partner, String direction, String name) {
        return ((JsonNumber) partner.object(direction).orElseThrow().get(name)).longValue();
    }
}
