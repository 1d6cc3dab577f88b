package uz.koprik.indicators.store.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import uz.koprik.indicators.store.Appended;
import uz.koprik.indicators.store.EntryFacts;

/**
 * Decides what becomes of the drafts of one flush, one after the other, each knowing those before it.
 *
 * <p>Versions of one object only ever rise, withdrawn ones included, and an object that has versions does not go back to
 * having none. So a version above the newest is new, and only others need a look at the older ones.
 */
public final class Judge {

    private final Catalogue catalogue;
    private final Map<String, List<Known>> pending = new HashMap<>();

    public Judge(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** What is known of a version that is there. */
    private record Known(long seq, long added, long version, Predicate<String> hasDigest, boolean withdrawn) {}

    /** Why the draft is not stored; nothing when it is to be stored. */
    public Optional<Appended> refuse(EncodedDraft draft) {
        EntryFacts facts = draft.facts();
        List<Known> fresh = pending.getOrDefault(facts.id(), List.of());
        long head = catalogue.head(draft.id());
        Optional<Appended> refused = Optional.empty();
        if (!fresh.isEmpty() || head != 0) {
            long newest = fresh.isEmpty() ? catalogue.version(head) : fresh.getLast().version;
            refused = facts.version() > newest ? refused : refuse(facts, history(fresh, head));
        }
        return refused.isPresent() || draft.follows().isEmpty() ? refused : follows(draft.follows().get(), fresh, head);
    }

    /** Nothing when the latest version in view is the one that was expected. */
    private Optional<Appended> follows(long expected, List<Known> fresh, long head) {
        long seq = fresh.isEmpty() ? catalogue.inView(head) : fresh.getLast().seq;
        long version = seq == 0 ? 0 : fresh.isEmpty() ? catalogue.version(seq) : fresh.getLast().version;
        return version == expected ? Optional.empty() : Optional.of(new Appended.Stale(seq, version));
    }

    /** Notes a draft of this flush that is to be stored. */
    public void accepted(EncodedDraft draft, long seq, long added) {
        EntryFacts facts = draft.facts();
        pending.computeIfAbsent(facts.id(), id -> new ArrayList<>(1))
                .add(new Known(seq, added, facts.version(), facts.digest()::equals, false));
    }

    private static Optional<Appended> refuse(EntryFacts facts, List<Known> newestFirst) {
        long floor = Long.MIN_VALUE;
        for (Known known : newestFirst) {
            boolean sameDigest = known.hasDigest.test(facts.digest());
            if (known.withdrawn) {
                floor = Math.max(floor, known.version);
            } else if (known.version == facts.version() && sameDigest) {
                return Optional.of(new Appended.Duplicate(known.seq, known.added));
            } else if (known.version == facts.version() && known.version != EntryFacts.UNVERSIONED) {
                return Optional.of(new Appended.Conflict(known.seq));
            }
        }
        if (facts.version() <= floor) {
            return Optional.of(new Appended.Withdrawn(floor));
        }
        Known latest = newestFirst.stream().filter(known -> !known.withdrawn).findFirst().orElseThrow();
        if (facts.version() == EntryFacts.UNVERSIONED && latest.version == EntryFacts.UNVERSIONED) {
            return Optional.empty(); // an object without versions changed: a further edition
        }
        return Optional.of(new Appended.Stale(latest.seq, latest.version));
    }

    private List<Known> history(List<Known> fresh, long head) {
        List<Known> newestFirst = new ArrayList<>(fresh.reversed());
        for (long seq = head; seq != 0; seq = catalogue.previous(seq)) {
            long at = seq;
            newestFirst.add(new Known(seq, catalogue.rows.added(seq), catalogue.version(seq),
                    digest -> catalogue.hasDigest(at, digest), catalogue.withdrawn(seq)));
        }
        return newestFirst;
    }
}
