package uz.koprik.indicators.policy.slow;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.policy.Tlp;

/** The rules of agreements and of interim terms. */
public final class SlowAgreements {

    /**
     * A version of an agreement that both signed; those that nobody accepted hold nothing and are left out.
     *
     * @param order later versions have a larger one
     * @param kinds the kinds that article 3 names as covered
     * @param terminated the moment of a notice
     * @param purposes of article 2
     * @param purposeOnUse whether members have to say one of them
     */
    public record Paper(
            int order,
            Instant from,
            Instant until,
            Set<String> kinds,
            Tlp ceiling,
            boolean relay,
            Optional<Instant> terminated,
            Set<String> purposes,
            boolean purposeOnUse) {

        /** One that asks for no purpose. */
        public Paper(
                int order,
                Instant from,
                Instant until,
                Set<String> kinds,
                Tlp ceiling,
                boolean relay,
                Optional<Instant> terminated) {
            this(order, from, until, kinds, ceiling, relay, terminated, Set.of(), false);
        }

        /** The same with a notice. */
        public Paper endedBy(Instant notice) {
            return new Paper(order, from, until, kinds, ceiling, relay, Optional.of(notice), purposes, purposeOnUse);
        }

        private boolean inForce(Instant now) {
            return now.isBefore(until) && (terminated.isEmpty() || now.isBefore(terminated.get()));
        }
    }

    /** Terms of {@code partners.yaml}. */
    public record Interim(Tlp ceiling, Optional<String> purpose, Optional<Instant> until) {}

    private final Map<String, SlowReader.Centre> centres = new LinkedHashMap<>();
    private final SlowMarkings markings;

    SlowAgreements(List<SlowReader.Centre> centres, SlowMarkings markings) {
        centres.forEach(centre -> this.centres.put(centre.name(), centre));
        this.markings = markings;
    }

    Collection<SlowReader.Centre> centres() {
        return centres.values();
    }

    SlowReader.Centre centre(String name) {
        return centres.get(name);
    }

    /** The last version that both signed and that has begun, also after its end. */
    Optional<Paper> ruling(SlowReader.Centre centre, Instant now) {
        return centre.papers().stream()
                .filter(paper -> !now.isBefore(paper.from()))
                .max(Comparator.comparingInt(Paper::order));
    }

    boolean toCentre(SlowReader.Centre centre, SlowStored object, Instant now) {
        Optional<Paper> paper = ruling(centre, now);
        if (paper.isPresent() ? !paper.get().inForce(now) : centre.required()) {
            return clearWithoutPersonal(object);
        }
        if (paper.isPresent()) {
            return kindsAreNamed(paper.get(), object)
                    && withinCeiling(paper.get().ceiling(), object);
        }
        Interim interim = centre.interim();
        return interimTermsHold(interim, now)
                && interimPurpose(interim, object)
                && withinCeiling(interim.ceiling(), object);
    }

    private boolean clearWithoutPersonal(SlowStored object) {
        return markings.marking(object) == Tlp.CLEAR && SlowMarkings.nothingPersonal(object);
    }

    private static boolean interimTermsHold(Interim interim, Instant now) {
        return interim.until().isEmpty() || now.isBefore(interim.until().get());
    }

    private static boolean interimPurpose(Interim interim, SlowStored object) {
        return interim.purpose().isPresent() || SlowMarkings.nothingPersonal(object);
    }

    /** TLP:RED is only left here when it names the centre. */
    private boolean withinCeiling(Tlp ceiling, SlowStored object) {
        return object.all(version -> markings.marking(version) == Tlp.RED
                || markings.marking(version).compareTo(ceiling) <= 0);
    }

    private boolean kindsAreNamed(Paper paper, SlowStored object) {
        return object.all(version -> paper.kinds().containsAll(markings.carried(version)));
    }

    /** Article 5 of the agreement with the partner that gave an object. */
    boolean relayed(String name, SlowStored object, Instant now) {
        Optional<String> giver = object.version().from().filter(from -> !from.equals(name));
        return giver.flatMap(from -> ruling(centre(from), now))
                .map(paper -> paper.relay() || markings.marking(object) == Tlp.CLEAR)
                .orElse(true);
    }
}
