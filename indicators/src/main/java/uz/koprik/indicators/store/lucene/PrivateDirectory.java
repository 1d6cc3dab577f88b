package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import uz.koprik.crypto.PrivateFiles;

/** A folder of Lucene whose new files only their owner can read: what is indexed is as secret as the journal. */
final class PrivateDirectory extends FilterDirectory {

    private final Path path;

    PrivateDirectory(Path path) throws IOException {
        super(FSDirectory.open(path));
        this.path = path;
        PrivateFiles.touch(path.resolve("write.lock"));
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        return restricted(super.createOutput(name, context));
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
        return restricted(super.createTempOutput(prefix, suffix, context));
    }

    private IndexOutput restricted(IndexOutput output) throws IOException {
        try {
            PrivateFiles.restrict(path.resolve(output.getName()));
            return output;
        } catch (IOException e) {
            output.close();
            throw e;
        }
    }
}
