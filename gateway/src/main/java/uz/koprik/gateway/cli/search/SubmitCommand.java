package uz.koprik.gateway.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.Confirmation;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.FileFailures;
import uz.koprik.gateway.logging.TerminalText;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.text.FileNames;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;

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
            "2:the command line is wrong, or a file is not there",
            "3:no centre answers"
        })
public final class SubmitCommand extends ClientCommand {

    @Parameters(arity = "1..*", paramLabel = "VALUE|FILE", description = "Values to report, or files to submit.")
    List<String> what;

    @Option(names = "--kind", description = "What the values are, when it should not be guessed, such as iban.")
    String kind;

    @Option(
            names = "--anyway",
            description = "Report values that are never blocked, such as 127.0.0.1, too; exports leave them out.")
    boolean anyway;

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

    @Mixin
    ReleaseOptions release = new ReleaseOptions();

    Confirmation confirmation = Confirmation.ofTerminal();

    @Override
    protected int run(CentreClient centre) throws IOException {
        Map<String, String> kinds = kinds();
        boolean allTaken = true;
        ArrayNode outcomes = new ObjectMapper().createArrayNode();
        for (String one : what) {
            CentreClient.Reply reply = isFile(one)
                    ? centre.post("/api/objects" + query(), "application/json", FileFailures.bytes(Path.of(one)))
                    : report(centre, one, kinds.get(one));
            if (!reply.ok()) {
                if (reply.status() != 400 && reply.status() != 422) {
                    throw refused(reply);
                }
                err().lines(TerminalText.line(one) + ": " + said(one, reply));
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

    private String query() {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        if (anyway) {
            query.add("anyway=true");
        }
        release.parameters().forEach((name, value) -> query.add(name + '=' + CentreAnswers.encoded(value)));
        return query.toString();
    }

    /** Why a centre refused a value or a file; fails at once when an option is wrong, which all values share. */
    private String said(String one, CentreClient.Reply reply) {
        String problem = CentreAnswers.problem(reply);
        if (isFile(one)) {
            return CentreAnswers.advice(problem)
                    .replaceFirst("^the body is", "the file is")
                    .replace("tables and lists go to /api/import", "use koprik import for tables and lists");
        }
        String said = advice(problem);
        if (reply.status() == 400 && said.startsWith("--")) {
            throw new Failure(ExitCode.FAILED, said);
        }
        return said;
    }

    private void print(JsonNode outcome) {
        String id = outcome.path("id").asText(outcome.path("where").asText());
        if (outcome.path("status").asText().equals("refused")) {
            JsonNode refusal = outcome.path("refusal");
            String pointer = refusal.path("pointer").asText("");
            err().println(id + (pointer.isEmpty() ? "" : " at " + pointer) + ": "
                    + CentreAnswers.advice(refusal.path("reason").asText()));
            return;
        }
        out().println(outcome.path("status").asText() + "  " + CentreAnswers.readAs(outcome) + id);
        for (JsonNode match : outcome.path("matches")) {
            out().println("  " + CentreAnswers.what(match) + " matches (" + CentreAnswers.why(match) + "):");
            CentreAnswers.met(match).forEach(line -> out().println("    " + line));
        }
    }

    /** Reports one value; asks before it reports one that is never blocked. */
    private CentreClient.Reply report(CentreClient centre, String value, String itsKind) {
        CentreClient.Reply reply =
                centre.post("/api/indicators", "application/json", CentreAnswers.json(form(value, itsKind, anyway)));
        if (reply.status() != 422 || anyway || !confirmation.possible()) {
            return reply;
        }
        JsonNode fault = CentreAnswers.parse(reply.body()).path("errors").path(0);
        String reason = fault.path("reason").asText();
        if (!fault.path("code").asText().equals("protected")
                || CentreAnswers.advice(reason).equals(reason)) {
            return reply; // nothing admits it
        }
        String what = reason.substring(0, Math.max(reason.indexOf(';'), 0));
        return confirmation.agrees(value + ": " + what + ". Report it all the same?")
                ? centre.post("/api/indicators", "application/json", CentreAnswers.json(form(value, itsKind, true)))
                : reply;
    }

    /**
     * What each value is, as far as it was said. Nothing has been reported yet.
     *
     * @throws Failure when a word looks like a file that is not there, and nobody can be asked or says that it is meant
     */
    private Map<String, String> kinds() {
        Map<String, String> kinds = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (String one : what) {
            if (kind != null || isFile(one)) {
                kinds.put(one, kind);
                continue;
            }
            Optional<RecognisedValue> read = Recognition.PLAIN.recogniseOne(one);
            Optional<Observable> value = read.map(RecognisedValue::observable);
            if ((value.isEmpty() || looksLikeFile(one, value)) && isFolder(one)) {
                missing.add(one + " is a folder: name the files in it");
                continue;
            }
            if (!looksLikeFile(one, value)) {
                read.flatMap(RecognisedValue::doubt)
                        .filter(why -> confirmation.possible())
                        .filter(why -> confirmation.agrees(one + ": " + why + ". Report it as a "
                                + value.get().kind().label() + "?"))
                        .ifPresent(why -> kinds.put(one, value.get().kind().code()));
                continue;
            }
            String code = value.map(known -> known.kind().code()).orElse("");
            if (value.isPresent()
                    && confirmation.possible()
                    && confirmation.agrees("There is no file " + one + " here. Report it as a "
                            + value.get().kind().label() + "?")) {
                kinds.put(one, code);
            } else {
                missing.add("there is no file " + one
                        + (code.isEmpty()
                                ? ": check its name"
                                : ": check its name; --kind " + code + " says that it is a "
                                        + value.get().kind().label()));
            }
        }
        if (!missing.isEmpty()) {
            throw new Failure(ExitCode.USAGE, missing);
        }
        return kinds;
    }

    private static boolean looksLikeFile(String word, Optional<Observable> value) {
        return value.map(known -> switch (known.kind()) {
                    case URL_PATH, FILE_NAME, FILE_PATH -> true;
                    case REGISTRY_KEY -> false;
                    default -> FileNames.isDoubtful(word, known);
                })
                .orElseGet(() -> FileNames.isPath(word));
    }

    private Map<String, Object> form(String value, String itsKind, boolean meant) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("value", value);
        CentreAnswers.put(form, "kind", itsKind);
        CentreAnswers.put(form, "anyway", meant ? Boolean.TRUE : null);
        CentreAnswers.put(form, "name", name);
        CentreAnswers.put(form, "description", description);
        CentreAnswers.put(form, "labels", labels);
        CentreAnswers.put(form, "tlp", tlp);
        CentreAnswers.put(form, "valid_from", validFrom);
        CentreAnswers.put(form, "valid_until", validUntil);
        CentreAnswers.put(form, "confidence", confidence);
        CentreAnswers.put(form, "to", release.to);
        CentreAnswers.put(form, "group", release.group);
        CentreAnswers.put(form, "embargo", release.embargo);
        return form;
    }

    private static boolean isFolder(String what) {
        try {
            return Files.isDirectory(Path.of(what));
        } catch (InvalidPathException noPath) {
            return false;
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
