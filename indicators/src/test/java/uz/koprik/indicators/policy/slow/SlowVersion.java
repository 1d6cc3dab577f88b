package uz.koprik.indicators.policy.slow;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.policy.Tlp;

/**
 * One version of an object as it comes.
 *
 * @param number of the version, the first is 1
 * @param author who submits it; a {@link SlowReader.Centre} when a partner sends it
 * @param ours whether this centre made it
 * @param markings of TLP; none, one or several
 * @param unknownMarking whether it bears a marking whose meaning is unknown
 * @param kinds codes of the kinds of values that it carries; empty for an entry of an earlier version
 * @param personal whether some of them are personal
 * @param unit of a case file; empty when none leads it
 * @param references what it refers to, without its producer
 */
public record SlowVersion(
        String id,
        int number,
        Instant at,
        SlowReader author,
        boolean ours,
        List<Tlp> markings,
        boolean unknownMarking,
        List<Naming> namings,
        Optional<Set<String>> kinds,
        boolean personal,
        boolean caseFile,
        String unit,
        Set<String> references) {

    /**
     * A marking that names recipients or a group, or has an embargo.
     *
     * @param recipients identities; empty when it names none
     * @param group id; empty when it names none
     * @param byCreator whether the creator of the object made it, or who vouches for an object without a creator
     */
    public record Naming(
            Optional<Set<String>> recipients, Optional<String> group, Optional<Instant> embargo, boolean byCreator) {

        /** One that names recipients alone. */
        public Naming(Set<String> recipients, boolean byCreator) {
            this(Optional.of(recipients), Optional.empty(), Optional.empty(), byCreator);
        }

        boolean namesSome() {
            return recipients.isPresent() || group.isPresent();
        }
    }

    /** As the past is judged: TLP:RED that names its recipients counts as TLP:CLEAR for them. */
    SlowVersion asOfOld(boolean openToThem) {
        boolean named = openToThem && markings.contains(Tlp.RED) && namesSome();
        return new SlowVersion(
                id,
                number,
                at,
                new SlowReader.Member("", true, Optional.empty()),
                ours,
                named ? List.of(Tlp.CLEAR) : markings,
                unknownMarking,
                namings,
                Optional.empty(),
                personal,
                caseFile,
                unit,
                references);
    }

    /** Something that has this marking, came at {@code moment}, and says nothing else. */
    SlowVersion marked(Tlp tlp, Instant moment) {
        return new SlowVersion(
                id,
                number,
                moment,
                author,
                ours,
                List.of(tlp),
                false,
                List.of(),
                Optional.of(Set.of()),
                false,
                false,
                "",
                Set.of());
    }

    /** Of several embargoes, the latest; none that was over when the object came. */
    Optional<Instant> embargo() {
        return hasUnknownMarking()
                ? Optional.empty()
                : namings.stream()
                        .flatMap(naming -> naming.embargo().stream())
                        .filter(at::isBefore)
                        .max(Comparator.naturalOrder());
    }

    boolean namesSome() {
        return namings.stream().anyMatch(Naming::namesSome);
    }

    /** Only the creator of an object names its recipients, groups and embargo. */
    boolean hasUnknownMarking() {
        return unknownMarking || (!namings.isEmpty() && namings.stream().anyMatch(naming -> !naming.byCreator()));
    }

    Optional<String> from() {
        return author instanceof SlowReader.Centre centre ? Optional.of(centre.name()) : Optional.empty();
    }
}
