package uz.koprik.gateway.whole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import uz.koprik.indicators.store.elasticsearch.ElasticNode;

/**
 * One real Elasticsearch node for measurements: with both compilers and 2 GiB of heap, as nobody would run it with
 * less.
 */
final class MeasuredNode implements AutoCloseable {

    private final ElasticNode node;

    private MeasuredNode(ElasticNode node) {
        this.node = node;
    }

    static MeasuredNode start(Path work) throws IOException {
        Path directory = Files.createDirectories(work.resolve("elasticsearch"));
        return new MeasuredNode(ElasticNode.start(
                directory,
                List.of("discovery.type=single-node", "http.port=0", "transport.port=0"),
                List.of("-Xms2g", "-Xmx2g", "-XX:+UseParallelGC")));
    }

    String url() {
        return node.url().toString();
    }

    long pid() {
        return node.pid();
    }

    /** Lets a centre that does not run yet keep its objects here. */
    void keeps(ChildCentre centre) throws IOException {
        centre.settings("kind: lucene", "kind: elasticsearch");
        centre.settings("[\"https://localhost:9200\"]", "[\"" + url() + "\"]");
        centre.settings("prefix: koprik", "prefix: k" + UUID.randomUUID());
        centre.settings("replicas: 1", "replicas: 0");
    }

    @Override
    public void close() {
        node.close();
    }
}
