package uz.koprik.gateway.config;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.PrivateFiles;

/**
 * Keeps others on the machine out of a home. A home that others can write into, and secrets that others can read, stop
 * the start: somebody may have used that. All other modes are corrected.
 */
public final class HomeModes {

    private static final Logger LOG = LoggerFactory.getLogger(HomeModes.class);

    private static final Set<PosixFilePermission> OTHERS_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Home home;

    public HomeModes(Home home) {
        this.home = home;
    }

    /**
     * Refuses what cannot be mended by a change of mode.
     *
     * @throws ConfigException naming the file whose mode is too wide, and the command that mends it
     */
    public void check() throws ConfigException {
        try {
            if (!posix(home.root())) {
                return;
            }
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(home.root());
            if (mode.stream().anyMatch(OTHERS_WRITE::contains)) {
                throw new ConfigException(
                        home.root().toString(),
                        0,
                        "others than its owner can write into the home ("
                                + PosixFilePermissions.toString(mode)
                                + "), and may have changed files in it; look at it, then run: chmod 700 "
                                + home.root());
            }
            if (Files.isDirectory(home.keys())) {
                checkSecret(home.keys());
                try (var files = Files.list(home.keys())) {
                    for (Path file : files.sorted().toList()) {
                        checkSecret(file);
                    }
                }
            }
            for (Path file : List.of(home.accounts(), home.adminToken())) {
                if (Files.exists(file)) {
                    checkSecret(file);
                }
            }
        } catch (IOException unreadable) {
            throw new ConfigException(home.root().toString(), 0, "cannot be read: " + unreadable.getMessage());
        }
    }

    private void checkSecret(Path path) throws IOException, ConfigException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
        if (!PrivateFiles.FOLDER_MODE.containsAll(mode)) {
            String right = Files.isDirectory(path) ? "700" : "600";
            throw new ConfigException(
                    home.root().relativize(path).toString(),
                    0,
                    "others than its owner may use it (" + PosixFilePermissions.toString(mode) + "); run: chmod "
                            + right + " " + path);
        }
    }

    /** What in the home others can use, the home itself first. Links are not followed: the home ends there. */
    public List<Path> open() throws IOException {
        List<Path> found = new ArrayList<>();
        if (!posix(home.root())) {
            return found;
        }
        Files.walkFileTree(home.root(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                return visitFile(folder, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isSymbolicLink()
                        && !PrivateFiles.FOLDER_MODE.containsAll(
                                Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS))) {
                    found.add(path);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failed) throws IOException {
                if (failed instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // temporary files come and go
                }
                throw failed;
            }
        });
        return found;
    }

    /** Takes everything in the home from others, and says so in a line. */
    public void restrict() throws IOException {
        List<Path> found = open();
        for (Path path : found) {
            PrivateFiles.restrict(path);
        }
        if (!found.isEmpty()) {
            LOG.warn(
                    "others than the owner of {} could use {} of its files and folders ({} among them): the modes are 0700 and 0600 now",
                    home.root(),
                    found.size(),
                    found.getFirst());
        }
    }

    private static boolean posix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }
}
