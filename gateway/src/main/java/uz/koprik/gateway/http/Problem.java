package uz.koprik.gateway.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.wording.Sentence;

/**
 * A request that cannot be served: the status, and the text for the caller. Thrown anywhere below a handler; the server
 * turns it into the error format of the resource (TAXII 2.1, section 3.6.1, or RFC 9457).
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final transient Optional<Duration> retryAfter;
    private final transient List<Finding> findings;
    private final transient JsonObject members;

    /**
     * One of several things that are wrong with a request; the schema {@code Fault}.
     *
     * @param where in words, such as {@code article 7}
     * @param pointer JSON pointer (RFC 6901) into the request
     * @param reason what is wrong
     * @param code stable word
     */
    public record Finding(String where, String pointer, Sentence reason, String code) {}

    /**
     * @param status HTTP status, 400 to 599
     * @param title a few words, the same for every problem of the kind
     * @param detail a sentence: what is wrong with this request and what to do; no content of objects, no secrets
     */
    public Problem(int status, String title, String detail) {
        this(
                status,
                title,
                detail,
                Optional.empty(),
                List.of(),
                JsonObject.builder().build());
    }

    private Problem(
            int status,
            String title,
            String detail,
            Optional<Duration> retryAfter,
            List<Finding> findings,
            JsonObject members) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.retryAfter = retryAfter;
        this.findings = List.copyOf(findings);
        this.members = members;
    }

    /** A temporary problem: the answer says when to try again. */
    public static Problem later(int status, String title, String detail, Duration retryAfter) {
        return new Problem(
                status,
                title,
                detail,
                Optional.of(retryAfter),
                List.of(),
                JsonObject.builder().build());
    }

    /** The same problem with each thing that is wrong for itself. */
    public Problem with(List<Finding> each) {
        return new Problem(status, title, getMessage(), retryAfter, each, members);
    }

    /** The same problem with further members (RFC 9457, section 3.2), besides those that every problem has. */
    public Problem having(JsonObject further) {
        return new Problem(status, title, getMessage(), retryAfter, findings, further);
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The stable word of the kind, by which programs and the console recognise it: {@code not-found}. */
    public String code() {
        return code(title);
    }

    /**
     * The code of a title: lower case, words joined by hyphens. {@code Not an envelope} gives {@code not-an-envelope}.
     *
     * @param title of a problem
     */
    public static String code(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    /** Each thing that is wrong; empty when the detail says all. */
    public List<Finding> findings() {
        return findings;
    }

    /** Further members of the kind; without members when there are none. */
    public JsonObject members() {
        return members;
    }

    /** When it makes sense to try again. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
