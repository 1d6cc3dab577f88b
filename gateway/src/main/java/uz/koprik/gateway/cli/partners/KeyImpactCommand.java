package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** Lists what only a compromised key proves. */
@Command(
        name = "impact",
        preprocessor = ThumbprintArguments.class,
        description = {
            "Lists the objects that are not proven any more since a key was revoked: first seen here at or after the",
            "moment of its compromise, with no other good signature. Says to which partners they were pushed."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:listed",
            "1:there is no such key, or it is not named clearly",
            "2:the command line is wrong",
            "3:no centre answers"
        })
final class KeyImpactCommand extends ClientCommand {

    @Parameters(paramLabel = "KEY", description = "centre/number, or the beginning of the thumbprint.")
    String key;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "The greatest number of objects; all of them when absent.")
    int limit;

    @Override
    protected int run(CentreClient centre) {
        long shown = 0;
        String cursor = "";
        while (true) {
            long size = limit <= 0 ? 500 : Math.min(500, limit - shown);
            JsonNode page = json(centre.get("/api/keys/impact?key=" + CentreAnswers.encoded(key) + "&limit=" + size
                    + (cursor.isEmpty() ? "" : "&cursor=" + CentreAnswers.encoded(cursor))));
            if (json()) {
                page.path("objects").forEach(object -> out().json(object.toString()));
            } else {
                if (cursor.isEmpty()) {
                    head(page.path("key"));
                }
                page.path("objects").forEach(this::print);
            }
            shown += page.path("objects").size();
            cursor = page.path("next").asText("");
            if (cursor.isEmpty() || (limit > 0 && shown >= limit)) {
                break;
            }
        }
        if (!json()) {
            out().println(CentreAnswers.number(shown) + " objects are not proven any more"
                    + (cursor.isEmpty() ? "" : ", and more follow"));
        }
        return ExitCode.OK;
    }

    private void head(JsonNode named) {
        String since = named.path("compromised_since").asText("");
        out().println(named.path("name").asText() + "  " + named.path("kid").asText() + "  "
                + (since.isEmpty()
                        ? "is not revoked"
                        : "compromised since " + CentreAnswers.moment(since)
                                + named.path("reason").asText("").replaceFirst("^(?=.)", ": ")));
    }

    private void print(JsonNode object) {
        out().println(CentreAnswers.moment(object.path("first_seen").asText()) + "  "
                + object.path("id").asText()
                + object.path("title").asText("").replaceFirst("^(?=.)", "  ")
                + object.path("received_from").asText("").replaceFirst("^(?=.)", ", from ")
                + (object.path("superseded").asBoolean() ? ", replaced by a later one" : ""));
        String values = CentreAnswers.values(object.path("values"));
        if (!values.isEmpty()) {
            out().println("    " + values);
        }
        String pushed = CentreAnswers.joined(object.path("pushed_to"));
        String open = CentreAnswers.joined(object.path("open_to"));
        if (!pushed.isEmpty() || !open.isEmpty()) {
            out().println("    " + (pushed.isEmpty() ? "" : "pushed to " + pushed)
                    + (pushed.isEmpty() || open.isEmpty() ? "" : "; ")
                    + (open.isEmpty() ? "" : "may have been fetched by " + open));
        }
    }
}
