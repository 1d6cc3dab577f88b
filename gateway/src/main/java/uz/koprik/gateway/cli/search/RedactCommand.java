package uz.koprik.gateway.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
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

/** Makes an object of this centre that is another one without its stricter parts. */
@Command(
        name = "redact",
        description = {
            "Makes a new object of this centre: another one without the parts that are marked stricter.",
            "The original stays as it is. The same command again makes nothing new, or the next version when the original"
                    + " has one. Without --to-tlp and --for, all that is stricter than the object as a whole is cut."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the redaction is here, or was previewed",
            "1:the object cannot be redacted so, or not allowed; nothing was made",
            "2:the command line is wrong",
            "3:no centre answers"
        })
public final class RedactCommand extends ClientCommand {

    @Parameters(paramLabel = "ID", description = "STIX identifier of the original.")
    String id;

    @Option(
            names = "--to-tlp",
            paramLabel = "TLP",
            description = "Cuts what is stricter than this marking: clear, green, amber or amber+strict.")
    String tlp;

    @Option(
            names = {"--for", "--for-partner"},
            paramLabel = "PARTNER",
            description = "Cuts what this partner would not be given.")
    String partner;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; members of this centre read it.")
    String reason;

    @Option(
            names = "--preview",
            description = "Says what would be cut, what would stay, and who would receive it. Makes nothing.")
    boolean preview;

    @Option(
            names = "--anyway",
            description = "Makes the redaction although a text that is cut still stands in what stays.")
    boolean anyway;

    @Mixin
    UseOptions use;

    @Override
    protected int run(CentreClient centre) {
        if (tlp != null && partner != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--to-tlp and --for exclude one another");
        }
        if (reason == null && !preview) {
            throw new CommandLine.ParameterException(spec.commandLine(), "why? Give --reason, or --preview");
        }
        Map<String, Object> form = new LinkedHashMap<>();
        put(form, "to_tlp", tlp);
        put(form, "for_partner", partner);
        put(form, "reason", reason);
        form.put("preview", preview);
        form.put("anyway", anyway);
        JsonNode answer = json(centre.post(
                "/api/objects/" + CentreAnswers.encoded(id) + "/redactions",
                "application/json",
                CentreAnswers.json(form)));
        if (json()) {
            out().json(CentreAnswers.pretty(answer));
        } else {
            print(answer);
        }
        return ExitCode.OK;
    }

    private static void put(Map<String, Object> form, String name, String value) {
        if (value != null) {
            form.put(name, value);
        }
    }

    private void print(JsonNode answer) {
        String made = answer.path("id").asText();
        String marking = answer.path("marking").asText();
        out().println(
                        switch (answer.path("state").asText()) {
                            case "unchanged" -> "the same redaction is here: " + made + ", " + marking;
                            case "new_version" ->
                                (preview ? "would make" : "made") + " the next version of " + made + ", " + marking;
                            default -> preview ? "would make a redaction, " + marking : "made " + made + ", " + marking;
                        });
        for (JsonNode part : answer.path("cut")) {
            out().println("  cut   " + part.path("pointer").asText() + ": "
                    + part.path("marking").asText()
                    + (part.path("unknown").asBoolean() ? ", unknown here, counts as the strictest" : ""));
        }
        answer.path("also")
                .forEach(pointer -> out().println("  cut   " + pointer.asText() + ": is nothing without these"));
        out().println("  stays " + String.join(", ", texts(answer.path("kept"))));
        answer.path("repeated")
                .forEach(pointer -> out().println("  note  " + pointer.asText() + " still has a text that is cut"));
        List<String> receive = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (JsonNode one : answer.path("partners")) {
            (one.path("released").asLong() > 0 ? receive : others)
                    .add(one.path("partner").asText());
        }
        out().println("  goes to " + (receive.isEmpty() ? "no partner" : String.join(", ", receive))
                + (others.isEmpty() ? "" : "; not to " + String.join(", ", others)));
        if (answer.path("held").asBoolean()) {
            out().println("  waits at the release desk for a second person"
                    + (answer.has("waits") ? ", in item " + answer.path("waits").asText() : ""));
        }
    }

    private static List<String> texts(JsonNode items) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
