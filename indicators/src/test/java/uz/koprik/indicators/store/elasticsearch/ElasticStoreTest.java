package uz.koprik.indicators.store.elasticsearch;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.Sha256;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreContract;

/** The contract of all stores, on a real cluster. */
class ElasticStoreTest extends StoreContract {

    /** Small groups, so that batches fall into several commits. */
    static ElasticOptions options(URI url, String prefix) {
        return new ElasticOptions(List.of(url), Optional.empty(), new ElasticOptions.Login.Nobody(), prefix, 1, 0,
                Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(100), 64 << 10, 1 << 20);
    }

    private static ElasticOptions options(Path name) throws IOException {
        return options(ElasticNode.shared().url(), "t" + Sha256.hex(name.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 20));
    }

    @Override
    protected InternalStore open(Path name) throws IOException {
        return ElasticStore.open(options(name));
    }

    @Override
    protected void restore(Path snapshot, Path name) throws IOException {
        ElasticStore.restore(snapshot, options(name));
    }
}
