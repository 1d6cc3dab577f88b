package uz.koprik.gateway.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the matrix asks each route and each command: {@code probes.txt}. */
final class MatrixProbes {

    private static final String SEEN_BY = "seen by ";
    private static final String COMMAND = "koprik ";

    /**
     * One row.
     *
     * @param name method and path of a route, or {@code koprik} and the words of a command
     * @param query what follows the path, with its question mark
     * @param body what is sent, or the arguments of a command
     * @param seenBy the test that looks at it instead
     */
    record Probe(String name, String query, String body, Optional<String> seenBy) {

        boolean command() {
            return name.startsWith(COMMAND);
        }

        String method() {
            return name.substring(0, name.indexOf(' '));
        }

        String path() {
            return name.substring(name.indexOf(' ') + 1) + query;
        }

        /**
         * Whether it stores something that refers to an object of the matrix. What refers to a case file is hidden with
         * it (rules 2 and 3 of the policy), and shown where there is no such case file.
         */
        boolean leavesReference() {
            return body.contains("_refs\":[\"{id}\"]");
        }

        /** Whether it is asked again for each object of the matrix. */
        boolean perObject() {
            return (path() + body).matches("(?s).*(:id|:object|:number|:event|\\{(id|value|word|number)\\}).*");
        }
    }

    private MatrixProbes() {}

    /** All rows by the name of their route or command. */
    static Map<String, List<Probe>> all() {
        Map<String, List<Probe>> all = new LinkedHashMap<>();
        try (InputStream in = MatrixProbes.class.getResourceAsStream("probes.txt")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(MatrixProbes::read)
                    .forEach(probe -> all.computeIfAbsent(probe.name(), none -> new ArrayList<>())
                            .add(probe));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static Probe read(String line) {
        int end = line.indexOf("  ");
        String name = end < 0 ? line : line.substring(0, end);
        String rest = end < 0 ? "" : line.substring(end).strip();
        if (rest.startsWith(SEEN_BY)) {
            return new Probe(name, "", "", Optional.of(rest.substring(SEEN_BY.length())));
        }
        if (!rest.startsWith("?")) {
            return new Probe(name, "", rest, Optional.empty());
        }
        int space = rest.indexOf(' ');
        return space < 0
                ? new Probe(name, rest, "", Optional.empty())
                : new Probe(name, rest.substring(0, space), rest.substring(space + 1), Optional.empty());
    }
}
