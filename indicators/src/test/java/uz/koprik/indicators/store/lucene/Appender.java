package uz.koprik.indicators.store.lucene;

import java.nio.file.Path;
import uz.koprik.indicators.store.AppendingChild;

/** The child of {@link KillTest}. */
final class Appender {

    private Appender() {}

    /** Arguments: directory, number of threads, first number. */
    public static void main(String[] args) throws Exception {
        AppendingChild.run(
                LuceneStore.open(Path.of(args[0]), LuceneStoreTest.SMALL),
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]));
    }
}
