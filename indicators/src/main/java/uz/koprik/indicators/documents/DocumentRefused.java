package uz.koprik.indicators.documents;

/** A document that cannot be read. The message says why and what to do, and never quotes the document. */
public final class DocumentRefused extends Exception {

    private static final long serialVersionUID = 1L;

    public DocumentRefused(String message) {
        super(message);
    }

    public DocumentRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
