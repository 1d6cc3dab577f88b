package uz.koprik.gateway.accessrecord;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A question to the access record.
 *
 * @param by name of an account, partner or local user
 * @param from not before this moment
 * @param to before this moment
 * @param route a part of the route or command
 * @param values normal forms, one of which was looked up or shown; empty for any
 * @param id named by the path, or asked for
 */
public record AccessQuery(
        Optional<String> by,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> route,
        Set<String> values,
        Optional<String> id) {

    public AccessQuery {
        values = Set.copyOf(values);
    }

    /** Everything. */
    public static final AccessQuery ALL = new AccessQuery(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty());

    /** Whether a line may hold what is asked for; cheaper than reading it. */
    boolean mayTake(String line) {
        return by.map(line::contains).orElse(true)
                && id.map(line::contains).orElse(true)
                && (values.isEmpty()
                        || values.stream()
                                .anyMatch(value -> value.indexOf('"') >= 0
                                        || value.indexOf('\\') >= 0
                                        || line.contains('"' + value + '"')));
    }

    boolean takes(AccessEntry entry) {
        return by.map(name -> entry.by().endsWith(" " + name)
                                || entry.by().equals(name)
                                || entry.localUser().equals(name))
                        .orElse(true)
                && from.map(begin -> !entry.at().isBefore(begin)).orElse(true)
                && to.map(entry.at()::isBefore).orElse(true)
                && route.map(entry.what()::contains).orElse(true)
                && (values.isEmpty() || entry.values().stream().anyMatch(values::contains))
                && id.map(wanted ->
                                entry.ids().contains(wanted) || entry.asked().containsValue(wanted))
                        .orElse(true);
    }

    /**
     * A part of the answer, newest first.
     *
     * @param entries with the name of the stream of each
     * @param next the place at which the answer goes on; empty at its end
     */
    public record Page(List<Found> entries, Optional<String> next) {

        public Page {
            entries = List.copyOf(entries);
        }
    }

    /**
     * An entry and where it is.
     *
     * @param stream {@code gateway} or {@code local}
     */
    public record Found(String stream, AccessEntry entry) {}

    /**
     * Reads a place.
     *
     * @return number of the last entry that was shown, by stream
     * @throws IllegalArgumentException when it is none
     */
    static Map<String, Long> place(String text) {
        Map<String, Long> place = new TreeMap<>();
        for (String part : text.split("~", -1)) {
            if (!part.matches("[a-z]{1,20}\\.\\d{1,18}")) {
                throw new IllegalArgumentException("not a place in the access record");
            }
            int dot = part.indexOf('.');
            place.put(part.substring(0, dot), Long.parseLong(part.substring(dot + 1)));
        }
        return place;
    }
}
