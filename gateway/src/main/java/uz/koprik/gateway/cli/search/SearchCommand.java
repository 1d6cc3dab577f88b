package uz.koprik.gateway.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.UseOptions;

/** Searches what a centre holds. */
@Command(
        name = "search",
        description = {
            "Searches by words, \"phrases\" or values in any spelling, defanged too; -word excludes (after --).",
            "Filters: type:indicator producer:budapest tlp:green case:T-2026-014 kind:domain label:mule from:moscow"
                    + " seen:2026-01..2026-03 seen:>2026-01. A pasted text on standard input: --paste."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:something was found",
            "1:nothing was found, or the centre does not allow it",
            "2:the command line is wrong",
            "3:no centre answers"
        })
public final class SearchCommand extends ClientCommand {

    @Mixin
    UseOptions use;

    @Parameters(arity = "0..*", paramLabel = "WORD|VALUE", description = "What to look for.")
    List<String> what = List.of();

    @Option(
            names = "--limit",
            defaultValue = "20",
            description = "How many hits at most, ${DEFAULT-VALUE} when absent.")
    int limit;

    @Option(names = "--histogram", paramLabel = "day|week|month|year", description = "Count by the time of adding.")
    String histogram;

    @ArgGroup
    SavedSearchActions kept;

    /** Searches under names, one thing at a time. */
    static final class SavedSearchActions {

        @Option(names = "--save", paramLabel = "NAME", description = "Keep this search under a name, for you alone.")
        String save;

        @Option(names = "--saved", paramLabel = "NAME", description = "Run a search that you keep.")
        String run;

        @Option(names = "--list", description = "List the searches that you keep.")
        boolean list;

        @Option(names = "--forget", paramLabel = "NAME", description = "Forget a search that you keep.")
        String forget;
    }

    @Option(names = "--paste", description = "Look for every value in the text on standard input.")
    boolean paste;

    @Option(names = "--near", description = "With --paste: also what a value lies in and what lies in it.")
    boolean near;

    @Override
    protected int run(CentreClient centre) throws java.io.IOException {
        if (kept == null || kept.run != null) {
            return paste ? values(centre) : box(centre);
        }
        if (kept.list) {
            JsonNode answer = json(centre.get("/api/searches"));
            answer.path("searches").forEach(one -> out().println(
                            one.path("name").asText() + ": " + one.path("q").asText()));
            return 0;
        }
        String path = "/api/searches/" + CentreAnswers.encoded(kept.save == null ? kept.forget : kept.save);
        CentreClient.Reply reply = kept.save == null
                ? centre.delete(path)
                : centre.put(path, "application/json", CentreAnswers.json(Map.of("q", String.join(" ", what))));
        if (!reply.ok()) {
            throw refused(reply);
        }
        out().println(kept.save == null ? "forgotten" : "kept; run it with: koprik search --saved '" + kept.save + "'");
        return 0;
    }

    private int box(CentreClient centre) {
        String by = histogram == null ? "" : "&histogram=" + CentreAnswers.encoded(histogram);
        String path = "/api/search?limit=" + limit + by;
        JsonNode answer = json(
                kept == null
                        ? centre.post(path, "application/json", CentreAnswers.json(Map.of("q", String.join(" ", what))))
                        : centre.get(path + "&saved=" + CentreAnswers.encoded(kept.run)));
        if (json()) {
            out().json(CentreAnswers.pretty(answer));
        } else {
            print(answer);
        }
        return answer.path("total").asLong() > 0 ? 0 : ExitCode.FAILED;
    }

    private void print(JsonNode answer) {
        JsonNode understood = answer.path("understood");
        String values = CentreAnswers.values(understood.path("values"));
        if (!values.isEmpty()) {
            out().println("looked for " + values);
        }
        if (understood.has("added_from") || understood.has("added_to")) {
            out().println("added from "
                    + CentreAnswers.moment(understood.path("added_from").asText("the beginning")) + " until before "
                    + CentreAnswers.moment(understood.path("added_to").asText("now")));
        }
        for (JsonNode hit : answer.path("hits")) {
            out().println(CentreAnswers.moment(hit.path("received").asText()) + "  "
                    + hit.path("id").asText());
            String from = hit.path("received_from").asText("");
            out().println("    " + hit.path("title").asText() + "  "
                    + hit.path("tlp").asText() + (hit.path("revoked").asBoolean() ? "  revoked" : ""));
            out().println("    " + CentreAnswers.signed(hit) + (from.isEmpty() ? "" : ", received from " + from));
            hit.path("notes").forEach(note -> out().println("    " + note.asText()));
            hit.path("highlights").forEach(this::printHighlight);
        }
        answer.path("histogram")
                .forEach(stretch -> out().println(stretch.path("from").asText() + "  "
                        + CentreAnswers.number(stretch.path("count").asLong())));
        long total = answer.path("total").asLong();
        out().println(
                        total == 0
                                ? "nothing found"
                                : CentreAnswers.number(total) + " found, "
                                        + answer.path("hits").size() + " shown");
        answer.path("hints").forEach(hint -> out().println("    " + hint.asText()));
    }

    /**
     * The first excerpt of a property, on one line, what was found in «guillemets»; the name is in the title already.
     */
    private void printHighlight(JsonNode highlight) {
        if (highlight.path("field").asText().equals("name")) {
            return;
        }
        StringBuilder line = new StringBuilder();
        highlight.path("fragments").path(0).forEach(piece -> {
            String text = piece.path("text").asText().replaceAll("[\\s\\p{Cntrl}]+", " ");
            line.append(piece.path("match").asBoolean() ? "«" + text + "»" : text);
        });
        out().println("    " + highlight.path("field").asText() + ": " + line);
    }

    private int values(CentreClient centre) throws java.io.IOException {
        JsonNode answer = json(centre.post(
                "/api/search/values" + (near ? "?near=true" : ""),
                "text/plain; charset=utf-8",
                System.in.readAllBytes()));
        if (json()) {
            out().json(CentreAnswers.pretty(answer));
        } else {
            for (JsonNode value : answer.path("values")) {
                if (value.path("count").asLong() > 0) {
                    out().println(value.path("kind").asText() + ' '
                            + value.path("value").asText() + ": "
                            + CentreAnswers.number(value.path("count").asLong()));
                    CentreAnswers.met(value).forEach(line -> out().println("    " + line));
                }
                for (JsonNode other : value.path("near")) {
                    out().println(value.path("kind").asText() + ' '
                            + value.path("value").asText() + ": "
                            + other.path("rule").asText().replace('_', ' ') + ' '
                            + other.path("other_value").asText()
                            + (other.has("remark") ? " (" + other.path("remark").asText() + ')' : ""));
                    CentreAnswers.met(other).forEach(line -> out().println("    " + line));
                }
            }
            for (JsonNode value : answer.path("doubtful")) {
                out().println("doubtful, perhaps the name of a file: "
                        + value.path("spelling").asText()
                        + (value.path("count").asLong() > 0
                                ? " (" + value.path("kind").asText() + ", "
                                        + CentreAnswers.number(
                                                value.path("count").asLong()) + ")"
                                : ""));
            }
            out().println(answer.path("hits").asText() + " of "
                    + answer.path("recognised").asText() + " values match");
        }
        return answer.path("hits").asLong() > 0 ? 0 : ExitCode.FAILED;
    }
}
