package uz.koprik.indicators.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.lucene.LuceneOptions;
import uz.koprik.indicators.store.lucene.LuceneStore;

/** Objects that an earlier reading stored are read again, so that values of newer kinds are found in them. */
class ReadAgainTest {

    private static final int SEGMENT = 64 << 10;
    private static final String ID = "domain-name--00000000-0000-4000-8000-000000000001";

    @TempDir
    Path temp;

    private static byte[] record(int reading, String json, String... stored) {
        Draft draft = Drafts.indicator(ID).type("domain-name").carries(stored).draft();
        byte[] record = EntryRecord.encode(
                new Draft(draft.facts(), json.getBytes(StandardCharsets.UTF_8)),
                ID.getBytes(StandardCharsets.UTF_8),
                reading);
        EntryRecord.place(record, 1, 1_700_000_000_000_000L, 0, false);
        JournalRecord.seal(record, 0);
        return record;
    }

    private static List<String> values(byte[] record) {
        return EntryRecord.facts(ByteBuffer.wrap(record), 0).observables();
    }

    @Test
    void whatAnEarlierReadingFoundIsCompleted() {
        String address = "{\"type\":\"domain-name\",\"id\":\"" + ID + "\",\"value\":\"192.0.2.195\"}";
        assertEquals(List.of("ipv4:192.0.2.195"), values(record(0, address)));
        assertEquals(List.of(), values(record(ObservableExtraction.READING, address)), "the present reading is final");
        String file = "{\"type\":\"file\",\"id\":\"" + ID + "\",\"name\":\"Invoice.PDF\"}";
        assertEquals(
                List.of("file-name:Invoice.PDF", "file-name:invoice.pdf"),
                values(record(0, file, "file-name:Invoice.PDF")));
        String card = "payment-card:411111-1111-abcdefghij234567";
        assertEquals(List.of(card, "payment-card:411111-1111"), values(record(1, "no object", card)));
        String mask = "{\"type\":\"payment-card\",\"id\":\"" + ID + "\",\"card_number\":\"411111xxxxxx1111\"}";
        assertEquals(
                List.of("payment-card:411111******1111"), values(record(1, mask)), "refused by the reading before");
        assertEquals(List.of("domain:kept.example"), values(record(0, "no object", "domain:kept.example")));
    }

    @Test
    void anIndexOfAnEarlierReadingIsMadeAnewAtTheStart() throws Exception {
        long store;
        try (Journal journal = new Journal(temp.resolve("journal"), SEGMENT, Disk.REAL)) {
            JournalReplay.run(journal, (segment, offset, position) -> {});
            journal.append(
                    List.of(record(0, "{\"type\":\"url\",\"id\":\"" + ID + "\",\"value\":\"http://0xC0000205/a\"}")),
                    new long[1]);
            store = journal.store();
        }
        try (FSDirectory index = FSDirectory.open(temp.resolve("index"));
                IndexWriter writer = new IndexWriter(index, new IndexWriterConfig())) {
            writer.addDocument(new Document()); // the entry as the earlier reading saw it: without values
            writer.setLiveCommitData(Map.of("layout", "3", "store", Long.toHexString(store), "marked", "true")
                    .entrySet());
            writer.commit();
        }
        LuceneOptions options = new LuceneOptions(SEGMENT, 64 << 10, 1 << 20, Duration.ofMillis(100));
        try (LuceneStore opened = LuceneStore.open(temp, options)) {
            List<String> wanted = List.of("url:http://0xc0000205/a", "url:http://192.0.2.5/a");
            assertTrue(
                    opened.carriers(wanted, Audience.HOUSEKEEPING, 1).keySet().containsAll(wanted),
                    "each value leads to the object");
        }
    }
}
