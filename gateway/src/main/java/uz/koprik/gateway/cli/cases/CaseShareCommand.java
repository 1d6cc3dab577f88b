package uz.koprik.gateway.cli.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ExitCode;

/** Shares chosen parts of a case. */
@Command(
        name = "share",
        description = {
            "Shares chosen parts of a case: they become objects of their own, which do not disclose the case.",
            "The case itself stays in the centre; its history records the share."
        })
final class CaseShareCommand extends CaseCommand.CaseClient {

    @Parameters(paramLabel = "NUMBER", description = "Number of the case.")
    String number;

    @Option(names = "--tlp", required = true, description = "How far it may go: clear, green, amber or amber+strict.")
    String tlp;

    @Option(names = "--observable", paramLabel = "VALUE", description = "A value of the case; may be repeated.")
    List<String> values;

    @Option(
            names = "--role",
            description = "All values of this role: suspect, infrastructure, money-trail; may be repeated.")
    List<String> roles;

    @Option(names = "--as", description = "indicators (when absent) or observed-data; may be repeated.")
    List<String> as;

    @Option(names = "--name", description = "What recipients read as name; the type of crime when absent.")
    String name;

    @Option(names = "--summary", description = "What recipients read.")
    String summary;

    @Option(names = "--case-summary", description = "Share the summary of the case as it is.")
    boolean caseSummary;

    @Option(names = "--case-number", description = "Include the number of the case.")
    boolean caseNumber;

    @Option(names = "--victims", description = "Values of victims may be among the chosen.")
    boolean victims;

    @Option(names = "--preview", description = "Show what would be made; store nothing.")
    boolean preview;

    @Override
    protected int run(CentreClient centre) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("tlp", tlp);
        CaseCommand.put(form, "values", values);
        CaseCommand.put(form, "roles", roles);
        CaseCommand.put(form, "as", as);
        CaseCommand.put(form, "name", name);
        CaseCommand.put(form, "summary", summary);
        form.put("case_summary", caseSummary);
        form.put("case_number", caseNumber);
        form.put("victims", victims);
        form.put("preview", preview);
        JsonNode answer = json(
                centre.post(path(number) + "/shares", "application/json", CentreAnswers.json(form)),
                values == null ? List.of() : values);
        if (json()) {
            out().json(CentreAnswers.pretty(answer));
        } else {
            out().println((preview ? "would share " : "shared ")
                    + answer.path("parts").asText() + ", " + answer.path("tlp").asText(tlp));
            for (JsonNode made : answer.path("objects")) {
                if (preview) {
                    out().lines(CentreAnswers.pretty(made.path("object")));
                } else {
                    out().println(made.path("status").asText() + "  "
                            + made.path("id").asText()
                            + made.path("reason").asText("").replaceFirst("^(?=.)", ": "));
                }
            }
        }
        for (JsonNode made : answer.path("objects")) {
            if (made.path("status").asText().equals("refused")) {
                return ExitCode.FAILED;
            }
        }
        return ExitCode.OK;
    }
}
