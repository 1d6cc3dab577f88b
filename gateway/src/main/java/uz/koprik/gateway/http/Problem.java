package uz.koprik.gateway.http;

import java.time.Duration;
import java.util.Optional;

/**
 * A request that cannot be served: the status, and the text for the caller. Thrown anywhere below a handler; the server
 * turns it into the error format of the resource (TAXII 2.1, section 3.6.1, or RFC 9457).
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final transient Optional<Duration> retryAfter;

    /**
     * @param status HTTP status, 400 to 599
     * @param title a few words, the same for every problem of the kind
     * @param detail a sentence: what is wrong with this request and what to do; no content of objects, no secrets
     */
    public Problem(int status, String title, String detail) {
        this(status, title, detail, Optional.empty());
    }

    private Problem(int status, String title, String detail, Optional<Duration> retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.retryAfter = retryAfter;
    }

    /** A temporary problem: the answer says when to try again. */
    public static Problem later(int status, String title, String detail, Duration retryAfter) {
        return new Problem(status, title, detail, Optional.of(retryAfter));
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** When it makes sense to try again. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
