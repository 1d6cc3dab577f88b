package uz.koprik.gateway.sessions;

import java.time.Instant;

/** Codes as an authenticator app shows them. */
public final class Codes {

    private Codes() {}

    /**
     * A code.
     *
     * @param secret in base32
     * @param stepsLater 0 for now; -1 to 1 are accepted
     */
    public static String of(String secret, int stepsLater) {
        return Totp.code(secret.replace(" ", ""), Instant.now().getEpochSecond() / 30 + stepsLater);
    }
}
