package uz.koprik.indicators.stix;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * UUIDs that follow from what an object is about, but only by a key of the centre. An id that follows from public facts
 * shows to those who may submit objects whether there is an object of that id. Safe for use by many threads at once.
 */
public final class KeyedIds {

    private static final String ALGORITHM = "HmacSHA256";

    private final ThreadLocal<Mac> mac;

    /** @param key the same at all gateways of the centre, and nobody else's */
    public KeyedIds(byte[] key) {
        SecretKeySpec secret = new SecretKeySpec(key, ALGORITHM);
        this.mac = ThreadLocal.withInitial(() -> mac(secret));
    }

    /** The UUID of what {@code parts} say, in their order; without the key it looks random (RFC 9562, version 4). */
    public UUID of(String... parts) {
        ByteBuffer hash =
                ByteBuffer.wrap(mac.get().doFinal(String.join("\n", parts).getBytes(StandardCharsets.UTF_8)));
        long high = (hash.getLong() & ~0xF000L) | 0x4000L;
        long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static Mac mac(SecretKeySpec secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", impossible);
        }
    }
}
