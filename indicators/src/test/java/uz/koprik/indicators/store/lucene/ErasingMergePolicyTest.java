package uz.koprik.indicators.store.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LogMergePolicy;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.store.entries.EntryRows;
import uz.koprik.indicators.store.entries.EntryTable;

/** Segments of one document each are merged while an erasure comes at a chosen moment. All happens in one thread. */
class ErasingMergePolicyTest {

    private static final String FIELD = "term";
    private static final long EARLIER = 1;
    private static final long DURING = 5;
    private static final long KEPT = LogMergePolicy.DEFAULT_MERGE_FACTOR;

    private final EntryTable entries = new EntryTable(new EntryRows(), null);
    private final ErasingMergePolicy policy = new ErasingMergePolicy(entries.erasures());

    @BeforeEach
    void rowsOfTheEntries() {
        entries.rows.blockToFill(1);
    }

    /** The merge takes its documents before the erasure, and notes what it knows again after it. */
    @Test
    void aMergeThatBeganBeforeAnErasureDoesNotCountAsCleanOfIt() throws Exception {
        try (MergedFiles files = new MergedFiles();
                IndexWriter writer = writer(files)) {
            erase(EARLIER);
            files.onMerge = () -> erase(DURING);
            addSegments(writer);
            try (DirectoryReader reader = DirectoryReader.open(writer)) {
                SegmentReader merged = (SegmentReader) onlySegment(reader);
                assertFalse(holds(merged, EARLIER), "the merge left out what was erased before it");
                assertTrue(holds(merged, DURING), "the erasure came too late for the merge");
                assertTrue(policy.mayHaveErased(merged.getSegmentInfo().info, 0), "counts as clean");
            }
            writer.forceMerge(1);
            assertClean(writer);
        }
    }

    @Test
    void aMergeThatBeganAfterTheErasuresCountsAsClean() throws Exception {
        try (MergedFiles files = new MergedFiles();
                IndexWriter writer = writer(files)) {
            erase(EARLIER);
            erase(DURING);
            addSegments(writer);
            assertClean(writer);
        }
    }

    private IndexWriter writer(Directory files) throws IOException {
        return new IndexWriter(
                files, new IndexWriterConfig().setMergePolicy(policy).setMergeScheduler(new SerialMergeScheduler()));
    }

    /** Adds as many segments as are merged to one. */
    private static void addSegments(IndexWriter writer) throws IOException {
        for (long seq = 1; seq <= KEPT; seq++) {
            Document document = new Document();
            document.add(new StringField(FIELD, Long.toString(seq), Field.Store.NO));
            writer.addDocument(document);
            writer.flush();
        }
    }

    private void erase(long seq) throws IOException {
        for (byte[] one : entries.erasures().records(List.of(seq), "an order", "olga", 1000)) {
            entries.apply(ByteBuffer.wrap(one), 0, 0);
        }
    }

    private void assertClean(IndexWriter writer) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(writer)) {
            SegmentReader segment = (SegmentReader) onlySegment(reader);
            assertFalse(policy.mayHaveErased(segment.getSegmentInfo().info, 0), "would be rewritten again");
            assertFalse(holds(segment, EARLIER));
            assertFalse(holds(segment, DURING));
            assertTrue(holds(segment, KEPT));
        }
    }

    private static LeafReader onlySegment(DirectoryReader reader) {
        assertEquals(1, reader.leaves().size(), "segments");
        return reader.leaves().getFirst().reader();
    }

    private static boolean holds(LeafReader segment, long seq) throws IOException {
        return segment.docFreq(new Term(FIELD, Long.toString(seq))) > 0;
    }

    private interface Event {
        void happens() throws IOException;
    }

    /**
     * An index in memory, in which something happens when a merge has taken its documents and writes its first file.
     */
    private static final class MergedFiles extends FilterDirectory {

        private Event onMerge = () -> {};

        MergedFiles() {
            super(new ByteBuffersDirectory());
        }

        @Override
        public IndexOutput createOutput(String name, IOContext context) throws IOException {
            if (context.context() == IOContext.Context.MERGE) {
                Event event = onMerge;
                onMerge = () -> {};
                event.happens();
            }
            return super.createOutput(name, context);
        }
    }
}
