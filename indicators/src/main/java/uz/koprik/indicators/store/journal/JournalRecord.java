package uz.koprik.indicators.store.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The frame around everything in the journal: {@code length:4 crc:4 group:4 kind:1 payload:length}, big-endian.
 *
 * <p>{@code crc} is CRC-32C from {@code group} to the end. {@code group} is the offset at which the flush began that
 * wrote this record. A flush begins only when the one before was durable; so an intact record of a later group proves
 * that a broken one before it was durable once, and is damage rather than a torn tail.
 */
public final class JournalRecord {

    public static final int HEADER = 13;

    public static final byte ENTRY = (byte) 0xE1;
    public static final byte WITHDRAW = (byte) 0xE2;
    public static final byte RESTRICT = (byte) 0xE3;
    public static final byte ERASE = (byte) 0xE4;

    private static final int CRC = 4;
    private static final int GROUP = 8;
    private static final int KIND = 12;

    private JournalRecord() {}

    /** A writer in which the header is left free and the payload comes next. */
    public static ByteWriter begin(byte kind, int expected) {
        ByteWriter record = new ByteWriter(HEADER + expected);
        record.int64(0);
        record.int32(0);
        record.int8(kind);
        return record;
    }

    /** Fills in the header, as the last thing that is done to a record. */
    public static void seal(byte[] record, int group) {
        ByteWriter.putInt(record, 0, record.length - HEADER);
        ByteWriter.putInt(record, GROUP, group);
        CRC32C crc = new CRC32C();
        crc.update(record, GROUP, record.length - GROUP);
        ByteWriter.putInt(record, CRC, (int) crc.getValue());
    }

    public static int length(ByteBuffer segment, int offset) {
        return segment.getInt(offset);
    }

    public static int group(ByteBuffer segment, int offset) {
        return segment.getInt(offset + GROUP);
    }

    /** The checksum of a record. */
    public static int sum(ByteBuffer segment, int offset) {
        return segment.getInt(offset + CRC);
    }

    /** The same of a sealed record. */
    static int sum(byte[] record) {
        return ByteBuffer.wrap(record).getInt(CRC);
    }

    static boolean isEntry(byte[] record) {
        return record[KIND] == ENTRY;
    }

    public static byte kind(ByteBuffer segment, int offset) {
        return segment.get(offset + KIND);
    }

    public static int end(ByteBuffer segment, int offset) {
        return offset + HEADER + length(segment, offset);
    }

    /** Whether an undamaged record lies at {@code offset} and ends by {@code limit}. */
    public static boolean intact(ByteBuffer segment, int offset, int limit) {
        return intact(segment, offset, limit, offset);
    }

    /**
     * Whether an undamaged record, which lies at {@code at} in its file, is found at {@code offset} and ends by
     * {@code limit}.
     */
    static boolean intact(ByteBuffer segment, int offset, int limit, int at) {
        if (limit - offset < HEADER) {
            return false;
        }
        int length = length(segment, offset);
        if (length <= 0
                || length > limit - offset - HEADER
                || !known(kind(segment, offset))
                || group(segment, offset) > at) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(segment.slice(offset + GROUP, length + HEADER - GROUP));
        return (int) crc.getValue() == segment.getInt(offset + CRC);
    }

    private static boolean known(byte kind) {
        return kind == ENTRY || kind == WITHDRAW || kind == RESTRICT || kind == ERASE;
    }
}
