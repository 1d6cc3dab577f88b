package uz.koprik.indicators.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.Place;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.ReleaseClass;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.words.Highlight;

/** What every store must do, whatever it is built on. Each test begins with an empty store. */
public abstract class StoreContract {

    protected static final Audience ALL = Audience.HOUSEKEEPING;
    private static final Audience GREEN_ONLY = new Audience(1L << new ReleaseClass(Tlp.GREEN, false, false, false).code());

    @TempDir
    protected Path temp;

    protected InternalStore store;

    /** Opens the store that {@code name} stands for; a name not used before is an empty one. */
    protected abstract InternalStore open(Path name) throws IOException;

    /** Makes a store from a snapshot, so that it can be opened under that name. */
    protected abstract void restore(Path snapshot, Path name) throws IOException;

    @BeforeEach
    void begin() throws IOException {
        store = open(temp.resolve("store"));
    }

    @AfterEach
    void end() {
        store.close();
    }

    private void reopen() throws IOException {
        store.close();
        store = open(temp.resolve("store"));
    }

    protected final List<Appended> append(Drafts... drafts) throws StoreUnavailable {
        return store.append(Arrays.stream(drafts).map(Drafts::draft).toList());
    }

    protected final Appended.Stored stored(Drafts draft) throws StoreUnavailable {
        return assertInstanceOf(Appended.Stored.class, append(draft).getFirst());
    }

    private static List<Long> seqs(List<Entry> entries) {
        return entries.stream().map(Entry::seq).toList();
    }

    private List<Long> all(Selection selection) throws StoreUnavailable {
        List<Long> found = new ArrayList<>();
        Page page = store.page(selection, 0, 7);
        found.addAll(seqs(page.entries()));
        while (page.more()) {
            page = store.page(selection, page.nextAfter(), 7);
            found.addAll(seqs(page.entries()));
        }
        return found;
    }

    private static Selection select(Versions versions) {
        return new Selection(ALL, Set.of(), Set.of(), Set.of(), versions, 0);
    }

    private static List<Long> fromTo(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static Search words(String words) {
        return new SearchBuilder().words(words).build();
    }

    // ---- statements: who may say what under an id

    private static final Claimant PARTNER = new Claimant(GREEN_ONLY, "seoul", Set.of("identity--of-seoul"));

    private Appended by(Claimant claimant, Drafts draft) throws StoreUnavailable {
        Draft plain = draft.draft();
        Draft claimed = new Draft(plain.facts(), plain.object(), Optional.empty(), claimant);
        Appended foreseen = store.foresee(claimed);
        Appended outcome = store.append(List.of(claimed)).getFirst();
        assertEquals(outcome.getClass(), foreseen.getClass());
        return outcome;
    }

    @Test
    void onlyTheCreatorMakesVersions() throws StoreUnavailable, IOException {
        Drafts object = Drafts.indicator(1);
        long first = stored(object).seq();
        assertEquals(new Appended.Foreign(first, "/created_by_ref"), by(PARTNER, object.version(2).producer("identity--of-seoul")));
        assertEquals(new Appended.Foreign(first, "/created_by_ref"), by(Claimant.MEMBER, object.version(2).producer("")));
        reopen();
        assertEquals(new Appended.Foreign(first, "/created_by_ref"), by(PARTNER, object.version(2).producer("identity--of-seoul")));
        assertEquals(List.of(1L), seqs(store.versions(object.id())));
        stored(object.version(2));
    }

    @Test
    void aStatementOfOneWhoMayNotSeeTheFirstIsKeptApart() throws StoreUnavailable, IOException {
        Drafts hidden = Drafts.indicator(1).tlp(Tlp.RED).version(5).carries("domain:hidden.example.com").text("hidden");
        Drafts apart = Drafts.indicator(1).producer("identity--of-seoul").from("seoul").carries("domain:apart.example.com").text("apart");
        stored(hidden);
        long stamp = store.stamp(1, 10);
        assertEquals(1, assertInstanceOf(Appended.Stored.class, by(PARTNER, apart)).contests());
        assertNotEquals(stamp, store.stamp(1, 10), "pages that were cut before hold no longer");
        assertInstanceOf(Appended.Stored.class, by(PARTNER, apart.version(2)));
        for (int round = 0; round < 2; round++) {
            Audience members = new Audience(~0L >>> 1);
            assertEquals(List.of(1L), seqs(store.versions(hidden.id(), members)));
            assertEquals(List.of(2L, 3L), seqs(store.versions(hidden.id(), GREEN_ONLY)));
            assertEquals(1, store.latest(hidden.id(), members).orElseThrow().seq());
            assertEquals(3, store.latest(hidden.id(), GREEN_ONLY).orElseThrow().seq());
            assertEquals(List.of(1L), all(new Selection(members, Set.of(), Set.of(), Set.of(), Versions.LAST, 0)));
            assertEquals(List.of(3L), all(new Selection(GREEN_ONLY, Set.of(), Set.of(), Set.of(), Versions.LAST, 0)));
            assertEquals(List.of(2L, 3L), all(new Selection(GREEN_ONLY, Set.of(), Set.of(hidden.id()), Set.of(), Versions.ALL, 0)));
            assertEquals(Set.of(), store.carriers(List.of("domain:apart.example.com"), members, 1).keySet());
            assertEquals(Set.of("domain:apart.example.com"), store.carriers(List.of("domain:apart.example.com"), GREEN_ONLY, 1).keySet());
            assertEquals(Set.of("domain:apart.example.com"), store.carriers(List.of("domain:apart.example.com"), ALL, 1).keySet());
            assertEquals(1, store.search(new SearchBuilder().words("apart").audience(GREEN_ONLY).build()).total());
            assertEquals(0, store.search(new SearchBuilder().words("apart").audience(members).build()).total());
            assertEquals(List.of(1L, 3L), seqs(store.statements(hidden.id())));
            assertEquals(3, store.known(hidden.id(), PARTNER).orElseThrow().seq());
            reopen();
        }
        assertEquals(2, store.withdraw(hidden.id(), Versions.ALL, GREEN_ONLY, "wrong", "seoul"));
        assertEquals(List.of(1L), seqs(store.versions(hidden.id())));
        assertInstanceOf(Appended.Withdrawn.class, by(PARTNER, apart.version(2)));
        stored(hidden.version(6).tlp(Tlp.GREEN));
        assertEquals(4, store.latest(hidden.id(), GREEN_ONLY).orElseThrow().seq());
    }

    @Test
    void olderVersionsAreReleasedNoFurtherThanTheNewer() throws StoreUnavailable, IOException {
        Drafts object = Drafts.indicator(1);
        stored(object);
        stored(object.version(2).tlp(Tlp.RED));
        stored(object.version(3));
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(3L), seqs(store.versions(object.id(), GREEN_ONLY)));
            reopen();
        }
        store.restrict(Map.of(3L, new ReleaseClass(Tlp.AMBER, false, false, false)));
        assertEquals(List.of(), store.versions(object.id(), GREEN_ONLY));
        assertEquals(List.of(Tlp.RED, Tlp.RED, Tlp.AMBER), store.versions(object.id()).stream().map(entry -> entry.release().tlp()).toList());
    }

    @Test
    void draftsOfOneBatchAreJudgedByStatement() throws StoreUnavailable {
        Drafts one = Drafts.indicator(1);
        List<Appended> outcomes = append(one, one.version(2).producer("identity--of-seoul"), one.version(2));
        assertEquals(new Appended.Foreign(1, "/created_by_ref"), outcomes.get(1));
        assertInstanceOf(Appended.Stored.class, outcomes.get(2));
    }

    // ---- append

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
        Draft draft = Drafts.indicator(1).carries("domain:example.com", "ipv4:192.0.2.1").refersTo("malware--1", "malware--2")
                .text("Üzbég сўз 피싱").body("ключ ключ").from("budapest").draft();
        Appended.Stored stored = assertInstanceOf(Appended.Stored.class, store.append(List.of(draft)).getFirst());
        for (int round = 0; round < 2; round++) {
            Entry entry = store.latest(draft.facts().id()).orElseThrow();
            assertEquals(draft.facts(), entry.facts());
            assertEquals(ByteBuffer.wrap(draft.object()), entry.object());
            assertTrue(entry.object().isReadOnly());
            assertEquals(stored, new Appended.Stored(entry.seq(), entry.added()));
            assertEquals(draft.facts().release(), entry.release());
            assertFalse(entry.superseded());
            reopen();
        }
    }

    @Test
    void factsOfEveryShapeComeBack() throws StoreUnavailable {
        EntryFacts facts = new EntryFacts("ipv4-addr--1", "ipv4-addr", "2.0", EntryFacts.UNVERSIONED, EntryFacts.UNVERSIONED,
                Optional.empty(), "", "", "00", new Provenance(Provenance.Origin.UNSIGNED, List.of()),
                new ReleaseClass(Tlp.RED, true, true, true), true, List.of(), List.of(), "");
        store.append(List.of(new Draft(facts, new byte[] {'{', '}'})));
        assertEquals(facts, store.at(1).orElseThrow().facts());
        Provenance two = new Provenance(Provenance.Origin.COUNTERSIGNED, List.of(
                new Provenance.Signer("seoul", "k1", "ES256", 1), new Provenance.Signer("moscow", "k2", "Ed25519", 2)));
        EntryFacts more = new EntryFacts("x--2", "x", "2.1", Long.MAX_VALUE, -5, Optional.of("identity--1"), "seoul", "",
                "01", two, new ReleaseClass(Tlp.CLEAR, false, false, false), false, List.of("a:b"), List.of("c"), "w");
        store.append(List.of(new Draft(more, new byte[0])));
        assertEquals(more, store.at(2).orElseThrow().facts());
        assertEquals(0, store.at(2).orElseThrow().object().remaining());
    }

    @Test
    void bytesOfEverySortComeBack() throws IOException, StoreUnavailable {
        String separators = Character.toString(0x2028) + Character.toString(0x1f511);
        List<byte[]> sorts = List.of(
                ("{" + '"' + 'a' + '"' + ":\r\n\t" + '"' + separators + '"' + "}").getBytes(StandardCharsets.UTF_8), // JSON, but not in one line
                new byte[] {0, '"', '\\', 'u', 0x7f, '\n'},
                new byte[] {'{', (byte) 0xff, (byte) 0xc0, '}'}, // no UTF-8
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}); // half a pair, which UTF-8 does not write
        for (int i = 0; i < sorts.size(); i++) {
            store.append(List.of(new Draft(Drafts.indicator(i).text("sorts").draft().facts(), sorts.get(i))));
        }
        assertEquals(sorts.size(), store.search(words("sorts")).total()); // so that the index, too, has them
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < sorts.size(); i++) {
                assertEquals(ByteBuffer.wrap(sorts.get(i)), store.at(i + 1L).orElseThrow().object(), "sort " + i);
            }
            reopen();
        }
    }

    @Test
    void judgesVersions() throws StoreUnavailable {
        Drafts object = Drafts.indicator(1);
        Appended.Stored first = stored(object.version(10));
        assertEquals(List.of(new Appended.Duplicate(first.seq(), first.added())), append(object.version(10)));
        assertEquals(List.of(new Appended.Conflict(first.seq())), append(object.version(10).body("other")));
        Appended.Stored second = stored(object.version(20));
        assertEquals(List.of(new Appended.Stale(second.seq(), 20)), append(object.version(15)));
        assertEquals(List.of(new Appended.Stale(second.seq(), 20)), append(object.version(5)));
        assertEquals(List.of(new Appended.Duplicate(first.seq(), first.added())), append(object.version(10)));
        assertEquals(List.of(new Appended.Conflict(first.seq())), append(object.version(10).body("other")));
        assertEquals(List.of(new Appended.Stale(second.seq(), 20)), append(object.version(EntryFacts.UNVERSIONED)));
        assertEquals(2, store.status().entries());
        assertTrue(second.added() > first.added());
    }

    @Test
    void judgesOneAfterTheOtherWithinABatch() throws StoreUnavailable {
        Drafts object = Drafts.indicator(1);
        List<Appended> outcomes = append(object.version(10), object.version(10), object.version(10).body("other"),
                object.version(20), object.version(15), Drafts.indicator(2));
        assertEquals(List.of("Stored", "Duplicate", "Conflict", "Stored", "Stale", "Stored"),
                outcomes.stream().map(outcome -> outcome.getClass().getSimpleName()).toList());
        assertEquals(3, store.status().lastSeq());
        assertEquals(List.of(1L, 2L), seqs(store.versions(object.id())));
    }

    @Test
    void objectsWithoutVersionHaveEditions() throws StoreUnavailable {
        Drafts object = Drafts.indicator("ipv4-addr--1").version(EntryFacts.UNVERSIONED);
        Appended.Stored one = stored(object.body("one"));
        assertEquals(List.of(new Appended.Duplicate(one.seq(), one.added())), append(object.body("one")));
        Appended.Stored two = stored(object.body("two"));
        assertEquals(List.of(new Appended.Duplicate(one.seq(), one.added())), append(object.body("one")));
        assertEquals(two.seq(), store.latest(object.id()).orElseThrow().seq());
        assertTrue(store.at(one.seq()).orElseThrow().superseded());
        stored(object.version(5));
        assertEquals(List.of(new Appended.Stale(3, 5)), append(object.body("three")));
    }

    @Test
    void refusesWhatIsNoDraftWithoutStoringAnyOfTheBatch() throws StoreUnavailable {
        assertThrows(IllegalArgumentException.class, () -> append(Drafts.indicator(1), Drafts.indicator(2).spec("3.0")));
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

    // ---- versions and pages

    @Test
    void selectsVersions() throws StoreUnavailable, IOException {
        Drafts a = Drafts.indicator(1);
        Drafts b = Drafts.indicator(2);
        append(a.version(10), b.version(10), a.version(20), a.version(30));
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(2L, 4L), all(select(Versions.LAST)));
            assertEquals(List.of(1L, 2L, 3L, 4L), all(select(Versions.ALL)));
            assertEquals(List.of(1L, 2L), all(select(new Versions(false, true, false, Set.of()))));
            assertEquals(List.of(1L, 2L, 4L), all(select(new Versions(false, true, true, Set.of()))));
            assertEquals(List.of(3L), all(select(new Versions(false, false, false, Set.of(20L, 77L)))));
            assertEquals(List.of(2L, 3L, 4L), all(select(new Versions(false, false, true, Set.of(20L)))));
            assertEquals(List.of(1L, 3L, 4L), seqs(store.versions(a.id())));
            assertEquals(4, store.latest(a.id()).orElseThrow().seq());
            assertTrue(store.at(3).orElseThrow().superseded());
            assertFalse(store.at(4).orElseThrow().superseded());
            reopen();
        }
    }

    @Test
    void filters() throws StoreUnavailable {
        append(Drafts.indicator(1), Drafts.indicator(2).type("malware"), Drafts.indicator(3).spec("2.0"),
                Drafts.indicator(4).type("malware").spec("2.0"), Drafts.indicator(1).version(2));
        assertEquals(List.of(2L, 4L), all(new Selection(ALL, Set.of("malware"), Set.of(), Set.of(), Versions.LAST, 0)));
        assertEquals(List.of(2L, 3L, 4L, 5L),
                all(new Selection(ALL, Set.of("malware", "indicator", "tool"), Set.of(), Set.of(), Versions.LAST, 0)));
        assertEquals(List.of(), all(new Selection(ALL, Set.of("tool"), Set.of(), Set.of(), Versions.ALL, 0)));
        assertEquals(List.of(3L, 4L), all(new Selection(ALL, Set.of(), Set.of(), Set.of("2.0"), Versions.LAST, 0)));
        assertEquals(List.of(4L), all(new Selection(ALL, Set.of("malware"), Set.of(), Set.of("2.0"), Versions.LAST, 0)));
        Set<String> ids = Set.of(Drafts.indicator(1).id(), Drafts.indicator(3).id(), "indicator--unknown");
        assertEquals(List.of(3L, 5L), all(new Selection(ALL, Set.of(), ids, Set.of(), Versions.LAST, 0)));
        assertEquals(List.of(1L, 3L, 5L), all(new Selection(ALL, Set.of(), ids, Set.of(), Versions.ALL, 0)));
        assertEquals(List.of(1L, 5L), all(new Selection(ALL, Set.of(), ids, Set.of("2.1"), Versions.ALL, 0)));
    }

    @Test
    void addedAfterIsStrict() throws StoreUnavailable {
        append(Drafts.indicator(1), Drafts.indicator(2), Drafts.indicator(3));
        for (long seq = 1; seq <= 3; seq++) {
            long added = store.at(seq).orElseThrow().added();
            assertEquals(fromTo(seq + 1, 3), all(new Selection(ALL, Set.of(), Set.of(), Set.of(), Versions.LAST, added)));
            assertEquals(fromTo(seq, 3), all(new Selection(ALL, Set.of(), Set.of(), Set.of(), Versions.LAST, added - 1)));
        }
        Set<String> ids = Set.of(Drafts.indicator(1).id(), Drafts.indicator(3).id());
        long second = store.at(2).orElseThrow().added();
        assertEquals(List.of(3L), all(new Selection(ALL, Set.of(), ids, Set.of(), Versions.LAST, second)));
    }

    @Test
    void pagesAreCutWhereSaid() throws StoreUnavailable {
        append(IntStream.range(0, 25).mapToObj(Drafts::indicator).toArray(Drafts[]::new));
        Page first = store.page(Selection.all(ALL), 0, 10);
        assertEquals(10, first.entries().size());
        assertTrue(first.more());
        Page exact = store.page(Selection.all(ALL), 15, 10);
        assertEquals(10, exact.entries().size());
        assertFalse(exact.more());
        Page behind = store.page(Selection.all(ALL), exact.nextAfter(), 10);
        assertEquals(List.of(), behind.entries());
        assertFalse(behind.more());
        append(Drafts.indicator(100));
        assertEquals(List.of(26L), seqs(store.page(Selection.all(ALL), behind.nextAfter(), 10).entries()));
        assertThrows(IllegalArgumentException.class, () -> store.page(Selection.all(ALL), 0, 0));
        assertThrows(IllegalArgumentException.class, () -> store.page(Selection.all(ALL), -1, 1));
    }

    @Test
    void audienceIsAppliedEverywhere() throws StoreUnavailable {
        String secret = Drafts.indicator(2).id();
        append(Drafts.indicator(1).carries("domain:example.com").text("phishing").from("seoul"),
                Drafts.indicator(2).tlp(Tlp.RED).carries("domain:example.com", "domain:example.net").text("phishing").from("moscow"));
        assertEquals(List.of(1L), all(new Selection(GREEN_ONLY, Set.of(), Set.of(), Set.of(), Versions.ALL, 0)));
        assertEquals(List.of(), all(new Selection(GREEN_ONLY, Set.of(), Set.of(secret), Set.of(), Versions.ALL, 0)));
        Map<String, Carriers> carriers = store.carriers(List.of("domain:example.com", "domain:example.net"), GREEN_ONLY, 5);
        assertEquals(Set.of("domain:example.com"), carriers.keySet());
        assertEquals(1, carriers.get("domain:example.com").count());
        Search.Result result = store.search(
                new SearchBuilder().audience(GREEN_ONLY).words("phishing").facets(Search.Facet.values()).limit(10).build());
        assertEquals(1, result.total());
        assertEquals(List.of(1L), seqs(result.entries()));
        assertEquals(Map.of("seoul", 1L), result.facets().get(Search.Facet.RECEIVED_FROM));
        assertEquals(Map.of("GREEN", 1L), result.facets().get(Search.Facet.TLP));
        assertEquals(List.of(), all(new Selection(new Audience(0), Set.of(), Set.of(), Set.of(), Versions.ALL, 0)));
    }

    // ---- withdraw and restrict

    @Test
    void withdrawnIsGoneFromEveryView() throws StoreUnavailable, IOException {
        Drafts object = Drafts.indicator(1).carries("domain:example.com").refersTo("malware--1").text("phishing");
        append(object.version(10), object.version(20), Drafts.indicator(2));
        assertEquals(2, store.withdraw(object.id(), Versions.ALL, "published by mistake", "admin"));
        assertEquals(0, store.withdraw(object.id(), Versions.ALL, "again", "admin"));
        assertEquals(0, store.withdraw("indicator--unknown", Versions.ALL, "unknown", "admin"));
        for (int round = 0; round < 2; round++) {
            assertEquals(Optional.empty(), store.latest(object.id()));
            assertEquals(Optional.empty(), store.at(1));
            assertEquals(List.of(), store.versions(object.id()));
            assertEquals(List.of(3L), all(select(Versions.ALL)));
            assertEquals(Map.of(), store.carriers(List.of("domain:example.com"), ALL, 1));
            assertEquals(List.of(), store.referrers("malware--1", Versions.LAST));
            assertEquals(0, store.search(words("phishing")).total());
            assertEquals(3, store.status().entries());
            assertEquals(List.of(new Appended.Withdrawn(20)), append(object.version(20)));
            assertEquals(List.of(new Appended.Withdrawn(20)), append(object.version(15)));
            reopen();
        }
        Appended.Stored back = stored(object.version(21));
        assertEquals(back.seq(), store.latest(object.id()).orElseThrow().seq());
        assertEquals(List.of(3L, back.seq()), all(select(new Versions(false, true, false, Set.of()))));
    }

    @Test
    void withdrawingTheLastBringsTheOneBeforeBack() throws StoreUnavailable, IOException {
        Drafts object = Drafts.indicator(1);
        append(object.version(10), object.version(20), object.version(30));
        assertEquals(1, store.withdraw(object.id(), Versions.LAST, "wrong", "admin"));
        for (int round = 0; round < 2; round++) {
            assertEquals(2, store.latest(object.id()).orElseThrow().seq());
            assertFalse(store.at(2).orElseThrow().superseded());
            assertTrue(store.at(1).orElseThrow().superseded());
            assertEquals(List.of(2L), all(select(Versions.LAST)));
            assertEquals(List.of(new Appended.Withdrawn(30)), append(object.version(30)));
            assertEquals(List.of(new Appended.Withdrawn(30)), append(object.version(25)));
            assertInstanceOf(Appended.Duplicate.class, append(object.version(20)).getFirst());
            reopen();
        }
        assertEquals(1, store.withdraw(object.id(), new Versions(false, true, false, Set.of()), "wrong too", "admin"));
        assertEquals(List.of(2L), all(select(new Versions(false, true, false, Set.of()))));
        assertEquals(1, store.withdraw(object.id(), new Versions(false, false, false, Set.of(20L)), "all", "admin"));
        assertEquals(List.of(), all(select(Versions.ALL)));
        assertEquals(List.of(new Appended.Withdrawn(30)), append(object.version(29)));
    }

    @Test
    void withdrawnEditionsDoNotComeBack() throws StoreUnavailable {
        Drafts object = Drafts.indicator("domain-name--1").version(EntryFacts.UNVERSIONED);
        append(object.body("one"));
        assertEquals(1, store.withdraw(object.id(), Versions.ALL, "personal", "admin"));
        assertEquals(List.of(new Appended.Withdrawn(0)), append(object.body("one")));
        assertEquals(List.of(new Appended.Withdrawn(0)), append(object.body("two")));
    }

    @Test
    void restrictsForGood() throws StoreUnavailable, IOException {
        append(Drafts.indicator(1).tlp(Tlp.GREEN), Drafts.indicator(2).tlp(Tlp.RED));
        ReleaseClass amber = new ReleaseClass(Tlp.AMBER, false, true, false);
        store.restrict(Map.of(1L, amber, 2L, amber));
        for (int round = 0; round < 2; round++) {
            assertEquals(amber, store.at(1).orElseThrow().release());
            assertEquals(new ReleaseClass(Tlp.RED, false, true, false), store.at(2).orElseThrow().release());
            assertEquals(Tlp.GREEN, store.at(1).orElseThrow().facts().release().tlp());
            assertEquals(List.of(), all(Selection.all(GREEN_ONLY)));
            reopen();
        }
        store.restrict(Map.of());
        assertThrows(IllegalArgumentException.class, () -> store.restrict(Map.of(3L, amber)));
    }

    @Test
    void stampChangesWithVisibility() throws StoreUnavailable {
        append(Drafts.indicator(1), Drafts.indicator(2));
        long stamp = store.stamp(1, 2);
        assertEquals(stamp, store.stamp(1, 2));
        append(Drafts.indicator(1).version(2));
        assertNotEquals(stamp, store.stamp(1, 2));
        stamp = store.stamp(1, 2);
        store.restrict(Map.of(2L, new ReleaseClass(Tlp.RED, false, false, false)));
        assertNotEquals(stamp, store.stamp(1, 2));
        stamp = store.stamp(1, 2);
        store.withdraw(Drafts.indicator(2).id(), Versions.ALL, "wrong", "admin");
        assertNotEquals(stamp, store.stamp(1, 2));
        assertEquals(0, store.stamp(1_000_000, 2_000_000));
    }

    // ---- values, references, words

    @Test
    void findsCarriers() throws StoreUnavailable, IOException {
        append(Drafts.indicator(1).carries("domain:example.com", "domain:example.com"), Drafts.indicator(2).carries("domain:example.com", "ipv4:192.0.2.1"),
                Drafts.indicator(3).carries("domain:example.com"), Drafts.indicator(3).version(2).carries("domain:example.org"));
        for (int round = 0; round < 2; round++) {
            Map<String, Carriers> found =
                    store.carriers(List.of("domain:example.com", "ipv4:192.0.2.1", "domain:none.example", "domain:example.org"), ALL, 1);
            assertEquals(Set.of("domain:example.com", "ipv4:192.0.2.1", "domain:example.org"), found.keySet());
            assertEquals(2, found.get("domain:example.com").count());
            assertEquals(List.of(2L), seqs(found.get("domain:example.com").freshest()));
            assertEquals(List.of(4L), seqs(found.get("domain:example.org").freshest()));
            assertEquals(List.of(2L, 1L), seqs(store.carriers(List.of("domain:example.com"), ALL, 9).get("domain:example.com").freshest()));
            assertEquals(List.of(), store.carriers(List.of("domain:example.com"), ALL, 0).get("domain:example.com").freshest());
            reopen();
        }
        append(Drafts.indicator(4).carries("domain:example.com"));
        assertEquals(List.of(5L, 2L, 1L), seqs(store.carriers(List.of("domain:example.com"), ALL, 9).get("domain:example.com").freshest()));
    }

    @Test
    void findsWhatLiesWithinAPlace() throws StoreUnavailable, IOException {
        append(Drafts.indicator(1).carries("domain:example.com", "ipv4:192.0.2.1"),
                Drafts.indicator(2).carries("domain:www.example.com", "domain:a.b.example.com"),
                Drafts.indicator(3).carries("url:https://example.com/x", "ipv6:2001:db8::1"),
                Drafts.indicator(4).tlp(Tlp.RED).carries("email:anna@mail.example.com"),
                Drafts.indicator(5).carries("domain:notexample.com", "cidr:192.0.2.128/25", "ipv4:192.0.3.1"),
                Drafts.indicator(6).carries("url:http://192.0.2.200:8080/"),
                Drafts.indicator(3).version(2).carries("url:https://example.org/x", "ipv6:2001:db8::1"),
                Drafts.indicator(7).carries("url:https://example.com/y", "sha256:" + "ab".repeat(32)));
        Place.Span domain = place("domain:example.com");
        Place.Span network = place("cidr:192.0.2.0/24");
        Place.Span six = place("cidr:2001:db8::/32");
        Place.Span none = place("domain:example.net");
        for (int round = 0; round < 2; round++) {
            Map<Place.Span, Within> found = store.within(List.of(domain, network, six, none), ALL, 9, 9);
            assertEquals(Set.of(domain, network, six), found.keySet());
            assertEquals(List.of(8L, 4L, 2L), seqs(found.get(domain).freshest()));
            assertEquals(3, found.get(domain).count());
            assertFalse(found.get(domain).more());
            assertEquals(List.of(6L, 5L, 1L), seqs(found.get(network).freshest()));
            assertEquals(List.of(7L), seqs(found.get(six).freshest()));
            Within few = store.within(List.of(domain), ALL, 1, 2).get(domain);
            assertEquals(2, few.count());
            assertTrue(few.more());
            assertEquals(1, few.freshest().size());
            assertEquals(List.of(8L, 2L), seqs(store.within(List.of(domain), GREEN_ONLY, 9, 9).get(domain).freshest()));
            reopen();
        }
        append(Drafts.indicator(8).carries("domain:new.example.com"));
        assertEquals(List.of(9L, 8L, 4L, 2L), seqs(store.within(List.of(domain), ALL, 9, 9).get(domain).freshest()));
    }

    private static Place.Span place(String key) {
        return Place.within(Observable.ofKey(key)).orElseThrow();
    }

    @Test
    void veryLongValuesAreValuesToo() throws StoreUnavailable, IOException {
        String url = "url:https://example.com/" + "ў".repeat(40_000);
        append(Drafts.indicator(1).carries(url).refersTo(url).text("x".repeat(40_000) + " " + "ﷺ".repeat(5000) + " end"));
        append(Drafts.indicator(2).carries(url + "b"));
        for (int round = 0; round < 2; round++) {
            assertEquals(1, store.carriers(List.of(url), ALL, 1).get(url).count());
            assertEquals(List.of(1L), seqs(store.referrers(url, Versions.LAST)));
            assertEquals(1, store.search(words("end")).total());
            reopen();
        }
    }

    @Test
    void findsReferrersWhoeverMaySeeThem() throws StoreUnavailable, IOException {
        append(Drafts.indicator(1).refersTo("malware--1"), Drafts.indicator(2).tlp(Tlp.RED).refersTo("malware--1", "malware--2"),
                Drafts.indicator(1).version(2).refersTo("malware--2"));
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(2L), seqs(store.referrers("malware--1", Versions.LAST)));
            assertEquals(List.of(2L, 3L), seqs(store.referrers("malware--2", Versions.LAST)));
            assertEquals(List.of(1L, 2L), seqs(store.referrers("malware--1", Versions.ALL)));
            reopen();
        }
    }

    @Test
    void findsWordsOfAnyLanguage() throws StoreUnavailable {
        append(Drafts.indicator(1).text("O‘zbekiston banki mijozlariga qarshi firibgarlik"),
                Drafts.indicator(2).text("Мошенничество с банковскими картами: Ёлка"),
                Drafts.indicator(3).text("Árvíztűrő tükörfúrógép — adathalászat"),
                Drafts.indicator(4).text("보이스피싱을 이용한 금융사기"),
                Drafts.indicator(5).text("Phishing kit at login.paypal-secure.example.com, 198.51.100.7"));
        assertEquals(List.of(1L), found("o'zbekiston"));
        assertEquals(List.of(1L), found("OʻZBEKISTON firibgarlik"));
        assertEquals(List.of(2L), found("мошенничество"));
        assertEquals(List.of(2L), found("елка КАРТАМИ"));
        assertEquals(List.of(3L), found("arvizturo"));
        assertEquals(List.of(3L), found("ADATHALÁSZAT tukor*"));
        assertEquals(List.of(4L), found("보이스피싱"));
        assertEquals(List.of(4L), found("금융*"));
        assertEquals(List.of(5L), found("paypal"));
        assertEquals(List.of(5L), found("example.com"));
        assertEquals(List.of(5L), found("login.paypal-secure.example.com"));
        assertEquals(List.of(5L), found("198.51.100.7"));
        assertEquals(List.of(), found("7.100.51.198"));
        assertEquals(List.of(5L), found("phish*"));
        assertEquals(List.of(), found("phish"));
        assertEquals(List.of(), found("phishing firibgarlik"));
        assertEquals(List.of(), found("*"));
        assertEquals(List.of(), found("!!!"));
        assertEquals(List.of(1L), found("Ўзбекистон"));
        assertEquals(List.of(1L), found("фирибгар*"));
        assertEquals(List.of(2L), found("moshennichestvo"));
        assertEquals(List.of(), found("피싱보이"));
        assertEquals(List.of(5L), found("\"kit at login\""));
        assertEquals(List.of(), found("\"at kit\""));
        assertEquals(List.of(4L, 3L, 2L, 1L), found("-phishing"));
        assertEquals(List.of(), found("phishing -\"kit at\""));
        assertThrows(IllegalArgumentException.class, () -> found("word ".repeat(1000)));
    }

    @Test
    void searchesByKindLabelAndWhatItIsAbout() throws StoreUnavailable, IOException {
        Draft labelled = Drafts.indicator(2).carries("ipv4:192.0.2.1").refersTo("incident--1").text("one").draft();
        byte[] object = "{\"type\":\"indicator\",\"labels\":[\"Money Mule\",\"bank\"]}".getBytes(StandardCharsets.UTF_8);
        append(Drafts.indicator(1).carries("domain:example.com", "domain:example.net").text("one"));
        store.append(List.of(new Draft(labelled.facts(), object)));
        append(Drafts.indicator("incident--1").type("incident").text("one"),
                Drafts.indicator(4).tlp(Tlp.RED).carries("domain:example.org").refersTo("incident--1").text("two"));
        SearchBuilder any = new SearchBuilder();
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(4L, 1L), seqs(store.search(any.kinds("domain").build()).entries()));
            assertEquals(List.of(4L, 2L, 1L), seqs(store.search(any.kinds("domain", "ipv4").build()).entries()));
            assertEquals(List.of(1L), seqs(store.search(any.kinds("domain").words("one").build()).entries()));
            assertEquals(List.of(1L), seqs(store.search(any.kinds("domain").audience(GREEN_ONLY).build()).entries()));
            assertEquals(List.of(2L), seqs(store.search(any.labels("money mule").build()).entries()));
            assertEquals(List.of(2L), seqs(store.search(any.labels("BANK", "none").build()).entries()));
            assertEquals(List.of(), seqs(store.search(any.labels("mule").build()).entries()));
            assertEquals(List.of(4L, 3L, 2L), seqs(store.search(any.about("incident--1").build()).entries()));
            assertEquals(List.of(3L, 2L), seqs(store.search(any.about("incident--1", "incident--2").words("one").build()).entries()));
            assertEquals(List.of(), seqs(store.search(any.about("incident--2").build()).entries()));
            Search.Result seen = store.search(any.about("incident--1").audience(GREEN_ONLY).facets(Search.Facet.TYPE).limit(1).build());
            assertEquals(2, seen.total());
            assertEquals(Map.of("incident", 1L, "indicator", 1L), seen.facets().get(Search.Facet.TYPE));
            assertTrue(seen.more());
            reopen();
        }
    }

    @Test
    void patternsMeetObservedData() throws Exception {
        PatternsMet.check(store);
    }

    @Test
    void countsByTimeWhatTheAudienceMaySee() throws StoreUnavailable {
        for (int i = 1; i <= 12; i++) {
            append(Drafts.indicator(i).tlp(i % 4 == 0 ? Tlp.RED : Tlp.GREEN).text(i % 2 == 0 ? "even" : "odd"));
        }
        append(Drafts.indicator(1).version(2).text("odd"));
        for (Search.Interval interval : Search.Interval.values()) {
            Map<LocalDate, Long> expected = new TreeMap<>();
            for (Entry entry : store.page(new Selection(GREEN_ONLY, Set.of(), Set.of(), Set.of(), Versions.LAST, 0), 0, 100).entries()) {
                LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(entry.added(), 86_400_000_000L));
                expected.merge(interval.first(day), 1L, Long::sum);
            }
            Search.Result all = store.search(new SearchBuilder().audience(GREEN_ONLY).histogram(interval).limit(1).build());
            assertEquals(expected, all.histogram());
            assertEquals(9, all.histogram().values().stream().mapToLong(Long::longValue).sum());
            assertEquals(9, all.total());
            Search.Result even = store.search(new SearchBuilder().audience(GREEN_ONLY).histogram(interval).words("even").before(6).build());
            assertEquals(3, even.histogram().values().stream().mapToLong(Long::longValue).sum(), "the cursor does not cut counts");
        }
        assertEquals(Map.of(), store.search(new SearchBuilder().build()).histogram());
        assertEquals(Map.of(), store.search(new SearchBuilder().audience(new Audience(0)).histogram(Search.Interval.DAY).build()).histogram());
    }

    private static Draft caseFile(String number, long version, String unit, String... refs) {
        Draft draft = Drafts.indicator("incident--" + number).type("incident").version(version).house(true).tlp(Tlp.RED)
                .carries("domain:" + number + ".example.com", "domain:shared.example.com").refersTo(refs).text("matter").draft();
        EntryFacts f = draft.facts();
        return new Draft(new EntryFacts(f.id(), f.type(), f.specVersion(), f.version(), f.created(), f.producer(), f.receivedFrom(),
                f.submittedBy(), f.digest(), f.provenance(), f.release(), f.revoked(), f.observables(), f.refs(), f.text(),
                Optional.of(unit), f.sight()), draft.object());
    }

    private static Audience of(String... units) {
        return new Audience(-1L, CaseUnits.of(Set.of(units)));
    }

    @Test
    void caseFilesAreForThoseOfTheirUnit() throws IOException, StoreUnavailable {
        store.append(List.of(caseFile("a", 1, "Unit 1"), caseFile("b", 1, "Unit 2"), caseFile("c", 1, "")));
        append(Drafts.indicator(1).carries("domain:shared.example.com").text("matter"));
        append(Drafts.indicator("note--a").house(true).refersTo("incident--a"),
                Drafts.indicator("note--ab").house(true).refersTo("incident--a", "incident--b"));
        append(Drafts.indicator("note--of-note").house(true).refersTo("note--a"));
        append(Drafts.indicator("note--unknown").house(true).refersTo("note--x"));
        Map<Audience, List<Long>> seen = Map.of(of(), List.of(4L), of("Unit 1"), List.of(1L, 4L, 5L, 7L), of("Unit 2"), List.of(2L, 4L),
                of("Unit 1", "Unit 2", ""), List.of(1L, 2L, 4L, 5L, 6L, 7L), ALL, fromTo(1, 8), of("Unit 3"), List.of(4L));
        for (int round = 0; round < 2; round++) {
            for (Map.Entry<Audience, List<Long>> one : seen.entrySet()) {
                Audience audience = one.getKey();
                assertEquals(one.getValue(), all(new Selection(audience, Set.of(), Set.of(), Set.of(), Versions.ALL, 0)));
                List<Long> matter = one.getValue().stream().filter(seq -> seq <= 4).toList();
                Search.Result result = store.search(new Search(audience, words("matter").query()));
                assertEquals(matter.reversed(), seqs(result.entries()));
                assertEquals(matter.size(), result.total());
                assertEquals(matter.size(), store.carriers(List.of("domain:shared.example.com"), audience, 1)
                        .get("domain:shared.example.com").count());
                assertEquals(matter.contains(1L), store.latest("incident--a", audience).isPresent());
                assertEquals(matter.contains(2L), !store.versions("incident--b", audience).isEmpty());
                assertEquals(one.getValue().stream().filter(seq -> seq == 5 || seq == 6).toList(),
                        seqs(store.referrers("incident--a", Versions.LAST, audience)));
            }
            reopen();
        }
    }

    @Test
    void aCaseFileThatMovesTakesItsHistoryAlong() throws IOException, StoreUnavailable {
        store.append(List.of(caseFile("a", 1, "Unit 1")));
        store.append(List.of(caseFile("a", 2, "Unit 1")));
        append(Drafts.indicator("note--a").house(true).refersTo("incident--a"));
        long before = store.stamp(1, 3);
        store.append(List.of(caseFile("a", 3, "Unit 2")));
        assertTrue(store.stamp(1, 3) > before, "pages that were cut of it are no longer good");
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(), store.versions("incident--a", of("Unit 1")));
            assertEquals(Optional.empty(), store.latest("note--a", of("Unit 1")));
            assertEquals(List.of(1L, 2L, 4L), seqs(store.versions("incident--a", of("Unit 2"))));
            assertTrue(store.latest("note--a", of("Unit 2")).isPresent());
            reopen();
        }
        store.withdraw("incident--a", Versions.LAST, "moved by mistake", "anna");
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(1L, 2L), seqs(store.versions("incident--a", of("Unit 1"))));
            assertTrue(store.latest("note--a", of("Unit 1")).isPresent());
            assertEquals(List.of(), store.versions("incident--a", of("Unit 2")));
            reopen();
        }
    }

    @Test
    void whatMustFollowAVersionFollowsNoOther() throws StoreUnavailable {
        Draft first = Drafts.indicator(1).draft();
        assertInstanceOf(Appended.Stored.class, append(first, 0));
        assertEquals(new Appended.Stale(1, 1), append(Drafts.indicator(1).version(2).draft(), 0), "there is one already");
        assertEquals(new Appended.Stale(0, 0), append(Drafts.indicator(2).version(2).draft(), 1), "there is none");
        assertInstanceOf(Appended.Duplicate.class, append(first, 0));
        Draft second = Drafts.indicator(1).version(2).draft();
        Draft third = Drafts.indicator(1).version(3).draft();
        List<Appended> both = store.append(List.of(new Draft(second.facts(), second.object(), Optional.of(1L)),
                new Draft(third.facts(), third.object(), Optional.of(1L))));
        assertEquals(new Appended.Stale(2, 2), both.getLast());
        store.withdraw(first.facts().id(), Versions.LAST, "by mistake", "anna");
        assertEquals(new Appended.Stale(1, 1), append(third, 2));
        assertInstanceOf(Appended.Stored.class, append(third, 1));
    }

    private Appended append(Draft draft, long follows) throws StoreUnavailable {
        return store.append(List.of(new Draft(draft.facts(), draft.object(), Optional.of(follows)))).getFirst();
    }

    /** Case files that older versions stored do not say whose they are but in the object. */
    @Test
    void caseFilesOfOldStoresHaveTheirUnitsToo() throws StoreUnavailable {
        Draft draft = Drafts.indicator("incident--old").type("incident").house(true).draft();
        byte[] object = ("{\"type\":\"incident\",\"extensions\":{\"" + CaseFiles.EXTENSION_ID + "\":{\"owner_unit\":\"Unit 1\"}}}")
                .getBytes(StandardCharsets.UTF_8);
        store.append(List.of(new Draft(draft.facts(), object)));
        assertEquals(Optional.of("Unit 1"), store.latest("incident--old").orElseThrow().facts().unit());
        assertTrue(store.latest("incident--old", of("Unit 1")).isPresent());
        assertFalse(store.latest("incident--old", of("Unit 2")).isPresent());
    }

    /** Whatever is asked, by whomever: the answer is that of a store in which nothing else is. */
    @Test
    void answersKnowOnlyWhatTheAudienceMaySee() throws StoreUnavailable {
        Random random = new Random(11);
        List<String> vocabulary = List.of("bank", "karta", "kod", "pul");
        List<Tlp> markings = List.of(Tlp.values());
        List<Drafts> drafts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String text = vocabulary.stream().filter(word -> random.nextBoolean()).collect(Collectors.joining(" "));
            Drafts draft = Drafts.indicator(i).tlp(markings.get(random.nextInt(markings.size()))).house(random.nextInt(4) == 0)
                    .type(random.nextBoolean() ? "indicator" : "malware").text(text)
                    .body(random.nextBoolean() ? "" : "\",\"labels\":[\"fraud\"],\"y\":\"");
            drafts.add(random.nextBoolean() ? draft : draft.carries("domain:d" + i + ".example.com"));
        }
        append(drafts.toArray(Drafts[]::new));
        Map<String, Predicate<Set<String>>> questions = Map.of("", words -> true, "bank", words -> words.contains("bank"),
                "karta kod", words -> words.containsAll(Set.of("karta", "kod")), "-kod", words -> !words.contains("kod"),
                "pul -bank", words -> words.contains("pul") && !words.contains("bank"), "ka*", words -> words.contains("karta"));
        for (int round = 0; round < 60; round++) {
            Audience audience = new Audience(random.nextLong());
            String question = List.copyOf(questions.keySet()).get(random.nextInt(questions.size()));
            boolean labelled = random.nextInt(3) == 0;
            boolean domains = random.nextInt(3) == 0;
            List<Long> expected = new ArrayList<>();
            Map<String, Long> types = new HashMap<>();
            for (int i = drafts.size() - 1; i >= 0; i--) {
                Drafts draft = drafts.get(i);
                if (audience.sees(draft.draft().facts().release().code()) && (!labelled || draft.body().contains("fraud"))
                        && (!domains || !draft.observables().isEmpty())
                        && questions.get(question).test(Set.of(draft.text().split(" ", 0)))) {
                    expected.add(i + 1L);
                    types.merge(draft.type(), 1L, Long::sum);
                }
            }
            SearchBuilder search = new SearchBuilder().audience(audience).words(question).facets(Search.Facet.TYPE)
                    .histogram(Search.Interval.DAY).highlighted();
            search = labelled ? search.labels("fraud") : search;
            Search.Result result = store.search((domains ? search.kinds("domain") : search).build());
            assertEquals(expected, seqs(result.entries()), question);
            assertEquals(expected.size(), result.total());
            assertEquals(types, result.facets().get(Search.Facet.TYPE));
            assertEquals(expected.size(), result.histogram().values().stream().mapToLong(Long::longValue).sum());
            assertTrue(expected.containsAll(result.highlights().keySet()));
        }
    }

    @Test
    void saysWhereTheWordsStand() throws StoreUnavailable {
        Draft draft = Drafts.indicator(1).text("Firibgarlik haqida\nO‘zbekiston banki").draft();
        byte[] object = "{\"name\":\"Firibgarlik haqida\",\"description\":\"Soxta <O‘zbekiston> banki\"}".getBytes(StandardCharsets.UTF_8);
        store.append(List.of(new Draft(draft.facts(), object)));
        append(Drafts.indicator(2).tlp(Tlp.RED).text("Ўзбекистон, фирибгарлик"));
        Search search = new SearchBuilder().words("ўзбекистон firib*").highlighted().build();
        Search.Result all = store.search(search);
        assertEquals(Set.of(1L, 2L), all.highlights().keySet());
        assertEquals(List.of(
                        new Highlight("name", List.of(List.of(new Highlight.Piece("Firibgarlik", true), new Highlight.Piece(" haqida", false)))),
                        new Highlight("description", List.of(List.of(new Highlight.Piece("Soxta <", false),
                                new Highlight.Piece("O‘zbekiston", true), new Highlight.Piece("> banki", false))))),
                all.highlights().get(1L));
        assertEquals(Set.of(1L), store.search(new Search(GREEN_ONLY, search.query())).highlights().keySet());
        assertEquals(Map.of(), store.search(new SearchBuilder().words("banki").build()).highlights());
        assertEquals(Map.of(), store.search(new SearchBuilder().highlighted().build()).highlights());
    }

    private List<Long> found(String words) throws StoreUnavailable {
        return seqs(store.search(words(words)).entries());
    }

    @Test
    void searchesByEveryField() throws StoreUnavailable {
        append(Drafts.indicator(1).producer("identity--a").from("seoul").tlp(Tlp.CLEAR).text("one"),
                Drafts.indicator(2).producer("identity--b").from("").tlp(Tlp.RED).carries("domain:example.com").text("one"),
                Drafts.indicator(3).type("malware").producer("").from("seoul").tlp(Tlp.CLEAR).carries("domain:example.net").text("one"));
        SearchBuilder any = new SearchBuilder();
        assertEquals(List.of(3L, 2L, 1L), seqs(store.search(any.build()).entries()));
        assertEquals(List.of(2L, 1L), seqs(store.search(any.types("indicator").build()).entries()));
        assertEquals(List.of(2L), seqs(store.search(any.producers("identity--b", "identity--c").build()).entries()));
        assertEquals(List.of(3L, 1L), seqs(store.search(any.from("seoul").build()).entries()));
        assertEquals(List.of(2L), seqs(store.search(any.from("").build()).entries()));
        assertEquals(List.of(3L, 1L), seqs(store.search(any.tlps(Tlp.CLEAR, Tlp.AMBER).words("one").build()).entries()));
        assertEquals(List.of(3L, 2L), seqs(store.search(any.observables("domain:example.com", "domain:example.net").build()).entries()));
        long second = store.at(2).orElseThrow().added();
        assertEquals(List.of(3L, 2L), seqs(store.search(any.between(Optional.of(second), Optional.empty()).build()).entries()));
        assertEquals(List.of(1L), seqs(store.search(any.between(Optional.empty(), Optional.of(second)).words("one").build()).entries()));
    }

    @Test
    void searchPagesAndCounts() throws StoreUnavailable {
        for (int i = 1; i <= 30; i++) {
            append(Drafts.indicator(i).type(i % 3 == 0 ? "malware" : "indicator").producer(i % 2 == 0 ? "" : "identity--a").text("word"));
        }
        append(Drafts.indicator(1).version(2).producer("identity--a").text("word"));
        for (String words : List.of("", "word")) {
            Search first = new SearchBuilder().words(words).limit(20).facets(Search.Facet.values()).build();
            Search.Result result = store.search(first);
            assertEquals(30, result.total());
            assertEquals(20, result.entries().size());
            assertTrue(result.more());
            assertEquals(31, result.entries().getFirst().seq());
            assertEquals(List.of("indicator", "malware"), List.copyOf(result.facets().get(Search.Facet.TYPE).keySet()));
            assertEquals(Map.of("indicator", 20L, "malware", 10L), result.facets().get(Search.Facet.TYPE));
            assertEquals(15L, result.facets().get(Search.Facet.PRODUCER).get("identity--a"));
            assertFalse(result.facets().get(Search.Facet.PRODUCER).containsKey(""));
            assertEquals(Map.of("", 30L), result.facets().get(Search.Facet.RECEIVED_FROM));
            Search.Result next = store.search(new SearchBuilder().words(words).limit(20).before(result.entries().getLast().seq()).build());
            assertEquals(30, next.total());
            assertEquals(10, next.entries().size());
            assertFalse(next.more());
            assertEquals(Map.of(), next.facets());
            Set<Long> seen = new HashSet<>(seqs(result.entries()));
            seen.addAll(seqs(next.entries()));
            assertEquals(30, seen.size());
        }
    }

    // ---- many at once

    @Test
    void manyThreadsAppendTheSameAndDifferentObjects() throws Exception {
        int threads = 16;
        int each = 60;
        List<Future<List<Appended>>> futures = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < threads; t++) {
                int thread = t;
                futures.add(pool.submit(() -> {
                    List<Appended> outcomes = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        outcomes.addAll(append(Drafts.indicator(i), Drafts.indicator(10_000 * (thread + 1) + i)));
                        assertTrue(store.latest(Drafts.indicator(10_000 * (thread + 1) + i).id()).isPresent());
                    }
                    return outcomes;
                }));
            }
        }
        Set<Long> storedAt = new HashSet<>();
        long duplicates = 0;
        for (Future<List<Appended>> future : futures) {
            for (Appended outcome : future.get()) {
                switch (outcome) {
                    case Appended.Stored stored -> assertTrue(storedAt.add(stored.seq()));
                    case Appended.Duplicate duplicate -> duplicates++;
                    default -> throw new AssertionError(outcome);
                }
            }
        }
        assertEquals(each + threads * each, storedAt.size());
        assertEquals(15L * each, duplicates);
        assertEquals(storedAt.size(), all(select(Versions.ALL)).size());
        assertEquals(storedAt.size(), new HashSet<>(all(select(Versions.LAST))).size());
    }

    @Test
    void whoFollowsTheSequenceMissesNothingWhileOthersAppend() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Set<String> seen = new HashSet<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reader = pool.submit(() -> {
                long after = 0;
                boolean last;
                do {
                    last = done.get();
                    Page page;
                    do {
                        page = store.page(select(Versions.ALL), after, 13);
                        for (Entry entry : page.entries()) {
                            assertTrue(seen.add(entry.facts().id()), "repeated");
                        }
                        after = page.nextAfter();
                    } while (page.more());
                } while (!last);
                return null;
            });
            List<Future<?>> writers = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int thread = t;
                writers.add(pool.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        append(Drafts.indicator(1000 * thread + i), Drafts.indicator(1000 * thread + 500 + i));
                    }
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            done.set(true);
            reader.get();
        }
        assertEquals(800, seen.size());
    }

    // ---- snapshot, restore, close

    @Test
    void snapshotWhileRunningIsAWholeStore() throws Exception {
        for (int i = 0; i < 200; i++) {
            append(Drafts.indicator(i).carries("domain:example.com").text("word"));
        }
        append(Drafts.indicator(0).version(2));
        store.withdraw(Drafts.indicator(1).id(), Versions.ALL, "wrong", "admin");
        store.restrict(Map.of(3L, new ReleaseClass(Tlp.RED, false, false, false)));
        List<Long> before = all(select(Versions.ALL));
        store.snapshot(temp.resolve("snapshot"));
        append(Drafts.indicator(9999));
        restore(temp.resolve("snapshot"), temp.resolve("restored"));
        try (InternalStore restored = open(temp.resolve("restored"))) {
            InternalStore original = store;
            store = restored;
            assertEquals(before, all(select(Versions.ALL)));
            assertEquals(198, store.carriers(List.of("domain:example.com"), ALL, 0).get("domain:example.com").count());
            assertEquals(198, store.search(words("word")).total());
            assertEquals(Tlp.RED, store.at(3).orElseThrow().release().tlp());
            assertInstanceOf(Appended.Withdrawn.class, append(Drafts.indicator(1)).getFirst());
            assertEquals(202, stored(Drafts.indicator(5555)).seq());
            store = original;
        }
        assertThrows(IOException.class, () -> store.snapshot(temp.resolve("snapshot")));
        assertThrows(IOException.class, () -> restore(temp.resolve("snapshot"), temp.resolve("restored")));
    }

    @Test
    void damagedSnapshotIsRefused() throws Exception {
        append(Drafts.indicator(1));
        Path snapshot = temp.resolve("snapshot");
        store.snapshot(snapshot);
        try (var files = Files.walk(snapshot)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (bytes.length == 0) {
                    continue;
                }
                byte[] wrong = bytes.clone();
                wrong[wrong.length / 2] ^= 1;
                Files.write(file, wrong);
                Path target = temp.resolve("target-" + file.getFileName());
                assertThrows(IOException.class, () -> restore(snapshot, target), file.toString());
                Files.write(file, bytes);
                restore(snapshot, target);
            }
        }
    }

    @Test
    void closedStoreSaysSo() throws StoreUnavailable {
        append(Drafts.indicator(1));
        store.close();
        store.close();
        assertThrows(StoreUnavailable.class, () -> append(Drafts.indicator(2)));
        assertThrows(StoreUnavailable.class, () -> store.latest(Drafts.indicator(1).id()));
        assertThrows(StoreUnavailable.class, () -> store.page(Selection.all(ALL), 0, 1));
        assertThrows(StoreUnavailable.class, () -> store.search(words("x")));
        assertThrows(StoreUnavailable.class, () -> store.check());
        assertThrows(StoreUnavailable.class, () -> store.snapshot(temp.resolve("snapshot")));
    }

    /** Entries stay readable for whoever still writes them to a slow client. */
    @Test
    void entriesOutliveTheirPage() throws StoreUnavailable {
        append(Drafts.indicator(1).body("slow"));
        Entry entry = store.at(1).orElseThrow();
        append(Drafts.indicator(1).version(2));
        assertTrue(Drafts.object(entry).contains("slow"));
        assertEquals(1, entry.facts().version());
    }
}
