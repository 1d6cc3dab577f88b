package uz.koprik.gateway.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.FileFailures;
import uz.koprik.gateway.logging.TerminalText;

/** The part of {@code koprik import} that reads reports and mails: shows their values, and takes those chosen. */
final class TextImport {

    private static final Set<String> FORMS = Set.of("indicators", "observed-data", "report", "case");
    private static final Set<String> ROLES = Set.of("victim", "suspect", "infrastructure", "money-trail");
    private static final int VALUE_WIDTH = 48;

    @Option(names = "--text", description = "The files are reports or mails, whose values stand in sentences.")
    boolean isText;

    @Option(
            names = "--as",
            paramLabel = "FORM",
            description =
                    "With --text, what the values become: indicators, observed-data, report or case; absent: nothing is stored.")
    String as;

    @Option(
            names = "--doubtful",
            paramLabel = "VALUE",
            description = {
                "A doubtful value that is taken too, such as a domain that may be a file name; may be repeated.",
                "all for each of them; without --text, all is the only choice."
            })
    List<String> doubtful = List.of();

    @Option(
            names = "--leave-out",
            paramLabel = "VALUE",
            description = "With --as, a value that is not taken; may be repeated.")
    List<String> leftOut = List.of();

    @Option(
            names = "--role",
            paramLabel = "VALUE=ROLE",
            description =
                    "With --as case, the role of a value: victim, suspect, infrastructure or money-trail; may be repeated.")
    List<String> roles = List.of();

    @Option(names = "--case", paramLabel = "NUMBER", description = "With --as case, which case.")
    String caseNumber;

    @Option(names = "--case-title", description = "With --as case, the title of a case that is opened.")
    String caseTitle;

    @Option(names = "--case-type", description = "With --as case, the crime type of a case that is opened.")
    String caseType;

    @Option(
            names = "--context",
            description =
                    "With --as, store the sentence around each value, as description or note; it may have personal data.")
    boolean context;

    /**
     * Options that other imports have too.
     *
     * @param name of the objects; null for none, as the next three
     */
    record Terms(String name, String tlp, String labels, String encoding, boolean anyway, boolean preview) {}

    /** Where to print. */
    record Output(CommandOutput out, CommandOutput err, boolean json) {}

    /** A document and the values of it that are taken. */
    private record Read(Path file, JsonNode document, List<JsonNode> taken) {}

    boolean wanted() {
        if (!isText && (as != null || caseNumber != null || context || !leftOut.isEmpty() || !roles.isEmpty())) {
            throw new Failure(ExitCode.USAGE, "--as, --leave-out, --role, --case and --context need --text");
        }
        if (!isText && !doubtful.isEmpty() && !allDoubtful()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--doubtful takes all without --text; in a table, a column \"kind\" says what one value is");
        }
        return isText;
    }

    /** Whether every doubtful value is taken. */
    boolean allDoubtful() {
        return doubtful.equals(List.of("all"));
    }

    int run(CentreClient centre, List<Path> files, Terms terms, Output output) throws IOException {
        if (as != null && !FORMS.contains(as)) {
            throw new Failure(ExitCode.USAGE, "--as is indicators, observed-data, report or case");
        }
        if ("case".equals(as) != (caseNumber != null)) {
            throw new Failure(ExitCode.USAGE, "--as case and --case NUMBER belong together");
        }
        Map<String, String> rolesOfValues = roles();
        List<Read> all = new ArrayList<>();
        int code = 0;
        for (Path file : files) {
            try {
                Read read = read(centre, file, terms);
                all.add(read);
                if (!output.json()) {
                    print(read, output, terms);
                }
                if (read.document().path("values").isEmpty()) {
                    output.err().println(file + ": no value was found in it");
                    code = ExitCode.FAILED;
                }
            } catch (Failure e) {
                if (e.exitCode() == ExitCode.UNREACHABLE || files.size() == 1) {
                    throw e;
                }
                output.err().println(e.getMessage()); // one bad file does not stop the others
                code = ExitCode.FAILED;
            }
        }
        checkNamed(all, rolesOfValues.keySet());
        ArrayNode answers = new ObjectMapper().createArrayNode();
        for (Read read : all) {
            ObjectNode answer = answers.addObject().put("file", read.file().toString());
            answer.set("document", read.document());
            if (as != null && !terms.preview() && !read.taken().isEmpty()) {
                JsonNode outcome = take(centre, read, terms, rolesOfValues);
                answer.set("outcome", outcome);
                code = Math.max(code, outcome.path("refused").asLong() > 0 ? ExitCode.FAILED : 0);
                if (!output.json()) {
                    printOutcome(read, outcome, output);
                }
            }
        }
        if (output.json()) {
            output.out().json(CentreAnswers.pretty(answers));
        } else if (as == null || terms.preview()) {
            output.out()
                    .println("Nothing was stored."
                            + (as == null
                                    ? " --as indicators, observed-data, report or case takes the values that are not doubtful."
                                    : " Without --preview the values that are not doubtful are taken."));
        }
        return code;
    }

    private Map<String, String> roles() {
        Map<String, String> byValue = new HashMap<>();
        for (String role : roles) {
            int equals = role.lastIndexOf('=');
            if (equals <= 0) {
                throw new Failure(ExitCode.USAGE, "--role is VALUE=ROLE, such as 192.0.2.1=infrastructure");
            }
            String word = role.substring(equals + 1);
            if (!ROLES.contains(word)) {
                throw new Failure(
                        ExitCode.USAGE, "a role is victim, suspect, infrastructure or money-trail: correct --role");
            }
            byValue.put(role.substring(0, equals), word);
        }
        if (!roles.isEmpty() && !"case".equals(as)) {
            throw new Failure(ExitCode.USAGE, "--role needs --as case: only values of cases have roles");
        }
        return byValue;
    }

    private Read read(CentreClient centre, Path file, Terms terms) throws IOException {
        StringBuilder body = new StringBuilder();
        CentreClient.Reply reply;
        String query = "?file=" + CentreAnswers.encoded(file.getFileName().toString())
                + (terms.encoding() == null ? "" : "&encoding=" + CentreAnswers.encoded(terms.encoding()));
        try (InputStream bytes = FileFailures.open(file)) {
            reply = centre.upload("/api/documents" + query, "application/octet-stream", bytes, line -> {
                synchronized (body) {
                    body.append(line);
                }
            });
        }
        if (!reply.ok()) {
            Failure refused = ClientCommand.refused(reply);
            throw new Failure(refused.exitCode(), file + ": " + refused.getMessage());
        }
        JsonNode document;
        synchronized (body) {
            byte[] text = body.isEmpty() ? reply.body() : body.toString().getBytes(StandardCharsets.UTF_8);
            document = CentreAnswers.parse(text);
        }
        List<JsonNode> taken = new ArrayList<>();
        for (JsonNode value : document.path("values")) {
            if (isTaken(value, terms)) {
                taken.add(value);
            }
        }
        return new Read(file, document, taken);
    }

    private boolean isTaken(JsonNode value, Terms terms) {
        boolean meant = !value.has("doubt") || doubtful.contains("all") || isNamed(value, doubtful);
        boolean allowed = !value.has("protection") || terms.anyway() || "case".equals(as);
        return meant && allowed && !isNamed(value, leftOut);
    }

    private static boolean isNamed(JsonNode value, List<String> names) {
        return names.contains(value.path("value").asText())
                || names.contains(value.path("spelling").asText());
    }

    /** A value that is named and in no document is a typing error, which must not pass unnoticed. */
    private void checkNamed(List<Read> all, Set<String> withRoles) {
        Set<String> named = new TreeSet<>(doubtful);
        named.addAll(leftOut);
        named.addAll(withRoles);
        named.remove("all");
        Set<String> there = new HashSet<>();
        for (Read read : all) {
            for (JsonNode value : read.document().path("values")) {
                there.add(value.path("value").asText());
                there.add(value.path("spelling").asText());
            }
        }
        named.removeAll(there);
        if (!named.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE,
                    named.stream()
                            .map(value -> TerminalText.line(value) + " is in none of the files; nothing was stored")
                            .toList());
        }
    }

    private static void print(Read read, Output output, Terms terms) {
        JsonNode document = read.document();
        List<JsonNode> sure = new ArrayList<>();
        List<JsonNode> doubts = new ArrayList<>();
        List<JsonNode> never = new ArrayList<>();
        for (JsonNode value : document.path("values")) {
            (value.has("protection") && !terms.anyway() ? never : value.has("doubt") ? doubts : sure).add(value);
        }
        output.out()
                .println(read.file() + ": " + document.path("format").asText() + ", " + sure.size() + " values, "
                        + doubts.size() + " doubtful, " + never.size() + " never blocked");
        document.path("warnings").forEach(warning -> output.err().println(read.file() + ": " + warning.asText()));
        sure.forEach(value -> line(output, value, value.path("sentence").asText()));
        section(output, "doubtful; --doubtful VALUE takes one of them:", doubts, "doubt");
        section(output, "never blocked; --anyway takes them:", never, "protection");
        if (!document.path("left_out").isEmpty()) {
            output.out().println("  not taken, since they are addresses of recipients:");
            document.path("left_out")
                    .forEach(value -> line(output, value, value.path("doubt").asText()));
        }
        output.out().println();
    }

    private static void section(Output output, String heading, List<JsonNode> values, String reason) {
        if (!values.isEmpty()) {
            output.out().println("  " + heading);
            values.forEach(value -> line(output, value, value.path(reason).asText()));
        }
    }

    private static void line(Output output, JsonNode value, String last) {
        String known = (value.path("known").asLong() == 0 ? "" : "  known")
                + (value.has("remark") ? "  (" + value.path("remark").asText() + ')' : "");
        output.out()
                .printf(
                        "  %-12s  %-" + VALUE_WIDTH + "s  %s%s  %s%n",
                        value.path("kind").asText(),
                        port(value),
                        value.path("places").path(0).asText(),
                        known,
                        last);
    }

    private static String port(JsonNode value) {
        return value.path("value").asText()
                + (value.has("port") ? " port " + value.path("port").asText() : "");
    }

    private JsonNode take(CentreClient centre, Read read, Terms terms, Map<String, String> rolesOfValues) {
        JsonNode document = read.document();
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("as", as);
        String title = document.path("title").asText("");
        String name = terms.name() != null || !as.equals("report")
                ? terms.name()
                : title.isEmpty() ? read.file().getFileName().toString() : title;
        CentreAnswers.put(form, "name", name);
        CentreAnswers.put(form, "sha256", document.path("sha256").asText(null));
        CentreAnswers.put(form, "tlp", terms.tlp());
        CentreAnswers.put(form, "labels", labels(terms.labels()));
        CentreAnswers.put(form, "anyway", terms.anyway() ? Boolean.TRUE : null);
        CentreAnswers.put(form, "case_number", caseNumber);
        CentreAnswers.put(form, "case_title", caseTitle);
        CentreAnswers.put(form, "case_type", caseType);
        List<Map<String, Object>> values = new ArrayList<>();
        for (JsonNode value : read.taken()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("value", value.path("value").asText());
            one.put("kind", value.path("kind").asText());
            CentreAnswers.put(
                    one, "port", value.has("port") ? value.path("port").asInt() : null);
            CentreAnswers.put(one, "context", context ? value.path("sentence").asText() : null);
            String role = rolesOfValues.get(value.path("value").asText());
            CentreAnswers.put(
                    one,
                    "role",
                    role == null ? rolesOfValues.get(value.path("spelling").asText()) : role);
            values.add(one);
        }
        form.put("values", values);
        CentreClient.Reply reply = centre.post("/api/documents/values", "application/json", CentreAnswers.json(form));
        if (reply.status() == 404 && caseTitle == null && caseType == null) {
            throw new Failure(
                    ExitCode.FAILED,
                    "there is no case " + TerminalText.line(caseNumber)
                            + " here; --case-title and --case-type open one of this number");
        }
        if (!reply.ok()) {
            throw ClientCommand.refused(reply);
        }
        return ClientCommand.json(reply);
    }

    private static List<String> labels(String text) {
        return text == null
                ? null
                : Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(label -> !label.isEmpty())
                        .toList();
    }

    private static void printOutcome(Read read, JsonNode outcome, Output output) {
        for (JsonNode object : outcome.path("objects")) {
            String where = object.path("where").asText();
            String what = where;
            if (where.startsWith("values/")) {
                JsonNode value = read.taken().get(Integer.parseInt(where.substring("values/".length())));
                what = value.path("kind").asText() + " " + port(value);
            }
            if (object.path("status").asText().equals("refused")) {
                output.err()
                        .println(read.file() + ": " + what + ": "
                                + CentreAnswers.advice(
                                        object.path("refusal").path("reason").asText()));
            } else {
                output.out()
                        .println(object.path("status").asText() + "  " + what + "  "
                                + object.path("id").asText());
            }
        }
        output.out()
                .println(read.file() + ": "
                        + CentreAnswers.number(outcome.path("accepted").asLong()) + " accepted, "
                        + CentreAnswers.number(outcome.path("unchanged").asLong()) + " unchanged, "
                        + CentreAnswers.number(outcome.path("refused").asLong()) + " refused");
    }
}
