package uz.koprik.indicators.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;

/** What a store accepts, and that it returns the same. */
public abstract class AppendContract extends StoreContract {

    protected AppendContract(StoreBackend backend) {
        super(backend);
    }

    @Test
    void startsEmpty() throws StoreUnavailable {
        assertEquals(0, store.status().entries());
        assertEquals(0, store.status().lastSeq());
        assertEquals(0, store.status().lastAdded());
        assertEquals(new Page(List.of(), false, 0), store.page(Selection.all(ALL), 0, 10));
        assertEquals(Optional.empty(), store.latest("indicator--x"));
        assertEquals(Optional.empty(), store.at(1));
        assertEquals(List.of(), store.versions("indicator--x"));
        assertEquals(List.of(), store.referrers("indicator--x", Versions.LAST));
        assertEquals(Map.of(), store.carriers(List.of("domain:example.com"), ALL, 3));
        assertEquals(0, store.search(words("example")).total());
        store.check();
        assertEquals(List.of(), store.append(List.of()));
    }

    @Test
    void keepsBytesAndFactsAsTheyCame() throws IOException, StoreUnavailable {
        Draft draft = Drafts.indicator(1)
                .carries("domain:example.com", "ipv4:192.0.2.1")
                .refersTo("malware--1", "malware--2")
                .text("Üzbég сўз 피싱")
                .body("ключ ключ")
                .from("budapest")
                .draft();
        AppendResult.NewEntry stored = assertInstanceOf(
                AppendResult.NewEntry.class, store.append(List.of(draft)).getFirst());
        for (int round = 0; round < 2; round++) {
            Entry entry = store.latest(draft.facts().id()).orElseThrow();
            assertEquals(draft.facts(), entry.facts());
            assertEquals(ByteBuffer.wrap(draft.object()), entry.object());
            assertTrue(entry.object().isReadOnly());
            assertEquals(stored, new AppendResult.NewEntry(entry.seq(), entry.added()));
            assertEquals(draft.facts().release(), entry.release());
            assertFalse(entry.superseded());
            reopen();
        }
    }

    @Test
    void factsOfEveryShapeComeBack() throws StoreUnavailable {
        EntryMetadata facts = new EntryMetadata(
                "ipv4-addr--1",
                "ipv4-addr",
                "2.0",
                StixObject.UNVERSIONED,
                StixObject.UNVERSIONED,
                Optional.empty(),
                "",
                "",
                "00",
                new Provenance(Provenance.Origin.UNSIGNED, List.of()),
                new ReleaseTerms(Tlp.RED, true, true, true),
                true,
                List.of(),
                List.of(),
                "");
        store.append(List.of(new Draft(facts, new byte[] {'{', '}'})));
        assertEquals(facts, store.at(1).orElseThrow().facts());
        Provenance two = new Provenance(
                Provenance.Origin.COUNTERSIGNED,
                List.of(
                        new Provenance.Signer("seoul", "k1", "ES256", 1),
                        new Provenance.Signer("moscow", "k2", "Ed25519", 2)));
        EntryMetadata more = new EntryMetadata(
                "x--2",
                "x",
                "2.1",
                Long.MAX_VALUE,
                -5,
                Optional.of("identity--1"),
                "seoul",
                "",
                "01",
                two,
                new ReleaseTerms(Tlp.CLEAR, false, false, false),
                false,
                List.of("a:b"),
                List.of("c"),
                "w");
        store.append(List.of(new Draft(more, new byte[0])));
        assertEquals(more, store.at(2).orElseThrow().facts());
        assertEquals(0, store.at(2).orElseThrow().object().remaining());
    }

    @Test
    void bytesOfEverySortComeBack() throws IOException, StoreUnavailable {
        String separators = Character.toString(0x2028) + Character.toString(0x1f511);
        List<byte[]> sorts = List.of(
                ("{" + '"' + 'a' + '"' + ":\r\n\t" + '"' + separators + '"' + "}")
                        .getBytes(StandardCharsets.UTF_8), // JSON, but not in one line
                new byte[] {0, '"', '\\', 'u', 0x7f, '\n'},
                new byte[] {'{', (byte) 0xff, (byte) 0xc0, '}'}, // no UTF-8
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}); // half a pair, which UTF-8 does not write
        for (int i = 0; i < sorts.size(); i++) {
            store.append(
                    List.of(new Draft(Drafts.indicator(i).text("sorts").draft().facts(), sorts.get(i))));
        }
        assertEquals(sorts.size(), store.search(words("sorts")).total()); // so that the index, too, has them
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < sorts.size(); i++) {
                assertEquals(
                        ByteBuffer.wrap(sorts.get(i)),
                        store.at(i + 1L).orElseThrow().object(),
                        "sort " + i);
            }
            reopen();
        }
    }

    @Test
    void judgesVersions() throws StoreUnavailable {
        Drafts object = Drafts.indicator(1);
        AppendResult.NewEntry first = stored(object.version(10));
        assertEquals(List.of(new AppendResult.Duplicate(first.seq(), first.added())), append(object.version(10)));
        assertEquals(
                List.of(new AppendResult.Conflict(first.seq())),
                append(object.version(10).body("other")));
        AppendResult.NewEntry second = stored(object.version(20));
        assertEquals(List.of(new AppendResult.Stale(second.seq(), 20)), append(object.version(15)));
        assertEquals(List.of(new AppendResult.Stale(second.seq(), 20)), append(object.version(5)));
        assertEquals(List.of(new AppendResult.Duplicate(first.seq(), first.added())), append(object.version(10)));
        assertEquals(
                List.of(new AppendResult.Conflict(first.seq())),
                append(object.version(10).body("other")));
        assertEquals(List.of(new AppendResult.Stale(second.seq(), 20)), append(object.version(StixObject.UNVERSIONED)));
        assertEquals(2, store.status().entries());
        assertTrue(second.added() > first.added());
    }

    @Test
    void judgesOneAfterTheOtherWithinABatch() throws StoreUnavailable {
        Drafts object = Drafts.indicator(1);
        List<AppendResult> outcomes = append(
                object.version(10),
                object.version(10),
                object.version(10).body("other"),
                object.version(20),
                object.version(15),
                Drafts.indicator(2));
        assertEquals(
                List.of("NewEntry", "Duplicate", "Conflict", "NewEntry", "Stale", "NewEntry"),
                outcomes.stream()
                        .map(outcome -> outcome.getClass().getSimpleName())
                        .toList());
        assertEquals(3, store.status().lastSeq());
        assertEquals(List.of(1L, 2L), seqs(store.versions(object.id())));
    }

    @Test
    void objectsWithoutVersionHaveEditions() throws StoreUnavailable {
        Drafts object = Drafts.indicator("ipv4-addr--1").version(StixObject.UNVERSIONED);
        AppendResult.NewEntry one = stored(object.body("one"));
        assertEquals(List.of(new AppendResult.Duplicate(one.seq(), one.added())), append(object.body("one")));
        AppendResult.NewEntry two = stored(object.body("two"));
        assertEquals(List.of(new AppendResult.Duplicate(one.seq(), one.added())), append(object.body("one")));
        assertEquals(two.seq(), store.latest(object.id()).orElseThrow().seq());
        assertTrue(store.at(one.seq()).orElseThrow().superseded());
        stored(object.version(5));
        assertEquals(List.of(new AppendResult.Stale(3, 5)), append(object.body("three")));
    }

    @Test
    void refusesWhatIsNoDraftWithoutStoringAnyOfTheBatch() throws StoreUnavailable {
        assertThrows(
                IllegalArgumentException.class,
                () -> append(Drafts.indicator(1), Drafts.indicator(2).spec("3.0")));
        assertThrows(IllegalArgumentException.class, () -> append(Drafts.indicator(1), Drafts.indicator("")));
        assertEquals(0, store.status().entries());
    }

    @Test
    void addedIsUniqueAndRises() throws StoreUnavailable {
        for (int i = 0; i < 50; i++) {
            append(Drafts.indicator(2 * i), Drafts.indicator(2 * i + 1));
        }
        long before = 0;
        for (Entry entry : store.page(Selection.all(ALL), 0, 1000).entries()) {
            assertTrue(entry.added() > before);
            before = entry.added();
        }
        assertEquals(before, store.status().lastAdded());
    }

    /** Entries stay readable for a thread that still writes them to a slow client. */
    @Test
    void entriesOutliveTheirPage() throws StoreUnavailable {
        append(Drafts.indicator(1).body("slow"));
        Entry entry = store.at(1).orElseThrow();
        append(Drafts.indicator(1).version(2));
        assertTrue(Drafts.object(entry).contains("slow"));
        assertEquals(1, entry.facts().version());
    }
}
