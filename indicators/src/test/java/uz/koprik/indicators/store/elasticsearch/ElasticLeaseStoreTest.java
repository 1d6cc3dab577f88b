package uz.koprik.indicators.store.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uz.koprik.indicators.store.lease.Lease;
import uz.koprik.indicators.store.lease.LeaseLost;
import uz.koprik.indicators.store.lease.LeaseRecord;
import uz.koprik.indicators.store.lease.LeaseStore;
import uz.koprik.indicators.store.lease.Leases;

/** Comparing and setting on a real cluster, also through a network that loses answers. */
class ElasticLeaseStoreTest {

    private final String prefix = "r" + UUID.randomUUID().toString().replace("-", "");

    private static LeaseRecord record(long beat) {
        return new LeaseRecord("one", "run", beat, "{\"ö\":" + beat + "}");
    }

    @Test
    void aRecordIsReplacedOnlyInTheVersionThatWasExpected() throws Exception {
        try (ElasticStore store =
                ElasticStore.open(ElasticStoreTest.options(ElasticNode.shared().url(), prefix))) {
            LeaseStore register = store.register();
            assertEquals(Optional.empty(), register.read("feeds-a"));
            String first = register.replace("feeds-a", "", record(1)).orElseThrow();
            assertEquals(Optional.empty(), register.replace("feeds-a", "", record(2)));
            assertEquals(Optional.of(new LeaseStore.StoredLease(first, record(1))), register.read("feeds-a"));
            String second = register.replace("feeds-a", first, record(3)).orElseThrow();
            assertEquals(Optional.empty(), register.replace("feeds-a", first, record(4)));
            assertEquals(Optional.of(new LeaseStore.StoredLease(second, record(3))), register.read("feeds-a"));
            assertEquals(Optional.empty(), register.read("feeds-b"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusterProxy.Fault.class,
            names = {"ANSWER_LOST", "REQUEST_LOST", "BUSY_429", "AWAY_503"})
    void aLeaseIsKeptThoughAnswersFail(ClusterProxy.Fault fault) throws Exception {
        try (ClusterProxy proxy = new ClusterProxy(ElasticNode.shared().url());
                ElasticStore one = ElasticStore.open(ElasticStoreTest.options(proxy.url(), prefix));
                ElasticStore two = ElasticStore.open(
                        ElasticStoreTest.options(ElasticNode.shared().url(), prefix))) {
            Lease ours = new Leases(one.register(), "one", Duration.ofHours(1)).of("feeds");
            Lease theirs = new Leases(two.register(), "two", Duration.ofHours(1)).of("feeds");
            proxy.fail(fault, 2, path -> path.contains("-leases-"));
            assertTrue(ours.tend());
            proxy.fail(fault, 2, path -> path.contains("-leases-"));
            ours.write("far");
            assertEquals(2, proxy.hit.get());
            assertFalse(theirs.tend());
            assertEquals(Optional.of("far"), theirs.content());
            assertEquals(Optional.of("one"), theirs.runner());
            ours.release();
            assertTrue(theirs.tend());
            assertThrows(LeaseLost.class, () -> ours.write("late"));
        }
    }
}
