package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.UseOptions;

/** Says whether a partner would be given an object, and why or why not. */
@Command(
        name = "explain",
        description = "Says whether a partner would be given an object, and why or why not.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it would be given",
            "1:it would not, or there is no such object or partner",
            "2:the command line is wrong",
            "3:no centre answers"
        })
public final class ExplainCommand extends ClientCommand {

    @Mixin
    UseOptions use;

    @Parameters(paramLabel = "ID", description = "STIX identifier.")
    String id;

    @Option(names = "--to", paramLabel = "PARTNER", required = true, description = "The partner, such as budapest.")
    String to;

    @Override
    protected int run(CentreClient centre) {
        JsonNode answer =
                json(centre.get("/api/explain?id=" + CentreAnswers.encoded(id) + "&to=" + CentreAnswers.encoded(to)));
        boolean released = answer.path("released").asBoolean();
        if (json()) {
            out().json(CentreAnswers.pretty(answer));
            return released ? ExitCode.OK : ExitCode.FAILED;
        }
        out().println((released ? "yes, " + to + " is given " : "no, " + to + " is not given ") + id + ": "
                + answer.path("reason").asText());
        out().println("  it is marked " + answer.path("marked").asText("not at all") + ", and counts as "
                + words(answer.path("effective")));
        for (JsonNode stricter : answer.path("because")) {
            out().println("  because it refers to " + stricter.path("id").asText() + ", which counts as "
                    + words(stricter.path("effective")));
        }
        for (JsonNode redaction : answer.path("redactions")) {
            out().println(
                            redaction.path("released").asBoolean()
                                    ? "  a redaction of it goes: "
                                            + redaction.path("id").asText()
                                    : "  a redaction of it does not go: "
                                            + redaction.path("id").asText() + ", "
                                            + redaction.path("reason").asText());
        }
        answer.path("notes").forEach(note -> out().println("  " + note.asText()));
        JsonNode refused = answer.path("refused_by_partner");
        if (!refused.isMissingNode()) {
            out().println("  but " + to + " refused it at "
                    + CentreAnswers.moment(refused.path("time").asText()) + ": "
                    + refused.path("reason").asText()
                    + (refused.path("pushed_again").asBoolean()
                            ? "; it is pushed again until that passes"
                            : "; it is not pushed again"));
        }
        return released ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String words(JsonNode effective) {
        return effective.path("tlp").asText()
                + (effective.path("own").asBoolean() ? ", our own" : ", of others")
                + (effective.path("personal").asBoolean() ? ", with personal observables" : "")
                + (effective.path("house").asBoolean() ? ", a case file or bound to one" : "");
    }
}
