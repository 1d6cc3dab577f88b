package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.KeepOnlyLastCommitDeletionPolicy;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SnapshotDeletionPolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.entries.EntryTable;
import uz.koprik.indicators.store.entries.IndexTerms;
import uz.koprik.indicators.store.journal.Journal;
import uz.koprik.indicators.store.words.SearchedText;
import uz.koprik.indicators.store.words.WordRules;

/** The Lucene index on disk: how it is opened, what a document is, and when it must be made anew. */
final class IndexFiles implements AutoCloseable {

    static final String OBSERVABLE = "observable";
    static final String PLACE = "place";
    static final String REF = "ref";
    static final String TEXT = "text";
    static final String KIND = "kind";
    static final String LABEL = "label";

    private static final Logger LOG = LoggerFactory.getLogger(IndexFiles.class);
    /** Changes when documents or {@link WordRules} change: an index of another layout is made anew. */
    static final String LAYOUT = "3";
    /** An index of another reading of values is made anew as well. */
    static final String READING = Integer.toString(ObservableExtraction.READING);

    private static final FieldType WORDS = words();

    final Directory directory;
    final IndexWriter writer;
    final SnapshotDeletionPolicy commits;
    final ErasingMergePolicy merges;

    private final WordRules words;

    private IndexFiles(
            Directory directory,
            IndexWriter writer,
            SnapshotDeletionPolicy commits,
            ErasingMergePolicy merges,
            WordRules words) {
        this.directory = directory;
        this.writer = writer;
        this.commits = commits;
        this.merges = merges;
        this.words = words;
    }

    private static FieldType words() {
        FieldType type = new FieldType(TextField.TYPE_NOT_STORED);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        type.setOmitNorms(true);
        type.freeze();
        return type;
    }

    /** Opens the index of a journal; begins a new one when there is none that fits. */
    static IndexFiles open(Path path, Journal journal, EntryTable entryTable, WordRules words, LuceneOptions options)
            throws IOException {
        PrivateFiles.folders(path);
        if (!fits(path, journal, entryTable.rows.last())) {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        Directory directory = new PrivateDirectory(path);
        try {
            SnapshotDeletionPolicy commits = new SnapshotDeletionPolicy(new KeepOnlyLastCommitDeletionPolicy());
            ErasingMergePolicy merges = new ErasingMergePolicy(entryTable.erasures());
            IndexWriterConfig config = new IndexWriterConfig()
                    .setMergePolicy(merges)
                    .setIndexDeletionPolicy(commits)
                    .setCommitOnClose(false)
                    .setMaxFullFlushMergeWaitMillis(0) // a search that waits for a refresh does not wait for merges too
                    .setRAMBufferSizeMB(options.indexBufferBytes() / (double) (1 << 20));
            IndexWriter writer = new IndexWriter(directory, config);
            writer.setLiveCommitData(userData(journal).entrySet());
            return new IndexFiles(directory, writer, commits, merges, words);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static Map<String, String> userData(Journal journal) {
        return Map.of(
                "layout", LAYOUT, "reading", READING, "store", Long.toHexString(journal.store()), "marked", "true");
    }

    /**
     * What an index has seen of its journal.
     *
     * @param entries how many
     * @param marked whether there was a mark beside the journal
     */
    record IndexCoverage(long entries, boolean marked) {}

    /**
     * What the index in {@code path} knows of the journal in {@code files}; empty when it cannot be read or belongs to
     * another.
     */
    static Optional<IndexCoverage> seen(Path path, Path files) {
        if (!Files.isDirectory(path)) {
            return Optional.empty();
        }
        try (Directory directory = FSDirectory.open(path)) {
            if (!DirectoryReader.indexExists(directory)) {
                return Optional.empty();
            }
            SegmentInfos infos = SegmentInfos.readLatestCommit(directory);
            Map<String, String> data = infos.getUserData();
            Optional<Long> store = Journal.store(files);
            if (!data.containsKey("store")
                    || (store.isPresent() && !data.get("store").equals(Long.toHexString(store.get())))) {
                return Optional.empty();
            }
            return Optional.of(new IndexCoverage(infos.totalMaxDoc(), data.containsKey("marked")));
        } catch (IOException | RuntimeException e) {
            LOG.debug("the index in {} says nothing of its journal", path, e);
            return Optional.empty();
        }
    }

    private static boolean fits(Path path, Journal journal, long last) {
        try (Directory directory = FSDirectory.open(path)) {
            if (!DirectoryReader.indexExists(directory)) {
                if (directory.listAll().length > 1) { // the lock is always there
                    LOG.warn("the index in {} has no list of its files: making it anew from the journal", path);
                }
                return false;
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                Map<String, String> data = reader.getIndexCommit().getUserData();
                if (!READING.equals(data.getOrDefault("reading", "0"))) {
                    LOG.warn(
                            "another version of this program read the values in the index in {}: reading all stored objects"
                                    + " again from the journal; no command is needed",
                            path);
                    return false;
                }
                boolean fits = LAYOUT.equals(data.get("layout"))
                        && Long.toHexString(journal.store()).equals(data.get("store"))
                        && !reader.hasDeletions()
                        && reader.maxDoc() <= last;
                if (!fits) {
                    LOG.warn("the index in {} belongs to another journal or layout: making it anew", path);
                    return false;
                }
                for (LeafReaderContext leaf : reader.leaves()) {
                    leaf.reader().checkIntegrity(); // else a flipped bit would be found by nobody, and hits be missing
                }
                return true;
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("the index in {} cannot be read: making it anew from the journal", path, e);
            return false;
        }
    }

    /** Adds the document of the entry after the last one. */
    void add(long seq, EntryTable entryTable) throws IOException {
        writer.addDocument(document(seq, entryTable, words));
    }

    /** The document of an entry; one without terms when it was erased. */
    static Document document(long seq, EntryTable entryTable, WordRules words) {
        return entryTable.found(seq).map(entry -> document(entry, words)).orElseGet(Document::new);
    }

    private static Document document(Entry entry, WordRules words) {
        EntryMetadata facts = entry.facts();
        Document document = new Document();
        facts.observables()
                .forEach(key -> document.add(new StringField(OBSERVABLE, IndexTerms.of(key), Field.Store.NO)));
        facts.observables().forEach(key -> NetworkKey.ofKey(key)
                .ifPresent(place -> document.add(new StringField(PLACE, IndexTerms.of(place), Field.Store.NO))));
        facts.refs().forEach(id -> document.add(new StringField(REF, IndexTerms.of(id), Field.Store.NO)));
        IndexTerms.kinds(facts.observables())
                .forEach(kind -> document.add(new StringField(KIND, kind, Field.Store.NO)));
        SearchedText.labels(entry.object())
                .forEach(label -> document.add(new StringField(LABEL, IndexTerms.of(label), Field.Store.NO)));
        List<List<String>> runs = facts.text().isEmpty() ? List.of() : words.runs(facts.text());
        if (!runs.isEmpty()) {
            document.add(new Field(TEXT, new TokenRuns(runs), WORDS));
        }
        return document;
    }

    /** The names and sizes of its files together, in bytes. */
    long bytes() throws IOException {
        long sum = 0;
        for (String name : List.of(directory.listAll())) {
            try {
                sum += directory.fileLength(name);
            } catch (java.nio.file.NoSuchFileException e) {
                LOG.trace("{} was merged away meanwhile", name, e);
            }
        }
        return sum;
    }

    /** Makes everything added so far durable. */
    void commit() throws IOException {
        writer.setLiveCommitData(writer.getLiveCommitData()); // else a commit without documents would be none
        writer.commit();
    }

    /** Lets go without a commit: the index stays as it was at the last one. */
    @Override
    public void close() throws IOException {
        try (directory) {
            writer.rollback();
        }
    }
}
