package uz.koprik.gateway.cli.retention;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** {@code koprik retention}. */
@Command(
        name = "retention",
        description = "What is due for erasure by agreements and settings, and the run that erases it.",
        subcommands = {RetentionCommand.Report.class, RetentionCommand.Run.class},
        footer = {
            "",
            "A running centre erases once a day what is due (`retention.at` in koprik.yaml).",
            "",
            "Examples:",
            "  koprik retention report --days 90",
            "  koprik retention run"
        })
public final class RetentionCommand implements Runnable {

    private static final String RETENTION = "/api/retention";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** {@code koprik retention report}. */
    @Command(
            name = "report",
            description = "Show what is due now and soon, by which rule, and what a legal hold stops. Erases nothing.")
    static final class Report extends ClientCommand {

        @Option(
                names = "--days",
                paramLabel = "N",
                defaultValue = "30",
                description = "What is due in the next N days, too (default: ${DEFAULT-VALUE}).")
        int days;

        @Override
        protected int run(CentreClient centre) {
            JsonNode report = json(centre.get(RETENTION + "?days=" + days));
            if (json()) {
                out().json(CentreAnswers.pretty(report));
                return ExitCode.OK;
            }
            out().println("due now: " + report.path("due").asLong() + ", in the next " + days + " days: "
                    + report.path("later").asLong() + ", stopped by a legal hold: "
                    + report.path("held").asLong());
            for (JsonNode rule : report.path("rules")) {
                out().println("  " + rule.path("rule").asText() + ": due "
                        + rule.path("due").asLong() + ", later "
                        + rule.path("later").asLong() + ", held "
                        + rule.path("held").asLong());
            }
            for (JsonNode object : report.path("objects")) {
                out().println(CentreAnswers.moment(object.path("due").asText()) + "  "
                        + object.path("id").asText() + "  "
                        + object.path("rule").asText()
                        + object.path("hold").asText("").replaceFirst("^(?=.)", "; kept by "));
            }
            if (report.path("more").asBoolean()) {
                out().println("there are more; --json shows the counts of all rules");
            }
            return ExitCode.OK;
        }
    }

    /** {@code koprik retention run}. */
    @Command(name = "run", description = "Erase now what is due, instead of waiting for the daily run.")
    static final class Run extends ClientCommand {

        @Override
        protected int run(CentreClient centre) {
            JsonNode run = json(centre.post(RETENTION, "application/json", CentreAnswers.json(Map.of())));
            if (json()) {
                out().json(CentreAnswers.pretty(run));
                return ExitCode.OK;
            }
            out().println("erased " + run.path("erased").asLong() + ", stopped by a legal hold: "
                    + run.path("held").asLong());
            run.path("rules").properties().forEach(rule -> out().println(
                            "  " + rule.getKey() + ": " + rule.getValue().asLong()));
            return ExitCode.OK;
        }
    }
}
