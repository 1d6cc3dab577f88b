package uz.koprik.indicators.policy;

import java.time.Instant;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The numbers of all {@link ReleaseTerms} that this process knows. Numbers below {@value ReleaseTerms#CLASSES} are
 * class codes and fixed; every other number is {@code place << 6 | classCode}, where places rise from 1. Numbers never
 * leave the process: journals and logs contain definitions. Safe for use by many threads at once.
 */
final class ReleaseNumbers {

    static final ReleaseNumbers TABLE = new ReleaseNumbers();

    private static final int SHIFT = 6;

    private final ReleaseTerms[] plain = new ReleaseTerms[ReleaseTerms.CLASSES];
    private final ConcurrentHashMap<ReleaseTerms, Integer> numbers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Integer>[] byText;
    private final NavigableSet<Instant> embargoes = new ConcurrentSkipListSet<>();
    private volatile ReleaseTerms[] placed = new ReleaseTerms[64];
    private volatile int places;

    @SuppressWarnings({"unchecked", "rawtypes"})
    ReleaseNumbers() {
        Tlp[] tlps = new Tlp[8];
        for (Tlp tlp : Tlp.values()) {
            tlps[tlp.code()] = tlp;
        }
        for (int code = 0; code < plain.length; code++) {
            plain[code] = new ReleaseTerms(
                    tlps[code & 7], (code & 8) != 0, (code & 16) != 0, (code & ReleaseTerms.HOUSE) != 0);
        }
        byText = new ConcurrentHashMap[ReleaseTerms.CLASSES];
        Arrays.setAll(byText, code -> new ConcurrentHashMap<>());
    }

    /** The highest place that is taken; 0 when there are none but the 64 classes. */
    int places() {
        return places;
    }

    /** Where a bit for a number stands in a set of numbers: they are dense there. */
    static int position(int number) {
        return number < ReleaseTerms.CLASSES ? number : ReleaseTerms.CLASSES - 1 + (number >>> SHIFT);
    }

    /** The number at a place, from 1 to {@link #places}. */
    int numberAt(int place) {
        return place << SHIFT | placed[place].classCode();
    }

    ReleaseTerms terms(int number) {
        return number < ReleaseTerms.CLASSES ? plain[number] : placed[number >>> SHIFT];
    }

    /** The number of some terms, a new one if need be. */
    int number(ReleaseTerms terms) {
        if (terms.plain()) {
            return terms.classCode();
        }
        Integer known = numbers.get(terms);
        return known == null ? place(terms) : known;
    }

    /** The number that some terms have already; -1 when they have none. */
    int find(ReleaseTerms terms) {
        return terms.plain() ? terms.classCode() : numbers.getOrDefault(terms, -1);
    }

    int number(int classCode, String definition) {
        if (definition.isEmpty()) {
            return classCode;
        }
        Integer known = byText[classCode].get(definition);
        if (known != null) {
            return known;
        }
        int number = number(TermsText.read(plain[classCode], definition));
        byText[classCode].put(definition, number);
        return number;
    }

    private synchronized int place(ReleaseTerms terms) {
        Integer known = numbers.get(terms);
        if (known != null) {
            return known;
        }
        int place = places + 1;
        if (place > Integer.MAX_VALUE >>> SHIFT) {
            throw new IllegalStateException("there are more than " + places + " different release terms");
        }
        if (place == placed.length) {
            placed = Arrays.copyOf(placed, place * 2);
        }
        placed[place] = terms;
        terms.embargo().ifPresent(embargoes::add);
        places = place; // readers see the terms of every place up to this one
        int number = numberAt(place);
        numbers.put(terms, number);
        return number;
    }

    /** Whether an embargo ends after one moment and not after another. */
    boolean embargoEnds(Instant after, Instant upTo) {
        Instant next = embargoes.higher(after);
        return next != null && !next.isAfter(upTo);
    }
}
