package uz.koprik.gateway.sources;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Which entries each event of a MISP feed has, so that an event that did not change need not be fetched: 16 bytes for
 * each entry and 36 for each event.
 */
final class SourceEvents {

    private static final int UUID_BYTES = 16;
    private static final int HEAD_BYTES = UUID_BYTES + Long.BYTES * 2 + Integer.BYTES;

    /** A part of them stays far below what a cluster takes in one document. */
    private static final int PART_BYTES = 640_000;

    private SourceEvents() {}

    /**
     * An event as it was taken in.
     *
     * @param version differs when the content does
     * @param bytes size of its file
     * @param keys of its entries
     */
    record Taken(long version, long bytes, Set<UUID> keys) {}

    /** Splits and writes. An event that does not fit into a part goes on in the next one. */
    static List<byte[]> write(Map<UUID, Taken> events) {
        List<byte[]> parts = new ArrayList<>();
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        for (Map.Entry<UUID, Taken> one : new TreeMap<>(events).entrySet()) {
            List<UUID> keys = new ArrayList<>(new TreeSet<>(one.getValue().keys()));
            int from = 0;
            do {
                if (part.size() + HEAD_BYTES + UUID_BYTES > PART_BYTES) {
                    parts.add(part.toByteArray());
                    part.reset();
                }
                int fit = (PART_BYTES - part.size() - HEAD_BYTES) / UUID_BYTES;
                int to = Math.min(keys.size(), from + fit);
                part.writeBytes(record(one.getKey(), one.getValue(), keys.subList(from, to)));
                from = to;
            } while (from < keys.size());
        }
        if (part.size() > 0) {
            parts.add(part.toByteArray());
        }
        return parts;
    }

    private static byte[] record(UUID event, Taken taken, List<UUID> keys) {
        ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + keys.size() * UUID_BYTES);
        put(out, event);
        out.putLong(taken.version()).putLong(taken.bytes()).putInt(keys.size());
        keys.forEach(key -> put(out, key));
        return out.array();
    }

    private static void put(ByteBuffer out, UUID uuid) {
        out.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    /**
     * Reads parts.
     *
     * @throws IllegalArgumentException when one is damaged
     */
    static Map<UUID, Taken> read(List<byte[]> parts) {
        Map<UUID, Taken> events = new HashMap<>();
        for (byte[] part : parts) {
            ByteBuffer in = ByteBuffer.wrap(part);
            while (in.hasRemaining()) {
                if (in.remaining() < HEAD_BYTES) {
                    throw damaged();
                }
                UUID event = new UUID(in.getLong(), in.getLong());
                long version = in.getLong();
                long bytes = in.getLong();
                int keys = in.getInt();
                if (keys < 0 || keys > in.remaining() / UUID_BYTES) {
                    throw damaged();
                }
                Set<UUID> of = events.computeIfAbsent(event, one -> new Taken(version, bytes, new HashSet<>()))
                        .keys();
                for (int i = 0; i < keys; i++) {
                    of.add(new UUID(in.getLong(), in.getLong()));
                }
            }
        }
        return events;
    }

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException("a part of the events of a feed is damaged");
    }
}
