package uz.koprik.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;
import uz.koprik.gateway.Main;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;

/**
 * Every command and every HTTP route with likely wrong inputs. Exit code or status and text of each are compared with
 * {@code wrong-inputs.txt}, which people read and correct.
 *
 * <p>{@code -Dwrong-inputs.rewrite=FILE} writes the table with the present answers to FILE; copy it over the resource
 * and review the difference. A new row is a line that begins with {@code >}; the rewrite adds its answer.
 *
 * <p>Commands are split at blanks outside single quotes. A route is a method and a path, then optionally {@code as
 * nobody}, a media type after {@code type} and a body after {@code body}. In inputs and answers <code>{dir}</code> is a
 * temporary folder, <code>{home}</code> the home of the running centre and <code>{port}</code> its port.
 */
@Isolated("it moves the clock of all centres in the JVM")
final class WrongInputTest {

    private static final int LEAST_ROWS = 120;
    private static final int MOST_LINES = 8;
    private static final Pattern TOKEN = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern REQUEST = Pattern.compile(
            "(GET|POST|PUT|PATCH|DELETE) (\\S+)( as nobody)?(?: accept (\\S+))?(?: type (\\S+))?(?: body (.*))?");

    private static final InputStream STANDARD_INPUT = System.in;

    @RegisterExtension
    static final Centres centres = new Centres();

    @TempDir
    static Path folder;

    private static RunningCentre centre;
    private static HttpClient http;
    private static List<Row> rows;

    /**
     * A row of the table.
     *
     * @param comment the lines before it, such as headings
     * @param code exit code or status
     * @param text the lines of the answer
     */
    private record Row(List<String> comment, String input, String code, List<String> text) {

        boolean command() {
            return input.startsWith("koprik ");
        }

        List<String> lines() {
            List<String> lines = new ArrayList<>(comment);
            lines.add("> " + input);
            lines.add("= " + code);
            text.forEach(line -> lines.add("  " + line));
            return lines;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        rows = read();
        centre = centres.init("tashkent");
        WrongInputFiles.write(folder, centre);
        centre.start();
        http = centre.client(null);
        System.setIn(new ByteArrayInputStream(new byte[0])); // no command waits for a person
    }

    @AfterAll
    static void giveBackStandardInput() {
        System.setIn(STANDARD_INPUT);
    }

    @Test
    void eachWrongInputIsAnsweredAsTheTableSays() throws Exception {
        List<Row> answers = new ArrayList<>();
        for (Row row : rows) {
            answers.add(row.command() ? run(row) : ask(row));
        }
        String rewrite = System.getProperty("wrong-inputs.rewrite");
        if (rewrite != null) {
            Files.write(Path.of(rewrite), lines(answers));
        }
        assertEquals(
                String.join("\n", lines(rows)),
                String.join("\n", lines(answers)),
                "read the difference; -Dwrong-inputs.rewrite=FILE writes the table anew");
    }

    @Test
    void noAnswerShowsInnerNamesOrPagesOfUsage() {
        for (Row row : rows) {
            String text = String.join("\n", row.text());
            assertFalse(text.contains("Exception") || text.contains("uz.koprik") || text.contains(".part"), text);
            assertTrue(
                    row.text().stream()
                                    .filter(line -> line.startsWith("Usage:"))
                                    .count()
                            <= 1,
                    text);
            assertTrue(row.code().equals("0") || row.text().size() <= MOST_LINES, text);
            assertFalse(row.text().isEmpty(), row.input() + " says nothing");
        }
    }

    @Test
    void everyCommandHasARow() {
        Set<String> missing = leaves(Main.commandLine(), "koprik ");
        missing.removeIf(command -> rows.stream().anyMatch(row -> (row.input() + " ").startsWith(command + " ")));
        assertEquals(Set.of(), missing, "add rows for these commands");
        assertTrue(rows.size() >= LEAST_ROWS, rows.size() + " rows");
    }

    @Test
    void everyRouteHasARow() throws Exception {
        Set<String> missing = new TreeSet<>();
        centre.routes().forEach(route -> missing.add(route.method() + " " + route.path()));
        JsonNode document = new ObjectMapper()
                .readTree(centre.get(centre.url() + "/api/openapi.json", null).body());
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (!method.equals("parameters")) {
                        missing.add(method.toUpperCase(Locale.ROOT) + " "
                                + path.getKey().replaceAll("\\{(\\w+)}", ":$1"));
                    }
                }));
        missing.removeIf(route -> {
            Pattern form =
                    Pattern.compile(route.replaceAll("[.]", "\\\\.").replaceAll(":\\w+", "[^/ ?]+") + "([? ].*)?");
            return rows.stream().anyMatch(row -> form.matcher(row.input()).matches());
        });
        assertEquals(Set.of(), missing, "add rows for these routes");
    }

    private static Set<String> leaves(CommandLine line, String before) {
        Set<String> names = new TreeSet<>();
        line.getSubcommands().forEach((name, sub) -> {
            names.addAll(sub.getSubcommands().isEmpty() ? Set.of(before + name) : leaves(sub, before + name + " "));
        });
        return names;
    }

    private static List<Row> read() throws IOException {
        List<Row> all = new ArrayList<>();
        List<String> comment = new ArrayList<>();
        List<String> text = new ArrayList<>();
        String input = null;
        String code = "";
        for (String line : resource()) {
            if (line.startsWith("  ") && input != null) {
                text.add(line.substring(2));
            } else if (line.startsWith("= ")) {
                code = line.substring(2);
            } else {
                if (input != null) {
                    all.add(new Row(comment, input, code, text));
                    comment = new ArrayList<>();
                    text = new ArrayList<>();
                    input = null;
                    code = "";
                }
                if (line.startsWith("> ")) {
                    input = line.substring(2);
                } else {
                    comment.add(line);
                }
            }
        }
        if (input != null) {
            all.add(new Row(comment, input, code, text));
        }
        return all;
    }

    private static List<String> resource() throws IOException {
        try (var in = WrongInputTest.class.getResourceAsStream("wrong-inputs.txt")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static List<String> lines(List<Row> rows) {
        return rows.stream().flatMap(row -> row.lines().stream()).toList();
    }

    private static Row run(Row row) {
        List<String> words = new ArrayList<>();
        Matcher token = TOKEN.matcher(filled(row.input()));
        while (token.find()) {
            words.add(token.group(1) == null ? token.group(2) : token.group(1));
        }
        words.removeFirst();
        if (!words.contains("--home")) {
            words.addAll(0, List.of("--home", centre.home().root().toString()));
        }
        StringWriter all = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(all, true)).setErr(new PrintWriter(all, true));
        int code = line.execute(words.toArray(String[]::new));
        return answer(row, code, all.toString());
    }

    private static Row ask(Row row) throws Exception {
        Matcher request = REQUEST.matcher(filled(row.input()));
        assertTrue(request.matches(), "no request: " + row.input());
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(centre.url() + request.group(2)))
                .method(
                        request.group(1),
                        request.group(6) == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(request.group(6)));
        if (request.group(4) != null) {
            builder.header("Accept", request.group(4));
        }
        if (request.group(5) != null || request.group(6) != null) {
            builder.header("Content-Type", request.group(5) == null ? "application/json" : request.group(5));
        }
        HttpResponse<String> response =
                RunningCentre.send(http, builder, request.group(3) == null ? centre.admin() : null);
        return answer(row, response.statusCode(), text(response));
    }

    /** The words of a problem or of an error of TAXII; any other answer as it is. */
    private static String text(HttpResponse<String> response) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.contains("json") || type.contains("ndjson")) {
            return response.body();
        }
        JsonNode json = new ObjectMapper().readTree(response.body());
        if (response.statusCode() < 400) {
            return response.body();
        }
        String detail = json.path("detail").asText(json.path("description").asText());
        String errors =
                json.path("errors").valueStream().map(JsonNode::toString).collect(Collectors.joining("\n"));
        return json.path("title").asText() + ": " + detail + (errors.isEmpty() ? "" : "\n" + errors);
    }

    private static String filled(String input) {
        return input.replace("{home}", centre.home().root().toString())
                .replace("{dir}", folder.toString())
                .replace("{port}", port());
    }

    private static String port() {
        return Integer.toString(URI.create(centre.url()).getPort());
    }

    private static Row answer(Row row, int code, String said) {
        String text = said.replace(centre.home().root().toString(), "{home}")
                .replace(folder.toString(), "{dir}")
                .replaceAll("(?<=127\\.0\\.0\\.1:)" + port(), "{port}")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "{time}")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d(:\\d\\d)?( UTC)?", "{moment}")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "{uuid}")
                .replaceAll("process \\d+", "process {pid}")
                .replaceAll("\\d+ objects/s", "{n} objects/s")
                .replaceAll("\"(rate|seconds)\":[0-9.E-]+", "\"$1\":{n}")
                .replaceAll("\"kid\":\"[^\"]+\"", "\"kid\":\"{kid}\"");
        List<String> lines = text.lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .toList();
        return new Row(row.comment(), row.input(), Integer.toString(code), lines);
    }
}
