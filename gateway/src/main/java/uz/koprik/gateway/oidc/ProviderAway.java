package uz.koprik.gateway.oidc;

/** The provider cannot be asked now: it does not answer, or answers what is no answer. Says why, for the log. */
public final class ProviderAway extends Exception {

    private static final long serialVersionUID = 1L;

    ProviderAway(String reason) {
        super(reason, null, false, false);
    }

    ProviderAway(String reason, Throwable cause) {
        super(reason, cause, false, false);
    }
}
