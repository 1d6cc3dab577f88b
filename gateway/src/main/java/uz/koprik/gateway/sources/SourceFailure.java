package uz.koprik.gateway.sources;

/** Why a feed was not read, in a sentence for operators that has neither content of the feed nor secrets. */
final class SourceFailure extends Exception {

    private static final long serialVersionUID = 1L;

    SourceFailure(String message) {
        super(message);
    }

    SourceFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
