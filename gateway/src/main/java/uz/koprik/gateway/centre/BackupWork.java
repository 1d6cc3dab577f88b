package uz.koprik.gateway.centre;

import java.io.IOException;
import java.nio.file.Path;
import uz.koprik.gateway.backup.ScheduledBackups;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;

/** Copies a running centre for its scheduled backups, and examines the copies. */
record BackupWork(Home home, Config config, InternalStore store) implements ScheduledBackups.Work {

    @Override
    public void copy(Path folder) throws IOException, StoreUnavailable {
        Backup.write(home, config, store, folder);
    }

    @Override
    public String check(Path folder, Path scratch) throws IOException {
        try {
            return Backup.check(folder, scratch);
        } catch (ConfigException damaged) {
            throw new IOException(damaged.getMessage(), damaged);
        }
    }
}
