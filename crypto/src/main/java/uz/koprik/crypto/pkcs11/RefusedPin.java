package uz.koprik.crypto.pkcs11;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.crypto.trust.SecretHash;

/**
 * Remembers a PIN that a token refused, so that no later login tries it again, not even after a restart: a token locks
 * itself after few wrong PINs. The file has three lines: serial number of the token, moment, hash of the PIN. For one
 * thread at a time.
 */
final class RefusedPin {

    private final Path file;
    /** Also while the file cannot be written. */
    private List<String> lines = List.of();

    /** @param file for the owner only; need not exist */
    RefusedPin(Path file) {
        this.file = file;
    }

    /** Since when the token is known to refuse this PIN; empty when it is not. */
    Optional<String> since(String serial, char[] pin) throws IOException {
        if (lines.isEmpty()) {
            try {
                lines = List.copyOf(Files.readAllLines(file));
            } catch (NoSuchFileException none) {
                return Optional.empty();
            }
        }
        try {
            return lines.size() == 3 && lines.get(0).equals(serial) && SecretHash.verify(pin, lines.get(2))
                    ? Optional.of(lines.get(1))
                    : Optional.empty();
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    void remember(String serial, char[] pin) throws IOException {
        lines = List.of(serial, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), SecretHash.hash(pin));
        try (FileChannel out = PrivateFiles.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
    }

    void forget() throws IOException {
        lines = List.of();
        Files.deleteIfExists(file);
    }
}
