package uz.koprik.gateway.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.gateway.http.SealedBlock;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.papers.Papers;

/**
 * How places among what the centre counts are told to callers. It counts over the whole, so to one who does not see all of it a
 * number would tell when something came for others - bring a value, look whether the counter moved, and know that it is in
 * somebody's case. Such a caller gets sealed marks, of which no two are alike.
 */
public final class Marks {

    /** A mark is two bytes that tell it from other text, six of the place, eight that are never the same. */
    private static final long PLACE = (1L << 48) - 1;

    /** What is counted. A mark of one is none of the other, else one could tell how far the two are from each other. */
    public enum Of {
        ALERTS(0x6b6d),
        ENTRIES(0x6b65);

        private final long tag;

        Of(long letters) {
            this.tag = letters << 48;
        }
    }

    private final SealedBlock block;
    private final Of what;

    /** @param key 16 random bytes, the same after a restart */
    public Marks(byte[] key, Of what) {
        this.block = new SealedBlock(key);
        this.what = what;
    }

    /** Reads the key of a paper, or makes one: the same for all gateways of the centre. */
    public static Marks open(Papers papers, String name, Of what) throws IOException, StoreUnavailable {
        Optional<Papers.Paper> key = papers.read(name);
        if (key.isEmpty()) {
            // Whichever gateway is the first.
            papers.replace(name, "", Secrets.randomBytes(SealedBlock.SIZE));
            key = papers.read(name);
        }
        return new Marks(key.orElseThrow(() -> new IOException(name + " was made and is gone")).content(), what);
    }

    /** A place as the caller may know it. */
    public String write(Caller caller, long place) {
        if (caller.seesAll()) {
            return Long.toString(place);
        }
        return block.seal(ByteBuffer.allocate(SealedBlock.SIZE).putLong(what.tag | (place & PLACE)).put(Secrets.randomBytes(8)).array());
    }

    /**
     * The place that the caller means; empty when it is none that was told to one like this caller.
     *
     * @param text from {@link #write}
     */
    public Optional<Long> read(Caller caller, String text) {
        if (caller.seesAll()) {
            return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
        }
        return block.open(text).map(bytes -> ByteBuffer.wrap(bytes).getLong()).filter(open -> (open & ~PLACE) == what.tag).map(open -> open & PLACE);
    }
}
