package uz.koprik.gateway.auth;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What each command asks for: {@code commands.txt} beside this class. */
public final class CommandRights {

    /** Word of commands that work on the files of a home. */
    public static final String HOME = "home";

    /** Word of commands that work on files that they are given. */
    public static final String NOTHING = "nothing";

    private static final Map<String, String> TABLE = read();

    private CommandRights() {}

    /** All commands without {@code koprik}: a route, {@link #HOME} or {@link #NOTHING}. */
    public static Map<String, String> table() {
        return TABLE;
    }

    /** What the centre asks of who uses a command; empty when the command asks no centre. */
    public static Optional<Requirement> requirement(String command) {
        return Optional.ofNullable(TABLE.get(command)).map(RouteRights.table()::get);
    }

    private static Map<String, String> read() {
        Map<String, String> table = new TreeMap<>();
        try (InputStream file = CommandRights.class.getResourceAsStream("commands.txt")) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" {2,}", 2))
                    .forEach(row -> table.put(row[0], row[1]));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Collections.unmodifiableMap(table);
    }
}
