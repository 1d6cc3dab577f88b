package uz.koprik.indicators.store.entries;

import java.util.BitSet;
import java.util.Set;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.Versions;

/** Whether an entry is in view and was asked for, decided from its row alone. */
public final class RowFilter {

    private final EntryTable entryTable;
    private final Audience audience;
    /** The class codes that the question asks for. */
    private final long classes;

    private final boolean everyStatement;
    private final Versions versions;
    private final boolean spec20;
    private final boolean spec21;
    private final AllowedNumbers types;
    private final AllowedNumbers producers;
    private final AllowedNumbers sources;
    /** Numbers of the units whose case files may be seen; null for all of them. */
    private final BitSet units;
    /** What is left out because only compromised keys prove it; null when that is nothing. */
    private final LostProofs.Judgement lost;

    private RowFilter(
            EntryTable entryTable,
            Audience audience,
            long classes,
            Versions versions,
            Set<String> specs,
            AllowedNumbers types,
            AllowedNumbers producers,
            AllowedNumbers sources) {
        this.entryTable = entryTable;
        this.classes = classes;
        this.audience = audience;
        this.everyStatement = audience.everyStatement();
        this.versions = versions;
        this.spec20 = specs.isEmpty() || specs.contains("2.0");
        this.spec21 = specs.isEmpty() || specs.contains("2.1");
        this.types = types;
        this.producers = producers;
        this.sources = sources;
        this.units = numbers(audience.units(), entryTable.rows.units);
        this.lost = audience.provenOnly() ? entryTable.lostProofs().judgement() : null;
    }

    private static BitSet numbers(CaseUnits units, StringDictionary names) {
        if (units.all()) {
            return null;
        }
        BitSet numbers = new BitSet();
        for (String unit : units.named().orElseThrow()) {
            int number = names.find(unit);
            if (number != StringDictionary.NONE && units.has(unit)) {
                numbers.set(number);
            }
        }
        return numbers;
    }

    /** The asked versions of everything that the audience may see. */
    public static RowFilter of(EntryTable entryTable, Audience audience, Versions versions) {
        return new RowFilter(
                entryTable,
                audience,
                -1L,
                versions,
                Set.of(),
                AllowedNumbers.ALL,
                AllowedNumbers.ALL,
                AllowedNumbers.ALL);
    }

    public static RowFilter of(Selection selection, EntryTable entryTable) {
        return new RowFilter(
                entryTable,
                selection.audience(),
                -1L,
                selection.versions(),
                selection.specVersions(),
                AllowedNumbers.of(selection.types(), entryTable.rows.types),
                AllowedNumbers.ALL,
                AllowedNumbers.ALL);
    }

    public static RowFilter of(Search search, EntryTable entryTable) {
        long classes = search.query().tlps().isEmpty()
                ? -1L
                : search.query().tlps().stream().mapToLong(RowFilter::classesOf).reduce(0, (a, b) -> a | b);
        EntryRows rows = entryTable.rows;
        return new RowFilter(
                entryTable,
                search.audience(),
                classes,
                Versions.LAST,
                Set.of(),
                AllowedNumbers.of(search.query().types(), rows.types),
                AllowedNumbers.of(search.query().producers(), rows.producers),
                AllowedNumbers.of(search.query().receivedFrom(), rows.sources));
    }

    /** All class codes with that marking: it is in their lowest three bits. */
    private static long classesOf(Tlp tlp) {
        long codes = 0;
        for (int code = new ReleaseTerms(tlp, false, false, false).classCode(); code < Long.SIZE; code += 8) {
            codes |= 1L << code;
        }
        return codes;
    }

    /** Whether any entry of a block can match; most blocks without one are recognised at once. */
    public boolean mayMatch(RowBlock block) {
        return (classes & audience.classesOfNumbers() & block.classes) != 0 && (types.modulo64() & block.types) != 0;
    }

    public boolean matches(long seq) {
        // A posting list shows an entry a moment before its row is filled: until then nobody knows who may see it.
        return seq <= entryTable.rows.last() && matches(seq, entryTable.rows.block(seq), RowBlock.index(seq));
    }

    /** Whether the reader may see the class of an entry, without regard to the question. */
    boolean released(RowBlock block, int row) {
        return audience.sees(block.release[row])
                && (lost == null || !lost.of(block, row))
                && (units == null || !CaseUnitIndex.house(block, row) || entryTable.isOf(units, block, row));
    }

    boolean matches(long seq, RowBlock block, int row) {
        byte flags = block.flags[row];
        return types.has(block.type[row]) // first, as nothing leaves out more
                && (flags & RowBlock.HIDDEN) == 0
                && (classes >>> block.release[row] & 1) != 0
                && audience.sees(block.release[row])
                && (lost == null || !lost.of(block, row))
                && (units == null || !CaseUnitIndex.house(block, row) || entryTable.isOf(units, block, row))
                && ((flags & RowBlock.CONTESTED) == 0 || everyStatement || !entryTable.preceded(seq, this))
                && entryTable.isOneOf(versions, seq, block, row)
                && ((flags & RowBlock.SPEC_20) != 0 ? spec20 : spec21)
                && producers.has(block.producer[row])
                && sources.has(block.source[row]);
    }

    /** Some numbers of {@link StringDictionary}, or all of them. */
    private record AllowedNumbers(boolean all, BitSet codes, long modulo64) {

        static final AllowedNumbers ALL = new AllowedNumbers(true, new BitSet(0), -1L);

        static AllowedNumbers of(Set<String> wanted, StringDictionary names) {
            if (wanted.isEmpty()) {
                return ALL;
            }
            BitSet codes = new BitSet();
            long modulo64 = 0;
            for (String name : wanted) {
                int code = names.find(name);
                if (code != StringDictionary.NONE) {
                    codes.set(code);
                    modulo64 |= 1L << code;
                }
            }
            return new AllowedNumbers(false, codes, modulo64);
        }

        boolean has(int code) {
            return all || codes.get(code);
        }
    }
}
