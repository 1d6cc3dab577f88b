package uz.koprik.gateway.cli.centre;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done to a centre's store as a whole. */
@Command(
        name = "store",
        description =
                "Copy a centre's store between backends, rebuild its index, or list objects that were taken over or mixed.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StoreCopyCommand.class,
            StoreMigrateCommand.class,
            StoreTakeoversCommand.class,
            StoreClustersCommand.class
        })
public final class StoreCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which? copy, migrate, takeovers or clusters");
    }
}
