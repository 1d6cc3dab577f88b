package uz.koprik.gateway.sessions;

import io.vertx.ext.auth.otp.OtpKey;
import io.vertx.ext.auth.otp.OtpKeyGenerator;
import io.vertx.ext.auth.otp.impl.org.openauthentication.otp.OneTimePasswordAlgorithm;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Codes by time (RFC 6238): six digits, steps of 30 seconds, HMAC-SHA-1, as all authenticator apps have them. The
 * provider of Vert.x goes by the clock of the machine, accepts a code again and knows no skew; so only its keys and its
 * algorithm are used.
 */
final class Totp {

    private static final int DIGITS = 6;
    private static final long STEP_SECONDS = 30;
    private static final int BITS = 160;
    private static final int NO_TRUNCATION = -1;

    private Totp() {}

    /** A fresh secret of 160 bits, in base32. */
    static String secret() {
        return OtpKeyGenerator.create().generate(BITS).getKey();
    }

    /**
     * What an authenticator app reads from a QR code.
     *
     * @param issuer the centre
     * @param account in the centre
     */
    static String uri(String secret, String issuer, String account) {
        // Apps assume SHA-1, six digits and 30 seconds; without them the QR code has fewer modules.
        return "otpauth://totp/" + encoded(issuer) + ':' + encoded(account) + "?secret=" + secret + "&issuer="
                + encoded(issuer);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * The step of time of a code: the step of now, the one before or the one after it.
     *
     * @param used the last step whose code was used; codes up to it are void
     * @return empty when the code is wrong or void
     */
    static OptionalLong step(String secret, String code, Instant now, long used) {
        long current = now.getEpochSecond() / STEP_SECONDS;
        OptionalLong found = OptionalLong.empty();
        for (long step = current - 1; step <= current + 1; step++) {
            boolean same = MessageDigest.isEqual(
                    code(secret, step).getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.UTF_8));
            if (same && step > used) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** The code of a step. */
    static String code(String secret, long step) {
        try {
            byte[] key = new OtpKey().setKey(secret).getKeyBytes();
            return OneTimePasswordAlgorithm.generateOTP(key, step, DIGITS, false, NO_TRUNCATION);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-1", impossible);
        }
    }
}
