package uz.koprik.indicators.correlation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Finds where values were met before. Asks the store once for a whole batch, one posting list a value; there is no table
 * of pairs that could explode. Safe for use by many threads at once.
 */
public final class Correlator {

    /** How many of the objects that carry a value are told; the count tells of the rest. */
    public static final int TOLD = 5;

    private final Store store;

    public Correlator(Store store) {
        this.store = store;
    }

    /**
     * An object whose values are looked for. It must be stored already, so that of two objects that come at the same time
     * at least one meets the other.
     *
     * @param id STIX id; the object does not match itself or its own older versions
     * @param observables its values
     */
    public record Subject(String id, List<Observable> observables) {

        public Subject {
            observables = List.copyOf(observables);
        }
    }

    /**
     * Looks for the values of all subjects among the latest versions of everything else.
     *
     * @param audience what the asker may see
     * @return one list a subject, in their order; empty where nothing was met
     */
    public List<List<Match>> correlate(List<Subject> subjects, Audience audience) throws StoreUnavailable {
        Set<String> keys = new LinkedHashSet<>();
        for (Subject subject : subjects) {
            subject.observables().forEach(observable -> keys.add(observable.key()));
        }
        if (keys.isEmpty()) {
            return Collections.nCopies(subjects.size(), List.of());
        }
        // One more than is told, since the subject itself is among them.
        Map<String, Carriers> carriers = store.carriers(keys, audience, TOLD + 1);
        Map<Long, Match.Met> described = new HashMap<>();
        List<List<Match>> all = new ArrayList<>(subjects.size());
        for (Subject subject : subjects) {
            all.add(matches(subject, carriers, described));
        }
        return all;
    }

    /** A stored object as it is told in a match. */
    public static Match.Met describe(Entry entry) {
        return Description.of(entry);
    }

    private static List<Match> matches(Subject subject, Map<String, Carriers> carriers, Map<Long, Match.Met> described) {
        List<Match> matches = new ArrayList<>();
        for (Observable observable : subject.observables()) {
            Carriers found = carriers.get(observable.key());
            if (found != null) {
                add(subject, observable, found, described, matches);
            }
        }
        return matches;
    }

    private static void add(
            Subject subject, Observable observable, Carriers found, Map<Long, Match.Met> described, List<Match> matches) {
        List<Match.Met> met = new ArrayList<>();
        long others = found.count();
        boolean itself = false;
        for (Entry entry : found.freshest()) {
            if (entry.facts().id().equals(subject.id())) {
                itself = true;
            } else if (met.size() < TOLD) {
                met.add(described.computeIfAbsent(entry.seq(), seq -> Description.of(entry)));
            }
        }
        // When more carry the value than were returned, the subject may be among the rest: it was just stored, so it is.
        if (itself || found.count() > found.freshest().size()) {
            others--;
        }
        if (others > 0 && !met.isEmpty()) {
            matches.add(new Match(observable, Match.Rule.SAME_VALUE, others, met));
        }
    }
}
