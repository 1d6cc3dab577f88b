package uz.koprik.gateway.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.Refusal.Code;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.UnknownMarking;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.MarkingDefinitions;
import uz.koprik.indicators.stix.ReleaseLimits;
import uz.koprik.indicators.stix.ReleaseMarking;
import uz.koprik.indicators.stix.SharingGroup;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * Decides about objects that bear a marking whose meaning is unknown here: its definition is neither stored nor in the
 * same batch, or its {@linkplain MarkingDefinitions#understood whole meaning} is not known, or it releases objects of
 * another creator. Nobody knows how strict it is, so it is not overlooked. Notes to whom and when the other markings
 * release.
 *
 * <p>A definition that the submitter may not see is unknown to it: otherwise the class of its object would report of
 * that. One that comes later changes nothing for what is stored: no object widens by itself, only by a new version of
 * it.
 */
public final class UnknownMarkings {

    private static final String DEFINITION = "marking-definition";

    /**
     * What the definition of a marking notes for its group. All members get it, whenever they join: otherwise it would
     * narrow what comes later, and be missing to those who get that.
     */
    private static final Instant WHENEVER = Instant.parse("9999-12-31T23:59:59Z");

    private final InternalStore store;
    private final UnknownMarking policy;
    private final Trust trust;

    UnknownMarkings(InternalStore store, UnknownMarking policy, Trust trust) {
        this.store = store;
        this.policy = policy;
        this.trust = trust;
    }

    /** Narrows or refuses the candidates that bear such a marking, wherever in the batch its definition stands. */
    void judge(List<Candidate> batch, Source source, Claimant claimant, Instant now) throws StoreUnavailable {
        List<Candidate> marked = new ArrayList<>(0);
        Function<String, Instant> since = since(batch, now);
        for (Candidate candidate : batch) {
            if (candidate.open()) {
                candidate.limits = byItself(candidate);
                if (!EffectiveMarking.others(candidate.object).isEmpty()) {
                    marked.add(candidate);
                }
            }
        }
        // A definition that is refused for its own marking defines nothing, so that its users are looked at again.
        for (boolean again = !marked.isEmpty(); again; ) {
            again = false;
            Map<String, Optional<Meaning>> understood = understood(batch, claimant);
            for (Candidate candidate : marked) {
                Optional<String> unknown = candidate.refusal == null
                        ? unknown(candidate, understood, source, claimant, since)
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

    /** What a definition releases goes no further than what it marks, and a group to those whom it lists. */
    private static ReleaseLimits byItself(Candidate candidate) {
        return switch (candidate.object.type()) {
            case DEFINITION ->
                ReleaseMarking.of(candidate.object)
                        .map(marking -> ReleaseLimits.of(marking, group -> WHENEVER))
                        .orElse(ReleaseLimits.NONE);
            case SharingGroup.TYPE ->
                new ReleaseLimits(
                        group(candidate)
                                .map(group -> group.readers(StixTimestamp.instant(candidate.object.modified()))),
                        Map.of(),
                        Optional.empty());
            default -> ReleaseLimits.NONE;
        };
    }

    private static Optional<SharingGroup> group(Candidate candidate) {
        try {
            return Optional.of(SharingGroup.read(candidate.object));
        } catch (InvalidObject refused) {
            return Optional.empty();
        }
    }

    /** By which moment somebody must have joined a group; nobody could by {@link Instant#EPOCH}. */
    private Function<String, Instant> since(List<Candidate> batch, Instant now) {
        Map<String, SharingGroup> fresh = new HashMap<>();
        for (Candidate candidate : batch) {
            if (candidate.open() && candidate.object.type().equals(SharingGroup.TYPE)) {
                group(candidate).ifPresent(group -> fresh.put(group.id(), group));
            }
        }
        return id -> trust.group(id)
                .or(() -> Optional.ofNullable(fresh.get(id)))
                .map(group -> group.since(now))
                .orElse(Instant.EPOCH);
    }

    /** @return whether others must be looked at again */
    private boolean decide(Candidate candidate, String marking) {
        if (policy == UnknownMarking.STRICTEST) {
            candidate.ownMarking = Tlp.RED;
            return false;
        }
        candidate.refuse(new RefusalException(new Refusal(
                Code.POLICY,
                EffectiveMarking.pointer(candidate.object, marking).orElse(""),
                "bears a marking that is unknown here, " + marking
                        + ": send its definition before it or together with it, and mark the object by TLP if that is no statement",
                new Refusal.Cure.Arrival(marking))));
        return candidate.object.type().equals(DEFINITION);
    }

    /**
     * What a definition that is understood says.
     *
     * @param creator who may mark by it, where it names recipients; it could open TLP:RED to them
     * @param marking to whom and when it releases; empty for a statement
     */
    private record Meaning(Optional<String> creator, Optional<ReleaseMarking> marking) {

        static Optional<Meaning> of(StixObject definition) {
            return MarkingDefinitions.understood(definition)
                    ? Optional.of(new Meaning(definition.createdByRef(), ReleaseMarking.of(definition)))
                    : Optional.empty();
        }

        /** @param speakers identities of the centre that vouches for the object */
        boolean mayMark(StixObject object, Set<String> speakers) {
            Optional<String> maker = object.createdByRef();
            return marking.isEmpty()
                    || creator.equals(maker)
                    || (maker.isEmpty() && creator.filter(speakers::contains).isPresent());
        }
    }

    /** The first marking that is unknown; when there is none, the candidate has the limits of all others. */
    private Optional<String> unknown(
            Candidate candidate,
            Map<String, Optional<Meaning>> understood,
            Source source,
            Claimant claimant,
            Function<String, Instant> since)
            throws StoreUnavailable {
        Set<String> speakers = trust.producers(
                candidate.provenance.speaker(source instanceof Source.Partner partner ? partner.name() : ""));
        ReleaseLimits own = byItself(candidate);
        ReleaseLimits limits = own;
        for (String marking : EffectiveMarking.others(candidate.object)) {
            Optional<Meaning> meaning = understood.get(marking);
            if (meaning == null) {
                meaning = store.known(marking, claimant).flatMap(entry -> Meaning.of(StoredObject.stix(entry)));
                understood.put(marking, meaning);
            }
            if (meaning.filter(known -> known.mayMark(candidate.object, speakers))
                    .isEmpty()) {
                candidate.limits = own;
                return Optional.of(marking);
            }
            limits = meaning.get()
                    .marking()
                    .map(said -> ReleaseLimits.of(said, since))
                    .map(limits::and)
                    .orElse(limits);
        }
        candidate.limits = limits;
        return Optional.empty();
    }

    /** The definitions of the batch; one that is stored already stays. */
    private Map<String, Optional<Meaning>> understood(List<Candidate> batch, Claimant claimant)
            throws StoreUnavailable {
        Map<String, Optional<Meaning>> understood = new HashMap<>();
        for (Candidate candidate : batch) {
            if (candidate.open() && candidate.object.type().equals(DEFINITION)) {
                Optional<Entry> stored = store.known(candidate.id, claimant);
                understood.put(
                        candidate.id,
                        Meaning.of(stored.isPresent() ? StoredObject.stix(stored.get()) : candidate.object));
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
}
