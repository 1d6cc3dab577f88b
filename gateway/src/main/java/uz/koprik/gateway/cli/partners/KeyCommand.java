package uz.koprik.gateway.cli.partners;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Signing keys, one's own and those of partners. */
@Command(
        name = "key",
        description =
                "Signing keys, our own and those of partners: lists them, changes our own, revokes a key, lists the objects that"
                        + " depend on it, publishes them again.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KeyListCommand.class,
            KeyAnnounceCommand.class,
            KeyRotateCommand.class,
            KeyRetireCommand.class,
            KeyRevokeCommand.class,
            KeyImpactCommand.class,
            KeyRepublishCommand.class
        })
public final class KeyCommand implements Runnable {

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "which? list, announce, rotate, retire, revoke, impact or republish");
    }
}
