package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.demo.ReservedPort;

/**
 * Two centres that do not reach each other for days. The clocks of both move by an hour at a time, so that all that
 * goes by the clock grows old; waits between attempts go by another clock and take seconds here. A backlog grows
 * meanwhile. Then the feeds resume by themselves. {@code -Dfaults.percent=25} shortens the long tests.
 */
class PartitionTest {

    private static final int ROWS = 5000;
    private static final int PERCENT = Integer.getInteger("faults.percent", 100);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration RECOVERY = Duration.ofMinutes(15);

    @RegisterExtension
    final Centres centres = new Centres();

    private volatile Duration moved = Duration.ZERO;
    private final Set<String> values = new TreeSet<>();
    /** Where clients reach a centre, without the line between the two. */
    private final IdentityHashMap<RunningCentre, String> clients = new IdentityHashMap<>();

    @Test
    void aDayWithoutAnyPacket() throws Exception {
        survives(ConnectionProxy.Fault.SILENCE, 24, 1);
    }

    @Test
    void aDayOfPushesWithoutAnswers() throws Exception {
        survives(ConnectionProxy.Fault.NO_ANSWER_AFTER_8_KIB, 24, 1);
    }

    @Test
    @Tag("long")
    void fortyDaysWithoutAnyPacketAndABacklog() throws Exception {
        survives(ConnectionProxy.Fault.SILENCE, 960 * PERCENT / 100, 20 * PERCENT / 100);
    }

    @Test
    @Tag("long")
    void fortyDaysOfPushesWithoutAnswersAndABacklog() throws Exception {
        survives(ConnectionProxy.Fault.NO_ANSWER_AFTER_8_KIB, 960 * PERCENT / 100, 20 * PERCENT / 100);
    }

    private void survives(ConnectionProxy.Fault fault, int hours, int imports) throws Exception {
        try (ConnectionProxy beforeTashkent = new ConnectionProxy(0);
                ConnectionProxy beforeBudapest = new ConnectionProxy(0);
                CentreThreads ofTashkent = CentreThreads.unwatched();
                CentreThreads ofBudapest = CentreThreads.unwatched()) {
            RunningCentre tashkent = behind(beforeTashkent, "tashkent");
            RunningCentre budapest = behind(beforeBudapest, "budapest");
            introduce(tashkent, budapest);
            introduce(budapest, tashkent);
            start(tashkent, ofTashkent);
            start(budapest, ofBudapest);
            load(tashkent, 100);
            load(budapest, 100);
            caughtUp(tashkent, budapest);

            List<Push> pushes = List.of(
                    new Push(tashkent, "budapest", budapest, "tashkent"),
                    new Push(budapest, "tashkent", tashkent, "budapest"));
            beforeTashkent.fault(fault);
            beforeBudapest.fault(fault);
            int done = 0;
            for (int hour = 1; hour <= hours; hour++) {
                moved = HOUR.multipliedBy(hour);
                TimeUnit.MILLISECONDS.sleep(100);
                if (done < imports && (hour - 1) * imports / hours >= done) {
                    done++;
                    load(tashkent, ROWS);
                    load(budapest, 100);
                }
            }
            RunningCentre.await(LIMIT, () -> error(tashkent, "budapest").contains("\"last_error\""));
            for (Push push : pushes) {
                if (fault == ConnectionProxy.Fault.NO_ANSWER_AFTER_8_KIB) {
                    push.awaitRepetition();
                }
            }
            int there = values.size();
            int arrived = found(budapest).size() - 200 - 100 * imports;
            if (fault == ConnectionProxy.Fault.SILENCE) {
                assertEquals(0, arrived, "the line was cut");
            }
            beforeTashkent.fault(ConnectionProxy.Fault.NONE);
            beforeBudapest.fault(ConnectionProxy.Fault.NONE);
            long begin = System.nanoTime();
            caughtUp(tashkent, budapest);
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "partition: %s for %d hours: %d objects added meanwhile, %d of them at the partner before the end;"
                            + " all there, once, after %.1f s, %.0f objects/s%n",
                    fault, hours, there - 200, arrived, seconds, (there - 200 - arrived) / seconds);
            tashkent.stop();
            budapest.stop();
        }
    }

    /** One direction between the centres, with the numbers of when it was made. */
    private final class Push {

        private final RunningCentre sender;
        private final String receiverName;
        private final RunningCentre receiver;
        private final String senderName;
        private final long acknowledged;
        private final long stored;
        private final long repeated;

        Push(RunningCentre sender, String receiverName, RunningCentre receiver, String senderName) throws Exception {
            this.sender = sender;
            this.receiverName = receiverName;
            this.receiver = receiver;
            this.senderName = senderName;
            this.acknowledged = acknowledged();
            this.stored = count(receiver, senderName, "received", "accepted");
            this.repeated = count(receiver, senderName, "received", "unchanged");
        }

        private long acknowledged() throws Exception {
            return count(sender, receiverName, "push", "accepted");
        }

        /** Waits until the receiver has stored a push and has got it again, while the sender knows of nothing. */
        void awaitRepetition() throws Exception {
            RunningCentre.await(LIMIT, () -> count(receiver, senderName, "received", "unchanged") > repeated);
            long now = count(receiver, senderName, "received", "accepted");
            assertTrue(now > stored, () -> "stored of pushes: " + stored + " before, " + now + " now");
            assertEquals(acknowledged, acknowledged(), "no push was answered");
        }
    }

    private long count(RunningCentre centre, String partner, String direction, String what) throws Exception {
        JsonObject counts = (JsonObject)
                RunningCentre.json(centre.get(clients.get(centre) + "/api/partners/" + partner, centre.admin()))
                        .get(direction);
        return ((JsonNumber) counts.get(what)).longValue();
    }

    private RunningCentre behind(ConnectionProxy proxy, String name) throws Exception {
        int port = ReservedPort.choose();
        proxy.before(() -> new Socket(InetAddress.getLoopbackAddress(), port));
        RunningCentre centre = centres.init(name)
                .withConfig("port: 0", "port: " + port)
                .withConfig("public_url: \"\"", "public_url: \"" + proxy.url() + "\"")
                .withConfig("poll_interval: 30s", "poll_interval: 1s")
                .withConfig("backoff_max: 5m", "backoff_max: 2s")
                .withConfig("request_timeout: 60s", "request_timeout: 2s");
        clients.put(centre, "https://127.0.0.1:" + port);
        return centre;
    }

    private void start(RunningCentre centre, CentreThreads threads) throws Exception {
        centre.start(threads, new Gateway.StartTerms(() -> Instant.now().plus(moved), false, false));
    }

    private void introduce(RunningCentre centre, RunningCentre partner) {
        Path card = centres.folder().resolve(partner.home().root().getFileName() + ".card");
        CommandResult said = partner.koprik("partner", "card", "--out", card.toString());
        String fingerprint = said.all().replaceAll("(?s).*?([0-9A-Z]{4}(-[0-9A-Z]{4}){3}).*", "$1");
        CommandResult added = centre.koprik("partner", "add", card.toString(), "--fingerprint", fingerprint);
        assertEquals(0, added.code(), added::all);
    }

    /** Adds indicators for new values; all must be acknowledged. */
    private void load(RunningCentre centre, int rows) throws Exception {
        int from = values.size();
        List<String> fresh = IntStream.range(0, rows)
                .mapToObj(i -> "host" + (from + i) + ".example.com")
                .toList();
        HttpResponse<String> answer = centre.post(
                clients.get(centre) + "/api/import?format=list&tlp=green",
                centre.admin(),
                "application/octet-stream",
                fresh.stream().collect(Collectors.joining("\n")));
        assertEquals(200, answer.statusCode(), answer.body());
        values.addAll(fresh);
    }

    private void caughtUp(RunningCentre... both) throws Exception {
        for (RunningCentre centre : both) {
            Set<String> found = found(centre);
            long end = System.nanoTime() + RECOVERY.toNanos();
            while (found.size() < values.size()) {
                assertTrue(
                        System.nanoTime() < end,
                        centre + " has " + found.size() + " of " + values.size() + "; it says "
                                + error(centre, both[0] == centre ? "budapest" : "tashkent"));
                long asked = System.nanoTime();
                found = found(centre);
                // Reading it all takes processors from the feed.
                TimeUnit.NANOSECONDS.sleep(Math.max(300_000_000, 2 * (System.nanoTime() - asked)));
            }
            assertEquals(values, found);
        }
    }

    /** The values of all indicators of a centre; one that is there twice is a failure. */
    private Set<String> found(RunningCentre centre) throws Exception {
        Set<String> found = new TreeSet<>();
        String next = "";
        while (true) {
            JsonObject page = RunningCentre.json(centre.get(
                    clients.get(centre)
                            + "/taxii2/koprik/collections/exchange/objects/?limit=10000&match%5Btype%5D=indicator"
                            + next,
                    centre.admin()));
            for (Json item : page.items("objects")) {
                String pattern = ((JsonObject) item).string("pattern").orElseThrow();
                assertTrue(found.add(pattern.replaceAll(".*'(.*)'.*", "$1")), () -> pattern + " is there twice");
            }
            if (!(page.get("more") instanceof JsonBoolean more && more.value())) {
                return found;
            }
            next = "&next=" + URLEncoder.encode(page.string("next").orElseThrow(), StandardCharsets.UTF_8);
        }
    }

    private String error(RunningCentre centre, String partner) throws Exception {
        return centre.get(clients.get(centre) + "/api/partners/" + partner, centre.admin())
                .body();
    }
}
