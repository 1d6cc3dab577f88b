package uz.koprik.gateway.accessrecord;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.config.SecretFile;

/**
 * The files of one stream of the access record: segments of chained lines, named by the number of their first entry,
 * and the mark, which says how far the stream went and where it begins.
 *
 * <p>The mark lies beside the folder. Its name stands before that of the folder, so that a copy in the order of names
 * has a mark that is not ahead of the segments.
 *
 * @param root the folder of all streams
 * @param stream its name, such as {@code gateway}
 */
record AccessFolder(Path root, String stream) {

    private static final String SUFFIX = ".jsonl";

    /**
     * How far a stream went.
     *
     * @param first number of the first entry that is kept
     * @param chain where it ended
     */
    record Mark(long first, AccessChain chain) {}

    Path folder() {
        return root.resolve(stream);
    }

    Path markFile() {
        return root.resolve(stream + "-mark.json");
    }

    Path segment(long first) {
        return folder().resolve(String.format(Locale.ROOT, "%012d%s", first, SUFFIX));
    }

    /** The streams there are. */
    static List<AccessFolder> all(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> content = Files.list(root)) {
            return content.filter(Files::isDirectory)
                    .map(folder -> new AccessFolder(root, folder.getFileName().toString()))
                    .sorted((one, other) -> one.stream.compareTo(other.stream))
                    .toList();
        }
    }

    /** The segments by the number of their first entry. */
    TreeMap<Long, Path> segments() throws IOException {
        TreeMap<Long, Path> segments = new TreeMap<>();
        if (!Files.isDirectory(folder())) {
            return segments;
        }
        try (Stream<Path> content = Files.list(folder())) {
            for (Path file : content.toList()) {
                String name = file.getFileName().toString();
                if (name.matches("\\d{12}\\" + SUFFIX)) {
                    segments.put(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())), file);
                }
            }
        }
        return segments;
    }

    /** The whole lines of a segment, without their line feeds; none of a segment that has just expired. */
    static List<String> lines(Path segment) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(segment);
            return new String(bytes, 0, end(bytes), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (NoSuchFileException expired) {
            return List.of();
        }
    }

    /** Where the whole lines of a segment end. Space ahead of the writer is filled with zeros. */
    static int end(byte[] segment) {
        int end = 0;
        for (int i = 0; i < segment.length && segment[i] != 0; i++) {
            if (segment[i] == '\n') {
                end = i + 1;
            }
        }
        return end;
    }

    /**
     * The mark; empty when there is none.
     *
     * @throws IOException when it cannot be read or is damaged
     */
    Optional<Mark> mark() throws IOException {
        try {
            JsonObject json = StrictJson.parseObject(Files.readAllBytes(markFile()));
            String hash = json.string("chain").orElse("");
            if (!hash.matches("([0-9a-f]{64})?") || !json.has("n") || !json.has("first")) {
                throw new IOException(markFile() + " is damaged");
            }
            return Optional.of(
                    new Mark(AccessEntry.number(json, "first"), new AccessChain(AccessEntry.number(json, "n"), hash)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (MalformedJson damaged) {
            throw new IOException(markFile() + " is damaged: " + damaged.reason(), damaged);
        }
    }

    void write(Mark mark) throws IOException {
        SecretFile.replace(
                markFile(),
                CanonicalJson.bytes(JsonObject.builder()
                        .put("first", mark.first())
                        .put("n", mark.chain().number())
                        .put("chain", mark.chain().hash())
                        .build()));
    }
}
