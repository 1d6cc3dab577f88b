package uz.koprik.gateway.cli.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.Main;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;

/** {@code koprik import} of several files, some of which cannot be used. */
final class ImportFilesTest {

    private static final String INDICATOR =
            """
            {"type":"indicator","spec_version":"2.1","id":"indicator--00000000-0000-4000-8000-0000000000b1",
            "created":"2026-01-01T00:00:00.000Z","modified":"2026-0%d-01T00:00:00.000Z",
            "pattern":"[domain-name:value = 'order.example.net']","pattern_type":"stix",
            "valid_from":"2026-01-01T00:00:00Z"}
            """;

    @RegisterExtension
    static final Centres centres = new Centres();

    @TempDir
    Path folder;

    private static RunningCentre centre;

    private record Ran(int code, String text) {}

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent").start();
    }

    @Test
    void oneUnusableFileDoesNotStopTheOthers() throws Exception {
        Path empty = file("empty.csv", "");
        Path other = file("other.json", "{\"a\":1}");
        Path half = file("half.json", "{\"objects\":[{\"type\":");
        Path missing = folder.resolve("missing.csv");
        Path good = file("good.txt", "good-one.example.net\n");
        Ran ran = run(empty, other, half, missing, good);
        assertEquals(2, ran.code(), ran.text());
        for (Path one : new Path[] {empty, other, half, missing}) {
            assertTrue(
                    ran.text().lines().anyMatch(line -> line.startsWith("koprik: ") && line.contains(one.toString())),
                    one + " in " + ran.text());
        }
        assertTrue(ran.text().contains(good + ": 1 accepted"), ran.text());
        assertEquals(1, run(other, good).code());
        Ran preview = run("--preview", empty, other, missing, good);
        assertEquals(2, preview.code(), preview.text());
        for (Path one : new Path[] {empty, other, missing}) {
            assertTrue(
                    preview.text()
                            .lines()
                            .anyMatch(line -> line.startsWith("koprik: ") && line.contains(one.toString())),
                    one + " in " + preview.text());
        }
        assertTrue(preview.text().contains("good-one.example.net"), preview.text());
    }

    @Test
    void aFileThatIsNotWhatItsNameSaysIsRefused() throws Exception {
        for (String name : new String[] {"list.gz", "list.csv.gz", "list.xlsx", "LIST.GZ"}) {
            Ran ran = run(file(name, "domain.example.net\n"));
            assertEquals(1, ran.code(), ran.text());
            assertTrue(ran.text().contains(name + ": the file is named ."), ran.text());
        }
    }

    @Test
    void jsonThatIsNeitherStixNorMispIsAnError() throws Exception {
        for (String text : new String[] {"{\"a\":1}", "{\"response\":{\"Attribute\":[]}}", "[{\"a\":1}]"}) {
            Ran ran = run(file("foreign.json", text));
            assertEquals(1, ran.code(), text + ": " + ran.text());
            assertTrue(
                    ran.text().contains("foreign.json:")
                            && (ran.text().contains("no STIX, MISP")
                                    || ran.text().contains("no MISP event")),
                    ran.text());
        }
        for (String text : new String[] {
            "{}", "{\"more\":false}", "{\"type\":\"bundle\",\"id\":\"bundle--00000000-0000-4000-8000-0000000000b1\"}"
        }) {
            assertEquals(0, run(file("none.json", text)).code(), text + " is an envelope or bundle without objects");
        }
    }

    @Test
    void anOlderVersionIsSkippedWithANoteAndSuccess() throws Exception {
        assertEquals(0, run(file("newer.json", INDICATOR.formatted(2))).code());
        Ran ran = run(file("older.json", INDICATOR.formatted(1)));
        assertEquals(0, ran.code(), ran.text());
        assertTrue(ran.text().contains("older") && ran.text().contains("skipped"), ran.text());
        assertTrue(ran.text().contains("0 accepted, 1 unchanged, 0 refused"), ran.text());
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    /** @param words options and files */
    private static Ran run(Object... words) {
        StringWriter all = new StringWriter();
        var line = Main.commandLine();
        line.setOut(new PrintWriter(all, true)).setErr(new PrintWriter(all, true));
        List<String> command =
                new ArrayList<>(List.of("--home", centre.home().root().toString(), "import"));
        Stream.of(words).map(Object::toString).forEach(command::add);
        return new Ran(line.execute(command.toArray(String[]::new)), all.toString());
    }
}
