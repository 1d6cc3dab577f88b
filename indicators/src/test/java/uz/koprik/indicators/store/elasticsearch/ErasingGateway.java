package uz.koprik.indicators.store.elasticsearch;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import uz.koprik.indicators.store.Drafts;

/** The child of {@link ClusterErasureTest}: a gateway that erases some objects, and is killed meanwhile. */
final class ErasingGateway {

    private ErasingGateway() {}

    /** Arguments: URL of the cluster, prefix, numbers of the first object and of that after the last, step. */
    public static void main(String[] args) throws Exception {
        try (ElasticStore store = ElasticStore.open(ElasticStoreTest.options(URI.create(args[0]), args[1]))) {
            int step = Integer.parseInt(args[4]);
            List<String> ids = IntStream.iterate(
                            Integer.parseInt(args[2]), number -> number < Integer.parseInt(args[3]), n -> n + step)
                    .mapToObj(number -> Drafts.indicator(number).id())
                    .toList();
            System.out.println("open");
            store.erase(ids, "retention", "child");
            System.out.println("erased");
        }
    }
}
