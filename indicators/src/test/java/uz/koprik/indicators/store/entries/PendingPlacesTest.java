package uz.koprik.indicators.store.entries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.network.NetworkKey;

class PendingPlacesTest {

    private final SplittableRandom random = new SplittableRandom(7);

    private Observable domain(int labels) {
        StringBuilder name = new StringBuilder("example");
        for (int i = 0; i < labels; i++) {
            name.insert(0, (char) ('a' + random.nextInt(4)) + ".");
        }
        return new Observable(ObservableKind.DOMAIN, name.toString());
    }

    private static Set<Long> within(PendingPlaces places, NetworkKey.Span span, long after) {
        Set<Long> found = new TreeSet<>();
        places.within(span, after, found::add);
        return found;
    }

    @Test
    void findsWhatLookingThroughAllFinds() {
        PendingPlaces places = new PendingPlaces();
        List<String> all = new ArrayList<>();
        int met = 0;
        for (int seq = 1; seq <= 5000; seq++) {
            String place = NetworkKey.of(domain(1 + random.nextInt(5))).orElseThrow();
            places.add(place, seq);
            all.add(place);
            if (seq % 61 == 0) { // with all kinds of runs and tails
                NetworkKey.Span span =
                        NetworkKey.within(domain(1 + random.nextInt(3))).orElseThrow();
                long after = random.nextInt(seq);
                Set<Long> expected = new TreeSet<>();
                for (int i = 0; i < all.size(); i++) {
                    if (span.has(all.get(i)) && i + 1 > after) {
                        expected.add(i + 1L);
                    }
                }
                assertEquals(expected, within(places, span, after), "after " + seq);
                met += expected.size();
            }
        }
        assertTrue(met > 1000, met + " were to be found");
    }

    @Test
    void whatIsThereIsFoundWhileOthersCome() throws Exception {
        PendingPlaces places = new PendingPlaces();
        NetworkKey.Span all = NetworkKey.within(domain(0)).orElseThrow();
        int count = 100_000; // hundreds of times the tail becomes a run under the readers' eyes
        AtomicLong added = new AtomicLong();
        try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
            Future<?> written = writer.submit(() -> {
                for (long seq = 1; seq <= count; seq++) {
                    places.add(NetworkKey.of(domain(3)).orElseThrow(), seq);
                    added.set(seq);
                }
            });
            long before = 0;
            while (before < count) {
                before = added.get();
                long least = before;
                long[] found = new long[1];
                places.within(all, 0, seq -> found[0] += seq <= least ? 1 : 0);
                assertEquals(least, found[0], "of those that were there when it was asked");
            }
            written.get();
        }
    }
}
