package uz.koprik.gateway.cli.partners;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The TLS key and certificate of this centre. */
@Command(
        name = "tls",
        description = "The TLS key and certificate of this centre.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TlsRenewCommand.class})
public final class TlsCommand implements Runnable {

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which? renew");
    }
}
