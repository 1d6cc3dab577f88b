package uz.koprik.gateway.cli.centre;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.gateway.centre.Backup;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;

/** {@code koprik restore}. */
@Command(
        name = "restore",
        description =
                "Make a home of a backup. Stop the centre the backup was made of first: two must not run with one key.",
        footer = {"", "Example:", "  koprik restore /mnt/backup/tashkent-2026-11-22 --home /var/lib/koprik-new"})
public final class RestoreCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A folder that `koprik backup` made.")
    private Path directory;

    @Override
    public Integer call() throws IOException {
        Home home = HomeOption.of(spec);
        try {
            Backup.restore(directory.toAbsolutePath().normalize(), home);
        } catch (ConfigException wrong) {
            throw new Failure(ExitCode.HOME, wrong.getMessage());
        }
        CommandOutput.out(spec).println("Restored into " + home.root());
        return ExitCode.OK;
    }
}
