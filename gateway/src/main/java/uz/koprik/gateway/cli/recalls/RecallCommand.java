package uz.koprik.gateway.cli.recalls;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.UseOptions;

/** Recalls objects of this centre, and shows who confirmed. */
@Command(
        name = "recall",
        description = {
            "Takes objects of this centre back from all partners that have them, or narrows them there. Each partner answers with a signed receipt.",
            "A withdrawn object comes back only in a version later than the recalled one."
        },
        synopsisSubcommandLabel = "[COMMAND]",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:recalled; `koprik recall status` shows who confirmed",
            "1:an object cannot be recalled, or not allowed; nothing was recalled",
            "2:the command line is wrong",
            "3:no centre answers"
        },
        subcommands = {RecallCommand.Status.class, RecallCommand.Again.class})
public final class RecallCommand extends ClientCommand {

    @Parameters(
            paramLabel = "ID",
            arity = "0..*",
            description = "Objects that this centre made, such as indicator--…; 1000 at most.")
    List<String> ids = List.of();

    @Option(
            names = "--narrow",
            paramLabel = "TLP",
            description = "Leaves the objects there under this stricter marking: green, amber, amber+strict or red.")
    String narrow;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; those who have the objects read it.")
    String reason;

    @Override
    protected int run(CentreClient centre) {
        if (ids.isEmpty() || reason == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "which objects, and why? Give their IDs and --reason; or status, or again");
        }
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("ids", ids);
        if (narrow != null) {
            form.put("narrow", narrow);
        }
        form.put("reason", reason);
        JsonNode made = json(centre.post("/api/recalls", "application/json", CentreAnswers.json(form)));
        if (json()) {
            out().json(CentreAnswers.pretty(made));
            return ExitCode.OK;
        }
        made.path("recalls").forEach(new RecallText(out())::line);
        return ExitCode.OK;
    }

    /** Who confirmed. */
    @Command(
            name = "status",
            description = {
                "Shows how far recalls got: who confirmed, who refused, who was last seen when.",
                "Ends with 1 while somebody who could confirm has not, for scripts."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:everybody confirmed who can, or there are no recalls of this centre",
                "1:somebody did not confirm, there is no such recall, or not allowed",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Status extends ClientCommand {

        @Parameters(
                paramLabel = "ID",
                arity = "0..1",
                description = "Of a recall, or of an object; all recalls when absent.")
        String id;

        @Mixin
        UseOptions use;

        @Override
        protected int run(CentreClient centre) {
            JsonNode recalls;
            if (id != null && id.startsWith("recall--")) {
                recalls = json(centre.get("/api/recalls/" + CentreAnswers.encoded(id)));
            } else {
                recalls = json(centre.get("/api/recalls" + (id == null ? "" : "?object=" + CentreAnswers.encoded(id))));
            }
            RecallText text = new RecallText(out());
            if (json()) {
                out().json(CentreAnswers.pretty(recalls));
            }
            boolean open = false;
            Iterable<JsonNode> all = recalls.has("recalls") ? recalls.path("recalls") : List.of(recalls);
            for (JsonNode recall : all) {
                open |= RecallText.open(recall);
                if (!json()) {
                    text.whole(recall);
                }
            }
            if (!json() && recalls.has("recalls") && recalls.path("recalls").isEmpty()) {
                out().println("there are no recalls" + (id == null ? "" : " of that object"));
            }
            return open ? ExitCode.FAILED : ExitCode.OK;
        }
    }

    /** Asks once more. */
    @Command(
            name = "again",
            description = "Asks all partners of a recall to look once more, and relays to pass that on.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:asked",
                "1:there is no such recall of this centre, or not allowed",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Again extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "Id of the recall, as `koprik recall status` shows it.")
        String id;

        @Override
        protected int run(CentreClient centre) {
            JsonNode recall = json(centre.post(
                    "/api/recalls/" + CentreAnswers.encoded(id) + "/again",
                    "application/json",
                    CentreAnswers.json(Map.of())));
            if (json()) {
                out().json(CentreAnswers.pretty(recall));
            } else {
                new RecallText(out()).whole(recall);
            }
            return ExitCode.OK;
        }
    }
}
