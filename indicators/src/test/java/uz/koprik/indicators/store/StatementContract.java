package uz.koprik.indicators.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;

/** Whose versions a store accepts under an id, and who learns of them. */
public abstract class StatementContract extends StoreContract {

    private static final Claimant PARTNER = new Claimant(GREEN_ONLY, "seoul", Set.of("identity--of-seoul"));

    protected StatementContract(StoreBackend backend) {
        super(backend);
    }

    private AppendResult by(Claimant claimant, Drafts draft) throws StoreUnavailable {
        Draft plain = draft.draft();
        Draft claimed = new Draft(plain.facts(), plain.object(), Optional.empty(), claimant);
        AppendResult foreseen = store.foresee(claimed);
        AppendResult outcome = store.append(List.of(claimed)).getFirst();
        assertEquals(outcome.getClass(), foreseen.getClass());
        return outcome;
    }

    @Test
    void onlyTheCreatorMakesVersions() throws StoreUnavailable, IOException {
        Drafts object = Drafts.indicator(1);
        long first = stored(object).seq();
        assertEquals(
                new AppendResult.Foreign(first, "/created_by_ref"),
                by(PARTNER, object.version(2).producer("identity--of-seoul")));
        assertEquals(
                new AppendResult.Foreign(first, "/created_by_ref"),
                by(Claimant.MEMBER, object.version(2).producer("")));
        reopen();
        assertEquals(
                new AppendResult.Foreign(first, "/created_by_ref"),
                by(PARTNER, object.version(2).producer("identity--of-seoul")));
        assertEquals(List.of(1L), seqs(store.versions(object.id())));
        stored(object.version(2));
    }

    @Test
    void aStatementOfOneWhoMayNotSeeTheFirstIsKeptApart() throws StoreUnavailable, IOException {
        Drafts hidden = Drafts.indicator(1)
                .tlp(Tlp.RED)
                .version(5)
                .carries("domain:hidden.example.com")
                .text("hidden");
        Drafts apart = Drafts.indicator(1)
                .producer("identity--of-seoul")
                .from("seoul")
                .carries("domain:apart.example.com")
                .text("apart");
        stored(hidden);
        long stamp = store.stamp(1, 10);
        assertEquals(
                1,
                assertInstanceOf(AppendResult.NewEntry.class, by(PARTNER, apart))
                        .contests());
        assertNotEquals(stamp, store.stamp(1, 10), "pages that were cut before hold no longer");
        assertInstanceOf(AppendResult.NewEntry.class, by(PARTNER, apart.version(2)));
        for (int round = 0; round < 2; round++) {
            Audience members = new Audience(~0L >>> 1);
            assertEquals(List.of(1L), seqs(store.versions(hidden.id(), members)));
            assertEquals(List.of(2L, 3L), seqs(store.versions(hidden.id(), GREEN_ONLY)));
            assertEquals(1, store.latest(hidden.id(), members).orElseThrow().seq());
            assertEquals(3, store.latest(hidden.id(), GREEN_ONLY).orElseThrow().seq());
            assertEquals(List.of(1L), all(new Selection(members, Set.of(), Set.of(), Set.of(), Versions.LAST, 0)));
            assertEquals(List.of(3L), all(new Selection(GREEN_ONLY, Set.of(), Set.of(), Set.of(), Versions.LAST, 0)));
            assertEquals(
                    List.of(2L, 3L),
                    all(new Selection(GREEN_ONLY, Set.of(), Set.of(hidden.id()), Set.of(), Versions.ALL, 0)));
            assertEquals(
                    Set.of(),
                    store.carriers(List.of("domain:apart.example.com"), members, 1)
                            .keySet());
            assertEquals(
                    Set.of("domain:apart.example.com"),
                    store.carriers(List.of("domain:apart.example.com"), GREEN_ONLY, 1)
                            .keySet());
            assertEquals(
                    Set.of("domain:apart.example.com"),
                    store.carriers(List.of("domain:apart.example.com"), ALL, 1).keySet());
            assertEquals(
                    1,
                    store.search(new SearchBuilder()
                                    .words("apart")
                                    .audience(GREEN_ONLY)
                                    .build())
                            .total());
            assertEquals(
                    0,
                    store.search(new SearchBuilder()
                                    .words("apart")
                                    .audience(members)
                                    .build())
                            .total());
            assertEquals(List.of(1L, 3L), seqs(store.statements(hidden.id())));
            assertEquals(3, store.known(hidden.id(), PARTNER).orElseThrow().seq());
            reopen();
        }
        assertEquals(2, store.withdraw(hidden.id(), Versions.ALL, GREEN_ONLY, "wrong", "seoul"));
        assertEquals(List.of(1L), seqs(store.versions(hidden.id())));
        assertInstanceOf(AppendResult.Withdrawn.class, by(PARTNER, apart.version(2)));
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
        store.restrict(Map.of(3L, new ReleaseTerms(Tlp.AMBER, false, false, false)));
        assertEquals(List.of(), store.versions(object.id(), GREEN_ONLY));
        assertEquals(
                List.of(Tlp.RED, Tlp.RED, Tlp.AMBER),
                store.versions(object.id()).stream()
                        .map(entry -> entry.release().tlp())
                        .toList());
    }

    @Test
    void draftsOfOneBatchAreJudgedByStatement() throws StoreUnavailable {
        Drafts one = Drafts.indicator(1);
        List<AppendResult> outcomes = append(one, one.version(2).producer("identity--of-seoul"), one.version(2));
        assertEquals(new AppendResult.Foreign(1, "/created_by_ref"), outcomes.get(1));
        assertInstanceOf(AppendResult.NewEntry.class, outcomes.get(2));
    }

    private AppendResult append(Draft draft, long follows) throws StoreUnavailable {
        return store.append(List.of(new Draft(draft.facts(), draft.object(), Optional.of(follows))))
                .getFirst();
    }

    @Test
    void whatMustFollowAVersionFollowsNoOther() throws StoreUnavailable {
        Draft first = Drafts.indicator(1).draft();
        assertInstanceOf(AppendResult.NewEntry.class, append(first, 0));
        assertEquals(
                new AppendResult.Stale(1, 1),
                append(Drafts.indicator(1).version(2).draft(), 0),
                "there is one already");
        assertEquals(
                new AppendResult.Stale(0, 0),
                append(Drafts.indicator(2).version(2).draft(), 1),
                "there is none");
        assertInstanceOf(AppendResult.Duplicate.class, append(first, 0));
        Draft second = Drafts.indicator(1).version(2).draft();
        Draft third = Drafts.indicator(1).version(3).draft();
        List<AppendResult> both = store.append(List.of(
                new Draft(second.facts(), second.object(), Optional.of(1L)),
                new Draft(third.facts(), third.object(), Optional.of(1L))));
        assertEquals(new AppendResult.Stale(2, 2), both.getLast());
        store.withdraw(first.facts().id(), Versions.LAST, "by mistake", "anna");
        assertEquals(new AppendResult.Stale(1, 1), append(third, 2));
        assertInstanceOf(AppendResult.NewEntry.class, append(third, 1));
    }
}
