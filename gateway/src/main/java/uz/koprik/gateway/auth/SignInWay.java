package uz.koprik.gateway.auth;

import java.util.Locale;

/** How the caller of a request proved who it is. */
public enum SignInWay {
    /** HTTP Basic. */
    PASSWORD,
    /** A bearer token. */
    TOKEN,
    /** The cookie of a session that began with the password of an account. */
    SESSION,
    /** The cookie of a session that began at an OpenID Connect provider. */
    OIDC,
    /** The client certificate of a partner. */
    CERTIFICATE;

    /** As it is written in answers. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
