package uz.koprik.gateway.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uz.koprik.crypto.Sha256;
import uz.koprik.indicators.store.state.StateStore;

/** Papers as files below a folder, for a centre of one gateway: a version is the content's SHA-256. */
public final class FileStateStore implements StateStore {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private final Path root;

    /** @param root made when the first paper is written */
    public FileStateStore(Path root) {
        this.root = root;
    }

    @Override
    public List<Paper> read(Collection<String> names) {
        List<Paper> found = new ArrayList<>();
        for (String name : names) {
            find(name).ifPresent(found::add);
        }
        return found;
    }

    private Optional<Paper> find(String name) {
        try {
            byte[] content = Files.readAllBytes(file(name));
            return Optional.of(new Paper(name, Sha256.hex(content), content));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file(name) + " cannot be read", e);
        }
    }

    @Override
    public synchronized Optional<String> replace(String name, String expected, byte[] content) {
        String there = find(name).map(Paper::version).orElse("");
        if (!there.equals(expected)) {
            return Optional.empty();
        }
        try {
            if (!Files.isDirectory(root)) {
                Home.ownerOnlyFolder(root);
            }
            Path folder = root;
            for (Path part : root.relativize(file(name).getParent())) {
                folder = folder.resolve(part);
                if (!Files.isDirectory(folder)) {
                    Home.ownerOnlyFolder(folder);
                    SecretFile.flushFolder(folder.getParent());
                }
            }
            SecretFile.replace(file(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(file(name) + " cannot be written", e);
        }
        return Optional.of(Sha256.hex(content));
    }

    @Override
    public synchronized void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(file(name) + " cannot be removed", e);
        }
    }

    @Override
    public List<String> names(String beginning) {
        Path folder = root.resolve(beginning.substring(0, beginning.lastIndexOf('/') + 1));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    // Files that are being written begin with a dot.
                    .filter(name ->
                            name.startsWith(beginning) && NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be listed", e);
        }
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no paper has that name");
        }
        return root.resolve(name);
    }
}
