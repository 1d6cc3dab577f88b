package uz.koprik.gateway.cli.centre;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.centre.Backup;
import uz.koprik.gateway.centre.BackupFolders;
import uz.koprik.gateway.cli.CentreAddress;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code koprik backup}. */
@Command(
        name = "backup",
        description = {
            "Copy a whole centre into an empty folder, running or not, below one of backup.folders in koprik.yaml.",
            "The copy holds its private keys: keep it like the home itself.",
            "Scheduled backups are encrypted (backup.schedule in koprik.yaml); the commands below are for those."
        },
        footer = {"", "Example:", "  koprik backup /var/lib/koprik/backups/2026-11-22 --home /var/lib/koprik"},
        subcommands = {BackupKeyCommand.class, BackupListCommand.class, BackupVerifyCommand.class})
public final class BackupCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "An empty or new folder on this machine.")
    private Path directory;

    @Override
    public Integer call() throws IOException {
        if (directory == null) {
            throw new CommandLine.MissingParameterException(
                    spec.commandLine(), spec.positionalParameters().getFirst(), "Missing required parameter: 'DIR'");
        }
        Home home = HomeOption.existing(spec);
        Path target = directory.toAbsolutePath().normalize();
        if (!throughServer(home, target)) {
            try {
                Config config = ConfigFile.read(home.config());
                Backup.write(home, BackupFolders.require(home, config, target));
            } catch (ConfigException wrong) {
                throw new Failure(ExitCode.HOME, wrong.getMessage());
            } catch (StoreUnavailable unavailable) {
                throw new Failure(ExitCode.FAILED, "the store cannot be copied: " + unavailable.getMessage());
            }
        }
        CommandOutput.out(spec).println("Backup of " + home.root() + " is in " + target);
        return ExitCode.OK;
    }

    /** Whether a running centre wrote it; a killed centre leaves its URL file, and no server answers there. */
    private static boolean throughServer(Home home, Path target) throws IOException {
        if (!Files.exists(home.url())) {
            return false;
        }
        CentreAddress address = new CentreAddress(
                URI.create(Files.readString(home.url()).strip()),
                Files.readString(home.adminToken()).strip(),
                home.certificate(),
                false,
                Optional.of(home.root()));
        byte[] body = CanonicalJson.text(
                        JsonObject.builder().put("directory", target.toString()).build())
                .getBytes(StandardCharsets.UTF_8);
        try (CentreClient centre = new CentreClient(address)) {
            CentreClient.Reply reply = centre.post("/api/backup", "application/json", body);
            if (!reply.ok()) {
                throw new Failure(ExitCode.FAILED, CentreAnswers.problemLines(reply));
            }
            return true;
        } catch (Failure unreachable) {
            if (unreachable.exitCode() == ExitCode.UNREACHABLE) {
                return false;
            }
            throw unreachable;
        }
    }
}
