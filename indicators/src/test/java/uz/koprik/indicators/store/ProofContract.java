package uz.koprik.indicators.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.Audience;

/** Objects whose keys were compromised. */
public abstract class ProofContract extends StoreContract {

    private static final Audience PROVEN = ALL.proven();

    protected ProofContract(StoreBackend backend) {
        super(backend);
    }

    private static Draft signed(int number, String... kids) {
        return Drafts.indicator(number)
                .carries("domain:n" + number + ".example.com")
                .text("phishing")
                .draft(new Provenance(
                        Provenance.Origin.SIGNED,
                        Arrays.stream(kids)
                                .map(kid -> new Provenance.Signer("budapest", kid, "Ed25519", 1_700_000_000L))
                                .toList()));
    }

    /** From a moment on, these keys prove nothing. */
    private static SignerJudge lost(long from, String... bad) {
        return (producer, kids) -> Set.of(bad).containsAll(kids) ? from : SignerJudge.NEVER;
    }

    private List<Long> unproven(String kid, Audience audience) throws StoreUnavailable {
        List<Long> found = new ArrayList<>();
        Page page = store.unproven(kid, audience, 0, 2);
        found.addAll(seqs(page.entries()));
        while (page.more()) {
            page = store.unproven(kid, audience, page.nextAfter(), 2);
            found.addAll(seqs(page.entries()));
        }
        return found;
    }

    private List<Long> seen(Audience audience) throws StoreUnavailable {
        return all(new Selection(audience, Set.of(), Set.of(), Set.of(), Versions.ALL, 0));
    }

    @Test
    void whatCameAfterTheMomentIsListedAndLeftOutWhereOnlyProofCounts() throws StoreUnavailable, IOException {
        store.append(List.of(signed(1, "bad"), signed(2, "good")));
        store.append(List.of(signed(3, "bad"), signed(4, "bad", "good"), signed(5, "bad"), signed(6, "bad")));
        long moment = store.at(3).orElseThrow().added();
        for (int round = 0; round < 2; round++) {
            assertEquals(fromTo(1, 6), seen(PROVEN));
            assertEquals(List.of(), unproven("bad", ALL));
            long stamp = store.stamp(1, 6);
            store.judgeSigners(lost(moment, "bad"));
            assertNotEquals(stamp, store.stamp(1, 6));
            assertEquals(List.of(3L, 5L, 6L), unproven("bad", ALL));
            assertEquals(List.of(), unproven("good", ALL));
            assertEquals(List.of(), unproven("bad", new Audience(0)));
            assertEquals(List.of(1L, 2L, 4L), seen(PROVEN));
            assertEquals(fromTo(1, 6), seen(ALL));
            String id = store.at(3).orElseThrow().facts().id();
            assertEquals(Optional.empty(), store.latest(id, PROVEN));
            assertTrue(store.latest(id, ALL).isPresent());
            assertEquals(Map.of(), store.carriers(List.of("domain:n3.example.com"), PROVEN, 5));
            assertEquals(
                    3,
                    store.search(new SearchBuilder()
                                    .audience(PROVEN)
                                    .words("phishing")
                                    .build())
                            .total());
            reopen();
        }
    }

    @Test
    void aGoodSignatureReplacesTheSameVersionThatIsNotProven() throws StoreUnavailable, IOException {
        store.append(List.of(signed(1, "bad"), signed(2, "bad")));
        assertEquals(
                AppendResult.Duplicate.class, store.foresee(signed(1, "good")).getClass());
        store.judgeSigners(lost(0, "bad"));
        assertTrue(store.lostProof(1));
        assertEquals(
                AppendResult.Duplicate.class, store.foresee(signed(1, "bad")).getClass());
        assertEquals(
                List.of(3L),
                store.append(List.of(signed(1, "good"))).stream()
                        .map(stored -> ((AppendResult.NewEntry) stored).seq())
                        .toList());
        for (int round = 0; round < 2; round++) {
            for (String kid : List.of("bad", "good")) {
                assertEquals(
                        AppendResult.Duplicate.class,
                        store.append(List.of(signed(1, kid))).getFirst().getClass());
            }
            String id = store.at(1).orElseThrow().facts().id();
            assertEquals(3, store.latest(id, PROVEN).orElseThrow().seq());
            assertTrue(store.at(1).orElseThrow().superseded());
            assertFalse(store.lostProof(3));
            assertEquals(List.of(3L), seen(PROVEN));
            reopen();
            store.judgeSigners(lost(0, "bad"));
        }
    }

    @Test
    void signersThatComeLaterAreJudgedAsWell() throws StoreUnavailable {
        store.append(List.of(signed(1, "bad")));
        store.judgeSigners(lost(0, "bad", "worse"));
        store.append(List.of(signed(2, "worse"), signed(3, "good"), signed(4, "bad", "worse")));
        assertEquals(List.of(3L), seen(PROVEN));
        assertEquals(List.of(2L, 4L), unproven("worse", ALL));
        store.withdraw(store.at(2).orElseThrow().facts().id(), Versions.ALL, "forged", "operator");
        assertEquals(List.of(4L), unproven("worse", ALL));
        store.judgeSigners(SignerJudge.NONE);
        assertEquals(List.of(1L, 3L, 4L), seen(PROVEN));
        assertFalse(store.unproven("bad", ALL, 0, 10).more());
        assertThrows(IllegalArgumentException.class, () -> store.page(select(Versions.ALL), 0, 0));
    }
}
