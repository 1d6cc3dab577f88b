package uz.koprik.indicators.policy.slow;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import uz.koprik.indicators.policy.Tlp;

/** The rules of references: an object is released no further than what its author could know of what it refers to. */
final class SlowReferences {

    private final SlowObjects objects;
    private final SlowMarkings markings;
    private final SlowGroups groups;
    private final SlowRelease release;

    SlowReferences(SlowObjects objects, SlowMarkings markings, SlowGroups groups, SlowRelease release) {
        this.objects = objects;
        this.markings = markings;
        this.groups = groups;
        this.release = release;
    }

    boolean narrow(List<SlowStored> some) {
        boolean changed = false;
        for (SlowStored stored : some) {
            changed |= takeOver(stored);
            changed |= followLatest(stored, objects.last(stored.version().id()).orElseThrow());
        }
        return changed;
    }

    /** No further than each object that it refers to, as far as its author could know that object. */
    boolean takeOver(SlowStored stored) {
        boolean changed = false;
        for (String reference : stored.known()) {
            changed |= stored.follow(objects.last(reference).orElseThrow(), objects.now());
        }
        return changed;
    }

    /** Who may not see the latest version does not see earlier ones. */
    private boolean followLatest(SlowStored stored, SlowStored last) {
        return !stored.equals(last) && stored.follow(last, objects.now());
    }

    /** What the author of a new object made itself, or is given now. */
    void learn(SlowStored stored) {
        for (String reference : stored.version().references()) {
            objects.last(reference)
                    .filter(other -> knows(stored.version(), other))
                    .ifPresent(other -> stored.known().add(reference));
        }
    }

    private boolean knows(SlowVersion version, SlowStored other) {
        return other.version().author().equals(version.author())
                || release.given(version.author(), other, version.at());
    }

    /** What all objects are released by now, for {@link #followChanges}. */
    Map<SlowStored, Object> summaries() {
        Map<SlowStored, Object> summaries = new HashMap<>();
        objects.all().forEach(stored -> summaries.put(stored, summary(stored)));
        return summaries;
    }

    /** @param before see {@link #summaries} */
    void followChanges(Map<SlowStored, Object> before) {
        do {
            for (SlowStored stored : objects.all()) {
                learnOfChanges(stored, other -> !summary(other).equals(before.get(other)));
            }
        } while (narrow(objects.all()));
    }

    /** What changes later is judged then. */
    void forgetWhatIsKnown() {
        objects.all().forEach(stored -> stored.known().clear());
    }

    /** Equal for objects that are released alike; an object becomes stricter only when it changes. */
    private Object summary(SlowStored object) {
        boolean toNobody = markings.toNobody(object);
        return List.of(
                markings.marking(object),
                markings.named(object),
                toNobody ? Map.of() : groups.noted(object),
                markings.carried(object),
                object.any(SlowVersion::personal),
                object.refersToCases(),
                object.embargo(),
                object.held(),
                markings.marking(object) == Tlp.RED && !toNobody
                        ? object.limits().stream()
                                .map(markings::marking)
                                .filter(marking -> marking != Tlp.RED)
                                .max(Comparator.naturalOrder())
                                .orElse(Tlp.CLEAR)
                        : "");
    }

    /**
     * The same as {@link #learn} of what becomes stricter: also by a version that it was given once. Of the past only
     * the markings are known, not for which kinds of values and whose objects the agreement was. Whether the author was
     * a member of a group then, the group says as it is known now.
     */
    private void learnOfChanges(SlowStored stored, Predicate<SlowStored> changed) {
        SlowVersion version = stored.version();
        for (String reference : version.references()) {
            objects.last(reference)
                    .filter(changed)
                    .filter(other -> other.version().author().equals(version.author())
                            || knew(version, other.asNow())
                            || objects.versions(reference).stream()
                                    .anyMatch(one -> knew(version, one.asInTheBeginning())))
                    .ifPresent(other -> stored.known().add(reference));
        }
    }

    private boolean knew(SlowVersion version, SlowStored old) {
        return release.given(version.author(), old, version.at(), objects.now());
    }
}
