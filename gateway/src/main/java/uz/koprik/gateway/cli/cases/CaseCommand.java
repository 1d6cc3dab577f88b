package uz.koprik.gateway.cli.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.UseOptions;

/** Case files: opens, lists, shows, changes, shares. */
@Command(
        name = "case",
        description = "Case files, which never leave the centre.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CaseCommand.AddCommand.class,
            CaseCommand.ListCommand.class,
            CaseCommand.ShowCaseCommand.class,
            CaseChangeCommand.class,
            CaseCommand.ObserveCommand.class,
            CaseRemoveCommand.class,
            CaseNoteCommand.class,
            CaseCommand.CloseCommand.class,
            CaseCommand.ReopenCommand.class,
            CaseHistoryCommand.class,
            CaseHoldCommand.class,
            CaseShareCommand.class,
            CaseUnshareCommand.class,
            CaseImportCommand.class,
            CaseMappingCommand.class
        })
public final class CaseCommand implements Runnable {

    private static final Pattern PLACE = Pattern.compile("values/(\\d{1,6}): ");
    private static final Pattern LOSS = Pattern.compile("(\\d+(?:\\.\\d+)?) ([A-Z]{3})(?:: (.+))?");

    @picocli.CommandLine.Spec
    picocli.CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new picocli.CommandLine.ParameterException(
                spec.commandLine(),
                "which? " + String.join(", ", spec.subcommands().keySet()));
    }

    /** What all of them have: a case as people read it. */
    abstract static class CaseClient extends ClientCommand {

        static String path(String number) {
            return "/api/cases/" + CentreAnswers.encoded(number);
        }

        final void print(JsonNode file) {
            out().println(file.path("number").asText() + "  "
                    + file.path("title").asText());
            out().println("  " + file.path("type").asText() + ", "
                    + file.path("status").asText() + ", opened "
                    + CentreAnswers.moment(file.path("opened").asText())
                    + file.path("closed").asText("").replaceFirst("^(?=.)", ", closed ")
                    + CentreAnswers.unproven(file.path("unproven")));
            String summary = file.path("summary").asText("");
            if (!summary.isEmpty()) {
                out().println("  " + summary);
            }
            for (JsonNode loss : file.path("losses")) {
                out().println("  lost: " + loss.path("amount").asText() + ' '
                        + loss.path("currency").asText()
                        + loss.path("note").asText("").replaceFirst("^(?=.)", "  "));
            }
            for (JsonNode value : file.path("values")) {
                out().println("  " + value.path("kind").asText() + ' '
                        + value.path("value").asText()
                        + value.path("role").asText("").replaceFirst("^(?=.)", "  ")
                        + value.path("note").asText("").replaceFirst("^(?=.)", "  "));
            }
            file.path("cases").forEach(other -> out().println("  see case " + other.asText()));
            file.path("incidents").forEach(id -> out().println("  see " + id.asText()));
            for (JsonNode note : file.path("notes")) {
                out().println("  " + CentreAnswers.moment(note.path("written").asText()) + ' '
                        + note.path("author").asText() + ": "
                        + note.path("text").asText());
            }
            for (JsonNode share : file.path("shares")) {
                out().println("  " + CentreAnswers.moment(share.path("at").asText()) + ' '
                        + share.path("by").asText() + " shared "
                        + share.path("parts").asText() + ", "
                        + share.path("tlp").asText());
            }
        }

        final int printOne(JsonNode file) {
            if (json()) {
                out().json(CentreAnswers.pretty(file));
            } else {
                print(file);
            }
            return ExitCode.OK;
        }

        final void printMatches(JsonNode matches) {
            for (JsonNode match : matches) {
                out().println(CentreAnswers.what(match) + " matches (" + CentreAnswers.why(match) + "):");
                CentreAnswers.met(match).forEach(line -> out().println("    " + line));
            }
        }

        /** The JSON of an answer to a request with values; a refusal names the value as it was typed. */
        static JsonNode json(CentreClient.Reply reply, List<String> given) {
            if (reply.ok()) {
                return json(reply);
            }
            Failure refused = refused(reply);
            throw new Failure(
                    refused.exitCode(),
                    refused.lines().stream().map(line -> typed(line, given)).toList());
        }

        private static String typed(String line, List<String> given) {
            Matcher place = PLACE.matcher(line);
            return place.lookingAt() && Integer.parseInt(place.group(1)) < given.size()
                    ? given.get(Integer.parseInt(place.group(1))) + ": " + line.substring(place.end())
                    : line;
        }

        /** Prints a case after a change; the exit code is 1 when a value was not taken. */
        final int printChanged(JsonNode answer, List<String> given) {
            if (json()) {
                out().json(CentreAnswers.pretty(answer));
            } else {
                print(answer.path("case"));
                printMatches(answer.path("matches"));
            }
            for (JsonNode refused : answer.path("refused")) {
                int index = Integer.parseInt(refused.path("where").asText().replaceFirst(".*/", ""));
                err().println(given.get(index) + ": "
                        + CentreAnswers.advice(refused.path("reason").asText()));
            }
            return answer.path("refused").isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    /** Opens a case. */
    @Command(name = "add", description = "Opens a case and shows earlier matches of its values.")
    static final class AddCommand extends CaseClient {

        @Parameters(paramLabel = "NUMBER", description = "Number of the case, such as T-2026-014.")
        String number;

        @Option(names = "--title", required = true, description = "What it is about.")
        String title;

        @Option(names = "--type", description = "Type of crime, such as fraud or card-fraud; other when absent.")
        String type;

        @Option(names = "--summary", description = "More about it.")
        String summary;

        @Option(names = "--unit", description = "The unit that leads it.")
        String unit;

        @Option(
                names = "--loss",
                paramLabel = "LOSS",
                description = "What was lost, such as '1200.50 EUR' or '900 USD: first victim'.")
        List<String> losses = List.of();

        @Option(
                names = "--observable",
                paramLabel = "VALUE",
                description = "A value of the case in any spelling; may be repeated.")
        List<String> values = List.of();

        @Option(names = "--kind", description = "What the values are, when it should not be guessed, such as domain.")
        String kind;

        @Override
        protected int run(CentreClient centre) {
            Map<String, Object> form = new LinkedHashMap<>();
            form.put("number", number);
            form.put("title", title);
            put(form, "type", type);
            put(form, "summary", summary);
            put(form, "unit", unit);
            form.put("values", values);
            put(form, "kind", kind);
            form.put("losses", losses.stream().map(CaseCommand::loss).toList());
            return printChanged(
                    json(centre.post("/api/cases", "application/json", CentreAnswers.json(form)), values), values);
        }
    }

    /** Lists all cases. */
    @Command(name = "list", description = "Lists case files, the one changed last first.")
    static final class ListCommand extends CaseClient {

        @Option(names = "--words", description = "Words that must all occur.")
        String words;

        @Option(names = "--value", description = "A value in any spelling that the case must have.")
        String value;

        @Option(names = "--type", description = "Types of crime, comma-separated.")
        String type;

        @Option(names = "--status", description = "open or closed.")
        String status;

        @Option(names = "--unit", description = "The unit that leads it.")
        String unit;

        @Override
        protected int run(CentreClient centre) {
            StringBuilder query = new StringBuilder("/api/cases?limit=1000");
            add(query, "q", words);
            add(query, "value", value);
            add(query, "type", type);
            add(query, "status", status);
            add(query, "unit", unit);
            String cursor = "";
            boolean found = false;
            do {
                JsonNode page = json(centre.get(query + (cursor.isEmpty() ? "" : "&cursor=" + cursor)));
                for (JsonNode file : page.path("cases")) {
                    found = true;
                    if (json()) {
                        out().json(file.toString());
                    } else {
                        out().println(file.path("number").asText() + "  "
                                + file.path("status").asText() + "  "
                                + file.path("title").asText() + "  ("
                                + file.path("values").size() + " values)"
                                + CentreAnswers.unproven(file.path("unproven")));
                    }
                }
                cursor = page.path("next").asText("");
            } while (!cursor.isEmpty());
            if (!found && !json()) {
                out().println("no cases");
            }
            return ExitCode.OK;
        }

        private static void add(StringBuilder query, String name, String value) {
            if (value != null) {
                query.append('&').append(name).append('=').append(CentreAnswers.encoded(value));
            }
        }
    }

    /** Shows a case and its matches. */
    @Command(name = "show", description = "Shows a case and the matches of its values.")
    static final class ShowCaseCommand extends CaseClient {

        @Mixin
        UseOptions use;

        @Parameters(paramLabel = "NUMBER", description = "Number of the case.")
        String number;

        @Override
        protected int run(CentreClient centre) {
            JsonNode file = json(centre.get(path(number)));
            JsonNode matches = json(centre.get(path(number) + "/matches"));
            if (json()) {
                out().json(CentreAnswers.pretty(CentreAnswers.with(file, "matches", matches.path("matches"))));
                return ExitCode.OK;
            }
            print(file);
            printMatches(matches.path("matches"));
            if (matches.path("matches").isEmpty()) {
                out().println("no value matches another object");
            }
            return ExitCode.OK;
        }
    }

    /** Adds values. */
    @Command(name = "observe", description = "Adds values to a case and shows their earlier matches.")
    static final class ObserveCommand extends CaseClient {

        @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the case.")
        String number;

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "VALUE", description = "Values in any spelling.")
        List<String> values;

        @Option(names = "--kind", description = "What they are, when it should not be guessed, such as iban.")
        String kind;

        @Option(names = "--role", description = "victim, suspect, infrastructure or money-trail.")
        String role;

        @Option(names = "--note", description = "What is known of them in this case.")
        String note;

        @Override
        protected int run(CentreClient centre) {
            Map<String, Object> form = new LinkedHashMap<>();
            form.put("values", values);
            put(form, "kind", kind);
            put(form, "role", role);
            put(form, "note", note);
            return printChanged(
                    json(
                            centre.post(path(number) + "/observables", "application/json", CentreAnswers.json(form)),
                            values),
                    values);
        }
    }

    /** Closes a case. */
    @Command(name = "close", description = "Closes a case; its values are still matched.")
    static final class CloseCommand extends CaseClient {

        @Parameters(paramLabel = "NUMBER", description = "Number of the case.")
        String number;

        @Override
        protected int run(CentreClient centre) {
            return printOne(json(
                    centre.patch(path(number), "application/json", CentreAnswers.json(Map.of("status", "closed")))));
        }
    }

    /** Opens a case again. */
    @Command(name = "reopen", description = "Opens a closed case again.")
    static final class ReopenCommand extends CaseClient {

        @Parameters(paramLabel = "NUMBER", description = "Number of the case.")
        String number;

        @Override
        protected int run(CentreClient centre) {
            return printOne(
                    json(centre.patch(path(number), "application/json", CentreAnswers.json(Map.of("status", "open")))));
        }
    }

    /** {@code 1200.50 EUR: first victim} as the API has it. */
    static Map<String, String> loss(String text) {
        Matcher parts = LOSS.matcher(text.strip());
        if (!parts.matches()) {
            throw new Failure(
                    ExitCode.USAGE, "--loss is an amount and a currency, such as '1200.50 EUR: first victim'");
        }
        Map<String, String> loss = new LinkedHashMap<>();
        loss.put("amount", parts.group(1));
        loss.put("currency", parts.group(2));
        if (parts.group(3) != null) {
            loss.put("note", parts.group(3));
        }
        return loss;
    }

    static void put(Map<String, Object> form, String name, Object value) {
        if (value != null) {
            form.put(name, value);
        }
    }
}
