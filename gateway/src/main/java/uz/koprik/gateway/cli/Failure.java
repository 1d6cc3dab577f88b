package uz.koprik.gateway.cli;

/** A command that cannot do what it was asked: one sentence for people, one of {@link ExitCode} for scripts. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public Failure(int exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
