package uz.koprik.gateway.cli.centre;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
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
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;

/** {@code koprik restore}. */
@Command(
        name = "restore",
        description =
                "Make a home of a backup. Stop the centre the backup was made of first: two must not run with one key.",
        footer = {
            "",
            "Examples:",
            "  koprik restore /mnt/backup/tashkent-2026-11-22 --home /var/lib/koprik-new",
            "  koprik restore --key /media/usb/koprik-backup.key ARCHIVE --home /var/lib/koprik-new"
        })
public final class RestoreCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "BACKUP",
            description = "A folder that `koprik backup` made, or with --key the archive of a scheduled backup.")
    private Path backup;

    @Option(names = "--key", paramLabel = "FILE", description = "File with the private key of scheduled backups.")
    private Path key;

    @Override
    public Integer call() throws IOException {
        Home home = HomeOption.of(spec);
        try {
            Path source = backup.toAbsolutePath().normalize();
            if (key == null) {
                if (Files.isRegularFile(source)) {
                    throw new Failure(
                            ExitCode.USAGE,
                            source + " is a file: name the private key of scheduled backups with --key, or a folder"
                                    + " that `koprik backup` made");
                }
                Backup.restore(source, home);
            } else {
                restore(source, home);
            }
        } catch (ConfigException wrong) {
            throw new Failure(ExitCode.HOME, wrong.getMessage());
        }
        HomeOption.made(spec);
        CommandOutput.out(spec).println("Restored into " + home.root());
        return ExitCode.OK;
    }

    /** The archive is unpacked beside the new home, where there must be room anyway. */
    private void restore(Path archive, Home home) throws IOException, ConfigException {
        FileFailures.open(archive).close();
        PrivateKey secret = EnvelopeKeys.readPrivate(key);
        home.requireEmpty();
        Path unpacked = home.root().resolveSibling(home.root().getFileName() + ".unpacked");
        BackupArchive.unpack(archive, secret, unpacked);
        try {
            Backup.restore(unpacked, home);
        } finally {
            BackupArchive.remove(unpacked);
        }
    }
}
