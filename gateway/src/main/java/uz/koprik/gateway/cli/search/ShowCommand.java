package uz.koprik.gateway.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.UseOptions;

/** Shows one object and where it comes from. */
@Command(
        name = "show",
        description = "Shows an object: its signers and times, its sender, its verification, its audience.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:there is no such object", "2:the command line is wrong", "3:no centre answers"})
public final class ShowCommand extends ClientCommand {

    @Mixin
    UseOptions use;

    @Parameters(paramLabel = "ID", description = "STIX identifier.")
    String id;

    @Option(
            names = "--raw",
            description = "Write the stored bytes and nothing else, for `koprik verify` and other tools.")
    boolean raw;

    @Override
    protected int run(CentreClient centre) {
        if (raw) {
            CentreClient.Reply reply =
                    centre.get("/api/objects/" + CentreAnswers.encoded(id), "application/stix+json;version=2.1");
            if (!reply.ok()) {
                throw refused(reply);
            }
            out().exact(reply.text());
            return 0;
        }
        JsonNode object = json(centre.get("/api/objects/" + CentreAnswers.encoded(id)));
        if (json()) {
            out().json(CentreAnswers.pretty(object));
            return 0;
        }
        line("id", object.path("id").asText());
        line("name", object.path("title").asText(""));
        line("version", object.path("version").asText(""));
        line("revoked", object.path("revoked").asBoolean() ? "yes, by its creator in this version" : "");
        line(
                "producer",
                (object.path("producer_centre").asText("")
                                + ' '
                                + object.path("producer").asText(""))
                        .strip());
        line("proof", CentreAnswers.withMoments(object.path("verification").asText()));
        line(
                "received",
                CentreAnswers.moment(object.path("received").asText())
                        + object.path("received_from").asText("").replaceFirst("^(?=.)", " from ")
                        + object.path("submitted_by").asText("").replaceFirst("^(?=.)", " by "));
        line(
                "marking",
                object.path("marking").path("tlp").asText() + ": "
                        + object.path("marking").path("why").asText());
        line("goes to", named(object.path("marking").path("recipients")));
        line("goes to", named(object.path("marking").path("groups")).replaceFirst("^(?=.)", "members of "));
        line(
                "embargo",
                object.path("marking")
                        .path("embargo")
                        .asText("")
                        .replaceFirst("^(?=.)", "goes to nobody outside before "));
        object.path("values")
                .forEach(v -> line(v.path("kind").asText(), v.path("value").asText() + CentreAnswers.valueNotes(v)));
        object.path("notes").forEach(note -> line("note", note.asText()));
        line("digest", "sha256 " + object.path("digest").asText());
        out().lines(CentreAnswers.pretty(object.path("object")));
        return 0;
    }

    private static String named(JsonNode names) {
        List<String> all = new ArrayList<>();
        names.forEach(name -> all.add(name.asText()));
        return names.isArray() && all.isEmpty() ? "nobody" : String.join(", ", all);
    }

    private void line(String name, String text) {
        if (!text.isEmpty()) {
            out().printf("%-10s %s%n", name, text);
        }
    }
}
