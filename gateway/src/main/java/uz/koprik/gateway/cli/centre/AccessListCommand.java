package uz.koprik.gateway.cli.centre;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uz.koprik.gateway.cli.CentreClient;

/** {@code koprik access list}. */
@Command(name = "list", description = "Lists entries of the access record, newest first.")
final class AccessListCommand extends AccessPages {

    @Option(
            names = "--route",
            paramLabel = "TEXT",
            description = "Only routes and commands with this text in their name, such as /api/cases.")
    private String route;

    @Option(names = "--value", paramLabel = "VALUE", description = "Only requests for this value, in any spelling.")
    private String value;

    @Option(names = "--id", paramLabel = "ID", description = "Only requests for this object, case or other name.")
    private String id;

    @Override
    protected int run(CentreClient centre) {
        Map<String, String> filters = new HashMap<>();
        if (route != null) {
            filters.put("route", route);
        }
        if (value != null) {
            filters.put("value", value);
        }
        if (id != null) {
            filters.put("id", id);
        }
        return print(centre, filters);
    }
}
