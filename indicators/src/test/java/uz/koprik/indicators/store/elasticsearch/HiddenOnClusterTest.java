package uz.koprik.indicators.store.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/**
 * The cluster is asked as often for what a reader may not see as for what is not there: a request more takes time that
 * everybody can measure.
 */
class HiddenOnClusterTest {

    private static final String VALUE = "domain:hidden.example.com";
    private static final String ABOUT = Drafts.indicator(8).id();
    private static final Audience READER =
            Audience.of(new Recipient.Client("reader", Tlp.GREEN, Set.of()), Instant.parse("2026-11-22T08:30:00Z"));

    private interface Asking {
        void run() throws StoreUnavailable;
    }

    private static int searches(ClusterProxy proxy, Asking asking) throws StoreUnavailable {
        proxy.fail(ClusterProxy.Fault.AWAY_503, 0, path -> path.contains("-entries") && path.endsWith("_search"));
        asking.run();
        return proxy.seen.get();
    }

    @Test
    void whatIsHiddenIsLookedForAsWhatIsNotThere() throws Exception {
        try (ClusterProxy proxy = new ClusterProxy(ElasticNode.shared().url());
                ElasticStore store =
                        ElasticStore.open(ElasticStoreTest.options(proxy.url(), "h" + UUID.randomUUID()))) {
            store.append(List.of(Drafts.indicator(1)
                    .tlp(Tlp.AMBER)
                    .carries(VALUE)
                    .refersTo(ABOUT)
                    .draft()));
            long end = System.nanoTime() + 60_000_000_000L;
            while (searches(proxy, () -> store.carriers(List.of(VALUE), Audience.HOUSEKEEPING, 1)) == 0) {
                assertTrue(System.nanoTime() < end, "the object is not indexed");
                Thread.sleep(50);
            }
            assertEquals(
                    searches(proxy, () -> store.carriers(List.of("domain:absent.example.com"), READER, 1)),
                    searches(proxy, () -> store.carriers(List.of(VALUE), READER, 1)));
            String absent = Drafts.indicator(9).id();
            assertEquals(
                    searches(proxy, () -> store.referrers(absent, Versions.LAST, READER)),
                    searches(proxy, () -> store.referrers(ABOUT, Versions.LAST, READER)));
            assertEquals(
                    0,
                    searches(
                            proxy,
                            () -> store.carriers(List.of("domain:absent.example.com"), Audience.HOUSEKEEPING, 1)),
                    "who sees everything is answered without the cluster");
        }
    }
}
