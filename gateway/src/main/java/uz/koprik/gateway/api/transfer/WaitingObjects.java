package uz.koprik.gateway.api.transfer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.MarkingBundles;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * The objects of one file that bear a marking whose definition may stand further back in it: taken in before it they
 * would count as the strictest for good. For one thread.
 */
final class WaitingObjects {

    /** Most that is held back, in bytes; what is more is taken in at once. */
    private static final long MOST = 64L << 20;

    private final StoredLookup stored;
    private final List<IncomingObject> objects = new ArrayList<>();
    private final Set<String> defined = new HashSet<>();
    private long bytes;

    /** Whether a definition is stored. */
    @FunctionalInterface
    interface StoredLookup {
        boolean has(String marking) throws StoreUnavailable;
    }

    WaitingObjects(StoredLookup stored) {
        this.stored = stored;
    }

    /**
     * What a batch of objects has to do with other markings than those of TLP.
     *
     * @param marked the markings of the objects that bear such ones, by their positions in the batch
     * @param defined the markings that are defined in the batch
     */
    record Marks(Map<Integer, List<String>> marked, Set<String> defined) {

        static Marks none() {
            return new Marks(new HashMap<>(), new HashSet<>());
        }

        void add(byte[] object, int place) {
            List<String> markings = MarkingBundles.of(object);
            if (markings.isEmpty()) {
                MarkingBundles.defined(object).ifPresent(defined::add);
            } else {
                marked.put(place, markings);
            }
        }
    }

    /** The objects of a batch that need not wait. */
    List<IncomingObject> withoutWaiting(List<IncomingObject> batch, Marks marks) throws StoreUnavailable {
        defined.addAll(marks.defined());
        if (marks.marked().isEmpty()) {
            return batch;
        }
        Set<String> missing = new HashSet<>();
        List<IncomingObject> now = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            List<String> markings = marks.marked().getOrDefault(i, List.of());
            if (bytes < MOST && anyMissing(markings, missing)) {
                objects.add(batch.get(i));
                bytes += batch.get(i).object().length;
            } else {
                now.add(batch.get(i));
            }
        }
        return now;
    }

    /** Those that waited, once the file has been read. */
    List<IncomingObject> waited() {
        return objects;
    }

    private boolean anyMissing(List<String> markings, Set<String> missing) throws StoreUnavailable {
        for (String marking : markings) {
            if (missing.contains(marking)) {
                return true;
            }
            if (!defined.contains(marking)) {
                if (!stored.has(marking)) {
                    missing.add(marking);
                    return true;
                }
                defined.add(marking);
            }
        }
        return false;
    }
}
