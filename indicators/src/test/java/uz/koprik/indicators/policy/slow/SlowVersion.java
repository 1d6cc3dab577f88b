package uz.koprik.indicators.policy.slow;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
 * @param parts that bear markings of their own; kinds and references above are those of the whole
 * @param revoked whether its producer revoked it
 * @param original of which it is a redaction by this centre; empty when it is none
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
        Set<String> references,
        List<Part> parts,
        boolean revoked,
        Optional<Origin> original) {

    /** One without parts that is no redaction. */
    public SlowVersion(
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
        this(
                id,
                number,
                at,
                author,
                ours,
                markings,
                unknownMarking,
                namings,
                kinds,
                personal,
                caseFile,
                unit,
                references,
                List.of(),
                false,
                Optional.empty());
    }

    /**
     * A part that a granular marking selects, or an object inside.
     *
     * @param what where it is in the object
     * @param kinds codes of the kinds of values in it
     * @param references what it refers to
     * @param needed whether the object is no valid STIX without it
     */
    public record Part(
            String what,
            Set<Tlp> markings,
            boolean unknownMarking,
            List<Naming> namings,
            Set<String> kinds,
            Set<String> references,
            boolean needed) {

        private Part withoutTlp() {
            return new Part(what, Set.of(), unknownMarking, namings, kinds, references, needed);
        }

        boolean hasUnknownMarking() {
            return unknownMarking || namings.stream().anyMatch(naming -> !naming.byCreator());
        }
    }

    /**
     * Of what an object is a redaction.
     *
     * @param number of the version of the original
     * @param from the partner from which the original came
     * @param cut where it was cut
     */
    public record Origin(String id, int number, Optional<String> from, Set<String> cut) {}

    /**
     * A marking that names recipients or a group, or has an embargo.
     *
     * @param recipients identities; empty when it names none
     * @param group id; empty when it names none
     * @param byCreator whether the creator of the object made it, or who vouches for an object without a creator
     * @param known whether the author of the object sees its definition, which is held by the same embargo
     */
    public record Naming(
            Optional<Set<String>> recipients,
            Optional<String> group,
            Optional<Instant> embargo,
            boolean byCreator,
            boolean known) {

        /** One whose definition the author sees. */
        public Naming(
                Optional<Set<String>> recipients,
                Optional<String> group,
                Optional<Instant> embargo,
                boolean byCreator) {
            this(recipients, group, embargo, byCreator, true);
        }

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
        boolean red = markings.contains(Tlp.RED)
                || parts.stream().anyMatch(part -> part.markings().contains(Tlp.RED));
        boolean named = openToThem && red && namesSome();
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
                references,
                named ? parts.stream().map(Part::withoutTlp).toList() : parts,
                revoked,
                original);
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
                Set.of(),
                List.of(),
                false,
                original);
    }

    /** The same of nobody knows whom: under a marking and with kinds of values that are unknown. */
    SlowVersion toNobody() {
        return new SlowVersion(
                id,
                number,
                at,
                author,
                false,
                markings,
                true,
                namings,
                Optional.empty(),
                personal,
                caseFile,
                unit,
                references,
                parts,
                revoked,
                original);
    }

    /** A later version of the same that its author submits, under this marking of TLP if there is one. */
    SlowVersion next(SlowReader by, Instant moment, Optional<Tlp> narrowed, boolean revoking) {
        return new SlowVersion(
                id,
                number + 1,
                moment,
                by,
                ours,
                narrowed.map(List::of).orElse(markings),
                unknownMarking,
                namings,
                kinds,
                personal,
                caseFile,
                unit,
                references,
                parts,
                revoking,
                original);
    }

    /** The same as a version of another object. */
    public SlowVersion as(String otherId, int otherNumber) {
        return new SlowVersion(
                otherId,
                otherNumber,
                at,
                author,
                ours,
                markings,
                unknownMarking,
                namings,
                kinds,
                personal,
                caseFile,
                unit,
                references,
                parts,
                revoked,
                original);
    }

    /**
     * Of several embargoes, the latest; none that was over when the object came. One of a definition counts as well
     * whose meaning is unknown on the object, since the object refers to it.
     */
    Optional<Instant> embargo() {
        return everyNaming().stream()
                .filter(Naming::known)
                .flatMap(naming -> naming.embargo().stream())
                .filter(at::isBefore)
                .max(Comparator.naturalOrder());
    }

    boolean namesSome() {
        return everyNaming().stream().anyMatch(Naming::namesSome);
    }

    /** Those of the whole and of its parts: it does not matter what a marking selects. */
    List<Naming> everyNaming() {
        return Stream.concat(namings.stream(), parts.stream().flatMap(part -> part.namings().stream()))
                .toList();
    }

    /** Only the creator of an object names its recipients, groups and embargo. */
    boolean hasUnknownMarking() {
        return wholeHasUnknownMarking() || parts.stream().anyMatch(Part::hasUnknownMarking);
    }

    boolean wholeHasUnknownMarking() {
        return unknownMarking || namings.stream().anyMatch(naming -> !naming.byCreator());
    }

    /** The partner that gave it, or its original if it is a redaction. */
    Optional<String> from() {
        if (original.isPresent()) {
            return original.get().from();
        }
        return author instanceof SlowReader.Centre centre ? Optional.of(centre.name()) : Optional.empty();
    }
}
