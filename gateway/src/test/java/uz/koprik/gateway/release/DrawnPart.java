package uz.koprik.gateway.release;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import uz.koprik.gateway.release.DrawnWorld.Item;
import uz.koprik.gateway.release.DrawnWorld.NamingMarking;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;

/**
 * A part of an object that bears markings of its own.
 *
 * @param what a selector, or the key of an object inside
 * @param whole whether an object inside bears them as a whole, and not its value
 */
record DrawnPart(String what, Set<Tlp> markings, boolean unknownMarking, Set<NamingMarking> namings, boolean whole) {

    private static final String SECOND = "object_refs.[1]";

    /** Some parts of an object, of most objects none. */
    static List<DrawnPart> draw(Random random, Item item, List<NamingMarking> namings) {
        List<DrawnPart> parts = new ArrayList<>();
        if (random.nextInt(3) > 0) {
            return parts;
        }
        List<String> selectors = new ArrayList<>(selectors(item));
        for (int i = 1 + random.nextInt(2); i > 0 && !selectors.isEmpty(); i--) {
            String what = DrawnWorld.pick(random, selectors);
            selectors.remove(what);
            Set<Tlp> markings = new LinkedHashSet<>();
            for (int j = random.nextInt(6) / 2; j > 0; j--) {
                markings.add(DrawnWorld.pick(random, List.of(Tlp.values())));
            }
            Set<NamingMarking> names = new LinkedHashSet<>();
            NamingMarking one = DrawnWorld.pick(random, namings);
            if (random.nextInt(4) == 0 && (one.creator().equals(item.creator()) || random.nextInt(5) == 0)) {
                names.add(one);
            }
            boolean unknown = random.nextInt(12) == 0;
            if (markings.isEmpty() && names.isEmpty() && !unknown) {
                markings.add(Tlp.RED);
            }
            parts.add(new DrawnPart(what, markings, unknown, names, random.nextBoolean()));
        }
        return parts;
    }

    private static List<String> selectors(Item item) {
        return switch (item.type()) {
            case REPORT ->
                item.refs().size() > 1
                        ? List.of("description", "labels.[1]", "object_refs.[0]", SECOND, "name")
                        : List.of("description", "labels.[1]", "object_refs.[0]", "name");
            case INDICATOR, RETURNED -> List.of("description", "labels.[1]", "name", "pattern");
            case MALWARE -> List.of("description", "labels.[1]", "name");
            case OBSERVED -> List.copyOf(item.kinds());
            case DOMAIN -> List.of("value");
            case CASE -> List.of();
        };
    }

    /** What it refers to. */
    Set<String> refs(Item item) {
        List<String> refs = List.copyOf(item.refs());
        return switch (what) {
            case "object_refs.[0]" -> Set.of(refs.getFirst());
            case SECOND -> refs.size() > 1 ? Set.of(refs.get(1)) : Set.of();
            default -> Set.of();
        };
    }

    /** Kinds of values in it. */
    Set<String> kinds(Item item) {
        return item.kinds().contains(what) ? Set.of(what) : what.equals("pattern") ? item.kinds() : Set.of();
    }

    /** Whether the object is no valid STIX without it. */
    boolean needed(Item item) {
        return what.equals("pattern")
                || what.equals("value")
                || (what.equals("name") && item.type() == DrawnWorld.Type.REPORT);
    }

    private List<String> refsOfMarkings() {
        List<String> refs = new ArrayList<>();
        markings.forEach(tlp -> refs.add(Markings.id(tlp)));
        namings.forEach(naming -> refs.add(naming.id()));
        if (unknownMarking) {
            refs.add(DrawnWorld.UNKNOWN);
        }
        return refs;
    }

    /** The granular markings of those that no object inside bears. */
    static String granular(List<DrawnPart> parts) {
        List<String> markings = new ArrayList<>();
        parts.stream().filter(part -> !part.isInside()).forEach(part -> markings.addAll(part.granular(part.what())));
        return markings.isEmpty() ? "" : ",\"granular_markings\":[" + String.join(",", markings) + "]";
    }

    private boolean isInside() {
        return DrawnWorld.KINDS.contains(what);
    }

    private List<String> granular(String selector) {
        return refsOfMarkings().stream()
                .map(ref -> "{\"marking_ref\":\"" + ref + "\",\"selectors\":[\"" + selector + "\"]}")
                .toList();
    }

    /** The markings that an object inside bears. */
    String inside() {
        return whole
                ? ",\"object_marking_refs\":" + list(refsOfMarkings())
                : ",\"granular_markings\":[" + String.join(",", granular("value")) + "]";
    }

    static String list(Collection<String> texts) {
        return "[\"" + String.join("\",\"", texts) + "\"]";
    }

    /** The same with fewer markings. */
    List<DrawnPart> less() {
        List<DrawnPart> less = new ArrayList<>();
        int all = refsOfMarkings().size();
        if (all > 1) {
            markings.forEach(tlp ->
                    less.add(new DrawnPart(what, DrawnWorld.without(markings, tlp), unknownMarking, namings, whole)));
            namings.forEach(naming -> less.add(
                    new DrawnPart(what, markings, unknownMarking, DrawnWorld.without(namings, naming), whole)));
            Optional.of(this)
                    .filter(DrawnPart::unknownMarking)
                    .ifPresent(part -> less.add(new DrawnPart(what, markings, false, namings, whole)));
        }
        return less;
    }
}
