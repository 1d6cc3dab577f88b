package uz.koprik.indicators.store.journal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import uz.koprik.crypto.Sha256;

/** SHA-256 of all records of a store in their order: the same for the same sequence in every backend. */
public final class SequenceDigest {

    private final MessageDigest digest = Sha256.digest();
    private long records;

    /**
     * Adds the record of a sequence number. How records were flushed together is left out: that differs between
     * backends.
     */
    public void add(ByteBuffer segment, int offset) {
        byte[] record = new byte[JournalRecord.end(segment, offset) - offset];
        segment.get(offset, record);
        JournalRecord.seal(record, 0);
        digest.update(record);
        records++;
    }

    /** How many records were added. */
    public long records() {
        return records;
    }

    /** The digest of what was added, in lower-case hexadecimal; ends it. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
