package uz.koprik.gateway.cli.centre;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uz.koprik.gateway.centre.StoreOpener;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;

/** {@code koprik store copy}. */
@Command(
        name = "copy",
        description = {
            "Copy the whole sequence from one backend to the other, both as koprik.yaml describes them.",
            "Stop all gateways of the centre first. After an interruption, run it again: it continues where it stopped. The copy is a",
            "store only when its digest is that of the source. Afterwards set store.kind and start."
        },
        footer = {"", "Example:", "  koprik store copy --from lucene --to elasticsearch --home /var/lib/koprik"})
public final class StoreCopyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "KIND", description = "lucene or elasticsearch.")
    private Config.StoreKind from;

    @Option(names = "--to", required = true, paramLabel = "KIND", description = "The other.")
    private Config.StoreKind to;

    @Override
    public Integer call() {
        Home home = HomeOption.existing(spec);
        try {
            String copied = StoreOpener.copy(home, ConfigFile.read(home.config()), from, to);
            CommandOutput.out(spec).println("Copied " + copied);
            return ExitCode.OK;
        } catch (ConfigException wrong) {
            throw new Failure(ExitCode.HOME, wrong.getMessage());
        } catch (IOException failed) {
            throw new Failure(ExitCode.FAILED, "the store was not copied: " + failed.getMessage());
        }
    }
}
