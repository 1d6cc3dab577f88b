package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.IndexCommit;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.journal.Journal;
import uz.koprik.indicators.store.journal.SnapshotFiles;

/** A copy of a store: a commit of the index, and the journal up to what is acknowledged. */
final class Snapshot {

    private Snapshot() {}

    static void write(Path target, Journal journal, Index index) throws IOException, StoreUnavailable {
        SnapshotFiles.requireEmpty(target);
        PrivateFiles.folders(target.resolve("index"));
        List<String> manifest = new ArrayList<>();
        IndexFiles files = index.files();
        files.commit();
        IndexCommit commit = files.commits.snapshot(); // before the journal's end is taken, so that it shows no more
        try {
            Path from = index.path();
            for (String name : commit.getFileNames().stream().sorted().toList()) {
                manifest.add(SnapshotFiles.copy(
                        from.resolve(name), Files.size(from.resolve(name)), target, "index/" + name));
            }
            manifest.addAll(SnapshotFiles.copyJournal(journal, target));
        } finally {
            files.commits.release(commit);
        }
        SnapshotFiles.seal(target, manifest);
    }
}
