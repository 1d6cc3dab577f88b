package uz.koprik.gateway.feeds;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import uz.koprik.gateway.trouble.Trouble;

/** Something at, or on the way to, a partner went wrong. The trouble is for operators: what, why, what to do. */
final class PartnerFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Trouble trouble;
    private final int status;
    private final transient Optional<Duration> retryAfter;

    PartnerFailure(Trouble trouble) {
        this(trouble, null);
    }

    PartnerFailure(Trouble trouble, Throwable cause) {
        super(trouble.sentence(), cause);
        this.trouble = trouble;
        this.status = 0;
        this.retryAfter = Optional.empty();
    }

    PartnerFailure(int status, Trouble trouble, Optional<Duration> retryAfter) {
        super(trouble.sentence());
        this.trouble = trouble;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** What went wrong. */
    Trouble trouble() {
        return trouble;
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
