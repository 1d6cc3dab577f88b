package uz.koprik.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches what a centre holds. */
@Command(
        name = "search",
        description = {
            "Searches by words or by values in any spelling, defanged too.",
            "Filters: type:indicator producer:budapest tlp:green from:moscow since:2026-01-01 until:2026-12-31. Files or"
                    + " standard input with pasted values: --paste."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:something was found",
            "1:nothing was found, or the centre does not allow it",
            "2:the command line is wrong",
            "3:no centre answers"
        })
public final class SearchCommand extends ClientCommand {

    @Parameters(arity = "0..*", paramLabel = "WORD|VALUE", description = "What to look for.")
    List<String> what = List.of();

    @Option(names = "--limit", defaultValue = "20", description = "How many hits at most, ${DEFAULT-VALUE} when absent.")
    int limit;

    @Option(names = "--paste", description = "Look for every value in the text on standard input.")
    boolean paste;

    @Override
    int run(CentreClient centre) throws java.io.IOException {
        return paste ? values(centre) : box(centre);
    }

    private int box(CentreClient centre) {
        JsonNode answer = json(centre.get("/api/search?limit=" + limit + "&q=" + Words.encoded(String.join(" ", what))));
        if (json()) {
            out().println(Words.pretty(answer));
        } else {
            print(answer);
        }
        return answer.path("total").asLong() > 0 ? 0 : ExitCode.FAILED;
    }

    private void print(JsonNode answer) {
        String values = Words.values(answer.path("understood").path("values"));
        if (!values.isEmpty()) {
            out().println("looked for " + values);
        }
        for (JsonNode hit : answer.path("hits")) {
            out().println(Words.moment(hit.path("received").asText()) + "  " + hit.path("id").asText());
            String from = hit.path("received_from").asText("");
            out().println("    " + hit.path("title").asText() + "  " + hit.path("tlp").asText()
                    + (hit.path("revoked").asBoolean() ? "  revoked" : ""));
            out().println("    " + Words.signed(hit) + (from.isEmpty() ? "" : ", received from " + from));
        }
        long total = answer.path("total").asLong();
        out().println(total == 0 ? "nothing found" : Words.number(total) + " found, "
                + answer.path("hits").size() + " shown");
    }

    private int values(CentreClient centre) throws java.io.IOException {
        JsonNode answer = json(centre.post("/api/search/values", "text/plain; charset=utf-8", System.in.readAllBytes()));
        if (json()) {
            out().println(Words.pretty(answer));
        } else {
            for (JsonNode value : answer.path("values")) {
                if (value.path("count").asLong() > 0) {
                    out().println(value.path("kind").asText() + ' ' + value.path("value").asText() + ": "
                            + Words.number(value.path("count").asLong()));
                    Words.met(value).forEach(line -> out().println("    " + line));
                }
            }
            out().println(answer.path("hits").asText() + " of " + answer.path("recognised").asText() + " values were met");
        }
        return answer.path("hits").asLong() > 0 ? 0 : ExitCode.FAILED;
    }
}
