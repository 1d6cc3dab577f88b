package uz.koprik.gateway.cli.centre;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** Lists objects with a version that is not by their creator. */
@Command(
        name = "takeovers",
        description =
                "Lists objects with a version that is not by their creator, as gateways before 0.2 accepted them.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:there are none",
            "1:there are some, or the account may not ask",
            "2:the command line is wrong",
            "3:no centre answers"
        })
public final class StoreTakeoversCommand extends ClientCommand {

    @Override
    protected int run(CentreClient centre) {
        JsonNode answer = json(centre.get("/api/takeovers"));
        JsonNode found = answer.path("takeovers");
        if (json()) {
            out().println(CentreAnswers.pretty(answer));
            return found.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }
        for (JsonNode one : found) {
            JsonNode first = one.path("first");
            JsonNode taken = one.path("taken_over_by");
            out().println(one.path("id").asText());
            out().println("  first version of " + who(first) + ", entry "
                    + first.path("seq").asText() + ", " + first.path("added").asText());
            out().println("  version of " + who(taken) + ", entry "
                    + taken.path("seq").asText() + ", " + taken.path("added").asText()
                    + (taken.path("revoked").asBoolean() ? ", which revokes it" : "")
                    + (taken.path("latest").asBoolean()
                            ? ", is the latest: withdraw it to show the version before"
                            : ""));
        }
        out().println(
                        found.isEmpty()
                                ? "no object has a version by somebody else than its creator"
                                : found.size() + " versions are not by the creator of their object");
        return found.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String who(JsonNode entry) {
        String creator = entry.path("created_by_ref").asText("no named creator");
        return creator + " (" + entry.path("origin").asText() + " by "
                + entry.path("speaker").asText() + ")";
    }
}
