package uz.koprik.gateway.sources;

import java.time.Duration;
import java.util.Optional;
import uz.koprik.indicators.wording.Sentence;

/** Why a feed was not read, for operators; the sentence has neither content of the feed nor secrets. */
class SourceFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Sentence trouble;
    private final transient Optional<Duration> retryAfter;

    SourceFailure(Sentence trouble) {
        this(trouble, Optional.empty());
    }

    /** @param retryAfter how long the server asks to wait */
    SourceFailure(Sentence trouble, Optional<Duration> retryAfter) {
        super(trouble.text());
        this.trouble = trouble;
        this.retryAfter = retryAfter;
    }

    SourceFailure(Sentence trouble, Throwable cause) {
        super(trouble.text(), cause);
        this.trouble = trouble;
        this.retryAfter = Optional.empty();
    }

    /** Why the feed was not read. */
    Sentence trouble() {
        return trouble;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Why one file of a feed was not read; others of the same server may be. */
    static final class OfFile extends SourceFailure {

        private static final long serialVersionUID = 1L;

        private final int status;

        OfFile(Sentence trouble) {
            this(0, trouble);
        }

        /** @param status of the answer that a server gave instead of the file */
        OfFile(int status, Sentence trouble) {
            super(trouble);
            this.status = status;
        }

        OfFile(Sentence trouble, Throwable cause) {
            super(trouble, cause);
            this.status = 0;
        }

        /** Whether the server has no such file. */
        boolean isMissing() {
            return status == 404 || status == 410;
        }
    }
}
