package uz.koprik.gateway.demo;

/** Something that the demonstration promised did not happen; the message says what. */
final class DemoFailed extends Exception {

    private static final long serialVersionUID = 1L;

    DemoFailed(String message) {
        super(message);
    }
}
