package uz.koprik.gateway.feeds;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Something at, or on the way to, a partner went wrong. The message is for operators: what, why, what to do. */
final class PartnerFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Optional<Duration> retryAfter;

    PartnerFailure(String message) {
        this(message, null);
    }

    PartnerFailure(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
        this.retryAfter = Optional.empty();
    }

    PartnerFailure(int status, String message, Optional<Duration> retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** HTTP status of the answer; 0 when there was none. */
    int status() {
        return status;
    }

    /** When the partner asked to be called again. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
