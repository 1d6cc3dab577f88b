package uz.koprik.gateway.accessrecord;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/** Reads the access record of a home, newest entries first. Does not disturb who writes it. */
public final class AccessReader {

    private static final Logger LOG = LoggerFactory.getLogger(AccessReader.class);

    /** Entries that end others stand at most this many entries after them, but for exports that took long. */
    private static final int NEAR = 2000;

    private final Path root;

    /** @param root folder of the streams */
    public AccessReader(Path root) {
        this.root = root;
    }

    /**
     * Answers a question. Blocks.
     *
     * @param place where to go on, as {@link AccessQuery.Page#next} said; empty for the newest entries
     * @param limit most entries of the answer
     * @throws IllegalArgumentException when the place is none
     */
    public AccessQuery.Page find(AccessQuery query, Optional<String> place, int limit) throws IOException {
        Map<String, Long> before = place.map(AccessQuery::place).orElse(Map.of());
        List<Backwards> streams = new ArrayList<>();
        for (AccessFolder folder : AccessFolder.all(root)) {
            streams.add(new Backwards(folder, query, before.getOrDefault(folder.stream(), Long.MAX_VALUE)));
        }
        List<AccessQuery.Found> found = new ArrayList<>();
        while (true) {
            Backwards newest = null;
            for (Backwards stream : streams) {
                if (stream.head() != null
                        && (newest == null
                                || stream.head().at().isAfter(newest.head().at()))) {
                    newest = stream;
                }
            }
            if (newest == null) {
                return new AccessQuery.Page(found, Optional.empty());
            }
            if (found.size() == limit) {
                return new AccessQuery.Page(
                        found,
                        Optional.of(streams.stream()
                                .sorted(Comparator.comparing(stream -> stream.folder.stream()))
                                .map(stream -> stream.folder.stream() + "." + stream.before)
                                .collect(Collectors.joining("~"))));
            }
            found.add(new AccessQuery.Found(newest.folder.stream(), newest.head()));
            newest.take();
        }
    }

    /** The entries of a stream that a question asks for, from the last to the first. */
    private static final class Backwards {

        private final AccessFolder folder;
        private final AccessQuery query;
        private final TreeMap<Long, Path> segments;
        private final Map<Long, AccessEntry> ends = new HashMap<>();
        private List<String> lines = List.of();
        private int at;
        private AccessEntry head;
        /** The number of the last entry that was taken; entries from it on are passed over. */
        private long before;

        Backwards(AccessFolder folder, AccessQuery query, long before) throws IOException {
            this.folder = folder;
            this.query = query;
            this.before = before == Long.MAX_VALUE ? 999_999_999_999L : before;
            this.segments = folder.segments();
            this.segments.tailMap(this.before + NEAR, true).clear();
            advance();
        }

        AccessEntry head() {
            return head;
        }

        void take() throws IOException {
            before = head.number();
            advance();
        }

        private void advance() throws IOException {
            head = null;
            while (head == null) {
                if (at == 0) {
                    Map.Entry<Long, Path> segment = segments.pollLastEntry();
                    if (segment == null) {
                        return;
                    }
                    lines = AccessFolder.lines(segment.getValue());
                    at = lines.size();
                    if (at > 0
                            && query.from()
                                    .filter(AccessJournal.at(lines.getLast())::isBefore)
                                    .isPresent()) {
                        segments.clear();
                        at = 0;
                    }
                } else {
                    look(lines.get(--at));
                }
            }
        }

        private void look(String line) {
            boolean end = line.contains("\"ends\":");
            if (!end && !query.mayTake(line)) {
                return;
            }
            try {
                JsonObject json = StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8));
                AccessEntry entry = AccessEntry.of(json);
                if (entry.ends() > 0) {
                    ends.put(entry.ends(), entry);
                } else if (entry.number() < before && query.takes(entry)) {
                    AccessEntry ended = ends.remove(entry.number());
                    head = ended == null ? entry : entry.ended(ended);
                }
            } catch (MalformedJson | IllegalArgumentException | java.time.DateTimeException damaged) {
                LOG.warn("an entry of the access record in {} cannot be read", folder.stream(), damaged);
            }
        }
    }
}
