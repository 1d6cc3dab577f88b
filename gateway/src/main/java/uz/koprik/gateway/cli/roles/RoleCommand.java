package uz.koprik.gateway.cli.roles;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code koprik role}. */
@Command(
        name = "role",
        description = "What accounts of each role may do: show.",
        subcommands = RoleShowCommand.class,
        footer = {"", "Examples:", "  koprik role show", "  koprik role show analyst"})
public final class RoleCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
