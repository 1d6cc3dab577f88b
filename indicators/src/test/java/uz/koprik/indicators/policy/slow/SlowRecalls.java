package uz.koprik.indicators.policy.slow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.indicators.policy.Tlp;

/** The rules of recall. */
final class SlowRecalls {

    /**
     * A recall by the producer of an object.
     *
     * @param narrowedTo empty when it took the object back
     */
    record Done(String id, int upTo, Optional<Tlp> narrowedTo) {}

    private final List<Done> done = new ArrayList<>();
    private final SlowObjects objects;
    private final SlowReferences references;
    private final SlowCases cases;

    SlowRecalls(SlowObjects objects, SlowReferences references, SlowCases cases) {
        this.objects = objects;
        this.references = references;
        this.cases = cases;
    }

    /**
     * A centre takes an object back, or narrows it.
     *
     * @param by identity
     * @param producer the identity that the object names as its creator
     * @param upTo the last version that is meant
     * @param narrowedTo empty when it is taken back
     */
    void recall(String by, String producer, String id, int upTo, Optional<Tlp> narrowedTo, Instant moment) {
        if (!by.equals(producer)) {
            return;
        }
        objects.setNow(moment);
        done.add(new Done(id, upTo, narrowedTo));
        List<SlowStored> meant = objects.versions(id).stream()
                .filter(stored -> stored.version().number() <= upTo)
                .filter(stored -> !stored.wasAboutCases())
                .toList();
        if (narrowedTo.isEmpty()) {
            objects.remove(id, meant);
            return;
        }
        Map<SlowStored, Object> before = references.summaries();
        meant.forEach(stored -> stored.limits().add(stored.version().marked(narrowedTo.get(), moment)));
        references.followChanges(before);
        cases.keepFromOtherUnits();
        references.forgetWhatIsKnown();
    }

    /** All that mean a version of an object. */
    List<Done> of(String id, int number) {
        return done.stream()
                .filter(one -> one.id().equals(id) && number <= one.upTo())
                .toList();
    }
}
