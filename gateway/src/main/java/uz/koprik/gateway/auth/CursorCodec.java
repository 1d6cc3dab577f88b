package uz.koprik.gateway.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.gateway.http.BlockCipher;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * How callers get positions in the sequences of the centre. A sequence counts everything. To a caller who does not see
 * everything, a number would disclose hidden additions: submit a value, see whether the counter moved, and know that it
 * is in a hidden case. Such a caller gets sealed marks, each of them unique.
 */
public final class CursorCodec {

    /** A mark is two bytes that identify a mark, six of the position, eight that are unique. */
    private static final long PLACE = (1L << 48) - 1;

    /**
     * What is counted. A mark of one sequence is invalid for the other, or callers could learn the distance between the
     * two.
     */
    public enum Of {
        ALERTS(0x6b6d),
        ENTRIES(0x6b65);

        private final long tag;

        Of(long letters) {
            this.tag = letters << 48;
        }
    }

    private final BlockCipher block;
    private final Of what;

    /** @param key 16 random bytes, the same after a restart */
    public CursorCodec(byte[] key, Of what) {
        this.block = new BlockCipher(key);
        this.what = what;
    }

    /** Reads the key of a paper, or makes one: the same for all gateways of the centre. */
    public static CursorCodec open(StateStore stateStore, String name, Of what) throws IOException, StoreUnavailable {
        Optional<StateStore.Paper> key = stateStore.read(name);
        if (key.isEmpty()) {
            // The first gateway sets it.
            stateStore.replace(name, "", Secrets.randomBytes(BlockCipher.SIZE));
            key = stateStore.read(name);
        }
        return new CursorCodec(
                key.orElseThrow(() -> new IOException(name + " was made and is gone"))
                        .content(),
                what);
    }

    /** A place as the caller may know it. */
    public String write(Caller caller, long place) {
        if (caller.seesAll()) {
            return Long.toString(place);
        }
        return block.seal(ByteBuffer.allocate(BlockCipher.SIZE)
                .putLong(what.tag | (place & PLACE))
                .put(Secrets.randomBytes(8))
                .array());
    }

    /**
     * The position that the caller means; empty when no caller like this one could have got it.
     *
     * @param text from {@link #write}
     */
    public Optional<Long> read(Caller caller, String text) {
        if (caller.seesAll()) {
            return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
        }
        return block.open(text)
                .map(bytes -> ByteBuffer.wrap(bytes).getLong())
                .filter(open -> (open & ~PLACE) == what.tag)
                .map(open -> open & PLACE);
    }
}
