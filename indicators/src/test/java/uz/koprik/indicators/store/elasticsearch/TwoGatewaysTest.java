package uz.koprik.indicators.store.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.AppendingChild;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Renewal;
import uz.koprik.indicators.store.SearchBuilder;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/** Two gateways of one centre on one cluster. */
class TwoGatewaysTest {

    private static final Selection ALL =
            new Selection(Audience.HOUSEKEEPING, Set.of(), Set.of(), Set.of(), Versions.ALL, 0);

    private final String prefix = "g" + UUID.randomUUID().toString().replace("-", "");

    private ElasticStore open() throws IOException {
        return ElasticStore.open(ElasticStoreTest.options(ElasticNode.shared().url(), prefix));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertTrue(condition.getAsBoolean());
    }

    @Test
    void whatBothRenewIsRenewedOnce() throws Exception {
        long count = 40;
        ReleaseTerms open = new ReleaseTerms(Tlp.GREEN, true, false, false).withKinds(Set.of());
        ReleaseTerms held = open.notBefore(Instant.parse("2026-12-01T00:00:00Z"));
        try (ElasticStore one = open();
                ElasticStore two = open();
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Draft> drafts = new ArrayList<>();
            List<Renewal> renewals = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                drafts.add(Drafts.indicator(i).draft(held));
                renewals.add(new Renewal(i, held, open));
            }
            one.append(drafts);
            two.catchUp();
            List<Future<Map<Long, Long>>> futures = new ArrayList<>();
            for (InternalStore store : List.of(one, two, one, two)) {
                futures.add(pool.submit(() -> store.renew(renewals)));
            }
            Map<Long, Long> all = new HashMap<>();
            for (Future<Map<Long, Long>> future : futures) {
                future.get().forEach((before, after) -> assertEquals(null, all.put(before, after)));
            }
            assertEquals(count, all.size());
            await(() -> one.status().lastSeq() == 2 * count && two.status().lastSeq() == 2 * count);
            for (InternalStore store : List.of(one, two)) {
                List<Entry> seen = store.page(ALL, 0, 1000).entries();
                assertEquals(
                        LongStream.rangeClosed(count + 1, 2 * count).boxed().toList(),
                        seen.stream().map(Entry::seq).toList());
                assertTrue(seen.stream().allMatch(entry -> entry.release().equals(open)));
            }
        }
    }

    @Test
    void theSequenceIsOneThoughBothWrite() throws Exception {
        int each = 60;
        try (ElasticStore one = open();
                ElasticStore two = open();
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<AppendResult>>> futures = new ArrayList<>();
            for (int t = 0; t < 6; t++) {
                int thread = t;
                InternalStore store = t % 2 == 0 ? one : two;
                futures.add(pool.submit(() -> {
                    List<AppendResult> outcomes = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        outcomes.addAll(store.append(List.of(
                                Drafts.indicator(i).draft(),
                                Drafts.indicator(10_000 * (thread + 1) + i)
                                        .carries("domain:example.com")
                                        .text("word")
                                        .draft())));
                    }
                    return outcomes;
                }));
            }
            Map<Long, Long> addedBySeq = new HashMap<>();
            int duplicates = 0;
            for (Future<List<AppendResult>> future : futures) {
                for (AppendResult outcome : future.get()) {
                    switch (outcome) {
                        case AppendResult.NewEntry stored ->
                            assertEquals(null, addedBySeq.put(stored.seq(), stored.added()));
                        case AppendResult.Duplicate duplicate -> duplicates++;
                        default -> throw new AssertionError(outcome);
                    }
                }
            }
            assertEquals(each + 6 * each, addedBySeq.size());
            assertEquals(5 * each, duplicates);
            long last = addedBySeq.size();
            await(() -> one.status().lastSeq() == last && two.status().lastSeq() == last);
            List<Entry> seenByOne = one.page(ALL, 0, 10_000).entries();
            assertEquals(
                    LongStream.rangeClosed(1, last).boxed().toList(),
                    seenByOne.stream().map(Entry::seq).toList());
            assertEquals(
                    seenByOne.stream().map(entry -> entry.facts().id()).toList(),
                    two.page(ALL, 0, 10_000).entries().stream()
                            .map(entry -> entry.facts().id())
                            .toList());
            long before = 0;
            for (Entry entry : seenByOne) {
                assertTrue(entry.added() > before);
                assertEquals(addedBySeq.get(entry.seq()), entry.added());
                before = entry.added();
            }
            for (InternalStore store : List.of(one, two)) {
                assertEquals(
                        6L * each,
                        store.carriers(List.of("domain:example.com"), Audience.HOUSEKEEPING, 0)
                                .get("domain:example.com")
                                .count());
            }
        }
    }

    @Test
    void conflictsWithdrawalsAndRestrictionsHoldForBoth() throws Exception {
        try (ElasticStore one = open();
                ElasticStore two = open()) {
            Drafts object = Drafts.indicator(1).carries("domain:example.com");
            one.append(List.of(object.draft(), Drafts.indicator(2).draft()));
            assertEquals(0, one.othersWrote());
            long others = two.othersWrote();
            assertEquals(
                    new AppendResult.Conflict(1),
                    two.append(List.of(object.body("other").draft())).getFirst());
            assertTrue(two.othersWrote() >= others && two.othersWrote() > 0, "it has taken over what the other wrote");
            long stamp = one.stamp(1, 2);
            assertEquals(1, two.withdraw(object.id(), Versions.ALL, "wrong", "admin"));
            two.restrict(Map.of(2L, new ReleaseTerms(Tlp.RED, false, false, false)));
            assertInstanceOf(
                    AppendResult.Withdrawn.class,
                    one.append(List.of(object.draft())).getFirst());
            await(() -> one.stamp(1, 2) != stamp && release(one, 2) == Tlp.RED);
            assertTrue(one.latest(object.id()).isEmpty());
            assertEquals(Map.of(), one.carriers(List.of("domain:example.com"), Audience.HOUSEKEEPING, 1));
        }
    }

    private static Tlp release(InternalStore store, long seq) {
        try {
            return store.at(seq).orElseThrow().release().tlp();
        } catch (StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    /** The dead one's entries are in the log, and perhaps not in the index: the live gateway indexes them. */
    @Test
    void whatADeadGatewayWroteIsFoundByTheOther() throws Exception {
        try (ElasticStore two = open();
                ClusterProxy proxy = new ClusterProxy(ElasticNode.shared().url())) {
            ElasticStore one = ElasticStore.open(ElasticStoreTest.options(proxy.url(), prefix));
            proxy.fail(ClusterProxy.Fault.REQUEST_LOST, Integer.MAX_VALUE, path -> path.endsWith("/_bulk"));
            one.append(List.of(Drafts.indicator(1)
                    .carries("domain:example.com")
                    .text("word")
                    .draft()));
            await(() -> two.status().lastSeq() == 1);
            assertEquals(
                    1,
                    two.carriers(List.of("domain:example.com"), Audience.HOUSEKEEPING, 1)
                            .size());
            assertEquals(
                    1,
                    two.search(new SearchBuilder().words("word").limit(5).build())
                            .total());
            assertEquals(
                    2,
                    assertInstanceOf(
                                    AppendResult.NewEntry.class,
                                    two.append(List.of(Drafts.indicator(2).draft()))
                                            .getFirst())
                            .seq());
            proxy.fail(ClusterProxy.Fault.REQUEST_LOST, 0, path -> false);
            one.close();
            assertFalse(two.at(1).isEmpty());
        }
    }

    @Test
    void aKilledGatewayLosesNothingAndTheOtherGoesOn() throws Exception {
        String url = ElasticNode.shared().url().toString();
        Map<Long, String> acknowledged = new ConcurrentHashMap<>();
        try (ElasticStore here = open()) {
            Process child = AppendingChild.start(Gateway.class, url, prefix, "3", "1000000");
            CountDownLatch opened = new CountDownLatch(1);
            Thread reading = Thread.ofVirtual().start(() -> {
                try {
                    AppendingChild.read(child, opened::countDown, acknowledged);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertTrue(opened.await(60, TimeUnit.SECONDS));
            Map<Long, String> ours = new HashMap<>();
            for (int i = 0; i < 100; i++) {
                if (i == 50) {
                    await(() -> acknowledged.size() > 20);
                    child.toHandle().destroyForcibly();
                }
                String id = Drafts.indicator(i).id();
                ours.put(
                        assertInstanceOf(
                                        AppendResult.NewEntry.class,
                                        here.append(List.of(Drafts.indicator(i).draft()))
                                                .getFirst())
                                .seq(),
                        id);
            }
            reading.join();
            assertEquals(128 + 9, child.waitFor(), "ended by SIGKILL and nothing else");
            acknowledged.forEach((seq, id) -> assertEquals(null, ours.put(seq, id), "one number, two objects"));
            List<Entry> all = here.page(ALL, 0, 100_000).entries();
            Map<Long, String> there = new HashMap<>();
            all.forEach(entry -> there.put(entry.seq(), entry.facts().id()));
            ours.forEach((seq, id) -> assertEquals(id, there.get(seq)));
            assertEquals(all.size(), Set.copyOf(there.values()).size(), "twice");
            String value = "domain:host"
                    + Integer.parseInt(acknowledged.values().iterator().next().substring(24 + 11)) + ".example.com";
            assertEquals(
                    1, here.carriers(List.of(value), Audience.HOUSEKEEPING, 1).size(), value);
        }
    }
}
