package uz.koprik.indicators.store.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/** Any sequence of changes leads to the same views as a model that is too simple to be wrong. */
class StoreModelTest {

    private static final int OBJECTS = 4;
    private static final List<Versions> CHOICES = List.of(
            Versions.ALL,
            Versions.LAST,
            new Versions(false, true, false, Set.of()),
            new Versions(false, true, true, Set.of()),
            new Versions(false, false, false, Set.of(2L, 3L)));
    private static final Audience SOME =
            new Audience(1L << new ReleaseTerms(Tlp.GREEN, false, false, false).classCode());

    sealed interface Step {
        record Append(List<Drafts> drafts) implements Step {}

        record Withdraw(int object, int choice) implements Step {}

        record Restrict(int seq, Tlp tlp) implements Step {}

        record Reopen() implements Step {}
    }

    /** One entry of the model. */
    private static final class Known {
        final long seq;
        final Drafts draft;
        Tlp tlp;
        boolean withdrawn;

        Known(long seq, Drafts draft) {
            this.seq = seq;
            this.draft = draft;
            this.tlp = draft.tlp();
        }
    }

    private final List<Known> model = new ArrayList<>();

    @Provide
    static Arbitrary<List<Step>> steps() {
        Arbitrary<Drafts> draft = Combinators.combine(
                        Arbitraries.integers().between(0, OBJECTS - 1),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of("", "other"),
                        Arbitraries.of(Tlp.GREEN, Tlp.RED))
                .as((object, version, body, tlp) -> Drafts.indicator(object)
                        .version(version)
                        .body(body)
                        .tlp(tlp)
                        .carries("domain:" + body + "example.com"));
        Arbitrary<Step> append = draft.list().ofMinSize(1).ofMaxSize(4).map(Step.Append::new);
        Arbitrary<Step> withdraw = Combinators.combine(
                        Arbitraries.integers().between(0, OBJECTS - 1),
                        Arbitraries.integers().between(0, CHOICES.size() - 1))
                .as(Step.Withdraw::new);
        Arbitrary<Step> restrict = Combinators.combine(Arbitraries.integers().between(1, 12), Arbitraries.of(Tlp.class))
                .as(Step.Restrict::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(6, append),
                        Tuple.of(2, withdraw),
                        Tuple.of(1, restrict),
                        Tuple.of(1, Arbitraries.create(Step.Reopen::new)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    @Property(tries = 60)
    void viewsAgreeWithTheModel(@ForAll("steps") List<Step> steps) throws IOException, StoreUnavailable {
        model.clear();
        Path directory = Files.createTempDirectory("koprik-model");
        LuceneStore store = LuceneStore.open(directory, LuceneStoreTest.SMALL);
        try {
            for (Step step : steps) {
                switch (step) {
                    case Step.Append(List<Drafts> drafts) -> {
                        List<AppendResult> expected =
                                drafts.stream().map(this::append).toList();
                        List<AppendResult> outcomes =
                                store.append(drafts.stream().map(Drafts::draft).toList());
                        for (int i = 0; i < expected.size(); i++) {
                            compare(expected.get(i), outcomes.get(i));
                        }
                    }
                    case Step.Withdraw(int object, int choice) -> {
                        List<Known> chosen = inView(known ->
                                known.draft.id().equals(Drafts.indicator(object).id())
                                        && isOneOf(CHOICES.get(choice), known));
                        assertEquals(
                                chosen.size(),
                                store.withdraw(Drafts.indicator(object).id(), CHOICES.get(choice), "why", "who"));
                        chosen.forEach(known -> known.withdrawn = true);
                    }
                    case Step.Restrict(int seq, Tlp tlp) -> {
                        if (seq <= model.size()) {
                            store.restrict(Map.of((long) seq, new ReleaseTerms(tlp, false, false, false)));
                            narrow(seq, model.get(seq - 1).draft.id(), tlp);
                        }
                    }
                    case Step.Reopen() -> {
                        store.close();
                        store = LuceneStore.open(directory, LuceneStoreTest.SMALL);
                    }
                }
                compareViews(store);
            }
        } finally {
            store.close();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void compare(AppendResult expected, AppendResult outcome) {
        switch (expected) {
            case AppendResult.NewEntry(long seq, long added, long contests) ->
                assertEquals(
                        seq,
                        assertInstanceOf(AppendResult.NewEntry.class, outcome).seq());
            case AppendResult.Duplicate(long seq, long added) ->
                assertEquals(
                        seq,
                        assertInstanceOf(AppendResult.Duplicate.class, outcome).seq());
            default -> assertEquals(expected, outcome);
        }
    }

    private AppendResult append(Drafts draft) {
        List<Known> same = model.stream()
                .filter(known -> known.draft.id().equals(draft.id()))
                .toList();
        List<Known> seen = same.stream().filter(known -> !known.withdrawn).toList();
        for (Known known : seen) {
            boolean equal = known.draft.body().equals(draft.body());
            if (known.draft.version() == draft.version() && equal) {
                return new AppendResult.Duplicate(known.seq, 0);
            }
            if (known.draft.version() == draft.version() && draft.version() != 0) {
                return new AppendResult.Conflict(known.seq);
            }
        }
        Optional<Long> floor = same.stream()
                .filter(known -> known.withdrawn)
                .map(known -> known.draft.version())
                .max(Long::compare);
        if (floor.isPresent() && draft.version() <= floor.get()) {
            return new AppendResult.Withdrawn(floor.get());
        }
        if (!seen.isEmpty() && seen.getLast().draft.version() > draft.version()) {
            return new AppendResult.Stale(
                    seen.getLast().seq, seen.getLast().draft.version());
        }
        model.add(new Known(model.size() + 1, draft));
        narrow(model.size(), draft.id(), draft.tlp());
        return new AppendResult.NewEntry(model.size(), 0);
    }

    /** A version is released no further than those after it. */
    private void narrow(long upTo, String id, Tlp tlp) {
        model.stream()
                .filter(known -> known.seq <= upTo && known.draft.id().equals(id))
                .forEach(known -> known.tlp = known.tlp.or(tlp));
    }

    private List<Known> inView(Predicate<Known> wanted) {
        return model.stream().filter(known -> !known.withdrawn).filter(wanted).toList();
    }

    private boolean isOneOf(Versions versions, Known known) {
        List<Known> all = inView(other -> other.draft.id().equals(known.draft.id()));
        return versions.all()
                || (versions.first() && all.getFirst() == known)
                || (versions.last() && all.getLast() == known)
                || versions.exactly().contains(known.draft.version());
    }

    private void compareViews(LuceneStore store) throws StoreUnavailable {
        for (Audience audience : List.of(Audience.HOUSEKEEPING, SOME)) {
            for (Versions versions : CHOICES) {
                Selection selection = new Selection(audience, Set.of(), Set.of(), Set.of(), versions, 0);
                assertEquals(seqs(known -> sees(audience, known) && isOneOf(versions, known)), pages(store, selection));
            }
            for (String value : List.of("domain:example.com", "domain:otherexample.com")) {
                List<Long> carriers = seqs(known -> sees(audience, known)
                        && isOneOf(Versions.LAST, known)
                        && known.draft.observables().contains(value));
                Carriers found =
                        store.carriers(List.of(value), audience, 100).getOrDefault(value, new Carriers(0, List.of()));
                assertEquals(carriers.size(), found.count());
                assertEquals(
                        carriers.reversed(),
                        found.freshest().stream().map(Entry::seq).toList());
            }
        }
        for (int object = 0; object < OBJECTS; object++) {
            String id = Drafts.indicator(object).id();
            List<Long> versions = seqs(known -> known.draft.id().equals(id));
            assertEquals(versions, store.versions(id).stream().map(Entry::seq).toList());
            assertEquals(
                    versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast()),
                    store.latest(id).map(Entry::seq));
        }
    }

    private static boolean sees(Audience audience, Known known) {
        return audience.sees(new ReleaseTerms(known.tlp, false, false, false).classCode());
    }

    private List<Long> seqs(Predicate<Known> wanted) {
        return inView(wanted).stream().map(known -> known.seq).toList();
    }

    private static List<Long> pages(LuceneStore store, Selection selection) throws StoreUnavailable {
        List<Long> found = new ArrayList<>();
        Page page = store.page(selection, 0, 2);
        page.entries().forEach(entry -> found.add(entry.seq()));
        while (page.more()) {
            page = store.page(selection, page.nextAfter(), 2);
            page.entries().forEach(entry -> found.add(entry.seq()));
        }
        return found;
    }
}
