package uz.koprik.gateway.sources;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The entries of a feed as they were last taken in, 33 bytes each. The key of an entry is the UUID of its indicator; of
 * another object it is derived from its id.
 */
final class SourceEntries {

    /** A part of them stays far below what a cluster takes in one document. */
    static final int IN_PART = 20_000;

    private static final int BYTES = Long.BYTES * 4 + 1;
    private static final Kind[] KINDS = Kind.values();

    private SourceEntries() {}

    /**
     * One entry.
     *
     * @param content the beginning of the digest of its content, settings of the feed included
     * @param until end of validity of its indicator, in milliseconds since the epoch; 0 for none
     * @param kind what it is
     */
    record Known(long content, long until, Kind kind) {

        /** As this, with a content that no entry has. */
        Known unlike() {
            return new Known(~content, until, kind);
        }

        Known withUntil(long end) {
            return new Known(content, end, kind);
        }
    }

    /** What an entry is. */
    enum Kind {
        /** A STIX object, whose creator alone ends it. */
        OBJECT(0),
        /** An indicator of a row, which only this feed has. */
        ROW(1),
        /** An indicator that was translated from another format, which other feeds may have as well. */
        TRANSLATED(2);

        private final byte stored;

        Kind(int stored) {
            this.stored = (byte) stored;
        }
    }

    /** Splits and writes. */
    static List<byte[]> write(Map<UUID, Known> entries) {
        List<byte[]> parts = new ArrayList<>();
        ByteBuffer part = ByteBuffer.allocate(0);
        int left = entries.size();
        for (Map.Entry<UUID, Known> one : new TreeMap<>(entries).entrySet()) {
            if (!part.hasRemaining()) {
                part = ByteBuffer.allocate(Math.min(left, IN_PART) * BYTES);
                parts.add(part.array());
            }
            Known known = one.getValue();
            part.putLong(one.getKey().getMostSignificantBits())
                    .putLong(one.getKey().getLeastSignificantBits())
                    .putLong(known.content())
                    .putLong(known.until())
                    .put(known.kind().stored);
            left--;
        }
        return parts;
    }

    /**
     * Reads a part into {@code entries}.
     *
     * @throws IllegalArgumentException when it is damaged
     */
    static void read(byte[] part, Map<UUID, Known> entries) {
        if (part.length % BYTES != 0) {
            throw new IllegalArgumentException("a part of the entries of a feed is damaged");
        }
        ByteBuffer in = ByteBuffer.wrap(part);
        while (in.hasRemaining()) {
            UUID key = new UUID(in.getLong(), in.getLong());
            entries.put(key, new Known(in.getLong(), in.getLong(), kind(in.get())));
        }
    }

    private static Kind kind(byte stored) {
        for (Kind kind : KINDS) {
            if (kind.stored == stored) {
                return kind;
            }
        }
        throw new IllegalArgumentException("an entry of a feed is damaged");
    }
}
