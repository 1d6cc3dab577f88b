package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
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
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.whole.ConnectionProxy.Fault;
import uz.koprik.gateway.whole.FaultyLink.Faults;

/**
 * Two centres exchange objects in both directions while the line between them has faults. Both answer their own clients
 * meanwhile. After each fault every acknowledged object is at both centres, once, and nobody restarts anything.
 *
 * <p>The settings are 12 to 60 times quicker than the defaults (polls after 1 s instead of 30 s, waits of at most 5 s
 * instead of 5 min, requests of at most 5 s instead of 1 min): a partition of three minutes stands for one of hours.
 * {@code -Dfaults.percent=25} shortens the faults of the long tests.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultTest {

    private static final int BATCH = 5;
    private static final Duration RECOVERY = Duration.ofMinutes(3);

    @TempDir
    Path homes;

    private final Set<String> acknowledged = new HashSet<>();
    private ChildCentre tashkent;
    private ChildCentre budapest;

    @Test
    void feedsResumeAfterResetsAndSilence() throws Exception {
        try (ConnectionProxy beforeTashkent = new ConnectionProxy(0);
                ConnectionProxy beforeBudapest = new ConnectionProxy(0)) {
            try (ChildCentre one = behind(beforeTashkent, "tashkent");
                    ChildCentre other = behind(beforeBudapest, "budapest")) {
                begin(one, other, "1s", "300ms", "1s");
                during("connections are reset", Duration.ofSeconds(2), Duration.ofMillis(200), () -> {
                    beforeTashkent.fault(Fault.RESET);
                    beforeBudapest.fault(Fault.RESET);
                });
                beforeTashkent.fault(Fault.NONE);
                beforeBudapest.fault(Fault.NONE);
                everythingIsEverywhere();
                during(
                        "one answers a byte per second, one never",
                        Duration.ofSeconds(2),
                        Duration.ofMillis(200),
                        () -> {
                            beforeTashkent.fault(Fault.BYTE_PER_SECOND);
                            beforeBudapest.fault(Fault.NO_ANSWER);
                        });
                beforeTashkent.fault(Fault.NONE);
                beforeBudapest.fault(Fault.NONE);
                everythingIsEverywhere();
            }
        }
    }

    @Test
    @Tag("long")
    void feedsResumeAfterEveryFaultOfThePartner() throws Exception {
        try (ConnectionProxy beforeTashkent = new ConnectionProxy(0);
                ConnectionProxy beforeBudapest = new ConnectionProxy(0)) {
            try (ChildCentre one = behind(beforeTashkent, "tashkent");
                    ChildCentre other = behind(beforeBudapest, "budapest")) {
                begin(one, other, "5s", "1s", "5s");
                for (Fault fault : List.of(Fault.RESET, Fault.SILENCE, Fault.NO_ANSWER, Fault.BYTE_PER_SECOND)) {
                    during(fault.toString(), Duration.ofSeconds(90), Duration.ofSeconds(1), () -> {
                        beforeTashkent.fault(fault);
                        beforeBudapest.fault(fault);
                    });
                    assertFalse(error(tashkent, "budapest").isEmpty(), "the operators see nothing of " + fault);
                    beforeTashkent.fault(Fault.NONE);
                    beforeBudapest.fault(Fault.NONE);
                    everythingIsEverywhere();
                }
            }
        }
    }

    @Test
    @Tag("long")
    void feedsResumeAfterEveryFaultOfTheNetwork() throws Exception {
        assertEquals(
                "root",
                System.getProperty("user.name"),
                "this test makes network namespaces and TUN devices, which only root may: run it as root, with"
                        + " /dev/net/tun and the package iproute2");
        long seed = System.nanoTime();
        System.out.println("faults: seed " + seed);
        String prefix = "koprik-" + ProcessHandle.current().pid();
        // FaultyLink closes both sides.
        NetworkSide left = new NetworkSide(prefix + "-a", "192.0.2.1", "192.0.2.2");
        NetworkSide right = new NetworkSide(prefix + "-b", "192.0.2.2", "192.0.2.1");
        try (FaultyLink link = new FaultyLink(left, right, seed);
                ChildCentre one = in(left, "192.0.2.1", "tashkent");
                ChildCentre other = in(right, "192.0.2.2", "budapest")) {
            ConnectionProxy doorOfOne = new ConnectionProxy(one.port()).before(() -> left.connect(one.port()));
            ConnectionProxy doorOfOther = new ConnectionProxy(other.port()).before(() -> right.connect(other.port()));
            try (doorOfOne;
                    doorOfOther) {
                begin(one, other, "5s", "1s", "5s");
                everyFault(link);
            }
        }
    }

    private void everyFault(FaultyLink link) throws Exception {
        Faults cut = Faults.lost(100);
        fault(link, "loss 50 % in each direction", 90, Faults.lost(50), Faults.lost(50));
        Faults late = Faults.delay(Duration.ofMillis(800));
        fault(link, "delay 800 ms in each direction", 90, late, late);
        Faults disorder = new Faults(0, Duration.ofMillis(20), 30, 30);
        fault(link, "30 % duplicated, 30 % overtaken", 60, disorder, disorder);
        fault(link, "partition", 180, cut, cut);
        fault(link, "one way: nothing arrives at tashkent", 90, Faults.NONE, cut);
        fault(link, "one way: nothing arrives at budapest", 90, cut, Faults.NONE);
    }

    private void fault(FaultyLink link, String what, int seconds, Faults forth, Faults back) throws Exception {
        link.figures();
        during(what, Duration.ofSeconds(seconds), Duration.ofSeconds(1), () -> link.faults(forth, back));
        System.out.println("faults: " + what + ": " + link.figures());
        if (forth.lost() == 100 || back.lost() == 100) {
            assertFalse(error(tashkent, "budapest").isEmpty(), "the operators see nothing of it: " + what);
        }
        link.faults(Faults.NONE, Faults.NONE);
        everythingIsEverywhere();
    }

    private ChildCentre behind(ConnectionProxy proxy, String name) throws Exception {
        ChildCentre centre = ChildCentre.init(
                name, homes, new ChildCentre.Where(List.of(), "127.0.0.1", proxy.url()), ChildCentre.SHORT_LIVED);
        proxy.before(() -> new Socket(InetAddress.getLoopbackAddress(), centre.port()));
        return centre;
    }

    private ChildCentre in(NetworkSide side, String address, String name) throws Exception {
        return ChildCentre.init(
                name,
                homes,
                new ChildCentre.Where(side.command(), "0.0.0.0", "https://" + address + ":PORT"),
                ChildCentre.SHORT_LIVED);
    }

    private void begin(ChildCentre one, ChildCentre other, String timeout, String poll, String backoff)
            throws Exception {
        tashkent = one;
        budapest = other;
        ChildCentre.introduce(one, other);
        for (ChildCentre centre : List.of(one, other)) {
            centre.settings("poll_interval: 30s", "poll_interval: " + poll);
            centre.settings("backoff_max: 5m", "backoff_max: " + backoff);
            centre.settings("request_timeout: 60s", "request_timeout: " + timeout);
            centre.start();
        }
        add(one);
        add(other);
        everythingIsEverywhere();
    }

    /** Work at both centres during a fault, which goes on afterwards; every request must be answered. */
    private void during(String what, Duration lasts, Duration pace, Runnable fault) throws Exception {
        fault.run();
        Duration takes = Duration.ofMillis(lasts.toMillis() * Integer.getInteger("faults.percent", 100) / 100);
        int before = acknowledged.size();
        int requests = 0;
        long slowest = 0;
        long end = System.nanoTime() + takes.toNanos();
        while (System.nanoTime() < end) {
            for (ChildCentre centre : List.of(tashkent, budapest)) {
                long begin = System.nanoTime();
                add(centre);
                centre.get("/api/partners");
                slowest = Math.max(slowest, System.nanoTime() - begin);
                requests += 2;
            }
            Thread.sleep(pace.toMillis());
        }
        System.out.printf(
                "faults: %s for %d s: %d objects acknowledged, %d requests answered, the slowest pair after %d ms;"
                        + " %d not yet at both; tashkent says \"%s\"%n",
                what,
                takes.toSeconds(),
                acknowledged.size() - before,
                requests,
                slowest / 1_000_000,
                missing().size(),
                error(tashkent, "budapest"));
    }

    private void add(ChildCentre centre) throws Exception {
        List<String> objects =
                Stream.generate(KillLoopTest::indicator).limit(BATCH).toList();
        for (Json success : Taxii.collection(centre, "exchange").add(objects).items("successes")) {
            acknowledged.add(((JsonObject) success).string("id").orElseThrow());
        }
    }

    private void everythingIsEverywhere() throws Exception {
        long begin = System.nanoTime();
        Set<String> missing = missing();
        while (!missing.isEmpty() && System.nanoTime() - begin < RECOVERY.toNanos()) {
            Thread.sleep(300);
            missing = missing();
        }
        if (!missing.isEmpty()) {
            fail(missing.size() + " never arrived: tashkent says \"" + error(tashkent, "budapest")
                    + "\", budapest says \"" + error(budapest, "tashkent") + "\"");
        }
        System.out.println("faults: all " + acknowledged.size() + " objects are at both centres, once, after "
                + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }

    /** Acknowledged objects that are not at both centres; one that is stored twice anywhere is a failure. */
    private Set<String> missing() throws Exception {
        Set<String> missing = new HashSet<>();
        for (ChildCentre centre : List.of(tashkent, budapest)) {
            Map<String, Integer> there = new HashMap<>();
            for (JsonObject object :
                    Taxii.collection(centre, "exchange").all("&match%5Bversion%5D=all&match%5Btype%5D=indicator")) {
                String id = object.string("id").orElseThrow();
                assertEquals(1, there.merge(id, 1, Integer::sum), id + " is twice at " + centre.name());
            }
            Set<String> absent = new HashSet<>(acknowledged);
            absent.removeAll(there.keySet());
            missing.addAll(absent);
        }
        return missing;
    }

    /** What a centre says about the exchange with the other one; empty when all is well. */
    private static String error(ChildCentre centre, String partner) throws IOException, InterruptedException {
        try {
            JsonObject said = StrictJson.parseObject(
                    centre.get("/api/partners/" + partner).getBytes(StandardCharsets.UTF_8));
            StringBuilder errors = new StringBuilder();
            for (String direction : List.of("pull", "push")) {
                said.object(direction).flatMap(d -> d.string("last_error")).ifPresent(error -> errors.append(direction)
                        .append(": ")
                        .append(error)
                        .append(' '));
            }
            return errors.toString().strip();
        } catch (uz.koprik.crypto.json.MalformedJson e) {
            throw new AssertionError(e);
        }
    }
}
