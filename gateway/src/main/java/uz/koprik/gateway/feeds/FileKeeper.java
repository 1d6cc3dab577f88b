package uz.koprik.gateway.feeds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.gateway.config.SecretFile;

/** State in a file of the home folder: for a centre of one gateway. */
final class FileKeeper implements StateKeeper {

    private final Path file;

    FileKeeper(Path file) {
        this.file = file;
    }

    @Override
    public Optional<byte[]> read() {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the state file " + file + " cannot be read", e);
        }
    }

    @Override
    public void write(byte[] state) {
        try {
            PrivateFiles.folders(file.toAbsolutePath().getParent());
            SecretFile.replace(file, state);
        } catch (IOException e) {
            throw new UncheckedIOException("the state file " + file + " cannot be written", e);
        }
    }

    @Override
    public void requireOurs() {}

    @Override
    public boolean ours() {
        return true;
    }

    @Override
    public Optional<String> runner() {
        return Optional.empty();
    }

    @Override
    public String place() {
        return "file " + file;
    }
}
