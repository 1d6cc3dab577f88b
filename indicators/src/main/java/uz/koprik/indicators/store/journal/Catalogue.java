package uz.koprik.indicators.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseClass;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Versions;

/**
 * The view that is always up to date: a row an entry, and the way from an id to its versions. Made from journal records
 * alone, by the same code when a store is opened and when something was appended.
 */
public final class Catalogue {

    public final Rows rows;
    private final Heads heads;
    private final IdTable ids;
    private final CaseRows cases;

    public Catalogue(Rows rows, Heads heads) {
        this.rows = rows;
        this.heads = heads;
        this.ids = new IdTable(rows, heads);
        this.cases = new CaseRows(rows);
    }

    /** The newest entry of an object, in view or not; 0 when there is none. */
    public long head(String id) {
        return head(id.getBytes(StandardCharsets.UTF_8));
    }

    public long head(byte[] id) {
        return ids.find(id, ids.hash(id));
    }

    public long previous(long seq) {
        return rows.block(seq).previous[RowBlock.index(seq)];
    }

    public boolean withdrawn(long seq) {
        return rows.block(seq).has(RowBlock.index(seq), RowBlock.WITHDRAWN);
    }

    /** The first entry in view going back from {@code seq} through the versions of its object; 0 when there is none. */
    public long inView(long seq) {
        long at = seq;
        while (at != 0 && withdrawn(at)) {
            at = previous(at);
        }
        return at;
    }

    /** Whether an entry that never leaves the centre is of these units, by their numbers, and of no other. */
    boolean isOf(BitSet units, RowBlock block, int row) {
        return cases.ofAll(units, block, row);
    }

    /** Whether an entry in view may be seen. */
    public boolean sees(Audience audience, long seq) {
        return RowFilter.of(this, audience, Versions.ALL).matches(seq);
    }

    public long version(long seq) {
        return heads.version(seq);
    }

    public boolean hasDigest(long seq, String digest) {
        return heads.hasDigest(seq, digest);
    }

    /** Whether an entry in view is among the versions meant. */
    public boolean isOneOf(Versions versions, long seq) {
        return isOneOf(versions, seq, rows.block(seq), RowBlock.index(seq));
    }

    /** The same for who has the row at hand. */
    boolean isOneOf(Versions versions, long seq, RowBlock block, int row) {
        if (versions.all()
                || (versions.last() && !block.has(row, RowBlock.SUPERSEDED))
                || (versions.first() && !block.has(row, RowBlock.LATER))) {
            return true;
        }
        return !versions.exactly().isEmpty() && versions.exactly().contains(heads.version(seq));
    }

    public Entry entry(long seq) {
        return entry(rows.block(seq), seq);
    }

    public Entry entry(RowBlock block, long seq) {
        return heads.entry(seq, block, RowBlock.index(seq));
    }

    /** Takes over one record of the journal. */
    public void apply(ByteBuffer segment, int offset, long position) throws IOException {
        switch (JournalRecord.kind(segment, offset)) {
            case JournalRecord.ENTRY -> add(segment, offset, position);
            case JournalRecord.WITHDRAW -> withdraw(segment, offset);
            case JournalRecord.RESTRICT -> restrict(segment, offset);
            default -> throw new IOException("unknown kind of journal record");
        }
    }

    private void add(ByteBuffer segment, int offset, long position) throws IOException {
        long seq = EntryRecord.seq(segment, offset);
        if (seq > Integer.MAX_VALUE - RowBlock.SIZE) {
            throw new IOException("this store is full: it holds " + seq + " entries");
        }
        ByteBuffer stored = EntryRecord.id(segment, offset);
        byte[] id = new byte[stored.remaining()];
        stored.get(id);
        int hash = ids.hash(id);
        int newest = ids.find(id, hash);
        long before = inView(newest);
        RowBlock block = rows.blockToFill(seq);
        int row = RowBlock.index(seq);
        ByteReader facts = EntryRecord.afterId(segment, offset);
        heads.keep(seq, segment, offset, position);
        block.added[row] = EntryRecord.added(segment, offset);
        block.previous[row] = newest;
        block.idHash[row] = hash;
        block.type[row] = rows.types.code(facts.text());
        block.producer[row] = rows.producers.code(facts.text());
        block.source[row] = rows.sources.code(facts.text());
        block.release[row] = EntryRecord.release(segment, offset);
        block.set(row, RowBlock.SPEC_20, EntryRecord.spec20(segment, offset));
        block.set(row, RowBlock.LATER, before != 0);
        block.classes |= 1L << block.release[row];
        block.types |= 1L << block.type[row];
        long otherUnit = (block.release[row] & ReleaseClass.HOUSE) != 0 ? cases.add(seq, segment, offset, this::head) : 0;
        ids.put(hash, newest, (int) seq);
        rows.publish(seq);
        for (long older = otherUnit; older != 0; older = previous(older)) {
            changed(older);
        }
        if (before != 0) { // after publishing: a reader in between sees both versions rather than none
            rows.block(before).set(RowBlock.index(before), RowBlock.SUPERSEDED, true);
            changed(before);
        }
    }

    /** The versions of an object that are in view, in the order in which they were added. */
    public List<Entry> versions(String id) {
        List<Entry> newestFirst = new ArrayList<>();
        for (long seq = inView(head(id)); seq != 0; seq = inView(previous(seq))) {
            newestFirst.add(entry(seq));
        }
        return newestFirst.reversed();
    }

    /** Which versions in view of an object are meant, ascending. */
    public List<Long> chosen(String id, Versions versions) {
        List<Long> chosen = new ArrayList<>();
        for (long seq = inView(head(id)); seq != 0; seq = inView(previous(seq))) {
            if (isOneOf(versions, seq)) {
                chosen.add(seq);
            }
        }
        return chosen.reversed();
    }

    /**
     * The classes that these entries get, as far as they change: the narrower marking wins.
     *
     * @throws IllegalArgumentException when there is no such entry
     */
    public Map<Long, ReleaseClass> stricter(Map<Long, ReleaseClass> bySeq) {
        Map<Long, ReleaseClass> stricter = new TreeMap<>();
        bySeq.forEach((seq, wanted) -> {
            if (seq < 1 || seq > rows.last()) {
                throw new IllegalArgumentException("there is no entry " + seq + " to restrict");
            }
            ReleaseClass now = ReleaseClass.of(rows.block(seq).release[RowBlock.index(seq)]);
            ReleaseClass both = new ReleaseClass(now.tlp().or(wanted.tlp()), now.own(),
                    now.personal() || wanted.personal(), now.house() || wanted.house());
            if (!both.equals(now)) {
                stricter.put(seq, both);
            }
        });
        return stricter;
    }

    public static byte[] withdrawRecord(String id, List<Long> seqs, String reason, String by, long at) {
        ByteWriter record = JournalRecord.begin(JournalRecord.WITHDRAW, 64 + reason.length());
        record.int64(at);
        record.text(by);
        record.text(reason);
        record.text(id);
        record.count(seqs.size());
        seqs.forEach(record::int64);
        return record.toBytes();
    }

    private void withdraw(ByteBuffer segment, int offset) {
        ByteReader record = new ByteReader(segment, offset + JournalRecord.HEADER);
        record.int64();
        record.text();
        record.text();
        String id = record.text();
        int count = record.count();
        for (int i = 0; i < count; i++) {
            long seq = record.int64();
            rows.block(seq).set(RowBlock.index(seq), RowBlock.WITHDRAWN, true);
            changed(seq);
        }
        settle(head(id));
    }

    /** Says anew which of the versions still in view is the first and which the latest. */
    private void settle(long head) {
        long latest = inView(head);
        if (latest != 0) {
            for (long older = cases.settle(head, latest); older != 0; older = previous(older)) {
                changed(older);
            }
        }
        for (long seq = latest; seq != 0;) {
            long before = inView(previous(seq));
            RowBlock block = rows.block(seq);
            block.set(RowBlock.index(seq), RowBlock.SUPERSEDED, seq != latest);
            block.set(RowBlock.index(seq), RowBlock.LATER, before != 0);
            changed(seq);
            seq = before;
        }
    }

    public static byte[] restrictRecord(Map<Long, ReleaseClass> bySeq) {
        ByteWriter record = JournalRecord.begin(JournalRecord.RESTRICT, 8 + bySeq.size() * 9);
        record.count(bySeq.size());
        bySeq.forEach((seq, release) -> {
            record.int64(seq);
            record.int8(release.code());
        });
        return record.toBytes();
    }

    private void restrict(ByteBuffer segment, int offset) {
        ByteReader record = new ByteReader(segment, offset + JournalRecord.HEADER);
        int count = record.count();
        for (int i = 0; i < count; i++) {
            long seq = record.int64();
            byte release = record.int8();
            RowBlock block = rows.block(seq);
            block.release[RowBlock.index(seq)] = release;
            block.classes |= 1L << release;
            changed(seq);
        }
    }

    /** Last of all, so that whoever reads the new stamp also sees what changed. */
    private void changed(long seq) {
        rows.publish(rows.last());
        rows.block(seq).stamp.incrementAndGet();
    }
}
