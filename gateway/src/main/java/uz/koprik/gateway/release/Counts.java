package uz.koprik.gateway.release;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import uz.koprik.indicators.bursts.DailyCounts;
import uz.koprik.indicators.bursts.DayTally;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.InternalStore;

/**
 * How many objects came: everything but case files, which a count must not reveal, and less the personal objects that a
 * member needs a purpose for. Counts of members who may see the same are the same. Safe for use by many threads.
 */
final class Counts {

    /** A centre has few partners that ask for purposes, and fewer combinations of those that were said. */
    private static final int MOST = 16;

    private final InternalStore store;
    private final Function<Recipient, Audience> audiences;
    private final Map<Set<String>, Pair> byWithheld = new LinkedHashMap<>(MOST, 0.75f, true);

    private record Pair(DailyCounts perDay, DayTally ofDay) {}

    /** @param audiences what a recipient may see at this moment */
    Counts(InternalStore store, Function<Recipient, Audience> audiences) {
        this.store = store;
        this.audiences = audiences;
    }

    /** What is counted for a recipient. */
    Audience audience(Recipient recipient) {
        return audiences.apply(new Recipient.Operator("counts", recipient.use()));
    }

    DailyCounts perDay(Recipient recipient) {
        return of(recipient).perDay();
    }

    DayTally ofDay(Recipient recipient) {
        return of(recipient).ofDay();
    }

    private synchronized Pair of(Recipient recipient) {
        Pair pair = byWithheld.computeIfAbsent(recipient.use().withheld(), withheld -> {
            Audience counted = audience(recipient);
            return new Pair(new DailyCounts(store, counted), new DayTally(store, counted));
        });
        if (byWithheld.size() > MOST) {
            byWithheld.remove(byWithheld.keySet().iterator().next());
        }
        return pair;
    }
}
