package uz.koprik.gateway.feeds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.config.LineFile;

/**
 * Which objects of an exchange were refused and why: a line of JSON each, the newest last. Bounded: when the file is
 * full, it becomes the old one and a new one is begun. Safe for use by many threads at once.
 */
public final class RefusalLog {

    /** Size at which a file is full. */
    static final long FULL = 4 << 20;

    private final Path file;
    private final long full;

    /**
     * One refused object.
     *
     * @param direction {@code in} when this centre refused it, {@code out} when the partner did
     * @param code of the reason; the partner's own are all {@code partner}
     */
    public record Line(Instant time, String direction, String id, String code, String pointer, String reason) {}

    RefusalLog(Path file, long full) {
        this.file = file;
        this.full = full;
    }

    synchronized void add(Collection<Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(CanonicalJson.text(JsonObject.builder()
                            .put("time", line.time().toString())
                            .put("direction", line.direction())
                            .put("id", line.id())
                            .put("code", line.code())
                            .put("pointer", line.pointer())
                            .put("reason", line.reason())
                            .build()))
                    .append('\n');
        }
        try {
            PrivateFiles.folders(file.toAbsolutePath().getParent());
            if (Files.exists(file) && Files.size(file) >= full) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            LineFile.append(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the refusals of a feed cannot be written to " + file, e);
        }
    }

    /** The newest lines, newest first. */
    synchronized List<Line> newest(int limit) {
        Deque<Line> last = new ArrayDeque<>();
        for (Path part : List.of(file.resolveSibling(file.getFileName() + ".1"), file)) {
            if (!Files.exists(part)) {
                continue;
            }
            try (var lines = Files.lines(part, StandardCharsets.UTF_8)) {
                lines.forEach(line -> {
                    last.addFirst(read(line));
                    if (last.size() > limit) {
                        last.removeLast();
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException("the refusals of a feed cannot be read from " + part, e);
            }
        }
        return List.copyOf(last);
    }

    private static Line read(String line) {
        try {
            JsonObject json = StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8));
            return new Line(
                    json.string("time").map(Instant::parse).orElse(Instant.EPOCH),
                    json.string("direction").orElse(""),
                    json.string("id").orElse(""),
                    json.string("code").orElse(""),
                    json.string("pointer").orElse(""),
                    json.string("reason").orElse(""));
        } catch (MalformedJson halfWritten) {
            return new Line(Instant.EPOCH, "", "", "", "", "a line that was cut off when the centre was stopped hard");
        }
    }
}
