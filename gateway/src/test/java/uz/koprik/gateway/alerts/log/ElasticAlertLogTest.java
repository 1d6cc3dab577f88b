package uz.koprik.gateway.alerts.log;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import uz.koprik.indicators.store.elasticsearch.ElasticNode;
import uz.koprik.indicators.store.elasticsearch.ElasticStore;
import uz.koprik.indicators.store.elasticsearch.ElasticStoreTest;
import uz.koprik.indicators.store.state.StateStore;

/** The log of alerts in the state store of a real cluster. */
final class ElasticAlertLogTest extends AlertLogContract {

    private ElasticStore store;

    @Override
    StateStore empty() throws Exception {
        store = ElasticStore.open(ElasticStoreTest.options(
                ElasticNode.shared().url(), "a" + UUID.randomUUID().toString().replace("-", "")));
        return store.stateStore();
    }

    @AfterEach
    void close() {
        store.close();
    }
}
