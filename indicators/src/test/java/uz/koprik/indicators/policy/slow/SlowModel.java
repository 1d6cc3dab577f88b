package uz.koprik.indicators.policy.slow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.slow.SlowDesk.Decided;
import uz.koprik.indicators.policy.slow.SlowGroups.Group;
import uz.koprik.indicators.policy.slow.SlowRedactions.Goal;

/**
 * The rules of {@code docs/policy.md}, {@code docs/agreements.md} and {@code docs/redaction.md} once more, written from
 * these pages alone. Each sentence is one method, in the class of its section. There are no numbers of terms, no sets
 * of bits and nothing kept: each question looks at all objects again. A new sentence is a new method in the list of its
 * readers.
 */
public final class SlowModel {

    private final SlowObjects objects = new SlowObjects();
    private final SlowRelease release;
    private final SlowReferences references;
    private final SlowCases cases;
    private final SlowDesk desk;
    private final SlowRecalls recalls;
    private final SlowPurposes purposes;
    private final SlowRedactions redactions;

    /**
     * @param kinds all kinds of values by code, and whether they are personal
     * @param unmarked what {@code policy.default_tlp} says
     * @param centres all partners
     * @param groups all versions of sharing groups, those that come later too, the earliest first
     * @param desk empty when it is off
     */
    public SlowModel(
            Map<String, Boolean> kinds,
            Tlp unmarked,
            List<SlowReader.Centre> centres,
            List<Group> groups,
            Optional<SlowDesk.Settings> desk) {
        SlowMarkings markings = new SlowMarkings(kinds, unmarked);
        SlowGroups sharing = new SlowGroups(groups);
        SlowAgreements agreements = new SlowAgreements(centres, markings);
        this.release = new SlowRelease(markings, sharing, agreements);
        this.references = new SlowReferences(objects, markings, sharing, release);
        this.cases = new SlowCases(objects);
        this.desk = new SlowDesk(desk, objects, markings);
        this.recalls = new SlowRecalls(objects, references, cases);
        this.purposes = new SlowPurposes(agreements);
        this.redactions = new SlowRedactions(objects, markings, references, release, recalls);
    }

    /** Takes in what one author submits at one moment. */
    public void arrive(List<SlowVersion> versions) {
        if (versions.isEmpty()) {
            return;
        }
        objects.setNow(versions.getFirst().at());
        Map<SlowStored, Object> summaries = references.summaries();
        Set<SlowStored> outside = cases.outside(versions);
        List<SlowStored> fresh =
                versions.stream().map(redactions::asItCame).map(SlowStored::new).toList();
        fresh.forEach(references::learn);
        fresh.forEach(references::takeOver);
        fresh.forEach(objects::add);
        fresh.forEach(references::learn);
        while (references.narrow(fresh)) {}
        fresh.stream().filter(desk::needsSecondPerson).forEach(SlowStored::letWait);
        while (references.narrow(fresh)) {} // what refers to those that wait
        fresh.forEach(SlowStored::begin);
        references.followChanges(summaries);
        fresh.stream().filter(SlowStored::refersToCases).forEach(SlowStored::begin);
        cases.about(fresh, outside);
        cases.keepFromOtherUnits();
        references.forgetWhatIsKnown();
    }

    /**
     * A centre takes an object back, or narrows it.
     *
     * @param by identity
     * @param producer the identity that the object names as its creator
     * @param upTo the last version that is meant
     * @param narrowedTo empty when it is taken back
     */
    public void recall(String by, String producer, String id, int upTo, Optional<Tlp> narrowedTo, Instant moment) {
        recalls.recall(by, producer, id, upTo, narrowedTo, moment);
    }

    /**
     * What a member makes of the latest version of an object without its stricter parts.
     *
     * @return empty when it is refused; the latest version of the same redaction when there is one; else a new one,
     *     whose id is that of the original: see {@link SlowVersion#as}
     */
    public Optional<SlowVersion> redaction(String original, Goal goal, SlowReader.Member by, Instant moment) {
        objects.setNow(moment);
        return objects.last(original)
                .filter(stored -> shown(by, stored, moment))
                .flatMap(stored -> redactions.rest(stored, goal, by, other -> shown(by, other, moment)));
    }

    /**
     * Redactions end with their originals.
     *
     * @param by the centre itself, which submits what comes of it
     */
    public void followOriginals(SlowReader.Member by, Instant moment) {
        objects.setNow(moment);
        for (SlowVersion redaction : redactions.all()) {
            redactions.followEarlier(redaction);
            redactions.follow(redaction, by).ifPresent(next -> arrive(List.of(next)));
        }
    }

    /** The number of the latest version of an object that was not taken back. */
    public Optional<Integer> latest(String id) {
        return objects.last(id).map(stored -> stored.version().number());
    }

    /** Whether the latest version of an object waits itself. */
    public boolean waits(String id) {
        return objects.last(id).filter(SlowStored::waits).isPresent();
    }

    /**
     * An account wants to release an item.
     *
     * @param item versions that one author submitted and that wait, by ids
     * @param author who submitted the item
     * @param by name of the account
     */
    public Decided release(Map<String, Integer> item, SlowReader author, String by) {
        return desk.release(item, author, by);
    }

    /** The versions of an object that a reader is given at a moment, the earliest first. */
    public List<SlowVersion> given(SlowReader reader, String id, Instant now) {
        Optional<SlowStored> last = objects.last(id).filter(stored -> shown(reader, stored, now));
        if (last.isEmpty()) {
            return List.of();
        }
        List<SlowVersion> given = new ArrayList<>();
        for (SlowStored stored : objects.versions(id)) {
            if (stored.equals(last.get()) || shown(reader, stored, now)) {
                given.add(stored.version());
            }
        }
        return given;
    }

    /** The last version, when the reader is given it. */
    public Optional<SlowVersion> latest(SlowReader reader, String id, Instant now) {
        return objects.last(id).filter(stored -> shown(reader, stored, now)).map(SlowStored::version);
    }

    /** Whether a match with an object is shown to a member without it: only a purpose that was not said hides that. */
    public boolean isMatchedUnseen(SlowReader.Member member, String id, Instant now) {
        return objects.last(id)
                .filter(stored -> release.given(member, stored, now) && !purposes.said(member, stored, now))
                .isPresent();
    }

    /** What a member submits knows no purpose: that counts only for what it reads. */
    private boolean shown(SlowReader reader, SlowStored stored, Instant now) {
        return release.given(reader, stored, now)
                && (!(reader instanceof SlowReader.Member member) || purposes.said(member, stored, now));
    }
}
