package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** Changes what the last commit of an index says of itself, as another version would have written it. */
public final class CommitStamp {

    private CommitStamp() {}

    /**
     * Replaces one value.
     *
     * @param index folder of the index, which nobody has open
     */
    public static void set(Path index, String name, String value) throws IOException {
        try (Directory files = FSDirectory.open(index)) {
            Map<String, String> data;
            try (DirectoryReader reader = DirectoryReader.open(files)) {
                data = new TreeMap<>(reader.getIndexCommit().getUserData());
            }
            data.put(name, value);
            try (IndexWriter writer = new IndexWriter(files, new IndexWriterConfig())) {
                writer.setLiveCommitData(data.entrySet());
                writer.commit();
            }
        }
    }
}
