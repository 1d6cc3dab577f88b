package uz.koprik.gateway.cli.cases;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ExitCode;

/** Who changed what in a case. */
@Command(name = "history", description = "Who changed what in a case and when, the last change first.")
final class CaseHistoryCommand extends CaseCommand.CaseClient {

    @Parameters(paramLabel = "NUMBER", description = "Number of the case.")
    String number;

    @Override
    protected int run(CentreClient centre) {
        JsonNode history = json(centre.get(path(number) + "/history"));
        if (json()) {
            out().json(CentreAnswers.pretty(history));
            return ExitCode.OK;
        }
        for (JsonNode version : history.path("versions")) {
            out().println(CentreAnswers.moment(version.path("at").asText()) + ' '
                    + version.path("by").asText() + "  (version "
                    + version.path("version").asText() + ')'
                    + CentreAnswers.unproven(version.path("unproven")));
            for (JsonNode change : version.path("changes")) {
                String from = change.path("from").asText("");
                String to = change.path("to").asText("");
                out().println("    " + change.path("part").asText() + ": "
                        + (from.isEmpty() ? to : to.isEmpty() ? "taken out, was " + from : from + " -> " + to));
            }
        }
        return ExitCode.OK;
    }
}
