package uz.koprik.gateway.centre;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.Home;

/**
 * Where backups may be written: below the folders of {@code backup.folders}, and nowhere else by a link or {@code ..}.
 */
public final class BackupFolders {

    private BackupFolders() {}

    /**
     * Checks where a backup shall go.
     *
     * @return the folder itself, without links
     * @throws IOException when it is not below one of the folders: names those
     */
    public static Path require(Home home, Config config, Path wanted) throws IOException {
        List<Path> folders = home.backupFolders(config);
        Path target = real(wanted.toAbsolutePath().normalize());
        for (Path folder : folders) {
            Path allowed = real(folder);
            if (target.startsWith(allowed) && !target.equals(allowed)) {
                return target;
            }
        }
        throw new IOException("backups are written below "
                + String.join(", ", folders.stream().map(Path::toString).toList()) + " only, not to " + wanted
                + "; name such a folder, or add yours to backup.folders in koprik.yaml");
    }

    /** The path without links, as far as it is there. */
    private static Path real(Path path) throws IOException {
        Path there = path;
        while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS) && there.getParent() != null) {
            there = there.getParent();
        }
        Path real = there.toRealPath();
        return there.equals(path) ? real : real.resolve(there.relativize(path));
    }
}
