package uz.koprik.indicators.stix.values;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Name-based UUIDs, version 5 (RFC 9562, section 5.5). SHA-1 is what the standard fixes; nothing is secured by it here.
 */
public final class Uuid5 {

    /** Namespace of the ids Koprik gives to objects it writes, so that writing the same thing twice gives one id. */
    private static final UUID KOPRIK = UUID.fromString("5d10c6cb-a60f-4c7c-a363-99a54c91a212");

    private static final ThreadLocal<MessageDigest> SHA1 = ThreadLocal.withInitial(Uuid5::sha1);

    private Uuid5() {}

    /** The UUID in Koprik's own namespace of what {@code parts} say, in their order; no part contains a line feed. */
    public static UUID koprik(String... parts) {
        return of(KOPRIK, String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
    }

    /** The UUID of {@code name} in {@code namespace}. */
    static UUID of(UUID namespace, byte[] name) {
        MessageDigest sha1 = SHA1.get();
        byte[] space = new byte[16];
        put(space, 0, namespace.getMostSignificantBits());
        put(space, 8, namespace.getLeastSignificantBits());
        sha1.update(space);
        byte[] hash = sha1.digest(name);
        long high = (get(hash, 0) & ~0xF000L) | 0x5000L;
        long low = (get(hash, 8) & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static void put(byte[] out, int at, long value) {
        for (int i = 0; i < 8; i++) {
            out[at + i] = (byte) (value >>> (56 - 8 * i));
        }
    }

    private static long get(byte[] in, int at) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (in[at + i] & 0xFF);
        }
        return value;
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
