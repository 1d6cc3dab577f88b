package uz.koprik.indicators.store.elasticsearch;

import java.net.URI;
import uz.koprik.indicators.store.AppendingChild;

/** The child of {@link TwoGatewaysTest}: another gateway of the same centre. */
final class Gateway {

    private Gateway() {}

    /** Arguments: URL of the cluster, prefix, number of threads, first number. */
    public static void main(String[] args) throws Exception {
        ElasticStore store = ElasticStore.open(ElasticStoreTest.options(URI.create(args[0]), args[1]));
        AppendingChild.run(store, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    }
}
