package uz.koprik.indicators.store.elasticsearch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import uz.koprik.crypto.Sha256;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.entries.EntryHeads;
import uz.koprik.indicators.store.entries.EntryRows;
import uz.koprik.indicators.store.entries.RowBlock;
import uz.koprik.indicators.store.journal.EntryRecord;
import uz.koprik.indicators.store.journal.JournalRecord;

/**
 * What drafts are judged by, 40 bytes per entry in memory: the version, and 128 bits of SHA-256 each of id and digest.
 * A row's {@code position} is the length of the record. One writer, any readers of what the rows published.
 */
final class EntryDigests implements EntryHeads {

    private final EntryRows rows;
    private volatile Block[] blocks = new Block[16];

    EntryDigests(EntryRows rows) {
        this.rows = rows;
    }

    private static final class Block {
        final long[] version = new long[RowBlock.SIZE];
        final long[] id = new long[2 * RowBlock.SIZE];
        final long[] digest = new long[2 * RowBlock.SIZE];
    }

    private Block block(long seq) {
        return blocks[(int) ((seq - 1) >>> RowBlock.SHIFT)];
    }

    private Block blockToFill(long seq) {
        int number = (int) ((seq - 1) >>> RowBlock.SHIFT);
        Block[] all = blocks;
        if (number >= all.length) {
            all = Arrays.copyOf(all, number * 2);
        }
        if (all[number] == null) {
            all[number] = new Block();
            blocks = all;
        }
        return all[number];
    }

    @Override
    public void keep(long seq, ByteBuffer segment, int offset, long position) {
        Block block = blockToFill(seq);
        int row = RowBlock.index(seq);
        block.version[row] = EntryRecord.version(segment, offset);
        ByteBuffer id = EntryRecord.id(segment, offset);
        byte[] bytes = new byte[id.remaining()];
        id.get(bytes);
        put(block.id, row, bytes);
        put(block.digest, row, EntryRecord.digest(segment, offset).getBytes(StandardCharsets.UTF_8));
        rows.block(seq).position[row] = (long) JournalRecord.end(segment, offset) - offset;
    }

    @Override
    public boolean isOf(long seq, byte[] id) {
        return is(block(seq).id, RowBlock.index(seq), id);
    }

    @Override
    public long version(long seq) {
        return block(seq).version[RowBlock.index(seq)];
    }

    @Override
    public boolean hasDigest(long seq, String digest) {
        return is(block(seq).digest, RowBlock.index(seq), digest.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Entry entry(long seq, RowBlock block, int row) {
        return new ClusterEntry(seq, block, row);
    }

    /** How long the record of an entry is, in bytes. */
    long length(long seq) {
        return rows.block(seq).position[RowBlock.index(seq)];
    }

    private static void put(long[] into, int row, byte[] value) {
        ByteBuffer hash = ByteBuffer.wrap(Sha256.of(value));
        into[2 * row] = hash.getLong(0);
        into[2 * row + 1] = hash.getLong(8);
    }

    private static boolean is(long[] kept, int row, byte[] value) {
        ByteBuffer hash = ByteBuffer.wrap(Sha256.of(value));
        return kept[2 * row] == hash.getLong(0) && kept[2 * row + 1] == hash.getLong(8);
    }
}
