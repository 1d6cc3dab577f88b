package uz.koprik.indicators.store.elasticsearch;

import org.junit.jupiter.api.Tag;
import uz.koprik.indicators.store.ErasureContract;

/** The contract of erasure on a real cluster: each erasure waits for the leases of its shards. */
@Tag("long")
final class ElasticErasureContractTest extends ErasureContract {

    ElasticErasureContractTest() {
        super(ElasticStoreTest.BACKEND);
    }
}
