package uz.koprik.gateway.desk;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import uz.koprik.gateway.auth.Source;
import uz.koprik.indicators.policy.DeskRule;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * The entrance of the release desk: intake asks which objects need a second person, and lets them wait. An item is
 * durable before its objects are stored, so that no held object is without one. An item whose objects were never stored
 * is removed at the next start.
 */
public final class ReleaseQueue {

    private final DeskRule rule;
    private final DeskPapers papers;
    private final InstantSource clock;
    private volatile Consumer<DeskItem> onItem = item -> {};

    public ReleaseQueue(DeskRule rule, DeskPapers papers, InstantSource clock) {
        this.rule = rule;
        this.papers = papers;
        this.clock = clock;
    }

    /** Hands {@code listener} each new item, once its objects are stored. It must be quick. */
    public void onItem(Consumer<DeskItem> listener) {
        onItem = listener;
    }

    /**
     * These terms while the object waits, when it needs a second person; else unchanged.
     *
     * @param redaction whether it is a redaction by this centre
     */
    public ReleaseTerms held(ReleaseTerms terms, boolean redaction) {
        return reasons(terms, redaction).isEmpty() ? terms : terms.with(ReleaseTerms.Hold.WAITS);
    }

    private List<DeskRule.Reason> reasons(ReleaseTerms terms, boolean redaction) {
        return redaction ? rule.ofRedaction(terms) : rule.reasons(terms);
    }

    /**
     * An object with the terms that it waits with.
     *
     * @param redaction whether it is a redaction by this centre
     */
    public record Waiting(DeskObject object, ReleaseTerms terms, boolean redaction) {}

    /**
     * Lets objects wait that are about to be stored. Blocks.
     *
     * @param comment of the submitter; may be empty
     */
    public DeskItem add(Source by, List<Waiting> waiting, String comment) throws StoreUnavailable {
        Instant now = clock.instant();
        Map<DeskRule.Reason, Long> counts = new LinkedHashMap<>();
        List<DeskObject> objects = new ArrayList<>();
        for (Waiting one : waiting) {
            objects.add(one.object());
            reasons(one.terms().with(ReleaseTerms.Hold.NONE), one.redaction())
                    .forEach(reason -> counts.merge(reason, 1L, Long::sum));
        }
        List<DeskItem.Count> why = counts.entrySet().stream()
                .map(count -> new DeskItem.Count(count.getKey(), count.getValue()))
                .toList();
        boolean partner = by instanceof Source.Partner;
        DeskItem item;
        do { // many items of one moment can draw the same id
            item = new DeskItem(DeskIds.next(now), by.name(), partner, now, comment, why, objects);
        } while (!papers.add(item));
        return item;
    }

    /** Lets objects wait again that are stored and held already. Blocks. */
    public DeskItem again(Source by, List<Waiting> waiting, String comment) throws StoreUnavailable {
        DeskItem item = add(by, waiting, comment);
        onItem.accept(item);
        return item;
    }

    /**
     * Says which objects of an item were stored: the others leave it. Blocks.
     *
     * @param ids of those that were stored
     */
    public void stored(DeskItem item, Set<String> ids) throws StoreUnavailable {
        List<DeskObject> stored = item.objects().stream()
                .filter(object -> ids.contains(object.id()))
                .toList();
        if (stored.isEmpty()) {
            papers.remove(item.id());
            return;
        }
        if (stored.size() < item.objects().size()) {
            papers.change(item.of(stored));
        }
        onItem.accept(item.of(stored));
    }
}
