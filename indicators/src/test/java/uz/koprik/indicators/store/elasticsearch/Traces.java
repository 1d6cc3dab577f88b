package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import uz.koprik.indicators.store.elasticsearch.client.Connection;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;

/**
 * Looks for words in all that a node keeps: in the bytes of every file, where they may stand as they are or in Base64,
 * and, since files are compressed, in every document and every term of all indices of a prefix. The words are random
 * hexadecimal digits of one length, which compression leaves as they are nearly always.
 */
final class Traces {

    /** Part of a word that is looked for: what precedes it may be shared with the term before. */
    private static final int BEGIN = 6;

    private static final int LENGTH = 16;

    private final Set<String> needles = new HashSet<>();
    private final List<String> words;
    private final long[] ends;

    Traces(List<String> words) {
        this.words = words;
        for (String word : words) {
            String part = word.substring(BEGIN);
            needles.add(part.substring(0, LENGTH));
            for (int shift = 0; shift < 3; shift++) {
                byte[] bytes = (" ".repeat(shift) + part).getBytes(StandardCharsets.US_ASCII);
                String text = Base64.getEncoder().encodeToString(bytes);
                int from = shift == 0 ? 0 : 4;
                needles.add(text.substring(from, from + LENGTH));
            }
        }
        ends = needles.stream()
                .mapToLong(needle -> ByteBuffer.wrap(needle.getBytes(StandardCharsets.US_ASCII))
                        .getLong(LENGTH - Long.BYTES))
                .sorted()
                .toArray();
    }

    /** The files in which any of the words occurs. */
    Set<String> files(Path folder) throws IOException {
        Set<String> found = new TreeSet<>();
        each(folder, (file, bytes) -> {
            if (occurs(bytes)) {
                found.add(folder.relativize(file).toString());
            }
        });
        return found;
    }

    /** How many of the words occur in the bytes of files. */
    long occurring(Path folder) throws IOException {
        Set<String> left = new HashSet<>(needles);
        long before = left.size();
        each(folder, (file, bytes) -> each(bytes, left::remove));
        return before - left.size();
    }

    /**
     * Hands over all files with their bytes, without those that a node deletes meanwhile, as it does when it merges.
     */
    private static void each(Path folder, BiConsumer<Path, byte[]> files) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    files.accept(file, Files.readAllBytes(file));
                    return FileVisitResult.CONTINUE;
                } catch (NoSuchFileException gone) {
                    return visitFileFailed(file, gone);
                }
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException && !Files.exists(file)) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(directory, failure);
            }
        });
    }

    private boolean occurs(byte[] bytes) {
        boolean[] found = new boolean[1];
        each(bytes, needle -> found[0] = true);
        return found[0];
    }

    /** Hands over what is looked for where it occurs; its last eight bytes are compared first. */
    private void each(byte[] bytes, Consumer<String> found) {
        long last = 0;
        for (int i = 0; i < bytes.length; i++) {
            last = (last << 8) | (bytes[i] & 0xFF);
            if (i >= LENGTH - 1 && Arrays.binarySearch(ends, last) >= 0) {
                String window = new String(bytes, i - LENGTH + 1, LENGTH, StandardCharsets.ISO_8859_1);
                if (needles.contains(window)) {
                    found.accept(window);
                }
            }
        }
    }

    /** The documents, by index and id, in which any of the words occurs, and the terms of the index that are one. */
    Set<String> documents(ElasticOptions options) throws Exception {
        Set<String> found = new TreeSet<>();
        try (Connection connection = new Connection(options)) {
            ElasticsearchClient client = connection.client;
            client.indices().refresh(request -> request.index(options.prefix() + "-*"));
            String scroll = null;
            while (true) {
                String at = scroll;
                var hits = at == null
                        ? client.search(
                                request -> request.index(options.prefix() + "-*")
                                        .size(500)
                                        .scroll(time -> time.time("1m")),
                                JsonNode.class)
                        : client.scroll(
                                request -> request.scrollId(at).scroll(time -> time.time("1m")), JsonNode.class);
                scroll = hits.scrollId();
                if (hits.hits().hits().isEmpty()) {
                    break;
                }
                for (var hit : hits.hits().hits()) {
                    if (occurs(hit.source().toString().getBytes(StandardCharsets.UTF_8))) {
                        found.add(hit.index() + "/" + hit.id());
                    }
                }
            }
            String end = scroll;
            client.clearScroll(request -> request.scrollId(end));
            CommitLog log = new CommitLog(client, new RetryPolicy(options.patience()), options.log());
            long last = log.last().map(LogDocument::number).orElse(0L);
            log.each(0, last, commit -> {
                if (occurs(commit.payload())) {
                    found.add("commit " + commit.number());
                }
            });
            for (String field : Arrays.asList("observable", "ref", "place", "label")) {
                for (String word : words) {
                    String prefix = prefix(field, word);
                    long count = client.count(request -> request.index(options.entries())
                                    .query(q -> q.prefix(p -> p.field(field).value(prefix))))
                            .count();
                    if (count > 0) {
                        found.add(field + " " + prefix);
                    }
                }
            }
            for (String word : words) {
                if (client.count(request -> request.index(options.entries())
                                        .query(q -> q.term(t -> t.field("word").value(word))))
                                .count()
                        > 0) {
                    found.add("word " + word);
                }
            }
        }
        return found;
    }

    private static String prefix(String field, String word) {
        return switch (field) {
            case "observable" -> "domain:" + word;
            case "ref" -> "malware--" + word;
            default -> word;
        };
    }
}
