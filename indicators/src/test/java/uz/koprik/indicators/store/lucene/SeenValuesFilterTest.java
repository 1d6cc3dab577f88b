package uz.koprik.indicators.store.lucene;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.store.Drafts;

/** Never says no to a seen value, for any number of values, and seldom yes to what was not. */
class SeenValuesFilterTest {

    private static final int MANY = 300_000;

    @TempDir
    Path folder;

    private static String domain(int number) {
        return "domain:host-" + number + ".zone-" + number % 1000 + ".example.net";
    }

    private static NetworkKey.Span below(String domain) {
        return NetworkKey.within(Observable.ofKey(domain)).orElseThrow();
    }

    @Test
    void knowsAllThatWasToldAndLittleElse() throws IOException {
        SeenValuesFilter met = new SeenValuesFilter();
        try (Directory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
            Document old = new Document();
            old.add(new StringField(IndexFiles.OBSERVABLE, "domain:old.example.org", Field.Store.NO));
            old.add(new StringField(
                    IndexFiles.PLACE, NetworkKey.ofKey("domain:old.example.org").orElseThrow(), Field.Store.NO));
            writer.addDocument(old);
            assertTrue(met.value(domain(1)), "as long as it does not know all, it may not say no");
            assertTrue(met.within(below(domain(1))));
            try (DirectoryReader reader = DirectoryReader.open(writer)) {
                met.addAll(reader);
            }
        }
        assertTrue(met.value("domain:old.example.org"));
        assertTrue(met.within(below("domain:example.org")));
        assertFalse(met.within(below("domain:old.example.org")), "nothing lies below it");
        for (int i = 0; i < MANY; i++) {
            met.add(Drafts.indicator(i).carries(domain(i)).draft().facts());
        }
        int mistaken = 0;
        for (int i = 0; i < MANY; i++) {
            assertTrue(met.value(domain(i)));
            assertTrue(met.within(below("domain:zone-" + i % 1000 + ".example.net")));
            mistaken += met.value(domain(MANY + i)) ? 1 : 0;
            mistaken += met.within(below(domain(MANY + i))) ? 1 : 0;
        }
        assertTrue(mistaken < 2 * MANY / 20, mistaken + " of " + 2 * MANY + " mistaken");
    }

    @Test
    void aValueTooLongForATermIsKnownByTheTermThatStandsForIt() {
        SeenValuesFilter met = new SeenValuesFilter();
        String longest = "url:https://example.com/" + "a".repeat(9000);
        met.add(Drafts.indicator(1).carries(longest).draft().facts());
        assertTrue(met.value(longest));
    }
}
