package uz.koprik.gateway.cli.centre;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.envelope.EnvelopeKeys;
import uz.koprik.gateway.backup.BackupArchive;
import uz.koprik.gateway.centre.Backup;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.FileFailures;
import uz.koprik.gateway.config.ConfigException;

/** {@code koprik backup verify}. */
@Command(
        name = "verify",
        description = {
            "Open a scheduled backup, restore it into a scratch home and examine that. Needs no centre.",
            "The scratch home holds the private keys of the centre while the command runs."
        },
        footer = {"", "Example:", "  koprik backup verify --key /media/usb/koprik-backup.key ARCHIVE"})
public final class BackupVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ARCHIVE", description = "A scheduled backup.")
    private Path archive;

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "File with the private key.")
    private Path key;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Existing folder for the scratch home (default: that for temporary files).")
    private Path work;

    @Override
    public Integer call() throws IOException {
        FileFailures.open(archive).close();
        if (work != null && !Files.isDirectory(work)) {
            throw new Failure(ExitCode.USAGE, "there is no folder " + work + ": make it, or name another");
        }
        Path scratch = work == null
                ? Files.createTempDirectory("koprik-verify")
                : Files.createTempDirectory(work, "koprik-verify");
        try {
            BackupArchive.unpack(archive, EnvelopeKeys.readPrivate(key), scratch.resolve("copy"));
            String found = Backup.check(scratch.resolve("copy"), scratch.resolve("home"));
            CommandOutput.out(spec).println(archive + " is good: " + found);
        } catch (ConfigException wrong) {
            throw new Failure(ExitCode.HOME, wrong.getMessage());
        } finally {
            BackupArchive.remove(scratch);
        }
        return ExitCode.OK;
    }
}
