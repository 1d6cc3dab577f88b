package uz.koprik.indicators.store.entries;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.journal.EntryRecord;

/**
 * Whose the entries are that never leave the centre: a case file is of the unit that leads it now, in all its versions,
 * and what refers to case files is of all of their units together. What is not known to be of any is for those who may
 * know of all. The writer alone changes it; a change becomes visible with the next {@link EntryRows#publish}.
 */
final class CaseUnitIndex {

    private final EntryRows rows;
    private volatile long[][] about = new long[16][];
    private int count;

    CaseUnitIndex(EntryRows rows) {
        this.rows = rows;
    }

    /**
     * Notes a new entry that never leaves the centre.
     *
     * @param renewed the entry that it takes the place of with nothing but other terms, 0 for none: it stays with the
     *     case files that were there when that one came
     * @param head the newest entry of the object of an id
     * @return the older versions of a case that have another unit by that; the newest one of them, 0 for none
     */
    long add(long seq, long renewed, ByteBuffer segment, int offset, ToLongFunction<String> head) {
        Optional<String> unit = EntryRecord.unit(segment, offset);
        int[] own = own(seq);
        int row = RowBlock.index(seq);
        own[row] = unit.isPresent()
                ? rows.units.code(unit.get()) + 1
                : renewed != 0
                        ? of(renewed)
                        : about(EntryRecord.facts(segment, offset).refs(), head);
        now(seq)[row] = own[row];
        return unit.isPresent() ? settle(seq, seq) : 0;
    }

    /**
     * Which case files are meant: those referred to, and those that the other things are about that are referred to.
     */
    private int about(List<String> refs, ToLongFunction<String> head) {
        Set<Long> cases = new LinkedHashSet<>();
        for (String ref : refs) {
            long seq = head.applyAsLong(ref);
            int code = seq == 0 ? 0 : of(seq);
            if (code > 0) {
                cases.add(seq);
            } else if (code < 0) {
                Arrays.stream(about[-code - 1]).forEach(cases::add);
            } else if (seq != 0 && house(rows.block(seq), RowBlock.index(seq))) {
                return 0;
            }
        }
        return cases.isEmpty() ? 0 : note(cases);
    }

    private int of(long seq) {
        int[] units = rows.block(seq).unitNow;
        return units == null ? 0 : units[RowBlock.index(seq)];
    }

    private int note(Set<Long> cases) {
        if (count == about.length) {
            about = Arrays.copyOf(about, count * 2);
        }
        about[count] = cases.stream().mapToLong(Long::longValue).toArray();
        return - ++count;
    }

    /**
     * Puts an older version of what refers to case files under the units of the one after it, too.
     *
     * @return whether that changed anything
     */
    boolean narrow(long older, long newer) {
        int[] units = now(older);
        int row = RowBlock.index(older);
        int before = units[row];
        int after = now(newer)[RowBlock.index(newer)];
        if (before >= 0 || after > 0) {
            return false;
        }
        Set<Long> both = new LinkedHashSet<>();
        Arrays.stream(about[-before - 1]).forEach(both::add);
        if (after == 0) {
            units[row] = 0;
        } else if (Arrays.stream(about[-after - 1]).filter(both::add).count() > 0) {
            units[row] = note(both);
        }
        return units[row] != before;
    }

    /**
     * Puts all versions of a case under the unit of one.
     *
     * @param head the newest entry of the case, in view or not
     * @param latest the newest one in view
     * @return the newest one that changed, 0 for none
     */
    long settle(long head, long latest) {
        int[] own = rows.block(latest).unit;
        int code = own == null ? 0 : own[RowBlock.index(latest)];
        if (code <= 0) {
            return 0;
        }
        long changed = 0;
        for (long seq = head; seq != 0; seq = rows.block(seq).previous[RowBlock.index(seq)]) {
            int[] units = now(seq);
            if (units[RowBlock.index(seq)] != code) {
                units[RowBlock.index(seq)] = code;
                changed = Math.max(changed, seq);
            } else if (seq < latest) {
                break; // and so have all before it
            }
        }
        return changed;
    }

    private int[] own(long seq) {
        RowBlock block = rows.block(seq);
        if (block.unit == null) {
            block.unit = new int[RowBlock.SIZE];
        }
        return block.unit;
    }

    private int[] now(long seq) {
        RowBlock block = rows.block(seq);
        if (block.unitNow == null) {
            block.unitNow = new int[RowBlock.SIZE];
        }
        return block.unitNow;
    }

    static boolean house(RowBlock block, int row) {
        return (block.release[row] & ReleaseTerms.HOUSE) != 0;
    }

    /** Whether an entry that never leaves the centre is of these units and of no other. */
    boolean ofAll(BitSet units, RowBlock block, int row) {
        int[] now = block.unitNow;
        int code = now == null ? 0 : now[row];
        if (code > 0) {
            return units.get(code - 1);
        }
        if (code == 0) {
            return false;
        }
        for (long seq : about[-code - 1]) {
            if (!ofAll(units, rows.block(seq), RowBlock.index(seq))) {
                return false;
            }
        }
        return true;
    }
}
