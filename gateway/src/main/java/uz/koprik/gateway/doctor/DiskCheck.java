package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import uz.koprik.gateway.config.ConfigException;

/** There is room for the home, the store and backups. */
final class DiskCheck implements DoctorCheck {

    private static final long LITTLE = 2L << 30;
    private static final long NONE = 256L << 20;

    @Override
    public String what() {
        return "disk";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, ConfigException {
        Set<Path> folders = new LinkedHashSet<>(List.of(examined.home().root()));
        if (examined.ownStore()) {
            folders.add(examined.home().data(examined.config()));
        }
        folders.addAll(examined.home().backupFolders(examined.config()));
        List<Finding> found = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                long room = examined.machine().free(folder);
                String words = (room >> 20) + " MiB are free for " + folder;
                String cure = "make room on that disk, or move the folder to a larger one";
                found.add(
                        room >= LITTLE
                                ? Finding.ok(what(), words)
                                : room >= NONE
                                        ? Finding.warning(what(), words, cure)
                                        : Finding.error(
                                                what(), words + ", and intake stops when the disk is full", cure));
            }
        }
        return found;
    }
}
