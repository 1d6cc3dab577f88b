package uz.koprik.indicators.store.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uz.koprik.indicators.store.state.StateStore;
import uz.koprik.indicators.store.state.StateStoreContract;

/** Papers on a real cluster, also through a network that loses answers. */
class ElasticStateStoreTest extends StateStoreContract {

    private final String prefix = "p" + UUID.randomUUID().toString().replace("-", "");
    private ElasticStore store;

    @Override
    protected StateStore empty() throws Exception {
        store = ElasticStore.open(ElasticStoreTest.options(ElasticNode.shared().url(), prefix));
        return store.stateStore();
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusterProxy.Fault.class,
            names = {"ANSWER_LOST", "REQUEST_LOST", "BUSY_429", "AWAY_503"})
    void whatIsWrittenThoughAnswersFailIsThereForAll(ClusterProxy.Fault fault) throws Exception {
        byte[] content = "content".getBytes(StandardCharsets.UTF_8);
        StateStore theirs = empty();
        try (ClusterProxy proxy = new ClusterProxy(ElasticNode.shared().url());
                ElasticStore one = ElasticStore.open(ElasticStoreTest.options(proxy.url(), prefix))) {
            proxy.fail(fault, 2, path -> path.contains("-state-"));
            Optional<String> version = one.stateStore().replace("a/b", "", content);
            assertEquals(2, proxy.hit.get());
            assertEquals(
                    fault != ClusterProxy.Fault.ANSWER_LOST,
                    version.isPresent(),
                    "a lost answer looks like another's paper");
            assertArrayEquals(content, theirs.read("a/b").orElseThrow().content());
            proxy.fail(fault, 2, path -> path.contains("-state-"));
            assertTrue(one.stateStore().read("a/b").isPresent());
        }
    }

    @Test
    void manyNamesAreListed() throws Exception {
        StateStore stateStore = empty();
        for (int i = 0; i < 210; i++) {
            stateStore.replace("many/" + (1000 + i), "", new byte[0]);
        }
        assertEquals(210, stateStore.names("many/").size());
    }
}
