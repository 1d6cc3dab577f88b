package uz.koprik.gateway.cli.retention;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.UseOptions;

/** Erases single objects on order. */
@Command(
        name = "erase",
        description = {
            "Erases the content of single objects for good, on a legal order. All of them are erased, or none.",
            "Their ids, versions, digests and signatures stay. Partners keep their copies: `koprik recall` first takes them back."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:erased",
            "1:a legal hold stops it, a second person has to confirm, there is no such object, or not allowed",
            "2:the command line is wrong",
            "3:no centre answers"
        })
public final class EraseCommand extends ClientCommand {

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Objects, such as indicator--…; 1000 at most.")
    List<String> ids;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "The order, such as its number; it stays in place of the objects.")
    String reason;

    @Mixin
    UseOptions use;

    @Override
    protected int run(CentreClient centre) {
        JsonNode erased = json(centre.post(
                "/api/erasures", "application/json", CentreAnswers.json(Map.of("ids", ids, "reason", reason))));
        if (json()) {
            out().json(CentreAnswers.pretty(erased));
            return ExitCode.OK;
        }
        erased.path("ids").forEach(id -> out().println("erased " + id.asText()));
        return ExitCode.OK;
    }
}
