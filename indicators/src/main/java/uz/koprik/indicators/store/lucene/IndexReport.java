package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import uz.koprik.indicators.store.journal.Journal;

/**
 * What the last commit of an index says. Changes nothing and takes no lock, so the store may be open elsewhere.
 *
 * @param state whether this version uses the index as it is
 * @param entries how many the index holds; 0 when that is not known
 */
public record IndexReport(State state, long entries) {

    /** Whether an index is used as it is. All but {@code CURRENT} are made anew by the next start. */
    public enum State {
        CURRENT,
        MISSING,
        UNREADABLE,
        /** Made for another journal. */
        FOREIGN,
        /** Of a version with another layout of the index. */
        OTHER_LAYOUT,
        /** Of a version that reads values from objects in another way. */
        OTHER_READING
    }

    /** @param directory of the store */
    public static IndexReport of(Path directory) {
        Path path = directory.resolve("index");
        if (!Files.isDirectory(path)) {
            return new IndexReport(State.MISSING, 0);
        }
        try (Directory files = FSDirectory.open(path)) {
            if (!DirectoryReader.indexExists(files)) {
                return new IndexReport(State.MISSING, 0);
            }
            SegmentInfos infos = SegmentInfos.readLatestCommit(files);
            return new IndexReport(
                    state(infos.getUserData(), Journal.store(directory.resolve("journal"))), infos.totalMaxDoc());
        } catch (IOException | RuntimeException unreadable) {
            return new IndexReport(State.UNREADABLE, 0);
        }
    }

    private static State state(Map<String, String> data, Optional<Long> store) {
        if (!IndexFiles.READING.equals(data.getOrDefault("reading", "0"))) {
            return State.OTHER_READING;
        }
        if (!IndexFiles.LAYOUT.equals(data.get("layout"))) {
            return State.OTHER_LAYOUT;
        }
        return store.isPresent() && !Long.toHexString(store.get()).equals(data.get("store"))
                ? State.FOREIGN
                : State.CURRENT;
    }
}
