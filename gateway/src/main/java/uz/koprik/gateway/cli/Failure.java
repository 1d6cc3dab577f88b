package uz.koprik.gateway.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** A command that cannot do what it was asked: one sentence for people, one of {@link ExitCode} for scripts. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient List<String> lines;

    public Failure(int exitCode, String sentence) {
        this(exitCode, List.of(String.valueOf(sentence)));
    }

    /** @param lines the sentence, and more about it, a line each */
    public Failure(int exitCode, List<String> lines) {
        super(String.join(System.lineSeparator(), lines), null, false, false);
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    /** The same, in which members of the API have the names of the options of a command. */
    public Failure inWordsOf(CommandSpec command) {
        return new Failure(exitCode, OptionNames.of(command).in(lines));
    }

    /** What to print, a line each. */
    public List<String> lines() {
        return lines;
    }

    public int exitCode() {
        return exitCode;
    }
}
