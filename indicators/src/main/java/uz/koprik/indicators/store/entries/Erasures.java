package uz.koprik.indicators.store.entries;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import uz.koprik.indicators.store.ErasedVersion;
import uz.koprik.indicators.store.Erasure;
import uz.koprik.indicators.store.journal.ByteReader;
import uz.koprik.indicators.store.journal.ByteWriter;
import uz.koprik.indicators.store.journal.JournalRecord;

/**
 * Which entries were erased, and by which record of the journal: {@code at:8 by rule count seq...}. Rows name that
 * record by its number, from 1. The writer alone changes this.
 */
public final class Erasures {

    /** Of a row that was erased by a record which a loss of the journal took. */
    private static final int UNKNOWN = -1;
    /** Of a row that is not erased, though an earlier version of the object was. */
    private static final int EARLIER = -2;

    /** Entries in one record. */
    private static final int MOST = 100_000;

    private final EntryTable entryTable;
    private final EntryRows rows;
    private volatile Act[] acts = {};
    private volatile boolean any;

    /** Grows when the rows know of a record: a merge that sees the moment leaves out all that the record erased. */
    private volatile long latest;

    /** One record: when, under which rule, for whom. */
    private record Act(long at, String rule, String by) {}

    Erasures(EntryTable entryTable) {
        this.entryTable = entryTable;
        this.rows = entryTable.rows;
    }

    /**
     * The records that erase entries.
     *
     * @param at in microseconds since the epoch
     */
    public List<byte[]> records(List<Long> seqs, String rule, String by, long at) {
        List<byte[]> records = new ArrayList<>();
        long moment = Math.max(at, latest() + 1);
        for (int from = 0; from < seqs.size(); from += MOST) {
            List<Long> some = seqs.subList(from, Math.min(from + MOST, seqs.size()));
            ByteWriter record = JournalRecord.begin(JournalRecord.ERASE, 64 + rule.length() + some.size() * 8);
            record.int64(moment++);
            record.text(by);
            record.text(rule);
            record.count(some.size());
            some.forEach(record::int64);
            records.add(record.toBytes());
        }
        return records;
    }

    /** The entries that a record erases. */
    public static List<Long> seqs(ByteBuffer segment, int offset) {
        ByteReader record = new ByteReader(segment, offset + JournalRecord.HEADER);
        record.int64();
        record.skipText();
        record.skipText();
        List<Long> seqs = new ArrayList<>();
        for (int left = record.count(); left > 0; left--) {
            seqs.add(record.int64());
        }
        return seqs;
    }

    /** Takes note of an entry that was read without its content; the record that erased it may follow. */
    void applyErased(long seq) {
        rows.block(seq).setErasure(RowBlock.index(seq), UNKNOWN);
        any = true;
    }

    /** Takes note of an entry, of whose object an earlier version may have been erased. */
    void applyAfter(long previous, long seq) {
        if (any && previous != 0 && touched(previous)) {
            rows.block(seq).setErasure(RowBlock.index(seq), EARLIER);
        }
    }

    /** Takes over a record; {@code hide} takes each entry. */
    void apply(ByteBuffer segment, int offset, LongConsumer hide) {
        ByteReader record = new ByteReader(segment, offset + JournalRecord.HEADER);
        long at = record.int64();
        String by = record.text();
        Act act = new Act(at, record.text(), by);
        Act[] all = Arrays.copyOf(acts, acts.length + 1);
        all[all.length - 1] = act;
        acts = all;
        any = true;
        for (int left = record.count(); left > 0; left--) {
            long seq = record.int64();
            rows.block(seq).setErasure(RowBlock.index(seq), all.length);
            hide.accept(seq);
        }
        latest = at;
    }

    /** The entries of all statements of an id that are not erased, in view or not. */
    public List<Long> erasable(String id) {
        return all(id).stream().filter(seq -> !erased(seq)).toList();
    }

    /** The entries of all statements of an id that are erased. */
    public List<Long> of(String id) {
        return any ? all(id).stream().filter(this::erased).toList() : List.of();
    }

    private List<Long> all(String id) {
        List<Long> all = new ArrayList<>();
        for (long head : entryTable.heads(id)) {
            for (long seq = head; seq != 0; seq = entryTable.previous(seq)) {
                all.add(seq);
            }
        }
        return all;
    }

    /** The highest version under an id that was erased; empty when none was. */
    OptionalLong highest(String id) {
        if (!any) {
            return OptionalLong.empty();
        }
        return entryTable.heads(id).stream()
                .filter(this::touched)
                .flatMapToLong(head -> LongStream.iterate(head, seq -> seq != 0, entryTable::previous))
                .filter(this::erased)
                .map(entryTable::version)
                .max();
    }

    /**
     * The moment of the latest record, in microseconds since the epoch: higher than that of every one before. 0 for
     * none.
     */
    public long latest() {
        return latest;
    }

    /** Whether an entry was erased. */
    public boolean erased(long seq) {
        int number = number(seq);
        return number > 0 || number == UNKNOWN;
    }

    /** Whether an entry was erased by a record later than a {@linkplain #latest moment}. */
    public boolean erasedAfter(long seq, long moment) {
        int number = number(seq);
        return number > 0 && acts[number - 1].at > moment;
    }

    /** Whether one of the entries from {@code first} to {@code last} was. */
    public boolean anyErasedAfter(long first, long last, long moment) {
        if (moment >= latest()) {
            return false;
        }
        for (long seq = first; seq <= last; seq++) {
            if (!rows.block(seq).anyErasure()) {
                seq = RowBlock.lastOf(seq);
            } else if (erasedAfter(seq, moment)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an entry or an earlier one of its object was erased. */
    boolean touched(long seq) {
        return number(seq) != 0;
    }

    private int number(long seq) {
        return rows.block(seq).erasure(RowBlock.index(seq));
    }

    /**
     * What stays of an object.
     *
     * @param version what stays of the entry with a sequence number
     * @return empty when none was erased
     */
    public Optional<Erasure> of(String id, LongFunction<ErasedVersion> version) {
        if (!any) {
            return Optional.empty();
        }
        List<Long> erased = all(id).stream().filter(this::erased).sorted().toList();
        if (erased.isEmpty()) {
            return Optional.empty();
        }
        int last = erased.stream().mapToInt(this::number).max().orElseThrow();
        Act act = last == UNKNOWN ? new Act(0, "", "") : acts[last - 1];
        return Optional.of(new Erasure(
                id,
                Instant.EPOCH.plus(act.at, ChronoUnit.MICROS),
                act.rule,
                act.by,
                erased.stream().map(version::apply).toList()));
    }
}
