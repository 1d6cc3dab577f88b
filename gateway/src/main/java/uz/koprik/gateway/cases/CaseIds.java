package uz.koprik.gateway.cases;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ids of new case files. They follow from the number, so that two gateways at which a case is opened at once make one of it; but
 * only by a key of the centre. By an id that anybody can work out from a number, whoever may bring objects - a partner, a client -
 * would learn whether there is a case of that number: from what becomes of a note about it, or of an object that bears its id.
 */
final class CaseIds {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param key the same at all gateways of the centre, and nobody else's */
    CaseIds(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The id of the case of that number: to whoever lacks the key a random one (RFC 9562, version 4). */
    String of(String number) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(("koprik case file\n" + number).getBytes(StandardCharsets.UTF_8)));
            long high = (hash.getLong() & ~0xF000L) | 0x4000L;
            long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return "incident--" + new UUID(high, low);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", impossible);
        }
    }
}
