package uz.koprik.gateway.recalls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.gateway.release.RecalledVersion;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.store.StoreUnavailable;

/** The recalls of which a reader may know: those of objects that this one could see. */
public final class RecallSight {

    /** How many are judged at once. */
    private static final int AT_ONCE = 1000;

    private final RecallBook book;
    private final Release release;

    public RecallSight(RecallBook book, Release release) {
        this.book = book;
        this.release = release;
    }

    /**
     * Those of some recalls of which a reader may know, in the same order. Blocks.
     *
     * @param most how many are enough
     */
    public List<RecallRecord> of(Recipient reader, List<RecallRecord> all, long most) throws StoreUnavailable {
        List<RecallRecord> known = new ArrayList<>();
        for (int from = 0; from < all.size() && known.size() < most; from += AT_ONCE) {
            List<RecallRecord> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            Set<String> ids = release.knownRecalls(
                    reader, some.stream().map(this::version).toList());
            some.stream().filter(one -> ids.contains(one.recall().id())).forEach(known::add);
        }
        return known.size() > most ? known.subList(0, (int) most) : known;
    }

    /** Whether a reader may know of a recall. Blocks. */
    public boolean knows(Recipient reader, RecallRecord record) throws StoreUnavailable {
        return !of(reader, List.of(record), 1).isEmpty();
    }

    /** The last recall of an object of which a reader may know. Blocks when the object was recalled. */
    public Optional<RecallBook.Fact> fact(Recipient reader, String object) throws StoreUnavailable {
        List<RecallRecord> all = book.ofObject(object);
        return of(reader, all, all.size()).stream().findFirst().map(book::fact);
    }

    private RecalledVersion version(RecallRecord record) {
        Recall recall = record.recall();
        return new RecalledVersion(
                recall.id(), recall.object(), recall.producer(), recall.version(), book.ours(record));
    }
}
