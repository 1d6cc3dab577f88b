package uz.koprik.indicators.policy.slow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uz.koprik.indicators.policy.Tlp;

/** What an object says of itself, or does not say: its marking, whom it names, and the kinds of values in it. */
final class SlowMarkings {

    private final Map<String, Boolean> kinds;
    private final Tlp unmarked;

    /**
     * @param kinds all kinds of values by code, and whether they are personal
     * @param unmarked what {@code policy.default_tlp} says
     */
    SlowMarkings(Map<String, Boolean> kinds, Tlp unmarked) {
        this.kinds = kinds;
        this.unmarked = unmarked;
    }

    /** Its own, or that of a stricter object that it refers to. */
    Tlp marking(SlowStored object) {
        Tlp strictest = Tlp.CLEAR;
        for (SlowVersion limit : object.limits()) {
            strictest = stricter(strictest, marking(limit));
        }
        return strictest;
    }

    Tlp marking(SlowVersion version) {
        if (version.hasUnknownMarking()) {
            return Tlp.RED;
        }
        Tlp strictest = ofTheWhole(version);
        for (SlowVersion.Part part : version.parts()) {
            strictest = strictest(strictest, part.markings());
        }
        return strictest;
    }

    /** What the object bears as a whole; without a marking it counts as what the setting says. */
    Tlp ofTheWhole(SlowVersion version) {
        return strictest(version.markings().isEmpty() ? unmarked : Tlp.CLEAR, version.markings());
    }

    private static Tlp strictest(Tlp begin, Collection<Tlp> markings) {
        Tlp strictest = begin;
        for (Tlp marking : markings) {
            strictest = stricter(strictest, marking);
        }
        return strictest;
    }

    static Tlp stricter(Tlp one, Tlp other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** TLP:RED that names nobody, or whose markings name nobody in common. */
    boolean toNobody(SlowStored object) {
        return marking(object) == Tlp.RED && named(object).filter(Set::isEmpty).isPresent();
    }

    /** Those whom all markings name; empty when none names recipients. */
    Optional<Set<String>> named(SlowStored object) {
        List<Set<String>> named = new ArrayList<>();
        for (SlowVersion limit : object.limits()) {
            boolean toNobody = marking(limit) == Tlp.RED && !limit.namesSome();
            if (toNobody || limit.hasUnknownMarking()) {
                named.add(Set.of());
            } else {
                limit.everyNaming().forEach(naming -> naming.recipients().ifPresent(named::add));
            }
        }
        return named.stream().reduce((one, other) -> {
            Set<String> common = new HashSet<>(one);
            common.retainAll(other);
            return common;
        });
    }

    static boolean namesOrOpen(String identity, SlowVersion version) {
        return version.everyNaming().isEmpty()
                || version.hasUnknownMarking()
                || version.everyNaming().stream()
                        .flatMap(naming -> naming.recipients().stream())
                        .allMatch(recipients -> recipients.contains(identity));
    }

    static boolean names(String identity, SlowVersion version) {
        return !version.hasUnknownMarking() && version.namesSome() && namesOrOpen(identity, version);
    }

    /** An entry of an earlier version carries every kind, personal ones only if it was stored as personal. */
    Set<String> carried(SlowVersion version) {
        return version.kinds().orElseGet(() -> kinds.keySet().stream()
                .filter(kind -> version.personal() || !kinds.get(kind))
                .collect(Collectors.toSet()));
    }

    Set<String> carried(SlowStored object) {
        Set<String> carried = new HashSet<>();
        object.limits().forEach(limit -> carried.addAll(carried(limit)));
        return carried;
    }

    boolean somePersonal(Set<String> codes) {
        return codes.stream().anyMatch(kinds::get);
    }

    static boolean nothingPersonal(SlowStored object) {
        return !object.any(SlowVersion::personal);
    }
}
