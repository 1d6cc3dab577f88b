package uz.koprik.gateway.cli.roles;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.gateway.auth.CommandRights;
import uz.koprik.gateway.auth.Requirement;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.auth.RoleTable;
import uz.koprik.gateway.auth.RouteRights;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.GlobalOptions;

/** {@code koprik role show}: the table of this program, without a home or centre. */
@Command(
        name = "show",
        description = "Show the table of roles and rights, or the commands and routes that are open to a role.")
final class RoleShowCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "ROLE", description = "One of ${COMPLETION-CANDIDATES}; all when absent.")
    private Role role;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (GlobalOptions.of(spec).json()) {
            out().json(CentreAnswers.pretty(
                    CentreAnswers.parse(CentreAnswers.json(role == null ? RoleTable.now() : open()))));
        } else if (role == null) {
            all();
        } else {
            one();
        }
        return ExitCode.OK;
    }

    private void all() {
        List<Right> rights = List.of(Right.values());
        out().println(line("", rights.stream().map(Right::code)));
        for (Role each : Role.values()) {
            out().println(line(
                    each.code(), rights.stream().map(right -> each.rights().contains(right) ? "yes" : "-")));
        }
        out().println("");
        for (Role each : Role.values()) {
            out().printf("%-11s %s%n", each.code(), each.inWords());
        }
        out().println("");
        out().println("Partners read and write, by the certificate on their card and within the agreement.");
    }

    private static String line(String first, Stream<String> cells) {
        return (String.format("%-11s", first)
                        + cells.map(cell -> String.format(" %-10s", cell)).collect(Collectors.joining()))
                .stripTrailing();
    }

    private void one() {
        Open open = open();
        out().println(role.code() + ": " + role.inWords());
        out().println("rights: " + String.join(", ", open.rights()));
        out().println("commands that ask the centre:");
        open.commands().forEach(command -> out().println("  koprik " + command));
        out().println("routes:");
        open.routes().forEach(route -> out().println("  " + route));
    }

    /** What is open to a role; commands that ask no centre are not among it. */
    record Open(String role, List<String> rights, List<String> commands, List<String> routes) {}

    private Open open() {
        return new Open(
                role.code(),
                Arrays.stream(Right.values())
                        .filter(role.rights()::contains)
                        .map(Right::code)
                        .toList(),
                CommandRights.table().keySet().stream()
                        .filter(command -> CommandRights.requirement(command)
                                .filter(this::allowed)
                                .isPresent())
                        .toList(),
                RouteRights.table().entrySet().stream()
                        .filter(row -> allowed(row.getValue()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private boolean allowed(Requirement requirement) {
        return requirement.allows(role.rights());
    }

    private CommandOutput out() {
        return CommandOutput.out(spec);
    }
}
