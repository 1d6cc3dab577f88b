package uz.koprik.gateway.auth;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.RouteTable.DeclaredRoute;

/**
 * The one table that says who may use which route: {@code routes.txt} beside this class. A route without a row is
 * refused to everybody.
 */
public final class RouteRights implements RouteTable.Guard {

    private static final String SECOND_PERSON = "second-person";

    private static final Map<String, Requirement> TABLE = read();

    /** All rows: method, blank and path, as routes are declared, and the rule. */
    public static Map<String, Requirement> table() {
        return TABLE;
    }

    /** The rule of a route; empty when it has no row. */
    public static Optional<Requirement> of(DeclaredRoute route) {
        String name = route.method() + " " + route.path();
        return route.path().endsWith("*")
                ? TABLE.entrySet().stream()
                        .filter(row -> row.getKey().endsWith("*")
                                && name.startsWith(
                                        row.getKey().substring(0, row.getKey().length() - 1)))
                        .map(Map.Entry::getValue)
                        .findFirst()
                : Optional.ofNullable(TABLE.get(name));
    }

    /** The rule of a request, by its path as it was sent; empty when no row fits. */
    public static Optional<Requirement> of(String method, String path) {
        String[] sent = path.split("[?]", 2)[0].split("/", -1);
        return TABLE.entrySet().stream()
                .filter(row -> row.getKey().startsWith(method + " ")
                        && fits(row.getKey().substring(method.length() + 1).split("/", -1), sent))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean fits(String[] row, String[] sent) {
        boolean all = row.length == sent.length;
        for (int i = 0; all && i < row.length; i++) {
            all = row[i].startsWith(":") || row[i].equals(sent[i]);
        }
        return all;
    }

    @Override
    public Consumer<RoutingContext> on(DeclaredRoute route) {
        Optional<Requirement> requirement = of(route);
        return request -> check(request, requirement);
    }

    private static void check(RoutingContext request, Optional<Requirement> row) {
        Requirement requirement = row.orElseThrow(() -> new Problem(
                403, "Not allowed", "no rule of this centre says who may use this route, so nobody may; report it"));
        switch (requirement.who()) {
            // A hidden route compares the rights itself, since the answer must be that of an absent thing.
            case EVERYBODY, HIDDEN -> {}
            case KNOWN -> Callers.of(request);
            case ENTITLED ->
                requirement.missing(Callers.of(request).rights()).ifPresent(right -> {
                    throw Callers.refusal(request, right);
                });
        }
    }

    private static Requirement requirement(String rule, boolean confirmed) {
        Requirement requirement = Requirement.parse(rule);
        return confirmed ? requirement.confirmedBySecondPerson() : requirement;
    }

    private static Map<String, Requirement> read() {
        Map<String, Requirement> table = new LinkedHashMap<>();
        try (InputStream file = RouteRights.class.getResourceAsStream("routes.txt")) {
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] columns = line.strip().split(" +", -1);
                boolean confirmed = columns.length == 4 && columns[3].equals(SECOND_PERSON);
                if ((columns.length != 3 && !confirmed)
                        || table.put(columns[0] + " " + columns[1], requirement(columns[2], confirmed)) != null) {
                    throw new IllegalStateException("routes.txt: a wrong or repeated row: " + line);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Collections.unmodifiableMap(table);
    }
}
