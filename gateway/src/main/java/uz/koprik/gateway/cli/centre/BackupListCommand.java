package uz.koprik.gateway.cli.centre;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.backup.BackupShelf;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.GlobalOptions;
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;

/** {@code koprik backup list}. */
@Command(name = "list", description = "List the scheduled backups, newest first.")
public final class BackupListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Home home = HomeOption.existing(spec);
        CommandOutput out = CommandOutput.out(spec);
        try {
            Config config = ConfigFile.read(home.config());
            List<BackupShelf.Stored> all = new BackupShelf(home.scheduledBackups(config), config.name()).list();
            if (GlobalOptions.of(spec).json()) {
                all.forEach(stored -> out.println(json(stored)));
            } else if (all.isEmpty()) {
                out.println("There is no scheduled backup in " + home.scheduledBackups(config));
            } else {
                all.forEach(stored -> out.println(line(stored)));
            }
        } catch (ConfigException wrong) {
            throw new Failure(ExitCode.HOME, wrong.getMessage());
        }
        return ExitCode.OK;
    }

    private static String line(BackupShelf.Stored stored) {
        return stored.made() + "  " + stored.bytes() + " bytes  " + (stored.checked() ? "checked  " : "not checked  ")
                + stored.file();
    }

    private static String json(BackupShelf.Stored stored) {
        return CanonicalJson.text(JsonObject.builder()
                .put("bytes", stored.bytes())
                .put("checked", stored.checked())
                .put("file", stored.file().toString())
                .put("made", stored.made().toString())
                .put("sha256", stored.sha256())
                .build());
    }
}
