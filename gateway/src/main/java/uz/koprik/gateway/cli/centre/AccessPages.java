package uz.koprik.gateway.cli.centre;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** A command that prints a part of the access record, newest entries first. */
abstract class AccessPages extends ClientCommand {

    private static final int PAGE = 500;

    @Option(names = "--account", paramLabel = "NAME", description = "Only what this account or local user did.")
    private String account;

    @Option(names = "--from", paramLabel = "TIME", description = "Not before this time, such as 2026-11-22T08:00:00Z.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Before this time.")
    private String to;

    @Option(
            names = "--limit",
            defaultValue = "100",
            description = "How many entries at most, ${DEFAULT-VALUE} when absent; 0 for all.")
    private long limit;

    /** Prints the entries that the filters of the command and those of {@code others} take. */
    final int print(CentreClient centre, Map<String, String> others) {
        Map<String, String> filters = new TreeMap<>(others);
        put(filters, "account", account);
        put(filters, "from", from);
        put(filters, "to", to);
        long shown = 0;
        String cursor = "";
        JsonNode page;
        do {
            long size = limit <= 0 ? PAGE : Math.min(PAGE, limit - shown);
            filters.put("limit", Long.toString(size));
            put(filters, "cursor", cursor);
            page = json(centre.get("/api/access?" + query(filters)));
            if (json()) {
                page.path("entries").forEach(entry -> out().json(entry.toString()));
            } else {
                page.path("entries").forEach(this::print);
            }
            shown += page.path("entries").size();
            cursor = page.path("next").asText("");
        } while (!cursor.isEmpty() && (limit <= 0 || shown < limit));
        if (!json()) {
            out().println(CentreAnswers.number(shown)
                    + (shown == 1 ? " entry" : " entries")
                    + (cursor.isEmpty() ? "" : ", and older ones follow")
                    + (page.path("complete").asBoolean()
                            ? ""
                            : "; missing are those of gateways that did not answer: "
                                    + CentreAnswers.joined(page.path("missing"))));
        }
        return ExitCode.OK;
    }

    private static void put(Map<String, String> filters, String name, String value) {
        if (value != null && !value.isEmpty()) {
            filters.put(name, value);
        }
    }

    private static String query(Map<String, String> filters) {
        List<String> parts = new ArrayList<>();
        filters.forEach((name, value) -> parts.add(name + "=" + CentreAnswers.encoded(value)));
        return String.join("&", parts);
    }

    private void print(JsonNode entry) {
        StringBuilder line = new StringBuilder(
                        CentreAnswers.moment(entry.path("at").asText()))
                .append("  ")
                .append(entry.path("by").asText());
        append(line, " (local user ", entry.path("local_user"), ")");
        append(line, " from ", entry.path("from"), "");
        line.append("  ").append(entry.path("what").asText());
        entry.path("ids").forEach(id -> append(line, " ", id, ""));
        entry.path("asked").properties().forEach(one -> append(line, " " + one.getKey() + "=", one.getValue(), ""));
        append(line, "  refused: ", entry.path("refused"), "");
        append(line, "  purpose: ", entry.path("purpose"), "");
        append(line, "  case: ", entry.path("case"), "");
        append(line, "  answers: ", entry.path("answers"), "");
        out().println(line.toString());
        if (!entry.path("values").isEmpty()) {
            out().println("    " + CentreAnswers.joined(entry.path("values")));
        }
    }

    private static void append(StringBuilder line, String before, JsonNode part, String after) {
        if (!part.isMissingNode()) {
            line.append(before).append(part.asText()).append(after);
        }
    }
}
