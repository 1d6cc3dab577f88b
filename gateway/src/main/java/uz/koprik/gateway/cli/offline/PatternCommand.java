package uz.koprik.gateway.cli.offline;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** STIX patterns, with no centre running. */
@Command(
        name = "pattern",
        description = "STIX patterns: checks them, or matches observed data against them, offline.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PatternCheckCommand.class, PatternMatchCommand.class})
public final class PatternCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which? check or match");
    }
}
