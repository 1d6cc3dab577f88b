package uz.koprik.indicators.policy.slow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All stored versions of all objects, and the moment of what happens now. */
final class SlowObjects {

    private final Map<String, List<SlowStored>> objects = new LinkedHashMap<>();

    /** The same with what was taken back. */
    private final Map<String, List<SlowStored>> history = new LinkedHashMap<>();

    private Instant now = Instant.EPOCH;

    Instant now() {
        return now;
    }

    void setNow(Instant moment) {
        now = moment;
    }

    void add(SlowStored stored) {
        for (Map<String, List<SlowStored>> to : List.of(objects, history)) {
            to.computeIfAbsent(stored.version().id(), id -> new ArrayList<>()).add(stored);
        }
    }

    void remove(String id, List<SlowStored> some) {
        if (some.isEmpty()) {
            return;
        }
        objects.get(id).removeAll(some);
        if (objects.get(id).isEmpty()) {
            objects.remove(id);
        }
    }

    /** The versions of an object, the earliest first. */
    List<SlowStored> versions(String id) {
        return objects.getOrDefault(id, List.of());
    }

    /** The same with those that were taken back. */
    List<SlowStored> everyVersion(String id) {
        return history.getOrDefault(id, List.of());
    }

    Optional<SlowStored> last(String id) {
        return Optional.ofNullable(objects.get(id)).map(List::getLast);
    }

    List<SlowStored> lasts() {
        return objects.values().stream().map(List::getLast).toList();
    }

    List<List<SlowStored>> byObject() {
        return List.copyOf(objects.values());
    }

    List<SlowStored> all() {
        return objects.values().stream().flatMap(List::stream).toList();
    }
}
