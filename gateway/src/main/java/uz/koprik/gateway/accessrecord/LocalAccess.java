package uz.koprik.gateway.accessrecord;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.observable.Normalisation;

/** The stream of the commands on this machine, which have processes of their own: a lock puts them in turn. */
public final class LocalAccess {

    private static final String STREAM = "local";

    private LocalAccess() {}

    /** Work on the stream. */
    private interface Work {
        void on(AccessJournal journal) throws IOException;
    }

    /**
     * Adds an entry of a command, durably.
     *
     * @param root folder of the streams of a home
     * @param user who runs it
     * @param command its name, such as {@code koprik account add}
     * @param arguments what it is about
     * @param about what else is to be known of it, by name
     * @param normalisation the centre's card tokens
     * @throws IOException when it cannot be written
     */
    public static void add(
            Path root,
            Instant at,
            String user,
            String command,
            List<String> arguments,
            Map<String, String> about,
            Normalisation normalisation)
            throws IOException {
        CardRedaction cards = new CardRedaction(normalisation);
        AccessEntry entry = AccessEntry.ofCommand(
                at, user, command, arguments.stream().map(cards::of).toList(), about);
        locked(root, journal -> {
            try {
                journal.add(entry).join();
            } catch (CompletionException failed) {
                throw failed.getCause() instanceof IOException full ? full : new IOException(failed.getCause());
            }
        });
    }

    /** Removes entries that are older than {@code before}. */
    static void expire(Path root, Instant before) throws IOException {
        if (Files.isDirectory(root.resolve(STREAM))) {
            locked(root, journal -> journal.expire(before));
        }
    }

    /** What an administrator of the machine runs leaves files that the centre can read. */
    private static void leaveToOwner(Path root, AccessFolder folder) throws IOException {
        UserPrincipal owner = Files.getOwner(root.toAbsolutePath().getParent());
        List<Path> files = new ArrayList<>(List.of(root, root.resolve("." + STREAM + ".lock"), folder.folder()));
        files.add(folder.markFile());
        files.addAll(folder.segments().values());
        for (Path file : files) {
            if (Files.exists(file) && !Files.getOwner(file).equals(owner)) {
                Files.setOwner(file, owner);
            }
        }
    }

    private static synchronized void locked(Path root, Work work) throws IOException {
        Home.ownerOnlyFolder(root);
        try (FileChannel file = PrivateFiles.open(
                        root.resolve("." + STREAM + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            if (lock.isValid()) {
                AccessFolder folder = new AccessFolder(root, STREAM);
                try (AccessJournal journal = AccessJournal.open(folder)) {
                    work.on(journal);
                }
                leaveToOwner(root, folder);
            }
        }
    }
}
