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

/** Takes a share of a case back. */
@Command(
        name = "unshare",
        description = {
            "Withdraws a share of a case: the centre revokes the objects, and all recipients get the revocation.",
            "Objects that are older than the share, or in another share too, are kept."
        })
final class CaseUnshareCommand extends CaseCommand.CaseClient {

    @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the case.")
    String number;

    @Parameters(
            index = "1",
            paramLabel = "SHARE",
            description = "Which share, counted from 1 as in the history of the case.")
    int share;

    @Option(names = "--object", paramLabel = "ID", description = "Only this object of the share; may be repeated.")
    List<String> objects;

    @Option(names = "--if-version", paramLabel = "VERSION", description = "Only if the case is still at this version.")
    String version;

    @Override
    protected int run(CentreClient centre) {
        Map<String, Object> form = new LinkedHashMap<>();
        CaseCommand.put(form, "objects", objects);
        CaseCommand.put(form, "expected_version", version);
        JsonNode answer = json(centre.post(
                path(number) + "/shares/" + share + "/withdraw", "application/json", CentreAnswers.json(form)));
        if (json()) {
            out().json(CentreAnswers.pretty(answer));
        } else {
            for (JsonNode one : answer.path("objects")) {
                out().println(one.path("status").asText() + "  "
                        + one.path("id").asText()
                        + one.path("reason").asText("").replaceFirst("^(?=.)", ": "));
            }
        }
        return ExitCode.OK;
    }
}
