package uz.koprik.gateway.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import picocli.CommandLine.Model.CommandSpec;
import uz.koprik.gateway.logging.TerminalText;

/**
 * Where commands print; nothing else in them writes to the terminal. Text for people goes through {@link TerminalText},
 * since names and reasons come from partners; JSON and exports for programs stay exact.
 */
public final class CommandOutput {

    private final PrintWriter out;

    CommandOutput(PrintWriter out) {
        this.out = out;
    }

    /** Standard output of a command. */
    public static CommandOutput out(CommandSpec spec) {
        return new CommandOutput(spec.commandLine().getOut());
    }

    /** Standard error of a command. */
    public static CommandOutput err(CommandSpec spec) {
        return new CommandOutput(spec.commandLine().getErr());
    }

    /** Around a writer that is no command's yet. */
    public static CommandOutput to(PrintWriter out) {
        return new CommandOutput(out);
    }

    /** Prints an empty line. */
    public void println() {
        out.println();
    }

    /** Prints one line for people, with any content. */
    public void println(String line) {
        out.println(TerminalText.line(line));
    }

    /** Prints by a format of our own; texts among {@code arguments} stay on their line. */
    public void printf(String format, Object... arguments) {
        Object[] shown = Arrays.stream(arguments)
                .map(one -> one instanceof Number || one instanceof Character
                        ? one
                        : TerminalText.line(String.valueOf(one)))
                .toArray();
        out.printf(java.util.Locale.ROOT, format, shown);
    }

    /** Prints text for people whose line feeds are meant. */
    public void lines(String text) {
        out.println(TerminalText.lines(text));
    }

    /** Prints JSON for programs, exactly, and ends the line. */
    public void json(String text) {
        out.println(text);
    }

    /** Prints what a program reads, exactly. */
    public void exact(String text) {
        out.print(text);
    }

    /** For exports, which programs read; exact. */
    public Writer exactly() {
        return out;
    }

    public void flush() {
        out.flush();
    }
}
