package uz.koprik.indicators.store.journal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The second half of the header of a journal file that was rewritten: {@code end:4 originalEnd:4 chainBefore:8
 * chainAfter:8 sum:8 crc:4}. The files around it and the mark beside the journal know the file as it was first written;
 * with this they are right still.
 *
 * @param end where the records of the file end now
 * @param originalEnd where they ended at first, as the next file says
 * @param chainBefore what all records before this file add up to, see {@link Journal#chain}
 * @param chainAfter the same with the records that were in this file at first
 * @param sum what the records of this file add up to now, beginning with 0
 */
record RewrittenPart(int end, int originalEnd, long chainBefore, long chainAfter, long sum) {

    private static final int AT = 28;
    private static final int CRC = 60;

    /** Writes it into a header. */
    void put(ByteBuffer header) {
        header.putInt(AT, end)
                .putInt(AT + 4, originalEnd)
                .putLong(AT + 8, chainBefore)
                .putLong(AT + 16, chainAfter)
                .putLong(AT + 24, sum)
                .putInt(CRC, crc(header));
    }

    /** What a header says that is {@link #sound}; empty when its file was not rewritten. */
    static Optional<RewrittenPart> of(ByteBuffer header) {
        return header.getInt(AT) == 0
                ? Optional.empty()
                : Optional.of(new RewrittenPart(
                        header.getInt(AT),
                        header.getInt(AT + 4),
                        header.getLong(AT + 8),
                        header.getLong(AT + 16),
                        header.getLong(AT + 24)));
    }

    /** Whether a header has none or an undamaged one. */
    static boolean sound(ByteBuffer header) {
        for (int at = AT; at < Segment.HEADER; at++) {
            if (header.get(at) != 0) {
                return header.getInt(AT) >= Segment.HEADER && header.getInt(CRC) == crc(header);
            }
        }
        return true;
    }

    private static int crc(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, CRC));
        return (int) crc.getValue();
    }
}
