package uz.koprik.indicators.policy;

import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Which numbers of {@link ReleaseNumbers} one rule releases. Judges each once, and new ones when they are asked for.
 * Safe for use by many threads at once.
 */
final class JudgedNumbers {

    /** When there are more rules or groups at once, all are forgotten, and rules are judged anew. */
    private static final int MOST = 1000;

    private static final Map<Object, JudgedNumbers> BY_RULE = new ConcurrentHashMap<>();

    /** Also of rules that ended: what is kept for such a group may serve others. */
    private static final Set<Group> GROUPS = ConcurrentHashMap.newKeySet();

    private final Predicate<ReleaseTerms> rule;
    private final Instant from;
    private volatile Known known;

    /**
     * What was judged by one moment. Immutable.
     *
     * @param bits by {@link ReleaseNumbers#position}
     * @param places the last place that was judged
     * @param classes bit {@code n} is set when a number of class code {@code n} is released
     * @param group the same for all rules that released the same numbers so far
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes or compares it
    record Known(long[] bits, int places, long classes, Group group) {

        /** The bits of the numbers that are class codes. */
        long plain() {
            return bits[0];
        }

        boolean has(int position) {
            int word = position >>> 6;
            return word < bits.length && (bits[word] >>> position & 1) != 0;
        }
    }

    /** Rules that released the same numbers so far: a rule that judges another way than one before it leaves. */
    static final class Group {

        private final BitSet released = new BitSet();
        private int positions;

        /** Whether a rule that judged so belongs here; then it has spoken for the others where they have not yet. */
        synchronized boolean takes(long[] bits, int end) {
            BitSet own = BitSet.valueOf(bits);
            int common = Math.min(positions, end);
            BitSet differing = own.get(0, common);
            differing.xor(released.get(0, common));
            if (!differing.isEmpty()) {
                return false;
            }
            if (end > positions) {
                released.or(own);
                positions = end;
            }
            return true;
        }
    }

    private JudgedNumbers(Predicate<ReleaseTerms> rule, Instant from) {
        this.rule = rule;
        this.from = from;
        long classes = 0;
        for (int code = 0; code < ReleaseTerms.CLASSES; code++) {
            classes |= released(ReleaseTerms.of(code)) ? 1L << code : 0;
        }
        this.known = new Known(new long[] {classes}, 0, classes, null);
        judgeNew();
    }

    /**
     * The judgement of a rule at a moment.
     *
     * @param name equal for equal rules
     * @param changes when the rule itself releases less or more, embargoes aside; {@link Instant#MAX} for never
     */
    static JudgedNumbers of(Object name, Predicate<ReleaseTerms> rule, Instant now, Instant changes) {
        JudgedNumbers known = BY_RULE.get(name);
        if (known != null
                && !now.isBefore(known.from)
                && now.isBefore(changes) == known.from.isBefore(changes)
                && !ReleaseNumbers.TABLE.embargoEnds(known.from, now)) {
            return known;
        }
        JudgedNumbers fresh = new JudgedNumbers(rule, now);
        if (BY_RULE.size() >= MOST) {
            BY_RULE.clear();
        }
        BY_RULE.put(name, fresh);
        return fresh;
    }

    /** Terms without a marking belong to class codes that nothing has. */
    private boolean released(ReleaseTerms terms) {
        return terms.tlp() != null && rule.test(terms);
    }

    /** Judges terms that may have no number. */
    boolean sees(ReleaseTerms terms) {
        int number = ReleaseNumbers.TABLE.find(terms);
        return number < 0 ? released(terms) : sees(number);
    }

    boolean sees(int number) {
        Known now = number >>> 6 <= known.places ? known : upToNow();
        return now.has(ReleaseNumbers.position(number));
    }

    /** Everything that has a number by now. */
    Known upToNow() {
        Known now = known;
        return now.places == ReleaseNumbers.TABLE.places() ? now : judgeNew();
    }

    private synchronized Known judgeNew() {
        Known before = known;
        int places = ReleaseNumbers.TABLE.places();
        int end = ReleaseTerms.CLASSES + places;
        long[] bits = Arrays.copyOf(before.bits, (end + 63) >>> 6);
        long classes = before.classes;
        for (int place = before.places + 1; place <= places; place++) {
            int number = ReleaseNumbers.TABLE.numberAt(place);
            if (released(ReleaseTerms.of(number))) {
                int position = ReleaseNumbers.position(number);
                bits[position >>> 6] |= 1L << position;
                classes |= 1L << number;
            }
        }
        known = new Known(bits, places, classes, group(before.group, bits, end));
        return known;
    }

    private static Group group(Group before, long[] bits, int end) {
        if (before != null && before.takes(bits, end)) {
            return before;
        }
        for (Group other : GROUPS) {
            if (other.takes(bits, end)) {
                return other;
            }
        }
        if (GROUPS.size() >= MOST) {
            GROUPS.clear();
        }
        Group alone = new Group();
        alone.takes(bits, end);
        GROUPS.add(alone);
        return alone;
    }
}
