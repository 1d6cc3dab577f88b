package uz.koprik.gateway.oidc;

/** A token or answer of the provider breaks a rule. The message says which one, for the log; it quotes no content. */
final class TokenRejected extends Exception {

    private static final long serialVersionUID = 1L;

    TokenRejected(String rule) {
        super(rule, null, false, false);
    }

    TokenRejected(String rule, Throwable cause) {
        super(rule, cause, false, false);
    }
}
