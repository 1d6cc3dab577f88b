package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;

/**
 * The index as it was at one moment. Document {@code n} is entry {@code n + 1}: one thread adds documents in the order
 * of the sequence, merges join neighbours only, and nothing is ever deleted.
 */
final class IndexView implements AutoCloseable {

    private final IndexReader reader;
    private final boolean standIn;
    private final IndexSearcher searcher;

    IndexView(DirectoryReader reader) {
        this(reader, false);
    }

    /** @param standIn whether a part of it is in memory only, since the disk takes no files */
    IndexView(IndexReader reader, boolean standIn) {
        this.reader = reader;
        this.standIn = standIn;
        this.searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null); // matches are counted through the rows, which change under a cache
    }

    IndexReader reader() {
        return reader;
    }

    IndexSearcher searcher() {
        return searcher;
    }

    boolean isStandIn() {
        return standIn;
    }

    /** The last entry that it shows. */
    long covered() {
        return reader.maxDoc();
    }

    /** Keeps the files open for one more user, unless it is over with this view. */
    boolean retain() {
        return reader.tryIncRef();
    }

    @Override
    public void close() {
        try {
            reader.decRef();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
