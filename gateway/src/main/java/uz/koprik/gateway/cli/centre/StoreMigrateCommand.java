package uz.koprik.gateway.cli.centre;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import uz.koprik.gateway.centre.StoreOpener;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;

/** {@code koprik store migrate}. */
@Command(
        name = "migrate",
        description = {
            "Rebuilds the index of entries on Elasticsearch from the log, with the current shards and replicas, and switches to it.",
            "Gateways go on meanwhile."
        },
        footer = {"", "Example:", "  koprik store migrate --home /var/lib/koprik"})
public final class StoreMigrateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Home home = HomeOption.existing(spec);
        try {
            String index = StoreOpener.migrate(home, ConfigFile.read(home.config()));
            CommandOutput.out(spec).println("The entries are in " + index + " now");
            return ExitCode.OK;
        } catch (ConfigException wrong) {
            throw new Failure(ExitCode.HOME, wrong.getMessage());
        } catch (IOException failed) {
            throw new Failure(ExitCode.FAILED, "the index was not made: " + failed.getMessage());
        }
    }
}
