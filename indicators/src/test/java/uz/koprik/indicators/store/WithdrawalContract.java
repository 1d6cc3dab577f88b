package uz.koprik.indicators.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;

/** Objects that are withdrawn or restricted. */
public abstract class WithdrawalContract extends StoreContract {

    protected WithdrawalContract(StoreBackend backend) {
        super(backend);
    }

    @Test
    void withdrawnIsGoneFromEveryView() throws StoreUnavailable, IOException {
        Drafts object = Drafts.indicator(1)
                .carries("domain:example.com")
                .refersTo("malware--1")
                .text("phishing");
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
            assertEquals(List.of(new AppendResult.Withdrawn(20)), append(object.version(20)));
            assertEquals(List.of(new AppendResult.Withdrawn(20)), append(object.version(15)));
            reopen();
        }
        AppendResult.NewEntry back = stored(object.version(21));
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
            assertEquals(
                    Set.of(1L, 3L),
                    store.pastVersions(List.of(object.id())).get(object.id()).stream()
                            .map(Entry::seq)
                            .collect(Collectors.toSet()));
            assertFalse(store.at(2).orElseThrow().superseded());
            assertTrue(store.at(1).orElseThrow().superseded());
            assertEquals(List.of(2L), all(select(Versions.LAST)));
            assertEquals(List.of(new AppendResult.Withdrawn(30)), append(object.version(30)));
            assertEquals(List.of(new AppendResult.Withdrawn(30)), append(object.version(25)));
            assertInstanceOf(
                    AppendResult.Duplicate.class, append(object.version(20)).getFirst());
            reopen();
        }
        assertEquals(1, store.withdraw(object.id(), new Versions(false, true, false, Set.of()), "wrong too", "admin"));
        assertEquals(List.of(2L), all(select(new Versions(false, true, false, Set.of()))));
        assertEquals(1, store.withdraw(object.id(), new Versions(false, false, false, Set.of(20L)), "all", "admin"));
        assertEquals(List.of(), all(select(Versions.ALL)));
        assertEquals(List.of(new AppendResult.Withdrawn(30)), append(object.version(29)));
    }

    @Test
    void entriesAreWithdrawnOneByOneUnderALaterVersion() throws StoreUnavailable, IOException {
        Drafts object = Drafts.indicator(1);
        append(object.version(10), object.version(20), object.version(30), Drafts.indicator(2));
        assertEquals(2, store.withdrawEntries(object.id(), List.of(1L, 2L, 4L), "recalled", "tashkent"));
        assertEquals(0, store.withdrawEntries(object.id(), List.of(1L, 2L), "again", "tashkent"));
        for (int round = 0; round < 2; round++) {
            assertEquals(3, store.latest(object.id()).orElseThrow().seq());
            assertEquals(List.of(3L, 4L), all(select(Versions.ALL)));
            assertEquals(1, store.versions(object.id()).size());
            reopen();
        }
        assertInstanceOf(AppendResult.NewEntry.class, append(object.version(40)).getFirst());
    }

    @Test
    void withdrawnEditionsDoNotComeBack() throws StoreUnavailable {
        Drafts object = Drafts.indicator("domain-name--1").version(StixObject.UNVERSIONED);
        append(object.body("one"));
        assertEquals(1, store.withdraw(object.id(), Versions.ALL, "personal", "admin"));
        assertEquals(List.of(new AppendResult.Withdrawn(0)), append(object.body("one")));
        assertEquals(List.of(new AppendResult.Withdrawn(0)), append(object.body("two")));
    }

    @Test
    void restrictsForGood() throws StoreUnavailable, IOException {
        append(Drafts.indicator(1).tlp(Tlp.GREEN), Drafts.indicator(2).tlp(Tlp.RED));
        ReleaseTerms amber = new ReleaseTerms(Tlp.AMBER, false, true, false);
        store.restrict(Map.of(1L, amber, 2L, amber));
        for (int round = 0; round < 2; round++) {
            assertEquals(amber, store.at(1).orElseThrow().release());
            assertEquals(
                    new ReleaseTerms(Tlp.RED, false, true, false),
                    store.at(2).orElseThrow().release());
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
        store.restrict(Map.of(2L, new ReleaseTerms(Tlp.RED, false, false, false)));
        assertNotEquals(stamp, store.stamp(1, 2));
        stamp = store.stamp(1, 2);
        store.withdraw(Drafts.indicator(2).id(), Versions.ALL, "wrong", "admin");
        assertNotEquals(stamp, store.stamp(1, 2));
        assertEquals(0, store.stamp(1_000_000, 2_000_000));
    }
}
