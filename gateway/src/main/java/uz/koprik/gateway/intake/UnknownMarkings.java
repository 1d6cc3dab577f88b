package uz.koprik.gateway.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.intake.Refusal.Code;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.UnknownMarking;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.GranularMarking;
import uz.koprik.indicators.stix.MarkingDefinitions;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * Decides about objects that bear a marking whose meaning is unknown here: its definition is neither stored nor in the
 * same batch, or is no {@linkplain MarkingDefinitions#understood statement}. Nobody knows how strict it is, so it is
 * not overlooked.
 *
 * <p>A definition that the submitter may not see is unknown to it: otherwise the class of its object would report of
 * that. One that comes later changes nothing for what is stored: no object widens by itself, only by a new version of
 * it.
 */
public final class UnknownMarkings {

    private static final String DEFINITION = "marking-definition";

    private final InternalStore store;
    private final UnknownMarking policy;

    UnknownMarkings(InternalStore store, UnknownMarking policy) {
        this.store = store;
        this.policy = policy;
    }

    /** Narrows or refuses the candidates that bear such a marking, wherever in the batch its definition stands. */
    void judge(List<Candidate> batch, Claimant claimant) throws StoreUnavailable {
        List<Candidate> marked = new ArrayList<>(0);
        for (Candidate candidate : batch) {
            if (candidate.open() && !EffectiveMarking.others(candidate.object).isEmpty()) {
                marked.add(candidate);
            }
        }
        // A definition that is refused for its own marking defines nothing, so that its users are looked at again.
        for (boolean again = !marked.isEmpty(); again; ) {
            again = false;
            Map<String, Boolean> understood = understood(batch, claimant);
            for (Candidate candidate : marked) {
                Optional<String> unknown = candidate.refusal == null
                        ? unknown(EffectiveMarking.others(candidate.object), understood, claimant)
                        : Optional.empty();
                if (unknown.isPresent()) {
                    again |= decide(candidate, unknown.get());
                }
            }
        }
    }

    /**
     * The candidates with definitions before what they mark, so that who reads the sequence in pages knows each marking
     * in time.
     */
    static List<Candidate> definitionsFirst(List<Candidate> fresh) {
        if (fresh.stream().noneMatch(candidate -> candidate.object.type().equals(DEFINITION))) {
            return fresh;
        }
        List<Candidate> ordered = new ArrayList<>(fresh.size());
        List<Candidate> rest = new ArrayList<>(fresh.size());
        for (Candidate candidate : fresh) {
            String type = candidate.object.type();
            // What vouches for a definition stays before it.
            (type.equals(DEFINITION) || type.equals(Countersignature.TYPE) ? ordered : rest).add(candidate);
        }
        ordered.addAll(rest);
        return ordered;
    }

    /** @return whether others must be looked at again */
    private boolean decide(Candidate candidate, String marking) {
        if (policy == UnknownMarking.STRICTEST) {
            candidate.ownMarking = Tlp.RED;
            return false;
        }
        candidate.refuse(new RefusalException(new Refusal(
                Code.POLICY,
                pointer(candidate.object, marking),
                "bears a marking that is unknown here, " + marking
                        + ": send its definition before it or together with it, and mark the object by TLP if that is no statement",
                new Refusal.Cure.Arrival(marking))));
        return candidate.object.type().equals(DEFINITION);
    }

    private Optional<String> unknown(List<String> markings, Map<String, Boolean> understood, Claimant claimant)
            throws StoreUnavailable {
        for (String marking : markings) {
            Boolean known = understood.get(marking);
            if (known == null) {
                known = store.known(marking, claimant)
                        .filter(entry -> MarkingDefinitions.understood(StoredObject.stix(entry)))
                        .isPresent();
                understood.put(marking, known);
            }
            if (!known) {
                return Optional.of(marking);
            }
        }
        return Optional.empty();
    }

    /** The definitions of the batch; one that is stored already stays. */
    private Map<String, Boolean> understood(List<Candidate> batch, Claimant claimant) throws StoreUnavailable {
        Map<String, Boolean> understood = new HashMap<>();
        for (Candidate candidate : batch) {
            if (candidate.open() && candidate.object.type().equals(DEFINITION)) {
                Optional<Entry> stored = store.known(candidate.id, claimant);
                understood.put(
                        candidate.id,
                        stored.isPresent()
                                ? MarkingDefinitions.understood(StoredObject.stix(stored.get()))
                                : MarkingDefinitions.understood(candidate.object));
            }
        }
        return understood;
    }

    /** Whether a stored object defines a marking that is understood. */
    public static boolean understood(Store store, String marking) throws StoreUnavailable {
        return store.latest(marking, Audience.HOUSEKEEPING)
                .filter(entry -> MarkingDefinitions.understood(StoredObject.stix(entry)))
                .isPresent();
    }

    private static String pointer(StixObject object, String marking) {
        int at = object.markingRefs().indexOf(marking);
        if (at >= 0) {
            return "/object_marking_refs/" + at;
        }
        List<GranularMarking> granular = object.granularMarkings();
        for (int i = 0; i < granular.size(); i++) {
            if (granular.get(i).markingRef().filter(marking::equals).isPresent()) {
                return "/granular_markings/" + i + "/marking_ref";
            }
        }
        return "";
    }
}
