package uz.koprik.gateway.cli.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ExitCode;

/** Sets or ends the legal hold of a case. */
@Command(
        name = "hold",
        description = {
            "Sets a legal hold: nothing that the case is linked to, names or matches is erased, until the hold is released.",
            "With --release the hold ends."
        })
final class CaseHoldCommand extends CaseCommand.CaseClient {

    @Parameters(paramLabel = "NUMBER", description = "Number of the case.")
    String number;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it stays on record.")
    String reason;

    @Option(names = "--release", description = "End the hold.")
    boolean release;

    @Override
    protected int run(CentreClient centre) {
        JsonNode holds = json(centre.post(
                path(number) + "/hold" + (release ? "/release" : ""),
                "application/json",
                CentreAnswers.json(Map.of("reason", reason))));
        if (json()) {
            out().json(CentreAnswers.pretty(holds));
        } else {
            out().println("case " + holds.path("number").asText()
                    + (holds.path("held").asBoolean() ? " is under a legal hold" : " is under no legal hold"));
        }
        return ExitCode.OK;
    }
}
