package uz.koprik.gateway.taxii;

import java.nio.ByteBuffer;
import uz.koprik.gateway.http.BlockCipher;
import uz.koprik.gateway.http.Problem;

/**
 * The opaque {@code next} (TAXII 2.1, section 3.5): a sequence number, so that the server keeps no state. One block of
 * AES hides it, because sequence numbers would reveal how much there is that the reader may not see, and makes it
 * unforgeable: of all 128-bit values, one in 2^64 decrypts to something with zeros in its second half.
 */
public final class Cursor {

    private final BlockCipher block;

    /** @param key 16 random bytes, the same after a restart */
    public Cursor(byte[] key) {
        this.block = new BlockCipher(key);
    }

    /** The text for a sequence number. */
    String write(long afterSeq) {
        return block.seal(
                ByteBuffer.allocate(BlockCipher.SIZE).putLong(afterSeq).array());
    }

    /**
     * The sequence number that a text stands for.
     *
     * @throws Problem 400 when this server did not make it
     */
    long read(String next) {
        ByteBuffer open = ByteBuffer.wrap(block.open(next).orElseThrow(Cursor::unknown));
        long afterSeq = open.getLong();
        if (open.getLong() != 0 || afterSeq < 0) {
            throw unknown();
        }
        return afterSeq;
    }

    private static Problem unknown() {
        return new Problem(
                400, "Bad request", "\"next\" is not a value that this server issued; begin again without it");
    }
}
