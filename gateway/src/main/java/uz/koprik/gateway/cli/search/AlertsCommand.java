package uz.koprik.gateway.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
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

/** Alerts: lists and follows them, subscribes to them, shows digests. */
@Command(
        name = "alerts",
        description = {
            "Lists alerts, newest first: matches of case files, contested ids, and what operators should look after. --follow writes each as it is emitted.",
            "Without a subcommand it lists."
        },
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            AlertsCommand.Digest.class,
            AlertsCommand.Subscribe.class,
            AlertsCommand.Subscriptions.class,
            AlertsCommand.Unsubscribe.class
        })
public final class AlertsCommand extends ClientCommand {

    @Mixin
    UseOptions use;

    /** Which alerts. */
    static final class Filter {

        @Option(names = "--case", paramLabel = "NUMBER", split = ",", description = "Of these cases only.")
        List<String> cases = List.of();

        @Option(
                names = "--kind",
                split = ",",
                description = "About these kinds of values only, such as iban or domain.")
        List<String> kinds = List.of();

        @Option(names = "--producer", split = ",", description = "About objects of these centres or identities only.")
        List<String> producers = List.of();

        @Option(
                names = "--crime-type",
                paramLabel = "TYPE",
                split = ",",
                description = "Of cases of these types of crime only.")
        List<String> crimeTypes = List.of();

        @Option(names = "--rule", split = ",", description = "By these rules only, such as same_value.")
        List<String> rules = List.of();

        @Option(names = "--min-score", paramLabel = "N", description = "At least so sure, 0 to 100.")
        int minScore;

        /** As parameters of a URL, each after an ampersand. */
        String query() {
            StringBuilder query = new StringBuilder();
            form().forEach((name, value) -> {
                // In the singular: a list of subscriptions has many words, a parameter has one.
                String parameter =
                        name.endsWith("s") && value instanceof List ? name.substring(0, name.length() - 1) : name;
                Object text = value instanceof List<?> words
                        ? String.join(",", words.stream().map(Object::toString).toList())
                        : value;
                query.append('&').append(parameter).append('=').append(CentreAnswers.encoded(text.toString()));
            });
            return query.toString();
        }

        /** As members of a subscription. */
        Map<String, Object> form() {
            Map<String, Object> form = new LinkedHashMap<>();
            put(form, "cases", cases);
            put(form, "kinds", kinds);
            put(form, "producers", producers);
            put(form, "crime_types", crimeTypes);
            put(form, "rules", rules);
            if (minScore != 0) {
                form.put("min_score", minScore);
            }
            return form;
        }

        private static void put(Map<String, Object> form, String name, List<String> words) {
            if (!words.isEmpty()) {
                form.put(name, words);
            }
        }
    }

    @Mixin
    Filter filter;

    @Option(names = "--limit", defaultValue = "20", description = "How many at most, ${DEFAULT-VALUE} when absent.")
    int limit;

    @Option(
            names = "--since",
            paramLabel = "N|TIME",
            description = "Oldest first, after the alert of this number or from this time.")
    String since;

    @Option(
            names = "--follow",
            description = "Write each alert as it is given, until the centre ends it; --since NUMBER begins earlier.")
    boolean follow;

    @Override
    protected int run(CentreClient centre) {
        if (follow) {
            return follow(centre);
        }
        String from = since == null ? "" : "&since=" + CentreAnswers.encoded(since);
        JsonNode answer = json(centre.get("/api/alerts?limit=" + limit + from + filter.query()));
        if (json()) {
            out().json(CentreAnswers.pretty(answer));
        } else {
            answer.path("alerts").forEach(alert -> lines(alert).forEach(out()::println));
            if (answer.path("alerts").isEmpty()) {
                out().println("no alerts");
                answer.path("hints").forEach(hint -> out().println("    " + hint.asText()));
            }
        }
        return ExitCode.OK;
    }

    /** Data of an event follow its name. */
    private int follow(CentreClient centre) {
        if (since != null && !since.matches("[0-9]{1,18}")) {
            throw new Failure(ExitCode.USAGE, "--since with --follow is the number of an alert, not \"" + since + '"');
        }
        AtomicReference<String> event = new AtomicReference<>("");
        AtomicReference<String> id = new AtomicReference<>("");
        AtomicReference<String> end = new AtomicReference<>("the connection broke");
        String from = since == null ? "" : "&last_event_id=" + CentreAnswers.encoded(since);
        try {
            CentreClient.Reply reply = centre.follow(
                    "/api/alerts/stream?" + (from + filter.query()).replaceFirst("^&", ""),
                    "text/event-stream",
                    line -> {
                        if (line.startsWith("id: ")) {
                            id.set(line.substring(4));
                        } else if (line.startsWith("event: ")) {
                            event.set(line.substring(7));
                        } else if (line.startsWith("data: ")) {
                            told(event.get(), line.substring(6), end);
                        }
                    });
            if (!reply.ok()) {
                throw refused(reply);
            }
        } catch (Failure broken) {
            if (id.get().isEmpty()) {
                throw broken;
            }
            // Alerts came before: what counts is where to go on.
        }
        throw new Failure(
                ExitCode.UNREACHABLE, end.get() + "; go on with `koprik alerts --follow --since " + id.get() + "`");
    }

    private void told(String event, String data, AtomicReference<String> end) {
        JsonNode json = CentreAnswers.parse(data.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        switch (event) {
            case "alert" -> {
                if (json()) {
                    out().json(data);
                } else {
                    lines(json).forEach(out()::println);
                }
            }
            case "gap" -> err().println("alerts before " + json.path("first").asText() + " are no longer kept");
            default -> end.set(json.path("reason").asText());
        }
        out().flush();
        err().flush();
    }

    private static List<String> lines(JsonNode alert) {
        if (alert.has("message")) {
            return notice(alert);
        }
        return alert.has("object_id") ? conflict(alert) : match(alert);
    }

    private static List<String> notice(JsonNode alert) {
        String number = alert.path("seq").asText();
        return List.of(
                (number.isEmpty() ? "" : number + "  ")
                        + CentreAnswers.moment(alert.path("time").asText()) + "  "
                        + alert.path("message").asText(),
                "    " + alert.path("action").asText());
    }

    private static List<String> conflict(JsonNode alert) {
        String number = alert.path("seq").asText();
        List<String> lines = new ArrayList<>();
        lines.add((number.isEmpty() ? "" : number + "  ")
                + CentreAnswers.moment(alert.path("time").asText()) + "  "
                + alert.path("kind").asText().replace('_', ' ') + " "
                + alert.path("object_id").asText() + ", "
                + alert.path("outcome").asText().replace('_', ' ')
                + (alert.path("count").asLong() > 1
                        ? ", " + alert.path("count").asText() + " times, the last on "
                                + CentreAnswers.moment(alert.path("last").asText())
                        : ""));
        lines.add("    owner " + party(alert.path("owner"), "centre") + "; submitted by "
                + alert.at("/submitter/type").asText() + " " + party(alert.path("submitter"), "name"));
        lines.add("    "
                + (alert.has("evidence")
                        ? "both are in " + alert.path("evidence").asText()
                        : "there was no room for evidence")
                + (alert.has("further")
                        ? "; " + alert.path("further").asText() + " further conflicts of this submitter are not listed"
                        : ""));
        lines.add("    " + alert.path("action").asText());
        return lines;
    }

    private static String party(JsonNode party, String name) {
        return party.path(name).asText()
                + (party.has("producer") ? " (" + party.path("producer").asText() + ")" : "")
                + CentreAnswers.unproven(party.path("unproven"));
    }

    private static List<String> match(JsonNode alert) {
        JsonNode file = alert.path("case");
        JsonNode inCase = alert.path("case_value");
        JsonNode value = alert.path("object_value");
        List<String> lines = new ArrayList<>();
        if (alert.has("purpose_needed")) {
            lines.add(CentreAnswers.moment(alert.path("time").asText()) + "  case "
                    + file.path("number").asText() + " " + file.path("title").asText());
            lines.add("    " + inCase.path("kind").asText() + " "
                    + inCase.path("value").asText() + ", by "
                    + alert.path("rule").asText());
            lines.add("    an object of "
                    + alert.path("purpose_needed").asText()
                    + " whose agreement asks for a purpose: `koprik alerts --purpose TEXT --for-case "
                    + file.path("number").asText() + "` shows it");
            return lines;
        }
        lines.add(alert.path("seq").asText() + "  "
                + CentreAnswers.moment(alert.path("time").asText()) + "  case "
                + file.path("number").asText() + " " + file.path("title").asText() + ", score "
                + alert.path("certainty").path("score").asText());
        lines.add(
                "    " + value.path("kind").asText() + " " + value.path("value").asText()
                        + (inCase.equals(value)
                                ? ""
                                : ", by " + alert.path("rule").asText() + ": the case has "
                                        + inCase.path("kind").asText() + " "
                                        + inCase.path("value").asText()));
        lines.add("    " + CentreAnswers.sentence(alert.path("object")));
        return lines;
    }

    /** Shows digests. */
    @Command(name = "digest", description = "Shows the daily digests of one's subscriptions, newest first.")
    static final class Digest extends ClientCommand {

        private static final int MOST_DIGESTS = 100;

        @Option(names = "--days", defaultValue = "1", description = "How many at most, ${DEFAULT-VALUE} when absent.")
        int days;

        @Override
        protected int run(CentreClient centre) {
            if (days < 1 || days > MOST_DIGESTS) {
                throw new Failure(ExitCode.USAGE, "--days must be 1 to " + MOST_DIGESTS + ", not " + days);
            }
            JsonNode answer = json(centre.get("/api/alerts/digests?limit=" + days));
            if (json()) {
                out().json(CentreAnswers.pretty(answer));
                return ExitCode.OK;
            }
            for (JsonNode digest : answer.path("digests")) {
                out().println(digest.path("date").asText() + "  "
                        + digest.path("name").asText(digest.path("subscription").asText()) + "  "
                        + CentreAnswers.number(digest.path("total").asLong()) + " alerts");
                for (JsonNode group : digest.path("cases")) {
                    out().println("  case " + group.path("case").path("number").asText() + " "
                            + group.path("case").path("title").asText() + ": "
                            + group.path("count").asText());
                    group.path("alerts")
                            .forEach(alert -> lines(alert).stream().skip(1).forEach(out()::println));
                }
                digest.path("conflicts").forEach(alert -> lines(alert).forEach(line -> out().println("  " + line)));
                digest.path("notices").forEach(alert -> lines(alert).forEach(line -> out().println("  " + line)));
            }
            if (answer.path("digests").isEmpty()) {
                out().println("no digests yet");
            }
            return ExitCode.OK;
        }
    }

    /** Subscribes. */
    @Command(
            name = "subscribe",
            description = "Subscribes to alerts: for digests, for a webhook, and to name in the API.")
    static final class Subscribe extends ClientCommand {

        @Mixin
        Filter filter;

        @Option(names = "--name", description = "What to call it.")
        String name;

        @Option(names = "--webhook", paramLabel = "URL", description = "Where to send alerts and digests.")
        String webhook;

        @Option(names = "--only-digest", description = "Send only digests to the webhook, not each alert.")
        boolean onlyDigest;

        @Option(names = "--no-digest", description = "Make no daily digest.")
        boolean noDigest;

        @Override
        protected int run(CentreClient centre) {
            Map<String, Object> form = filter.form();
            if (name != null) {
                form.put("name", name);
            }
            if (webhook != null) {
                form.put("webhook", webhook);
            }
            form.put("immediate", !onlyDigest);
            form.put("digest", !noDigest);
            JsonNode answer =
                    json(centre.post("/api/alerts/subscriptions", "application/json", CentreAnswers.json(form)));
            if (json()) {
                out().json(CentreAnswers.pretty(answer));
            } else {
                out().println("subscribed: " + answer.path("id").asText());
            }
            return ExitCode.OK;
        }
    }

    /** Lists subscriptions. */
    @Command(name = "subscriptions", description = "Lists one's subscriptions, and how delivery goes.")
    static final class Subscriptions extends ClientCommand {

        @Override
        protected int run(CentreClient centre) {
            JsonNode answer = json(centre.get("/api/alerts/subscriptions"));
            if (json()) {
                out().json(CentreAnswers.pretty(answer));
                return ExitCode.OK;
            }
            for (JsonNode one : answer.path("subscriptions")) {
                out().println(one.path("id").asText() + "  " + one.path("name").asText("")
                        + one.path("webhook").asText("").replaceFirst("^(?=.)", "  to "));
                JsonNode trouble = one.path("delivery").path("trouble");
                if (!trouble.isMissingNode()) {
                    out().println("    " + trouble.path("failures").asText() + " failures, the last on "
                            + CentreAnswers.moment(trouble.path("at").asText()) + ": "
                            + trouble.path("reason").asText());
                }
                one.path("delivery").path("dead").forEach(dead -> out().println(
                                "    given up: " + dead.path("what").asText() + " on "
                                        + CentreAnswers.moment(dead.path("at").asText()) + ": "
                                        + dead.path("reason").asText()));
            }
            return ExitCode.OK;
        }
    }

    /** Ends a subscription. */
    @Command(name = "unsubscribe", description = "Ends a subscription.")
    static final class Unsubscribe extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "Id of the subscription.")
        String id;

        @Override
        protected int run(CentreClient centre) {
            CentreClient.Reply reply = centre.delete("/api/alerts/subscriptions/" + CentreAnswers.encoded(id));
            if (!reply.ok()) {
                throw refused(reply);
            }
            out().println("unsubscribed");
            return ExitCode.OK;
        }
    }
}
