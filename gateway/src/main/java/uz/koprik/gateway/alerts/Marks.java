package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.gateway.access.Caller;
import uz.koprik.gateway.http.SealedBlock;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.papers.Papers;

/**
 * How places among the alerts are told to callers. Alerts are counted over the whole centre, so to one who works on some case
 * files only a number would tell when others were given alerts - bring a value, look whether the counter moved, and know that it
 * is in somebody's case. Such a caller gets sealed marks, of which no two are alike.
 */
final class Marks {

    private static final String KEY = "alerts/marks.key";

    /** A mark is two bytes that tell it from other text, six of the place, eight that are never the same. */
    private static final long TAG = 0x6b6dL << 48;
    private static final long PLACE = (1L << 48) - 1;

    private final SealedBlock block;

    /** @param key 16 random bytes, the same after a restart */
    Marks(byte[] key) {
        this.block = new SealedBlock(key);
    }

    /** Reads the key, or makes one: the same for all gateways of the centre. */
    static Marks open(Papers papers) throws IOException, StoreUnavailable {
        Optional<Papers.Paper> key = papers.read(KEY);
        if (key.isEmpty()) {
            // Whichever gateway is the first.
            papers.replace(KEY, "", Secrets.randomBytes(SealedBlock.SIZE));
            key = papers.read(KEY);
        }
        return new Marks(key.orElseThrow(() -> new IOException(KEY + " was made and is gone")).content());
    }

    /** A place as the caller may know it. */
    String write(Caller caller, long place) {
        if (!caller.worksOnSome()) {
            return Long.toString(place);
        }
        return block.seal(ByteBuffer.allocate(SealedBlock.SIZE).putLong(TAG | (place & PLACE)).put(Secrets.randomBytes(8)).array());
    }

    /**
     * The place that the caller means; empty when it is none that was told to one like this caller.
     *
     * @param text from {@link #write}
     */
    Optional<Long> read(Caller caller, String text) {
        if (!caller.worksOnSome()) {
            return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
        }
        return block.open(text).map(bytes -> ByteBuffer.wrap(bytes).getLong()).filter(open -> (open & ~PLACE) == TAG).map(open -> open & PLACE);
    }
}
