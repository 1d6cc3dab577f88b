package uz.koprik.gateway.cli.centre;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code koprik access}. */
@Command(
        name = "access",
        description = {
            "The access record: who did what, from where, and which values were looked up.",
            "Accounts of the role auditor read it: name the file of their token with --token-file."
        },
        footer = {
            "",
            "Examples:",
            "  koprik access who-looked UZ12345678 --token-file auditor.token",
            "  koprik access list --account anna --from 2026-11-01T00:00:00Z --token-file auditor.token"
        },
        subcommands = {AccessListCommand.class, AccessWhoLookedCommand.class, AccessVerifyCommand.class})
public final class AccessCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
