package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreContract;

class LuceneStoreTest extends StoreContract {

    /** Small files, so that every test crosses from one to the next. */
    static final LuceneOptions SMALL = new LuceneOptions(8 << 10, 64 << 10, 1 << 20, Duration.ofMillis(100));

    @Override
    protected InternalStore open(Path name) throws IOException {
        return LuceneStore.open(name, SMALL);
    }

    @Override
    protected void restore(Path snapshot, Path name) throws IOException {
        LuceneStore.restore(snapshot, name);
    }
}
