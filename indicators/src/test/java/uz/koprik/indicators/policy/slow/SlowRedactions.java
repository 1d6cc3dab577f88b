package uz.koprik.indicators.policy.slow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.slow.SlowVersion.Naming;
import uz.koprik.indicators.policy.slow.SlowVersion.Origin;
import uz.koprik.indicators.policy.slow.SlowVersion.Part;

/** The rules of redaction: who makes which one of what, and how it ends with its original. */
public final class SlowRedactions {

    /** What is cut. */
    public sealed interface Goal {

        /** What is stricter than the object as a whole. */
        record AsTheWhole() implements Goal {}

        /** What is stricter than a marking of TLP. */
        record UpTo(Tlp most) implements Goal {}

        /** What a partner would not be given. */
        record For(SlowReader.Centre partner) implements Goal {}
    }

    private final SlowObjects objects;
    private final SlowMarkings markings;
    private final SlowReferences references;
    private final SlowRelease release;
    private final SlowRecalls recalls;

    SlowRedactions(
            SlowObjects objects,
            SlowMarkings markings,
            SlowReferences references,
            SlowRelease release,
            SlowRecalls recalls) {
        this.objects = objects;
        this.markings = markings;
        this.references = references;
        this.release = release;
        this.recalls = recalls;
    }

    /**
     * The rest of an object; empty when it is refused.
     *
     * @param shown what the member sees
     */
    Optional<SlowVersion> rest(SlowStored original, Goal goal, SlowReader.Member by, Predicate<SlowStored> shown) {
        SlowVersion whole = original.version();
        if (mayNotBeRedacted(original) || wholeIsNotForUs(whole)) {
            return Optional.empty();
        }
        List<Part> cut = new ArrayList<>(whole.parts());
        cut.removeIf(part -> stays(part, whole, goal));
        if (cut.isEmpty() || cut.stream().anyMatch(Part::needed)) {
            return Optional.empty();
        }
        SlowVersion rest = without(cut, whole, by);
        SlowStored stored = same(rest, shown).orElseGet(() -> asIfStored(rest));
        return isEmptied(whole, rest) || goesTooFar(stored, whole, goal)
                ? Optional.empty()
                : Optional.of(stored.version());
    }

    /** The same order again makes nothing new, as far as the member sees what there is. */
    private Optional<SlowStored> same(SlowVersion rest, Predicate<SlowStored> shown) {
        return objects.lasts().stream()
                .filter(shown)
                .filter(stored -> !stored.version().revoked()
                        && stored.version().original().equals(rest.original())
                        && stored.version().markings().equals(rest.markings()))
                .findFirst();
    }

    private SlowStored asIfStored(SlowVersion rest) {
        SlowStored stored = new SlowStored(rest);
        references.learn(stored);
        references.takeOver(stored);
        return stored;
    }

    /** Case files and what refers to them, what is revoked, and redactions themselves. */
    private static boolean mayNotBeRedacted(SlowStored original) {
        return original.refersToCases()
                || original.version().revoked()
                || original.version().original().isPresent();
    }

    /** An unknown marking of the whole; or one of another centre that names recipients, a group or an embargo. */
    private static boolean wholeIsNotForUs(SlowVersion whole) {
        return whole.wholeHasUnknownMarking() || (!whole.namings().isEmpty() && !whole.ours());
    }

    private boolean stays(Part part, SlowVersion whole, Goal goal) {
        if (part.hasUnknownMarking()) {
            return false;
        }
        return switch (goal) {
            case Goal.AsTheWhole _ -> part.namings().isEmpty() && upTo(markings.ofTheWhole(whole), part);
            case Goal.UpTo(Tlp most) -> part.namings().isEmpty() && upTo(most, part);
            case Goal.For(SlowReader.Centre partner) ->
                (part.namings().isEmpty() || whole.ours())
                        && part.markings().stream()
                                .allMatch(tlp -> wouldBeGiven(partner, whole, List.of(tlp), List.of()))
                        && part.namings().stream()
                                .allMatch(naming -> wouldBeGiven(partner, whole, List.of(Tlp.CLEAR), List.of(naming)));
        };
    }

    private static boolean upTo(Tlp most, Part part) {
        return part.markings().stream().allMatch(tlp -> tlp.compareTo(most) <= 0);
    }

    /** Whether a partner is given something of the same producer with one marking alone. */
    private boolean wouldBeGiven(SlowReader.Centre partner, SlowVersion whole, List<Tlp> tlps, List<Naming> namings) {
        SlowVersion alone = new SlowVersion(
                whole.id(),
                whole.number(),
                objects.now(),
                whole.author(),
                whole.ours(),
                tlps,
                false,
                namings,
                Optional.of(Set.of()),
                false,
                false,
                "",
                Set.of());
        return release.given(partner, new SlowStored(alone), objects.now());
    }

    /** It is made by this centre only if its original is, and came from where that came. */
    private SlowVersion without(List<Part> cut, SlowVersion whole, SlowReader.Member by) {
        List<Part> staying = new ArrayList<>(whole.parts());
        staying.removeAll(cut);
        Set<String> kinds = new HashSet<>(whole.kinds().orElseThrow());
        Set<String> left = new HashSet<>(whole.references());
        cut.forEach(part -> kinds.removeAll(part.kinds()));
        cut.forEach(part -> left.removeAll(part.references()));
        staying.forEach(part -> kinds.addAll(part.kinds()));
        staying.forEach(part -> left.addAll(part.references()));
        return new SlowVersion(
                whole.id(),
                whole.number(),
                objects.now(),
                by,
                whole.ours(),
                markingsOfTheRest(whole),
                false,
                whole.namings(),
                Optional.of(kinds),
                markings.somePersonal(kinds),
                false,
                "",
                left,
                staying,
                false,
                Optional.of(new Origin(
                        whole.id(),
                        whole.number(),
                        whole.from(),
                        cut.stream().map(Part::what).collect(Collectors.toSet()))));
    }

    /** Those of the whole, or what counts without; if its producer narrowed it, that. */
    private List<Tlp> markingsOfTheRest(SlowVersion whole) {
        Tlp strictest = markings.ofTheWhole(whole);
        for (SlowRecalls.Done recall : recalls.of(whole.id(), whole.number())) {
            strictest = SlowMarkings.stricter(strictest, recall.narrowedTo().orElse(Tlp.CLEAR));
        }
        return List.of(strictest);
    }

    /** Nothing here can be without all its references or values. */
    private static boolean isEmptied(SlowVersion whole, SlowVersion rest) {
        return (rest.references().isEmpty() && !whole.references().isEmpty())
                || (rest.kinds().orElseThrow().isEmpty()
                        && !whole.kinds().orElseThrow().isEmpty());
    }

    /** By its own marking or by what it refers to. */
    private boolean goesTooFar(SlowStored stored, SlowVersion whole, Goal goal) {
        Tlp marking = markings.marking(stored);
        if (!whole.ours() && marking.compareTo(Tlp.AMBER) >= 0) {
            return true;
        }
        return switch (goal) {
            case Goal.AsTheWhole _ -> marking.compareTo(markings.ofTheWhole(whole)) > 0;
            case Goal.UpTo(Tlp most) -> marking.compareTo(most) > 0;
            case Goal.For(SlowReader.Centre partner) ->
                !release.given(partner, stored.withoutEmbargoAndHold(), objects.now());
        };
    }

    /** One whose original is not here goes to nobody, and nobody knows from whom it is. */
    SlowVersion asItCame(SlowVersion version) {
        return version.original()
                        .filter(origin -> objects.versions(origin.id()).isEmpty())
                        .isEmpty()
                ? version
                : version.toNobody();
    }

    /** The latest versions of all that are not revoked, and whose originals were here. */
    List<SlowVersion> all() {
        return objects.lasts().stream()
                .map(SlowStored::version)
                .filter(version -> !version.revoked()
                        && version.original()
                                .filter(origin ->
                                        !objects.everyVersion(origin.id()).isEmpty())
                                .isPresent())
                .toList();
    }

    /** What was made of an earlier version follows the recalls that mean that one. */
    void followEarlier(SlowVersion redaction) {
        List<SlowStored> versions = objects.versions(redaction.id());
        List<SlowStored> taken = new ArrayList<>();
        for (SlowStored earlier : versions.subList(0, versions.size() - 1)) {
            Origin origin = earlier.version().original().orElseThrow();
            for (SlowRecalls.Done recall : recalls.of(origin.id(), origin.number())) {
                if (recall.narrowedTo().isPresent()) {
                    earlier.limits()
                            .add(earlier.version().marked(recall.narrowedTo().get(), objects.now()));
                } else if (!earlier.wasAboutCases()) {
                    taken.add(earlier);
                }
            }
        }
        objects.remove(redaction.id(), taken);
    }

    /** Takes a redaction back if its original was; the next version of it if that was narrowed or revoked. */
    Optional<SlowVersion> follow(SlowVersion redaction, SlowReader.Member by) {
        Origin origin = redaction.original().orElseThrow();
        Optional<SlowVersion> latest = objects.last(origin.id()).map(SlowStored::version);
        List<SlowRecalls.Done> meant = recalls.of(origin.id(), origin.number());
        Optional<SlowVersion> later = latest.filter(version -> version.number() > origin.number());
        if (latest.isEmpty()
                || meant.stream().anyMatch(recall -> recall.narrowedTo().isEmpty())
                || later.filter(version -> limitsNewly(version, redaction)).isPresent()) {
            takeBack(redaction);
            return Optional.empty();
        }
        Tlp narrowest = later.map(markings::ofTheWhole).orElse(Tlp.CLEAR);
        for (SlowRecalls.Done recall : meant) {
            narrowest = SlowMarkings.stricter(narrowest, recall.narrowedTo().orElseThrow());
        }
        SlowStored stored = objects.last(redaction.id()).orElseThrow();
        boolean wider = narrowest.compareTo(markings.marking(stored)) > 0;
        if (!wider && !latest.get().revoked()) {
            return Optional.empty();
        }
        if (stored.refersToCases() || objects.last(origin.id()).orElseThrow().refersToCases()) {
            takeBack(redaction); // a later version would go to nobody who has this one
            return Optional.empty();
        }
        return Optional.of(
                redaction.next(by, objects.now(), wider ? Optional.of(narrowest) : Optional.empty(), !wider));
    }

    /** Whether a later version newly names recipients, a group or an embargo, or bears an unknown marking. */
    private static boolean limitsNewly(SlowVersion later, SlowVersion redaction) {
        return later.wholeHasUnknownMarking() || !redaction.namings().containsAll(later.namings());
    }

    /** By this centre, which is its producer. */
    private void takeBack(SlowVersion redaction) {
        recalls.recall("", "", redaction.id(), redaction.number(), Optional.empty(), objects.now());
    }
}
