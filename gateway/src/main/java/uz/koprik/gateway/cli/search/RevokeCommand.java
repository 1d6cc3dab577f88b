package uz.koprik.gateway.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.logging.TerminalText;

/** Revokes objects that this centre created. */
@Command(
        name = "revoke",
        description = {
            "Revokes objects that this centre created.",
            "Each object gets a version that says it is revoked, and a note with the reason. Partners that have the object get"
                    + " both. To revoke is for ever: a new report of the value becomes a new object."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all are revoked",
            "1:something was refused, or the centre does not allow it",
            "2:the command line is wrong",
            "3:no centre answers"
        })
public final class RevokeCommand extends ClientCommand {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "STIX identifiers.")
    List<String> ids;

    @Option(names = "--reason", required = true, description = "Why; recipients of the object read it.")
    String reason;

    @Override
    protected int run(CentreClient centre) {
        boolean all = true;
        ArrayNode outcomes = new ObjectMapper().createArrayNode();
        for (String id : ids) {
            CentreClient.Reply reply = centre.post(
                    "/api/objects/" + CentreAnswers.encoded(id) + "/revocation",
                    "application/json",
                    CentreAnswers.json(Map.of("reason", reason)));
            if (!reply.ok()) {
                if (reply.status() == 401) {
                    throw refused(reply);
                }
                err().lines(TerminalText.line(id) + ": " + CentreAnswers.problem(reply));
                all = false;
                continue;
            }
            JsonNode objects = json(reply).path("objects");
            objects.forEach(outcomes::add);
            if (!json()) {
                boolean before = objects.path(0).path("status").asText().equals("unchanged");
                out().println((before ? "revoked before  " : "revoked  ") + id);
            }
        }
        if (json()) {
            out().json(CentreAnswers.pretty(outcomes));
        }
        return all ? ExitCode.OK : ExitCode.FAILED;
    }
}
