package uz.koprik.indicators.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;

/** Release terms that the 64 classes do not express are kept, decide inside every read, and become stricter. */
public abstract class TermsContract extends StoreContract {

    private static final Instant NOW = Instant.parse("2026-11-22T08:30:00Z");
    private static final Instant LATER = Instant.parse("2026-12-01T00:00:00Z");
    private static final String BUDAPEST = "identity--00000000-0000-4000-8000-00000000000b";
    private static final String SEOUL = "identity--00000000-0000-4000-8000-00000000000c";
    private static final ReleaseTerms GREEN =
            new ReleaseTerms(Tlp.GREEN, true, false, false).withKinds(Set.of("domain"));
    private static final ReleaseTerms RED = new ReleaseTerms(Tlp.RED, true, false, false).withKinds(Set.of());

    protected TermsContract(StoreBackend backend) {
        super(backend);
    }

    private static Audience audience(String identity, Instant at) {
        Agreement agreement = new Agreement(Tlp.AMBER, Optional.empty(), Optional.empty(), "paper");
        return Audience.of(new Recipient.Partner("partner", agreement, Set.of(identity)), at);
    }

    private void store(Drafts drafts, ReleaseTerms terms) throws StoreUnavailable {
        store.append(List.of(drafts.draft(terms)));
    }

    private List<Long> seen(Audience audience) throws StoreUnavailable {
        return all(new Selection(audience, Set.of(), Set.of(), Set.of(), Versions.ALL, 0));
    }

    @Test
    void keepsWhatWasAgreed() throws StoreUnavailable, IOException {
        List<ReleaseTerms> terms = List.of(
                new ReleaseTerms(Tlp.AMBER, true, true, false),
                GREEN,
                GREEN.withFrom("budapest"),
                GREEN.withKinds(Set.of()),
                RED.to(Set.of(BUDAPEST, SEOUL)),
                RED.to(Set.of(BUDAPEST)).narrowedBy(new ReleaseTerms(Tlp.AMBER, true, false, false)),
                GREEN.notBefore(LATER),
                GREEN.to(Set.of()));
        for (int i = 0; i < terms.size(); i++) {
            store(Drafts.indicator(i).carries("domain:a.example"), terms.get(i));
        }
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < terms.size(); i++) {
                Entry entry = store.at(i + 1).orElseThrow();
                assertEquals(terms.get(i), entry.release());
                assertEquals(terms.get(i), entry.facts().release());
                assertEquals(List.of("domain:a.example"), entry.facts().observables());
                assertEquals(
                        "kid-of-budapest",
                        entry.facts().provenance().signers().getFirst().kid());
                assertTrue(Drafts.object(entry).startsWith("{\"type\":\"indicator\""));
            }
            reopen();
        }
    }

    @Test
    void releasesToTheNamedAndAfterTheEmbargo() throws StoreUnavailable, IOException {
        store(Drafts.indicator(1).text("one").carries("domain:a.example"), GREEN);
        store(Drafts.indicator(2).text("one").carries("domain:a.example"), RED.to(Set.of(BUDAPEST)));
        store(Drafts.indicator(3).text("one").carries("domain:a.example"), GREEN.notBefore(LATER));
        store(Drafts.indicator(4).text("one").carries("domain:a.example"), GREEN.to(Set.of(SEOUL)));
        store(Drafts.indicator(5).text("one").carries("domain:a.example"), RED);
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(1L, 2L), seen(audience(BUDAPEST, NOW)));
            assertEquals(List.of(1L, 2L, 3L), seen(audience(BUDAPEST, LATER)));
            assertEquals(List.of(1L, 4L), seen(audience(SEOUL, NOW)));
            assertEquals(List.of(1L, 2L, 3L, 4L, 5L), seen(Audience.of(new Recipient.Analyst("anna"), NOW)));
            assertEquals(
                    2,
                    store.carriers(List.of("domain:a.example"), audience(SEOUL, NOW), 5)
                            .get("domain:a.example")
                            .count());
            assertEquals(
                    Map.of("GREEN", 2L),
                    store.search(new SearchBuilder()
                                    .words("one")
                                    .audience(audience(SEOUL, NOW))
                                    .facets(Search.Facet.TLP)
                                    .build())
                            .facets()
                            .get(Search.Facet.TLP));
            assertEquals(
                    List.of(2L),
                    seqs(store.search(new SearchBuilder()
                                    .words("one")
                                    .audience(audience(BUDAPEST, LATER))
                                    .tlps(Tlp.RED)
                                    .build())
                            .entries()));
            reopen();
        }
    }

    @Test
    void becomesStricterForGood() throws StoreUnavailable, IOException {
        store(Drafts.indicator(1), GREEN);
        store(Drafts.indicator(1).version(2), GREEN);
        Audience before = audience(BUDAPEST, NOW);
        assertEquals(List.of(1L, 2L), seen(before));
        long stamp = store.stamp(1, 2);
        store.restrict(Map.of(2L, GREEN.to(Set.of(SEOUL))));
        assertNotEquals(stamp, store.stamp(1, 2));
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(), seen(before), "also for who asked before");
            assertEquals(List.of(1L, 2L), seen(audience(SEOUL, NOW)), "older versions follow");
            assertEquals(GREEN, store.at(2).orElseThrow().facts().release());
            assertEquals(GREEN.to(Set.of(SEOUL)), store.at(1).orElseThrow().release());
            reopen();
        }
        store.restrict(Map.of(2L, GREEN.to(Set.of(BUDAPEST))));
        assertEquals(List.of(), seen(audience(SEOUL, NOW)), "nobody is named by both");
    }

    @Test
    void aReaderMeetsTermsThatCameLater() throws StoreUnavailable {
        Audience budapest = audience(BUDAPEST, NOW);
        List<Long> expected = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            boolean named = i % 3 == 0;
            store(Drafts.indicator(i), GREEN.withFrom("late-" + i).to(Set.of(named ? BUDAPEST : SEOUL)));
            if (named) {
                expected.add((long) i);
            }
        }
        assertEquals(expected, seen(budapest), "with the audience of the beginning");
        assertEquals(expected, seen(audience(BUDAPEST, NOW)));
    }
}
