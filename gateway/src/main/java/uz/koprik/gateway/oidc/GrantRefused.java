package uz.koprik.gateway.oidc;

/** The provider does not give tokens for a code or refresh token (RFC 6749, section 5.2: {@code invalid_grant}). */
public final class GrantRefused extends Exception {

    private static final long serialVersionUID = 1L;

    GrantRefused(String reason) {
        super(reason, null, false, false);
    }
}
