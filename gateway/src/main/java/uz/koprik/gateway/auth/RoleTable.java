package uz.koprik.gateway.auth;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The table of roles, rights, routes and commands as people and programs read it.
 *
 * @param rights all rights
 * @param roles all roles with their rights; a right that a role does not name, it lacks
 * @param routes all routes with what they ask for
 * @param commands all commands with where they ask
 */
public record RoleTable(List<RightRow> rights, List<RoleRow> roles, List<RouteRow> routes, List<CommandRow> commands) {

    public RoleTable {
        rights = List.copyOf(rights);
        roles = List.copyOf(roles);
        routes = List.copyOf(routes);
        commands = List.copyOf(commands);
    }

    /** A right; the schema {@code RightRow}. */
    public record RightRow(String right, String words) {}

    /**
     * A role; the schema {@code RoleRow}.
     *
     * @param member whether it is for the centre's own people; others get objects up to a marking
     * @param units whether it can be limited to the case files of some units
     */
    public record RoleRow(String role, String words, boolean member, boolean units, List<String> rights) {

        private static RoleRow of(Role role) {
            return new RoleRow(role.code(), role.inWords(), role.member(), role.worksForUnits(), codes(role.rights()));
        }
    }

    /**
     * A route; the schema {@code RouteRow}.
     *
     * @param who {@code everybody}, {@code known} for who has signed in, or {@code entitled}; {@code hidden} as well,
     *     where others find nothing
     * @param needs lists of rights, one of which the caller has as a whole; empty without rights
     * @param confirmed whether another administrator confirms it, when the settings say so
     */
    public record RouteRow(String method, String path, String who, List<List<String>> needs, boolean confirmed) {

        private static RouteRow of(String name, Requirement requirement) {
            int blank = name.indexOf(' ');
            return new RouteRow(
                    name.substring(0, blank),
                    name.substring(blank + 1),
                    requirement.who().name().toLowerCase(Locale.ROOT),
                    requirement.anyOf().stream()
                            .map(all -> all.stream().map(Right::code).toList())
                            .toList(),
                    requirement.confirmed());
        }
    }

    /**
     * A command; the schema {@code CommandRow}.
     *
     * @param command without {@code koprik}
     * @param asks the route that it begins with, whose row says what it needs; {@code home} when it works on the files
     *     of a home, {@code nothing} when it works on files that it is given
     */
    public record CommandRow(String command, String asks) {}

    /** The table of this program. */
    public static RoleTable now() {
        return new RoleTable(
                Arrays.stream(Right.values())
                        .map(right -> new RightRow(right.code(), right.inWords()))
                        .toList(),
                Arrays.stream(Role.values()).map(RoleRow::of).toList(),
                RouteRights.table().entrySet().stream()
                        .map(row -> RouteRow.of(row.getKey(), row.getValue()))
                        .toList(),
                CommandRights.table().entrySet().stream()
                        .map(row -> new CommandRow(row.getKey(), row.getValue()))
                        .toList());
    }

    private static List<String> codes(Set<Right> rights) {
        return rights.stream().sorted().map(Right::code).toList();
    }
}
