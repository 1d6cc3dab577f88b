package uz.koprik.indicators.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;

/** Objects whose content is erased. */
public abstract class ErasureContract extends StoreContract {

    private static final String RULE = "observables older than two years";

    protected ErasureContract(StoreBackend backend) {
        super(backend);
    }

    private Map<String, Erasure> erase(Drafts... drafts) throws StoreUnavailable {
        return store.erase(Arrays.stream(drafts).map(Drafts::id).toList(), RULE, "retention");
    }

    private static Drafts filled(int number) {
        return Drafts.indicator(number)
                .carries("domain:gone" + number + ".example.com", "ipv4:198.51.100." + number)
                .refersTo("malware--1")
                .text("phishing of bank number" + number)
                .body("secret" + number);
    }

    @Test
    void erasedIsGoneFromEveryViewAndStaysTold() throws StoreUnavailable, IOException {
        Drafts object = filled(1);
        append(object.version(10), object.version(20), filled(2));
        List<EntryMetadata> facts = List.of(
                store.at(1).orElseThrow().facts(), store.at(2).orElseThrow().facts());
        List<Long> added = List.of(
                store.at(1).orElseThrow().added(), store.at(2).orElseThrow().added());
        Instant before = Instant.now().minusSeconds(1);
        Map<String, Erasure> answer = store.erase(List.of(object.id(), "indicator--unknown"), RULE, "retention");
        assertEquals(Set.of(object.id()), answer.keySet());
        Erasure erasure = answer.get(object.id());
        assertEquals(RULE, erasure.rule());
        assertEquals("retention", erasure.by());
        assertEquals(object.id(), erasure.id());
        assertTrue(erasure.at().isAfter(before)
                && erasure.at().isBefore(Instant.now().plusSeconds(1)));
        assertEquals(2, erasure.versions().size());
        for (int i = 0; i < 2; i++) {
            ErasedVersion version = erasure.versions().get(i);
            assertEquals(i + 1, version.seq());
            assertEquals(facts.get(i).version(), version.version());
            assertEquals(facts.get(i).digest(), version.digest());
            assertEquals(facts.get(i).producer(), version.producer());
            assertEquals(facts.get(i).receivedFrom(), version.receivedFrom());
            assertEquals(added.get(i), version.added());
            assertEquals(List.of(), version.signatures());
        }
        for (int round = 0; round < 2; round++) {
            assertEquals(Optional.of(erasure), store.erasure(object.id()));
            assertEquals(Optional.empty(), store.erasure(filled(2).id()));
            assertEquals(Optional.empty(), store.erasure("indicator--unknown"));
            assertEquals(Optional.empty(), store.latest(object.id()));
            assertEquals(Optional.empty(), store.at(1));
            assertEquals(Optional.empty(), store.at(2));
            assertEquals(List.of(), store.versions(object.id()));
            assertEquals(List.of(), store.versions(object.id(), ALL));
            assertEquals(List.of(), store.statements(object.id()));
            assertEquals(List.of(), store.statement(2));
            assertEquals(Optional.empty(), store.known(object.id(), Claimant.MEMBER));
            assertEquals(
                    Optional.empty(),
                    store.duplicate(object.id(), 20, facts.get(1).digest(), Claimant.MEMBER));
            assertTrue(store.holds(object.id()));
            assertEquals(List.of(3L), all(select(Versions.ALL)));
            assertEquals(
                    List.of(),
                    store.page(new Selection(ALL, Set.of(object.id()), Set.of(), Set.of(), Versions.ALL, 0), 0, 10)
                            .entries());
            assertEquals(Map.of(), store.carriers(List.of("domain:gone1.example.com"), ALL, 1));
            assertEquals(
                    Set.of("domain:gone2.example.com"),
                    store.carriers(List.of("domain:gone1.example.com", "domain:gone2.example.com"), ALL, 1)
                            .keySet());
            assertEquals(Map.of(), store.within(List.of(place("cidr:198.51.100.0/31")), ALL, 9, 9));
            assertEquals(
                    List.of(3L),
                    seqs(store.within(List.of(place("cidr:198.51.100.0/24")), ALL, 9, 9)
                            .get(place("cidr:198.51.100.0/24"))
                            .freshest()));
            store.judgeSigners((producer, kids) -> 0);
            assertEquals(
                    List.of(3L),
                    seqs(store.unproven("kid-of-budapest", ALL, 0, 9).entries()));
            store.judgeSigners((producer, kids) -> SignerJudge.NEVER);
            assertEquals(List.of(3L), seqs(store.referrers("malware--1", Versions.ALL)));
            assertEquals(0, store.search(words("number1")).total());
            assertEquals(1, store.search(words("phishing")).total());
            assertEquals(1, store.search(words("")).total());
            assertEquals(3, store.status().entries());
            assertEquals(Map.of(object.id(), erasure), store.erase(List.of(object.id()), "again", "admin"));
            reopen();
        }
    }

    @Test
    void whatWasErasedComesBackOnlyInAHigherVersion() throws StoreUnavailable, IOException {
        Drafts object = filled(1);
        append(object.version(10), object.version(20));
        Erasure first = erase(object).get(object.id());
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(new AppendResult.Withdrawn(20)), append(object.version(20)));
            assertEquals(
                    List.of(new AppendResult.Withdrawn(20)),
                    append(object.version(15).body("other")));
            assertEquals(
                    new AppendResult.Withdrawn(20),
                    store.foresee(object.version(20).draft()));
            assertEquals(
                    List.of(new AppendResult.Withdrawn(20)),
                    append(object.version(20).producer("identity--00000000-0000-4000-8000-000000000009")));
            reopen();
        }
        AppendResult.NewEntry back = stored(object.version(21));
        for (int round = 0; round < 2; round++) {
            assertEquals(back.seq(), store.latest(object.id()).orElseThrow().seq());
            assertEquals(List.of(back.seq()), all(select(new Versions(false, true, false, Set.of()))));
            assertEquals(Optional.of(first), store.erasure(object.id()));
            assertEquals(List.of(new AppendResult.Withdrawn(20)), append(object.version(20)));
            assertInstanceOf(
                    AppendResult.Duplicate.class, append(object.version(21)).getFirst());
            reopen();
        }
        Erasure second = erase(object).get(object.id());
        assertEquals(
                List.of(1L, 2L, back.seq()),
                second.versions().stream().map(ErasedVersion::seq).toList());
        assertFalse(second.at().isBefore(first.at()));
        reopen();
        assertEquals(Optional.of(second), store.erasure(object.id()));
        assertEquals(List.of(new AppendResult.Withdrawn(21)), append(object.version(21)));
    }

    private static NetworkKey.Span place(String key) {
        return NetworkKey.within(Observable.ofKey(key)).orElseThrow();
    }

    @Test
    void whoMayNotKnowOfAnErasedObjectLearnsNothing() throws StoreUnavailable, IOException {
        Drafts object = filled(1).tlp(Tlp.RED).version(20);
        append(object);
        erase(object);
        Claimant partner = new Claimant(GREEN_ONLY, "seoul", Set.of("identity--of-seoul"));
        Draft plain = object.tlp(Tlp.GREEN).from("seoul").draft();
        Draft claimed = new Draft(plain.facts(), plain.object(), Optional.empty(), partner);
        for (int round = 0; round < 2; round++) {
            assertEquals(
                    List.of(new AppendResult.UnseenEntry(new AppendResult.Withdrawn(20))),
                    store.append(List.of(claimed)));
            assertEquals(List.of(), all(select(Versions.ALL)));
            reopen();
        }
    }

    @Test
    void whatWasWithdrawnOrStoredOnceMoreIsErased() throws StoreUnavailable, IOException {
        Drafts object = filled(1);
        Drafts renewed = filled(2).tlp(Tlp.GREEN);
        append(object.version(10), object.version(20), renewed);
        store.withdraw(object.id(), Versions.LAST, "recalled", "admin");
        Entry entry = store.at(3).orElseThrow();
        store.renew(List.of(new Renewal(3, entry.release(), new ReleaseTerms(Tlp.CLEAR, false, false, false))));
        Map<String, Erasure> erased = erase(object, renewed);
        for (int round = 0; round < 2; round++) {
            assertEquals(2, store.erasure(object.id()).orElseThrow().versions().size());
            assertEquals(
                    List.of(3L, 4L),
                    store.erasure(renewed.id()).orElseThrow().versions().stream()
                            .map(ErasedVersion::seq)
                            .toList());
            assertEquals(List.of(), all(select(Versions.ALL)));
            assertEquals(List.of(new AppendResult.Withdrawn(20)), append(object.version(20)));
            assertEquals(List.of(new AppendResult.Withdrawn(1)), append(renewed));
            assertEquals(erased, erase(object, renewed));
            reopen();
        }
    }

    @Test
    void editionsOfAllStatementsAreErased() throws StoreUnavailable, IOException {
        Drafts value = Drafts.indicator("domain-name--1").type("domain-name").version(StixObject.UNVERSIONED);
        append(value.body("one"));
        append(value.body("two"));
        append(value.body("three").producer("identity--00000000-0000-4000-8000-000000000009"));
        assertEquals(2, store.statements(value.id()).size());
        assertEquals(3, erase(value).get(value.id()).versions().size());
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(), store.statements(value.id()));
            assertEquals(List.of(), all(select(Versions.ALL)));
            assertEquals(List.of(new AppendResult.Withdrawn(0)), append(value.body("one")));
            assertEquals(List.of(new AppendResult.Withdrawn(0)), append(value.body("four")));
            assertEquals(
                    List.of(new AppendResult.Withdrawn(0)),
                    append(value.body("five").producer("identity--00000000-0000-4000-8000-000000000008")));
            reopen();
        }
    }

    @Test
    void caseFilesStayWithTheirUnit() throws StoreUnavailable, IOException {
        Drafts note =
                Drafts.indicator(2).house(true).refersTo(Drafts.indicator(1).id());
        append(
                Drafts.indicator(1).house(true),
                note,
                Drafts.indicator(3).house(true).refersTo(note.id()));
        erase(note);
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(1L, 3L), all(select(Versions.ALL)));
            assertTrue(store.at(1).orElseThrow().release().house());
            reopen();
        }
    }

    @Test
    void severalOrdersAreCarriedOutByOneCallEachUnderItsRule() throws StoreUnavailable, IOException {
        append(filled(1), filled(2), filled(3));
        List<String> ids = List.of(filled(3).id(), filled(2).id(), filled(1).id());
        store.erase(List.of(
                new ErasureOrder(List.of(ids.get(2)), RULE, "retention"),
                new ErasureOrder(List.of(ids.get(1), ids.get(2), "indicator--unknown"), "order 7", "anna")));
        for (int round = 0; round < 2; round++) {
            Map<String, Erasure> erased = store.erasures(ids);
            assertEquals(ids.subList(1, 3), List.copyOf(erased.keySet()));
            assertEquals("order 7", erased.get(ids.get(1)).rule());
            assertEquals("anna", erased.get(ids.get(1)).by());
            assertEquals(RULE, erased.get(ids.get(2)).rule(), "the first order holds");
            Map<String, List<Entry>> statements = store.statements(ids);
            assertEquals(ids, List.copyOf(statements.keySet()));
            assertEquals(
                    List.of(1, 0, 0),
                    statements.values().stream().map(List::size).toList());
            reopen();
        }
    }

    @Test
    void othersAreAsTheyWere() throws StoreUnavailable, IOException {
        for (int i = 1; i <= 60; i++) {
            append(filled(i));
        }
        Map<String, Erasure> erased = store.erase(
                IntStream.rangeClosed(1, 60)
                        .filter(i -> i % 3 == 0)
                        .mapToObj(i -> filled(i).id())
                        .toList(),
                RULE,
                "retention");
        assertEquals(20, erased.size());
        append(filled(61));
        for (int round = 0; round < 2; round++) {
            for (int i = 1; i <= 61; i++) {
                boolean gone = i % 3 == 0 && i <= 60;
                Optional<Entry> entry = store.at(i);
                assertEquals(gone, entry.isEmpty());
                if (!gone) {
                    assertEquals(filled(i).draft().facts(), entry.get().facts());
                    assertEquals(
                            StandardCharsets.UTF_8
                                    .decode(ByteBuffer.wrap(filled(i).draft().object()))
                                    .toString(),
                            Drafts.object(entry.get()));
                    assertInstanceOf(
                            AppendResult.Duplicate.class, append(filled(i)).getFirst());
                }
                assertEquals(gone ? 0 : 1, store.search(words("number" + i)).total());
                assertEquals(
                        gone ? 0 : 1,
                        store.carriers(List.of("domain:gone" + i + ".example.com"), ALL, 1)
                                .size());
            }
            reopen();
        }
    }

    @Test
    void aCopyHoldsNothingErased() throws StoreUnavailable, IOException {
        for (int i = 1; i <= 40; i++) {
            append(filled(i));
        }
        Erasure erasure = erase(filled(7)).get(filled(7).id());
        Path copy = temp.resolve("copy");
        store.snapshot(copy);
        restore(copy, temp.resolve("restored"));
        try (InternalStore restored = open(temp.resolve("restored"))) {
            assertEquals(Optional.of(erasure), restored.erasure(filled(7).id()));
            assertEquals(Optional.empty(), restored.latest(filled(7).id()));
            assertEquals(39, restored.search(words("phishing")).total());
            assertEquals(0, restored.search(words("number7")).total());
            assertEquals(40, restored.status().entries());
        }
    }

    @Test
    void callersQueueWhileOthersReadAndAppend() throws Exception {
        for (int i = 1; i <= 100; i++) {
            append(filled(i));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Map<String, Erasure>>> calls = IntStream.rangeClosed(1, 8)
                    .<Callable<Map<String, Erasure>>>mapToObj(i -> () -> erase(filled(i), filled(i + 1)))
                    .toList();
            Future<Integer> reads = threads.submit(() -> {
                int seen = 0;
                for (int i = 0; i < 200; i++) {
                    Page page = store.page(select(Versions.ALL), 0, 1000);
                    for (Entry entry : page.entries()) {
                        assertTrue(entry.object().hasRemaining());
                        assertEquals(
                                entry.facts().id(),
                                Drafts.indicator((int) entry.seq()).id());
                    }
                    seen += page.entries().size();
                    store.search(words("phishing"))
                            .entries()
                            .forEach(entry -> assertTrue(entry.object().hasRemaining()));
                }
                return seen;
            });
            Future<Integer> appends = threads.submit(() -> {
                for (int i = 101; i <= 200; i++) {
                    stored(filled(i));
                }
                return 100;
            });
            for (Future<Map<String, Erasure>> call : threads.invokeAll(calls)) {
                assertEquals(2, call.get().size());
            }
            assertTrue(reads.get() > 200 * 90);
            assertEquals(100, appends.get());
        }
        assertEquals(fromTo(10, 200), all(select(Versions.ALL)));
        reopen();
        assertEquals(fromTo(10, 200), all(select(Versions.ALL)));
    }
}
