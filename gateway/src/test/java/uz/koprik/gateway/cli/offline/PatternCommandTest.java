package uz.koprik.gateway.cli.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;
import uz.koprik.gateway.Main;
import uz.koprik.gateway.cli.CentreAnswers;

/** {@code koprik pattern}: each command alone and in a pipeline. */
@Isolated("it moves the clock of all centres in the JVM")
class PatternCommandTest {

    private static final String GOOD = "[ domain-name:value == 'login.example.com' ]";
    private static final String BUNDLE =
            """
            {"type":"bundle","id":"bundle--1","objects":[
            {"type":"observed-data","id":"observed-data--1","first_observed":"2026-01-01T00:00:00Z",
            "last_observed":"2026-01-01T00:00:00Z","number_observed":2,"object_refs":["domain-name--1"]},
            {"type":"domain-name","id":"domain-name--1","value":"login.example.com"}]}""";

    @TempDir
    Path folder;

    private String out;
    private String err;

    private int koprik(String stdin, String... args) {
        CommandLine line = Main.commandLine();
        StringWriter outWriter = new StringWriter();
        StringWriter errWriter = new StringWriter();
        line.setOut(new PrintWriter(outWriter, true)).setErr(new PrintWriter(errWriter, true));
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)));
        try {
            return line.execute(args);
        } finally {
            System.setIn(before);
            out = outWriter.toString();
            err = errWriter.toString();
        }
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String packed(String name, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gz = new GZIPOutputStream(bytes)) {
            gz.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Files.write(folder.resolve(name), bytes.toByteArray()).toString();
    }

    @Test
    void checksArguments() {
        assertEquals(0, koprik("", "pattern", "check", GOOD));
        assertEquals(List.of("argument 1: ok"), out.lines().toList());
        assertEquals(1, koprik("", "pattern", "check", GOOD, "[file:size = ]"));
        assertEquals(
                "argument 2: column 14: a literal is expected, not ]",
                out.lines().toList().get(1));
        assertEquals(0, koprik("", "pattern", "check", "[file:name MATCHES '(?=x)']"));
        assertTrue(out.contains("ok, but it cannot be matched here: a regular expression"), out);
    }

    @Test
    void checksFilesAndStandardInput() throws IOException {
        String text = "# known\n" + GOOD + "\n\n[file:size = 1\n";
        String path = packed("patterns.txt.gz", text);
        assertEquals(1, koprik("", "pattern", "check", path));
        assertEquals(
                List.of(path + ":2: ok", path + ":4: column 15: AND, OR or ] is expected, not the end of the pattern"),
                out.lines().toList());
        assertEquals(1, koprik(text, "pattern", "check"));
        assertTrue(out.startsWith("line 2: ok"), out);
        assertEquals(0, koprik(GOOD, "pattern", "check", "-"));
    }

    @Test
    void printsNormalFormsAndValuesForPipelines() throws IOException {
        assertEquals(1, koprik(GOOD + "\n[x\n", "pattern", "check", "--normal"));
        assertEquals(
                List.of("[domain-name:value = 'login.example.com']"),
                out.lines().toList());
        assertTrue(err.startsWith("line 2: column 3: "), err);
        assertEquals(
                0,
                koprik(
                        "",
                        "pattern",
                        "check",
                        "--values",
                        "[file:name = 'it\\'s' AND file:size IN (1, 2)] AND [file:name != 'x' OR file:data_bin = h'00']"));
        assertEquals(
                List.of("file:name\tit's", "file:size\t1", "file:size\t2", "file:data_bin\th'00'"),
                out.lines().toList());
        assertEquals(2, koprik("", "pattern", "check", "--values", "--normal", GOOD));
    }

    @Test
    void checksInJson() throws IOException {
        assertEquals(1, koprik("", "pattern", "check", "--json", GOOD, "[x"));
        List<String> lines = out.lines().toList();
        JsonNode good = CentreAnswers.parse(lines.get(0).getBytes(StandardCharsets.UTF_8));
        assertTrue(good.path("valid").asBoolean());
        assertEquals(
                "login.example.com", good.path("values").path(0).path("value").asText());
        JsonNode bad = CentreAnswers.parse(lines.get(1).getBytes(StandardCharsets.UTF_8));
        assertEquals(
                List.of(3, ":", "the end of the pattern"),
                List.of(
                        bad.path("column").asInt(),
                        bad.path("expected").asText(),
                        bad.path("found").asText()));
    }

    @Test
    void matchesFilesAndStandardInput() throws IOException {
        String bundle = packed("bundle.json.gz", BUNDLE);
        assertEquals(0, koprik("", "pattern", "match", "--pattern", "[file:size = 1]", "--pattern", GOOD, bundle));
        assertEquals(List.of("pattern 2: observed-data--1"), out.lines().toList());
        assertEquals(1, koprik(BUNDLE, "pattern", "match", "--pattern", GOOD + " REPEATS 3 TIMES"));
        assertEquals("", out);
        assertEquals(
                0, koprik(BUNDLE, "pattern", "match", "--pattern", GOOD + " REPEATS 3 TIMES", "-", bundle), "together");
        String patterns = file("patterns.txt", "# ours\n[file:size = 1]\n" + GOOD + "\n");
        assertEquals(0, koprik(BUNDLE, "pattern", "match", "--patterns", patterns));
        assertEquals(List.of(patterns + ":3: observed-data--1"), out.lines().toList());
        assertEquals(0, koprik(GOOD, "pattern", "match", "--patterns", "-", bundle));
    }

    @Test
    void matchesInJson() throws IOException {
        String bundle = file("bundle.json", BUNDLE);
        assertEquals(0, koprik("", "--json", "pattern", "match", "--pattern", "[file:size = 1] OR " + GOOD, bundle));
        JsonNode match = CentreAnswers.parse(out.getBytes(StandardCharsets.UTF_8));
        assertEquals(1, match.path("bindings").path(0).path("observation").asInt());
        assertEquals(
                "observed-data--1",
                match.path("bindings").path(0).path("observed").path(0).asText());
    }

    @Test
    void saysWhatIsUndecidedOrWrong() throws IOException {
        String bundle = file("bundle.json", BUNDLE);
        assertEquals(
                1,
                koprik("", "pattern", "match", "--pattern", "[domain-name:value = t'2026-01-01T00:00:00Z']", bundle));
        assertTrue(err.contains("pattern 1: undecided: ") && err.contains("not a timestamp"), err);
        assertEquals(2, koprik("", "pattern", "match", bundle));
        assertEquals(2, koprik("", "pattern", "match", "--patterns", "-"));
        assertEquals(2, koprik("", "pattern", "match", "--pattern", "[x", bundle));
        assertTrue(err.contains("pattern 1: column 3"), err);
        assertEquals(2, koprik("", "pattern", "match", "--pattern", "[a:b MATCHES '(']", bundle));
        assertEquals(
                2,
                koprik(
                        "",
                        "pattern",
                        "match",
                        "--pattern",
                        GOOD,
                        folder.resolve("none.json").toString()));
        assertTrue(err.contains("there is no file"), err);
        assertEquals(2, koprik("{\"type\":\"observed-data\"}", "pattern", "match", "--pattern", GOOD));
        assertTrue(err.contains("standard input: ") && err.contains("first_observed"), err);
        assertEquals(2, koprik("", "pattern"));
    }
}
