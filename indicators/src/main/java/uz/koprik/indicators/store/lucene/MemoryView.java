package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.store.ByteBuffersDirectory;
import uz.koprik.indicators.store.entries.EntryTable;
import uz.koprik.indicators.store.words.WordRules;

/**
 * Shows the last entries from memory while the disk takes no files of the index: what is acknowledged can be searched
 * for.
 */
final class MemoryView {

    private MemoryView() {}

    /**
     * A view of all that {@code shown} shows and of the entries after it.
     *
     * @param last the last entry that it shows
     */
    static IndexView of(IndexView shown, EntryTable entries, long last, WordRules words) throws IOException {
        try (ByteBuffersDirectory memory = new ByteBuffersDirectory();
                IndexWriter writer =
                        new IndexWriter(memory, new IndexWriterConfig().setMergePolicy(new LogDocMergePolicy()))) {
            for (long seq = shown.covered() + 1; seq <= last; seq++) {
                writer.addDocument(IndexFiles.document(seq, entries, words));
            }
            try (DirectoryReader rest = DirectoryReader.open(writer)) {
                // Keeps both readers open until it is closed itself.
                return new IndexView(new MultiReader(new IndexReader[] {shown.reader(), rest}, false), true);
            }
        }
    }
}
