package uz.koprik.gateway.http;

/**
 * A request that cannot be served: the status, and what to tell the caller. Thrown anywhere below a handler; the server
 * turns it into the error format of the resource (TAXII 2.1, section 3.6.1, or RFC 9457).
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    /**
     * @param status HTTP status, 400 to 599
     * @param title a few words, the same for every problem of the kind
     * @param detail a sentence: what is wrong with this request and what to do; no content of objects, no secrets
     */
    public Problem(int status, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
