package uz.koprik.gateway.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.FileFailures;
import uz.koprik.gateway.logging.TerminalText;

/** Reports single values, or STIX files of moderate size. */
@Command(
        name = "submit",
        description = {
            "Reports values or STIX files.",
            "A value may be written in any spelling, defanged too; the centre makes a signed STIX indicator of it and says at"
                    + " once where the value occurred before. A file holds a STIX object, a bundle or a TAXII envelope."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything was taken",
            "1:something was refused, or the centre does not allow it",
            "2:the command line is wrong",
            "3:no centre answers"
        })
public final class SubmitCommand extends ClientCommand {

    @Parameters(arity = "1..*", paramLabel = "VALUE|FILE", description = "Values to report, or files to submit.")
    List<String> what;

    @Option(names = "--kind", description = "What the values are, when it should not be guessed, such as iban.")
    String kind;

    @Option(names = "--name", description = "Name of the indicators.")
    String name;

    @Option(names = "--description", description = "What they are about.")
    String description;

    @Option(names = "--label", paramLabel = "LABEL", description = "A word to sort by; may be repeated.")
    List<String> labels;

    @Option(
            names = "--tlp",
            description = "clear, green, amber, amber+strict or red; the centre's default when absent.")
    String tlp;

    @Option(names = "--valid-from", paramLabel = "TIME", description = "From when, such as 2026-11-22T00:00:00Z.")
    String validFrom;

    @Option(names = "--valid-until", paramLabel = "TIME", description = "Until when.")
    String validUntil;

    @Option(names = "--confidence", description = "0 to 100.")
    Integer confidence;

    @Override
    protected int run(CentreClient centre) throws IOException {
        boolean allTaken = true;
        ArrayNode outcomes = new ObjectMapper().createArrayNode();
        for (String one : what) {
            CentreClient.Reply reply = isFile(one)
                    ? centre.post("/api/objects", "application/json", FileFailures.bytes(Path.of(one)))
                    : centre.post("/api/indicators", "application/json", CentreAnswers.json(form(one)));
            if (!reply.ok()) {
                if (reply.status() != 400 && reply.status() != 422) {
                    throw refused(reply);
                }
                err().lines(TerminalText.line(one) + ": " + CentreAnswers.problem(reply));
                allTaken = false;
                continue;
            }
            JsonNode taken = json(reply).path("objects");
            if (taken.isEmpty()) {
                err().println(one + ": there is no STIX object in it: an object has \"type\" and \"id\", a bundle has"
                        + " \"objects\"");
                allTaken = false;
            }
            for (JsonNode outcome : taken) {
                allTaken &= !outcome.path("status").asText().equals("refused");
                outcomes.add(outcome);
                if (!json()) {
                    print(outcome);
                }
            }
        }
        if (json()) {
            out().json(CentreAnswers.pretty(outcomes));
        }
        return allTaken ? 0 : ExitCode.FAILED;
    }

    private void print(JsonNode outcome) {
        String id = outcome.path("id").asText(outcome.path("where").asText());
        if (outcome.path("status").asText().equals("refused")) {
            JsonNode refusal = outcome.path("refusal");
            String pointer = refusal.path("pointer").asText("");
            err().println(id + (pointer.isEmpty() ? "" : " at " + pointer) + ": "
                    + refusal.path("reason").asText());
            return;
        }
        out().println(outcome.path("status").asText() + "  " + id);
        for (JsonNode match : outcome.path("matches")) {
            out().println("  " + CentreAnswers.what(match) + " matches:");
            CentreAnswers.met(match).forEach(line -> out().println("    " + line));
        }
    }

    private Map<String, Object> form(String value) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("value", value);
        put(form, "kind", kind);
        put(form, "name", name);
        put(form, "description", description);
        put(form, "labels", labels);
        put(form, "tlp", tlp);
        put(form, "valid_from", validFrom);
        put(form, "valid_until", validUntil);
        put(form, "confidence", confidence);
        return form;
    }

    private static void put(Map<String, Object> form, String name, Object value) {
        if (value != null) {
            form.put(name, value);
        }
    }

    private static boolean isFile(String what) {
        try {
            return Files.isRegularFile(Path.of(what));
        } catch (InvalidPathException noPath) {
            return false;
        }
    }
}
