package uz.koprik.gateway.cli.centre;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.envelope.EnvelopeKeys;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.FileFailures;
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.SecretFile;

/** {@code koprik backup key}. */
@Command(
        name = "key",
        description = {
            "Make the key pair of scheduled backups.",
            "The public key goes to backup.recipient of koprik.yaml. The private key goes to a file outside of the home:"
                    + " move it to a place offline. Without it, no backup can be restored."
        },
        footer = {"", "Example:", "  koprik backup key /media/usb/koprik-backup.key --home /var/lib/koprik"})
public final class BackupKeyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "New file for the private key, not in the home.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        Home home = HomeOption.existing(spec);
        Path secret = FileFailures.requireTarget(file.toAbsolutePath().normalize());
        Path recipient = recipient(home);
        if (secret.getParent().toRealPath().startsWith(home.root().toRealPath())) {
            throw new Failure(
                    ExitCode.USAGE,
                    secret + " is in the home: who gets the home and its backups could then open them; name a file"
                            + " elsewhere, best on a disk that is taken offline");
        }
        for (Path target : new Path[] {secret, recipient}) {
            if (Files.exists(target)) {
                throw new Failure(
                        ExitCode.FAILED,
                        target
                                + " exists already: move it away first; backups that it belongs to need its private key");
            }
        }
        KeyPair pair = EnvelopeKeys.generate();
        SecretFile.replace(secret, EnvelopeKeys.privatePem(pair));
        boolean both = false;
        try {
            SecretFile.replace(recipient, EnvelopeKeys.publicPem(pair));
            both = true;
        } finally {
            if (!both) {
                Files.deleteIfExists(secret);
            }
        }
        CommandOutput out = CommandOutput.out(spec);
        out.println("The public key is in " + recipient + ": scheduled backups are encrypted to it");
        out.println("The private key is in " + secret
                + ": keep it offline, with a copy in a second place. Without it, no backup can be restored");
        return ExitCode.OK;
    }

    private static Path recipient(Home home) {
        try {
            Config config = ConfigFile.read(home.config());
            return FileFailures.requireTarget(home.backupRecipient(config));
        } catch (ConfigException wrong) {
            throw new Failure(ExitCode.HOME, wrong.getMessage());
        }
    }
}
