package uz.koprik.indicators.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;

/** Latest versions that are stored once more under other terms. */
public abstract class RenewalContract extends StoreContract {

    private static final Instant NOW = Instant.parse("2026-11-22T08:30:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");
    private static final ReleaseTerms OPEN = new ReleaseTerms(Tlp.GREEN, true, false, false).withKinds(Set.of());
    private static final ReleaseTerms HELD = OPEN.notBefore(END);
    private static final Audience PARTNER = partner(NOW);

    protected RenewalContract(StoreBackend backend) {
        super(backend);
    }

    private static Audience partner(Instant at) {
        return Audience.of(new Recipient.Partner("budapest", Agreement.DEFAULT), at);
    }

    private static Renewal open(long seq) {
        return new Renewal(seq, HELD, OPEN);
    }

    private static Selection latest(Audience audience) {
        return new Selection(audience, Set.of(), Set.of(), Set.of(), Versions.LAST, 0);
    }

    private void held(Drafts... drafts) throws StoreUnavailable {
        for (Drafts draft : drafts) {
            store.append(List.of(draft.draft(HELD)));
        }
    }

    @Test
    void theTermsThatItCameWithStayKnown() throws Exception {
        Drafts object = Drafts.indicator(1);
        held(object);
        stored(Drafts.indicator(2));
        store.renew(List.of(open(1)));
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(3L, 1L), seqs(store.statement(3)));
            assertEquals(HELD, store.statement(3).getLast().facts().release());
            assertEquals(OPEN, store.statement(3).getFirst().facts().release());
            reopen();
        }
        store.withdraw(object.id(), Versions.ALL, "a mistake", "anna");
        assertEquals(List.of(), store.statement(3));
    }

    @Test
    void readersWhosePositionIsPastGetIt() throws StoreUnavailable, IOException {
        Drafts object = Drafts.indicator(1)
                .carries("domain:example.com")
                .refersTo("malware--1")
                .text("phishing");
        held(object);
        stored(Drafts.indicator(2));
        Page page = store.page(latest(PARTNER), 0, 10);
        assertEquals(List.of(2L), seqs(page.entries()));
        long added = store.at(1).orElseThrow().added();
        long stamp = store.stamp(1, 2);
        assertEquals(Map.of(1L, 3L), store.renew(List.of(open(1))));
        assertTrue(store.stamp(1, 2) != stamp, "kept pages are cut anew");
        for (int round = 0; round < 2; round++) {
            assertEquals(
                    List.of(3L),
                    seqs(store.page(latest(PARTNER), page.nextAfter(), 10).entries()));
            Selection news = new Selection(PARTNER, Set.of(), Set.of(), Set.of(), Versions.LAST, added + 1);
            assertTrue(seqs(store.page(news, 0, 10).entries()).contains(3L), "added_after");
            for (Versions versions : List.of(Versions.ALL, Versions.LAST, Versions.FIRST)) {
                assertEquals(List.of(2L, 3L), all(select(versions)), versions.toString());
            }
            Entry now = store.latest(object.id()).orElseThrow();
            assertEquals(OPEN, now.release());
            assertEquals(OPEN, now.facts().release());
            assertEquals(Drafts.object(store.at(1).orElseThrow()), Drafts.object(now));
            assertEquals(added, now.firstAdded());
            assertTrue(now.added() > added);
            assertEquals(List.of(3L), seqs(store.versions(object.id())));
            assertEquals(
                    1,
                    store.carriers(List.of("domain:example.com"), PARTNER, 5)
                            .get("domain:example.com")
                            .count());
            assertEquals(List.of(3L), seqs(store.referrers("malware--1", Versions.ALL)));
            assertEquals(1, store.search(words("phishing")).total());
            assertInstanceOf(AppendResult.Duplicate.class, append(object).getFirst());
            reopen();
        }
        AppendResult.NewEntry next = stored(object.version(2));
        assertEquals(List.of(3L, next.seq()), seqs(store.versions(object.id())));
    }

    @Test
    void aRepeatedRenewalChangesNothing() throws StoreUnavailable {
        held(Drafts.indicator(1), Drafts.indicator(2));
        assertEquals(Map.of(1L, 3L), store.renew(List.of(open(1), open(1))));
        assertEquals(Map.of(2L, 4L), store.renew(List.of(open(1), open(2))));
        assertEquals(Map.of(), store.renew(List.of(open(1), open(2), open(9))));
        assertEquals(4, store.status().lastSeq());
    }

    @Test
    void whatIsOtherwiseByNowIsLeftAlone() throws StoreUnavailable {
        held(Drafts.indicator(1), Drafts.indicator(2), Drafts.indicator(3));
        append(Drafts.indicator(1).version(2));
        store.withdraw(Drafts.indicator(2).id(), Versions.ALL, "wrong", "admin");
        store.restrict(Map.of(3L, new ReleaseTerms(Tlp.AMBER, true, false, false).withKinds(Set.of())));
        assertEquals(Map.of(), store.renew(List.of(open(1), open(2), open(3))));
    }

    /** The restriction was decided before the renewal, and comes after it. */
    @Test
    void aRestrictionFindsWhatWasRenewedMeanwhile() throws StoreUnavailable, IOException {
        held(Drafts.indicator(1));
        store.renew(List.of(open(1)));
        ReleaseTerms amber = new ReleaseTerms(Tlp.AMBER, true, false, false).withKinds(Set.of());
        store.restrict(Map.of(1L, amber));
        for (int round = 0; round < 2; round++) {
            assertEquals(amber, store.at(2).orElseThrow().release());
            assertEquals(List.of(), all(latest(partner(END))));
            reopen();
        }
    }

    @Test
    void withdrawnIsWithdrawnAlsoWhereItWas() throws StoreUnavailable, IOException {
        Drafts object = Drafts.indicator(1);
        held(object.version(10), object.version(20));
        store.withdraw(object.id(), Versions.LAST, "wrong", "admin");
        assertEquals(Map.of(1L, 3L), store.renew(List.of(open(1))), "the version before the withdrawn one");
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(new AppendResult.Withdrawn(20)), append(object.version(20)));
            assertEquals(List.of(new AppendResult.Withdrawn(20)), append(object.version(15)));
            assertInstanceOf(
                    AppendResult.Duplicate.class, append(object.version(10)).getFirst());
            reopen();
        }
        assertEquals(1, store.withdraw(object.id(), Versions.ALL, "wrong too", "admin"));
        for (int round = 0; round < 2; round++) {
            assertTrue(store.at(1).isEmpty());
            assertTrue(store.at(3).isEmpty());
            assertEquals(List.of(), all(select(Versions.ALL)));
            reopen();
        }
    }

    @Test
    void editionsOfObservablesGoOn() throws StoreUnavailable {
        Drafts object = Drafts.indicator("domain-name--1").version(StixObject.UNVERSIONED);
        held(object.body("one"));
        store.renew(List.of(open(1)));
        assertInstanceOf(
                AppendResult.Duplicate.class, append(object.body("one")).getFirst());
        assertEquals(3, stored(object.body("two")).seq());
    }

    /** Otherwise a key that was compromised before the renewal would take the proof of what it signed long ago. */
    @Test
    void theProofIsThatOfTheFirstEntry() throws StoreUnavailable, IOException {
        held(Drafts.indicator(1));
        long first = store.at(1).orElseThrow().added();
        store.renew(List.of(open(1)));
        store.renew(List.of(new Renewal(2, OPEN, OPEN.to(Set.of()))));
        SignerJudge judge = (producer, kids) -> first + 1;
        for (int round = 0; round < 2; round++) {
            store.judgeSigners(judge);
            assertEquals(List.of(3L), all(latest(ALL.proven())));
            assertEquals(first, store.at(3).orElseThrow().firstAdded());
            reopen();
        }
    }

    @Test
    void aSnapshotHasIt() throws StoreUnavailable, IOException {
        held(Drafts.indicator(1));
        store.renew(List.of(open(1)));
        Path snapshot = temp.resolve("snapshot");
        store.snapshot(snapshot);
        restore(snapshot, temp.resolve("copy"));
        try (InternalStore copy = open(temp.resolve("copy"))) {
            assertEquals(
                    List.of(2L), seqs(copy.page(select(Versions.ALL), 0, 10).entries()));
        }
    }

    /** Pages are read while objects are renewed: each object is on them once or twice. */
    @Test
    void noReaderMissesAnything() throws Exception {
        int count = 60;
        List<Draft> drafts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            drafts.add(Drafts.indicator(i).draft(OPEN));
        }
        store.append(drafts);
        Thread renewing = Thread.ofVirtual().start(() -> {
            for (long seq = 1; seq <= count; seq++) {
                try {
                    store.renew(List.of(new Renewal(seq, OPEN, OPEN.withFrom("x" + seq % 7))));
                } catch (StoreUnavailable away) {
                    throw new IllegalStateException(away);
                }
            }
        });
        boolean last = false;
        while (!last) {
            last = !renewing.isAlive();
            int[] times = new int[count + 1];
            long after = 0;
            for (boolean more = true; more; ) {
                Page page = store.page(latest(PARTNER), after, 20);
                for (Entry entry : page.entries()) {
                    String id = entry.facts().id();
                    times[Integer.parseInt(id.substring(id.length() - 12))]++;
                }
                more = page.more();
                after = page.nextAfter();
            }
            for (int i = 1; i <= count; i++) {
                assertTrue(times[i] == 1 || times[i] == 2, i + " is there " + times[i] + " times");
            }
        }
        renewing.join();
        assertEquals(2L * count, store.status().lastSeq());
    }
}
