package uz.koprik.gateway.cli.centre;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** Lists objects that stand for several galaxy clusters of MISP. */
@Command(
        name = "clusters",
        description = {
            "Lists objects that stand for several galaxy clusters of MISP, as earlier versions stored them.",
            "Import the events of such an object again: that corrects their relationships. Then withdraw the object."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:there are none",
            "1:there are some, or the account may not ask",
            "2:the command line is wrong",
            "3:no centre answers"
        })
public final class StoreClustersCommand extends ClientCommand {

    @Override
    protected int run(CentreClient centre) {
        JsonNode answer = json(centre.get("/api/clusters"));
        JsonNode found = answer.path("clusters");
        if (json()) {
            out().println(CentreAnswers.pretty(answer));
            return found.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }
        for (JsonNode one : found) {
            StringJoiner names = new StringJoiner(", ");
            one.path("names").forEach(name -> names.add('"' + name.asText() + '"'));
            out().println(one.path("id").asText());
            out().println("  galaxy " + one.path("galaxy").asText() + ", UUID "
                    + one.path("uuid").asText() + ": " + names);
            out().println("  " + one.path("referrers").asInt() + " objects refer to it");
        }
        out().println(
                        found.isEmpty()
                                ? "no object stands for several clusters"
                                : found.size() + " objects may stand for several clusters: import their events again");
        return found.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
}
