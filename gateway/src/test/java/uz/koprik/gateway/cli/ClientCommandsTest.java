package uz.koprik.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;

/** The commands of analysts against a real centre. */
class ClientCommandsTest {

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent").start();
    }

    private static CommandResult ok(String... arguments) {
        CommandResult said = centre.koprik(arguments);
        assertEquals(0, said.code(), said::toString);
        return said;
    }

    /** The id behind {@code accepted}. */
    private static String id(CommandResult submitted) {
        return submitted.out().lines().findFirst().orElseThrow().replaceFirst("^accepted .*  ", "");
    }

    @Test
    void submitsAndShowsAndSearches() {
        CommandResult submitted =
                ok("submit", "hxxp://cli[.]example[.]com/verify", "--name", "Command line", "--tlp", "green");
        assertTrue(
                submitted.out().startsWith("accepted  url http://cli.example.com/verify  indicator--"),
                submitted.out());
        String id = id(submitted);
        CommandResult again = ok("submit", "http://cli.example.com/verify", "--name", "Command line");
        assertTrue(again.out().startsWith("unchanged  url http://cli.example.com/verify  " + id), again.out());
        CommandResult other = ok("submit", "http://cli.example.com/verify", "--name", "Another");
        assertTrue(
                other.out().contains("matches (same value, certainty 90 of 100):")
                        && other.out().contains("signed by tashkent"),
                other.out());
        assertTrue(ok("search", "command", "line").out().contains(id));
        assertTrue(ok("search", "cli[.]example[.]com/verify").out().contains("2 found"));
        CommandResult shown = ok("show", id);
        assertTrue(shown.out().contains("tashkent with Ed25519") && shown.out().contains("TLP:GREEN"), shown.out());
    }

    @Test
    void whatIsShownRawCanBeVerified() throws Exception {
        String id = id(ok("submit", "raw.example.com", "--name", "Raw"));
        Path file = Files.writeString(
                centres.folder().resolve("raw.json"), ok("show", id, "--raw").out());
        assertTrue(ok("verify", file.toString()).out().contains("signed by tashkent"));
        Files.writeString(file, Files.readString(file).replace("raw.example", "row.example"));
        assertEquals(1, centre.koprik("verify", file.toString()).code());
    }

    @Test
    void nothingFoundAndNothingUnderstoodAreFailures() {
        assertEquals(1, centre.koprik("search", "nobody-has-this.example.com").code());
        CommandResult bad = centre.koprik("submit", "no value at all !");
        assertEquals(1, bad.code());
        assertTrue(bad.err().contains("of no kind that is known here"), bad.err());
        assertEquals(
                1,
                centre.koprik("show", "indicator--00000000-0000-4000-8000-000000000000")
                        .code());
        assertEquals(2, centre.koprik("submit").code());
    }

    @Test
    void importsAndNamesFileAndLineOfBadRows() throws Exception {
        Path file = Files.writeString(
                centres.folder().resolve("list.csv"), "value,name\nimport1.example.com,Imp\nbad row !,Imp\n");
        CommandResult said = centre.koprik("import", file.toString());
        assertEquals(1, said.code());
        assertTrue(said.err().contains(file + ":3: "), said.err());
        assertTrue(said.out().contains("1 accepted, 0 unchanged, 1 refused"), said.out());
        CommandResult json = centre.koprik("import", file.toString(), "--json");
        assertEquals(
                1,
                CentreAnswers.parse(json.out().getBytes(StandardCharsets.UTF_8))
                        .get(0)
                        .path("unchanged")
                        .asInt(),
                json.out());
        assertEquals(
                2,
                centre.koprik("import", centres.folder().resolve("none.csv").toString())
                        .code());
        CommandResult columns = centre.koprik("import", file.toString(), "--columns", "colour");
        assertEquals(1, columns.code());
        assertTrue(columns.err().contains("colour"), columns.err());
    }

    @Test
    void keepsCases() {
        ok("submit", "case-match.example.com", "--name", "Reported");
        CommandResult added = ok(
                "case",
                "add",
                "K-1",
                "--title",
                "A case",
                "--type",
                "card-fraud",
                "--observable",
                "case-match[.]example[.]com");
        assertTrue(
                added.out().contains("domain case-match.example.com matches (same value, certainty 90 of 100):"),
                added.out());
        ok("case", "observe", "K-1", "198.51.100[.]99", "--note", "logged in from here");
        CommandResult shown = ok("case", "show", "K-1");
        assertTrue(shown.out().contains("198.51.100.99  logged in from here"), shown.out());
        assertTrue(shown.out().contains("Reported: signed by tashkent on "), shown.out());
        assertTrue(ok("case", "list").out().contains("K-1  open  A case  (2 values)"));
        assertTrue(ok("case", "close", "K-1").out().contains("closed"));
        CommandResult partly = centre.koprik("case", "observe", "K-1", "partly.example.com", "gibberish !");
        assertEquals(1, partly.code());
        assertTrue(partly.err().contains("gibberish !"), partly.err());
        CommandResult twice = centre.koprik("case", "add", "K-1", "--title", "Again");
        assertEquals(1, twice.code());
        assertTrue(twice.err().contains("there is a case of this number already"), twice.err());
        assertEquals(1, centre.koprik("case", "show", "none").code());
    }

    @Test
    void saysHowToStartACentreThatDoesNotRun() throws Exception {
        RunningCentre asleep = centres.init("asleep");
        CommandResult said = asleep.koprik("search", "x");
        assertEquals(3, said.code());
        assertTrue(said.err().contains("start it with `koprik serve --home "), said.err());
        Files.writeString(asleep.home().url(), "https://127.0.0.1:1\n");
        CommandResult stale = asleep.koprik("search", "x");
        assertEquals(3, stale.code());
        assertTrue(stale.err().contains("no centre answers at https://127.0.0.1:1: start it with"), stale.err());
    }

    /** As a process does that was stopped: the system takes the connection for it. */
    @Test
    void saysThatNothingAnswersWhenTheOtherSideIsSilent() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CommandResult said = assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> centre.koprik(
                            "search",
                            "x",
                            "--url",
                            "https://127.0.0.1:" + silent.getLocalPort(),
                            "--ca",
                            centre.home().certificate().toString()));
            assertEquals(3, said.code());
            assertTrue(
                    said.err()
                            .contains("nothing answers at https://127.0.0.1:" + silent.getLocalPort()
                                    + ": is the centre running (koprik serve)?"),
                    said.err());
        }
    }

    @Test
    void doesNotTalkToACentreThatCannotProveItself() throws Exception {
        RunningCentre other = centres.init("other");
        CommandResult said = centre.koprik(
                "search",
                "x",
                "--url",
                centre.url().toString(),
                "--ca",
                other.home().certificate().toString());
        assertEquals(3, said.code());
        assertTrue(said.err().contains("does not prove to be the centre"), said.err());
        Path wrong = Files.writeString(centres.folder().resolve("wrong.token"), "wrong\n");
        CommandResult unknown = centre.koprik("search", "x", "--token-file", wrong.toString());
        assertEquals(1, unknown.code());
        assertTrue(unknown.err().contains("does not know the caller"), unknown.err());
        assertFalse(unknown.err().contains("wrong\n"));
    }
}
