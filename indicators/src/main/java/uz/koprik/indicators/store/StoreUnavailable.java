package uz.koprik.indicators.store;

/**
 * The store cannot serve now: disk full, cluster away, closed. Nothing of the failed call was acknowledged; routes
 * answer that the client try again later (HTTP 503 with Retry-After), and feeds back off.
 */
public class StoreUnavailable extends Exception {

    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
