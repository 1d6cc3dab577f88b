package uz.koprik.gateway.partners;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import uz.koprik.indicators.wording.Sentence;

/** Something at, or on the way to, a partner went wrong. The trouble is for operators: what, why, what to do. */
public final class PartnerFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Sentence trouble;
    private final int status;
    private final transient Optional<Duration> retryAfter;

    public PartnerFailure(Sentence trouble) {
        this(trouble, null);
    }

    public PartnerFailure(Sentence trouble, Throwable cause) {
        super(trouble.text(), cause);
        this.trouble = trouble;
        this.status = 0;
        this.retryAfter = Optional.empty();
    }

    public PartnerFailure(int status, Sentence trouble, Optional<Duration> retryAfter) {
        super(trouble.text());
        this.trouble = trouble;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** What went wrong. */
    public Sentence trouble() {
        return trouble;
    }

    /** HTTP status of the answer; 0 when there was none. */
    public int status() {
        return status;
    }

    /** When the partner asked to be called again. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
