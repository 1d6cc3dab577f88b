package uz.koprik.indicators.store.entries;

import java.nio.ByteBuffer;
import uz.koprik.indicators.store.Entry;

/**
 * What a backend keeps of an entry besides its row: enough to judge drafts, and the way to its bytes. One writer, which
 * alone calls {@link #keep}; any readers of what the rows published since.
 */
public interface EntryHeads {

    /** Takes note of a new entry, whose record lies in {@code segment} at {@code offset}. */
    void keep(long seq, ByteBuffer segment, int offset, long position);

    /** Whether an entry is a version of the object with that id, in UTF-8. */
    boolean isOf(long seq, byte[] id);

    /** Its version, as {@link uz.koprik.indicators.store.EntryMetadata#version()}. */
    long version(long seq);

    /** Whether {@link uz.koprik.indicators.store.EntryMetadata#digest()} is that. */
    boolean hasDigest(long seq, String digest);

    /** The entry as readers get it. */
    Entry entry(long seq, RowBlock block, int row);
}
