package uz.koprik.gateway.cli.centre;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code koprik account second-factor}. */
@Command(
        name = "second-factor",
        description = "The second factor of an account, which its owner sets up in the console.",
        subcommands = SecondFactorResetCommand.class)
public final class SecondFactorCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
