package uz.koprik.gateway.sessions;

import java.util.Locale;

/** How a session began. */
public enum SessionWay {
    PASSWORD,
    /** Password and a code of the second factor. */
    SECOND_FACTOR,
    /** Password and a recovery code. */
    RECOVERY_CODE,
    /** At an OpenID Connect provider. */
    OIDC;

    /** As it is written in records and answers. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SessionWay of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
