package uz.koprik.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uz.koprik.gateway.api.common.ImportFailure;
import uz.koprik.gateway.logging.TerminalText;

/** Answers of a centre in words for people, and what goes to it in its own form. */
public final class CentreAnswers {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Pattern TIMESTAMP = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

    private static final String INTERPRETED =
            "interpreted: it stands there in another form or as another kind of value";

    private CentreAnswers() {}

    /** The JSON that a centre answered. */
    public static JsonNode parse(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw new Failure(ExitCode.UNREACHABLE, "the answer is not JSON; is this a Koprik centre?");
        }
    }

    /** Adds a member to a form that is sent, unless {@code value} is null, which stands for what was not given. */
    public static void put(Map<String, Object> form, String name, Object value) {
        if (value != null) {
            form.put(name, value);
        }
    }

    /** {@code value} as one line of JSON. */
    public static byte[] json(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code value} as JSON on several lines. */
    public static String pretty(JsonNode value) {
        return value.toPrettyString();
    }

    /** A list of just {@code value}. */
    public static JsonNode list(JsonNode value) {
        return MAPPER.createArrayNode().add(value);
    }

    /** {@code object} with one more member. */
    public static JsonNode with(JsonNode object, String name, JsonNode value) {
        ObjectNode more = ((ObjectNode) object).deepCopy();
        more.set(name, value);
        return more;
    }

    /** {@code text} inside a URL. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What a centre said against a request, in one line, with the reason of each object when there are several. */
    public static String problem(CentreClient.Reply reply) {
        return problemLines(reply).stream().map(TerminalText::line).collect(Collectors.joining(System.lineSeparator()));
    }

    /** As {@link #problem}, a line each, not made fit for a terminal yet. */
    public static List<String> problemLines(CentreClient.Reply reply) {
        JsonNode problem;
        try {
            problem = MAPPER.readTree(reply.body());
        } catch (IOException e) {
            problem = MAPPER.createObjectNode();
        }
        String detail = problem.path("detail").asText("");
        if (detail.isEmpty()) {
            detail = problem.path("title").asText("no reason was given");
        }
        if (reply.status() == 401) {
            return List.of("the centre does not know the caller: " + detail
                    + "; name the token of an account with --token-file");
        }
        List<String> lines = new ArrayList<>(List.of(advice(detail)));
        if (problem.path("errors").size() > 1) {
            problem.path("errors")
                    .forEach(e ->
                            lines.add("  " + place(e) + ": " + e.path("reason").asText()));
        }
        return lines;
    }

    /** Whether a centre refused a file as a whole, rather than the request. */
    public static boolean isUnreadable(CentreClient.Reply reply) {
        return reply.status() == 400
                && parse(reply.body()).path("title").asText().equals(ImportFailure.UNREADABLE);
    }

    /** What a centre advises to callers of the API, as it is said on the command line. */
    public static String advice(String text) {
        return text.replace("\"anyway\": true", "--anyway")
                .replace("anyway=true", "--anyway")
                .replaceAll("\"kind\": \"([a-z0-9-]+)\"", "--kind $1");
    }

    private static String place(JsonNode fault) {
        String id = fault.path("id").asText("");
        String pointer = fault.path("pointer").asText("");
        return fault.path("where").asText()
                + (id.isEmpty() ? "" : " (" + id + ")")
                + (pointer.isEmpty() ? "" : " at " + pointer);
    }

    /** How many values were read as which kind; empty when there is none. */
    public static Optional<String> counts(JsonNode readAs, String before) {
        List<String> counts = new ArrayList<>();
        readAs.properties()
                .forEach(kind ->
                        counts.add(kind.getKey() + ' ' + number(kind.getValue().asLong())));
        return counts.isEmpty() ? Optional.empty() : Optional.of(before + String.join(", ", counts));
    }

    /** What a reported value was read as, with two blanks after it; empty for objects. */
    public static String readAs(JsonNode outcome) {
        JsonNode read = outcome.path("read_as");
        if (read.isMissingNode() || read.isNull()) {
            return "";
        }
        StringBuilder line = new StringBuilder(
                read.path("kind").asText() + ' ' + read.path("value").asText());
        read.path("also").forEach(also -> line.append(", also ")
                .append(also.path("kind").asText())
                .append(' ')
                .append(also.path("value").asText()));
        read.path("remarks")
                .forEach(remark -> line.append(" (").append(remark.asText()).append(')'));
        return line.append("  ").toString();
    }

    /** What is to be said of a value of an object, in brackets with two blanks before; empty for nothing. */
    public static String valueNotes(JsonNode value) {
        return (value.path("interpreted").asBoolean() ? "  (" + INTERPRETED + ')' : "")
                + (value.has("remark") ? "  (" + value.path("remark").asText() + ')' : "");
    }

    /** What matches: a value, or a pattern and the value that satisfies it. */
    public static String what(JsonNode match) {
        String value =
                (match.path("kind").asText("") + ' ' + match.path("value").asText("")).strip();
        String pattern = match.path("pattern").asText("");
        return pattern.isEmpty() ? value : "pattern " + pattern + (value.isEmpty() ? "" : " by " + value);
    }

    /** By which rule a match holds, with which value, and how sure it is: {@code same value, certainty 90 of 100}. */
    public static String why(JsonNode match) {
        String rule = match.path("rule").asText().replace('_', ' ');
        String other = match.path("other_value").asText("");
        return rule
                + (other.isEmpty() || other.equals(match.path("value").asText()) ? "" : " " + other)
                + ", certainty " + match.path("certainty").path("score").asInt() + " of 100"
                + (match.has("remark") ? " (" + match.path("remark").asText() + ')' : "");
    }

    /** Matching objects, one sentence per object: who reported it, when it was signed and received. */
    public static List<String> met(JsonNode match) {
        List<String> lines = new ArrayList<>();
        match.path("met").forEach(met -> lines.add(sentence(met)));
        long more = match.path("count").asLong() - match.path("met").size();
        if (more > 0) {
            lines.add("and in " + number(more) + " more");
        }
        return lines;
    }

    /** Which object carries a value, who signed it and when, through whom it came and when it was received. */
    public static String sentence(JsonNode met) {
        String number = met.path("case_number").asText("");
        String what = number.isEmpty()
                ? met.path("title").asText(met.path("id").asText())
                : "case " + met.path("title").asText(number);
        return what + ": " + signed(met) + through(met) + ", received "
                + moment(met.path("received").asText())
                + (met.path("revoked").asBoolean() ? ", revoked by its creator" : "")
                + (met.path("interpreted").asBoolean() ? ", " + INTERPRETED : "")
                + verdict(met.path("verdict"));
    }

    private static String verdict(JsonNode verdict) {
        return verdict.isMissingNode()
                ? ""
                : ", " + verdict.path("verdict").asText() + " by "
                        + verdict.path("by").asText()
                        + unproven(verdict.path("unproven"));
    }

    private static String through(JsonNode met) {
        String from = met.path("received_from").asText("");
        boolean signedByThem = false;
        for (JsonNode signer : met.path("signed_by")) {
            signedByThem |= signer.path("centre").asText().equals(from);
        }
        return from.isEmpty() || signedByThem ? "" : ", through " + from;
    }

    /** Who signed an object and when. */
    public static String signed(JsonNode met) {
        if (met.path("signed_by").isEmpty()) {
            return "signed by nobody";
        }
        List<String> signers = new ArrayList<>();
        met.path("signed_by")
                .forEach(s -> signers.add(s.path("centre").asText() + " on "
                        + moment(s.path("signed").asText())));
        String verb = met.path("origin").asText().equals("countersigned") ? "countersigned by " : "signed by ";
        return verb + String.join(" and ", signers) + unproven(met.path("unproven"));
    }

    /** Why an object is not proven any more, after a comma; nothing when it is. */
    public static String unproven(JsonNode unproven) {
        return unproven.isMissingNode()
                ? ""
                : ", but NOT PROVEN any more: that key of "
                        + unproven.path("centre").asText() + " is compromised since "
                        + moment(unproven.path("compromised_since").asText());
    }

    /** A moment to the second: {@code 2026-11-22 09:30:00 UTC}. */
    public static String moment(String timestamp) {
        return timestamp.length() < 19
                ? timestamp
                : timestamp.substring(0, 10) + ' ' + timestamp.substring(11, 19) + " UTC";
    }

    /** A sentence whose timestamps are written as all moments on a terminal are. */
    public static String withMoments(String sentence) {
        return TIMESTAMP.matcher(sentence).replaceAll(found -> moment(found.group()));
    }

    /** The values of an object: {@code iban HU94…, domain login.example.com}. */
    public static String values(JsonNode values) {
        List<String> words = new ArrayList<>();
        values.forEach(v -> words.add(v.path("kind").asText()
                + ' '
                + v.path("value").asText()
                + (v.has("remark") ? " (" + v.path("remark").asText() + ')' : "")
                + (v.path("less_sure").asLong() > 0
                        ? " in " + number(v.path("less_sure").asLong()) + " more"
                        : "")));
        return words.stream().collect(Collectors.joining(", "));
    }

    /** The texts of a list, with commas. */
    public static String joined(JsonNode texts) {
        List<String> words = new ArrayList<>();
        texts.forEach(text -> words.add(text.asText()));
        return String.join(", ", words);
    }

    /** A number with groups of three digits. */
    public static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** Why a file could not be read. */
    public static String of(IOException e) {
        return FileFailures.words(e);
    }
}
