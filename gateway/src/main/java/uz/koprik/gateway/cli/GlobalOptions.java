package uz.koprik.gateway.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The root command {@code koprik}, as its subcommands see it: the options that hold for all of them. */
public interface GlobalOptions {

    /** {@code --home}, or null. */
    Path home();

    /** {@code --json}: whether a command shall write JSON. */
    boolean json();

    /** Another command line of the same commands, ready to execute these arguments. */
    CommandLine newCommandLine(List<String> arguments);

    /** The root command above {@code command}. */
    static GlobalOptions of(CommandSpec command) {
        return (GlobalOptions) command.root().userObject();
    }
}
