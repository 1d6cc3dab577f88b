package uz.koprik.gateway.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.gateway.cli.GlobalOptions;
import uz.koprik.gateway.concurrent.ThreadPools;

/** The folder and the centres of one demonstration. However it ends, its own processes end and its own files go. */
final class DemoEnvironment implements AutoCloseable {

    private final GlobalOptions koprik;
    private final Path root;
    private final boolean temporary;
    private final List<DemoCentre> centres = new ArrayList<>();
    private final Thread hook = ThreadPools.shutdownHook("demo-stop", this::clear);
    private boolean cleared;

    private DemoEnvironment(GlobalOptions koprik, Path root, boolean temporary) {
        this.koprik = koprik;
        this.root = root;
        this.temporary = temporary;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * @param koprik the product, whose commands the demonstration runs
     * @param keep folder to use and to leave there; null for a temporary one
     */
    static DemoEnvironment open(GlobalOptions koprik, Path keep) throws IOException {
        if (keep == null) {
            return new DemoEnvironment(koprik, Files.createTempDirectory("koprik-demo-"), true);
        }
        if (Files.exists(keep)) {
            throw new IOException(keep + " exists already; --keep wants a new folder");
        }
        return new DemoEnvironment(koprik, Files.createDirectories(keep).toAbsolutePath(), false);
    }

    Path root() {
        return root;
    }

    synchronized DemoCentre found(String name, String title) throws IOException, DemoFailed {
        DemoCentre centre = DemoCentre.found(koprik, name, title, root);
        centres.add(centre);
        return centre;
    }

    synchronized List<DemoCentre> centres() {
        return List.copyOf(centres);
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            // Then the hook runs by itself and finds nothing left to do.
            return;
        }
    }

    private synchronized void clear() {
        if (cleared) {
            return;
        }
        cleared = true;
        List<Thread> stopping = centres.stream()
                .map(c -> ThreadPools.virtualOnce("demo-close", c::close))
                .toList();
        try {
            for (Thread one : stopping) {
                one.join();
            }
            if (temporary) {
                delete();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("could not remove " + root, e);
        }
    }

    private void delete() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                if (why instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw why;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException why) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
