package uz.koprik.gateway.taxii;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.SecretFile;

/**
 * Status resources (TAXII 2.1, section 4.3) on disk, so that they outlive a restart: one folder per hour, removed whole
 * when its time is over. The first line of a file is its owner, the rest is the resource.
 */
public final class StatusFiles {

    private static final Logger LOG = LoggerFactory.getLogger(StatusFiles.class);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern HOUR = Pattern.compile("\\d{1,12}");

    private final Path folder;
    private final Duration kept;
    private final InstantSource clock;

    /** @param kept how long a status can be asked for */
    public StatusFiles(Path folder, Duration kept, InstantSource clock) {
        this.folder = folder;
        this.kept = kept;
        this.clock = clock;
    }

    /** A fresh id. */
    static String freshId() {
        return UUID.randomUUID().toString();
    }

    void write(String id, String owner, byte[] resource) throws IOException {
        Path hour = folder.resolve(Long.toString(hour(clock.instant())));
        Home.ownerOnlyFolder(hour);
        byte[] line = (owner + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[line.length + resource.length];
        System.arraycopy(line, 0, content, 0, line.length);
        System.arraycopy(resource, 0, content, line.length, resource.length);
        SecretFile.replace(hour.resolve(id), content);
    }

    /** The resource, when it is there and {@code owner} made it. */
    Optional<byte[]> read(String id, String owner) throws IOException {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        byte[] expected = (owner + "\n").getBytes(StandardCharsets.UTF_8);
        for (long hour = hour(now); hour >= hour(now.minus(kept)); hour--) {
            Path file = folder.resolve(Long.toString(hour)).resolve(id);
            if (Files.exists(file)) {
                byte[] content = Files.readAllBytes(file);
                boolean own = content.length > expected.length
                        && Arrays.equals(content, 0, expected.length, expected, 0, expected.length);
                return own
                        ? Optional.of(Arrays.copyOfRange(content, expected.length, content.length))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Removes what is no longer kept. Called now and then. */
    public void sweep() {
        long oldest = hour(clock.instant().minus(kept));
        for (Path hour : list(folder)) {
            String name = hour.getFileName().toString();
            if (HOUR.matcher(name).matches() && Long.parseLong(name) < oldest) {
                try {
                    for (Path file : list(hour)) {
                        Files.deleteIfExists(file);
                    }
                    Files.deleteIfExists(hour);
                } catch (IOException stuck) {
                    LOG.warn("old status files stay in {}: {}", hour, stuck.getMessage());
                }
            }
        }
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.toList();
        } catch (IOException unreadable) {
            LOG.warn("cannot look into {}: {}", folder, unreadable.getMessage());
            return List.of();
        }
    }

    private static long hour(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 3600L);
    }
}
