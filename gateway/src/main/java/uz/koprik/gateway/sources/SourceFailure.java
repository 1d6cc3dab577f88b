package uz.koprik.gateway.sources;

import java.time.Duration;
import java.util.Optional;

/** Why a feed was not read, in a sentence for operators that has neither content of the feed nor secrets. */
class SourceFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Duration> retryAfter;

    SourceFailure(String message) {
        this(message, Optional.empty());
    }

    /** @param retryAfter how long the server asks to wait */
    SourceFailure(String message, Optional<Duration> retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    SourceFailure(String message, Throwable cause) {
        super(message, cause);
        this.retryAfter = Optional.empty();
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Why one file of a feed was not read; others of the same server may be. */
    static final class OfFile extends SourceFailure {

        private static final long serialVersionUID = 1L;

        private final int status;

        OfFile(String message) {
            this(0, message);
        }

        /** @param status of the answer that a server gave instead of the file */
        OfFile(int status, String message) {
            super(message);
            this.status = status;
        }

        OfFile(String message, Throwable cause) {
            super(message, cause);
            this.status = 0;
        }

        /** Whether the server has no such file. */
        boolean isMissing() {
            return status == 404 || status == 410;
        }
    }
}
