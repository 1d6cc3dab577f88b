package uz.koprik.gateway.cli.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.Main;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.Confirmation;

/** {@code koprik submit} asks before it reports what may be a mistake, and {@code show} says what became of it. */
final class SubmitQuestionsTest {

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;

    private final List<String> questions = new ArrayList<>();

    private record Ran(int code, String text) {}

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent").start();
    }

    @Test
    void aProtectedValueIsReportedAfterYesOnly() {
        Ran no = submit("n", "127.0.0.1");
        assertEquals(1, no.code(), no.text());
        assertTrue(no.text().contains("--anyway"), no.text());
        assertEquals(1, questions.size());
        assertTrue(
                questions.getFirst().startsWith("127.0.0.1: ")
                        && questions.getFirst().contains("Report it all the same?"),
                questions.getFirst());

        assertEquals(1, submit(null, "127.0.0.1").code(), "the end of input is no");

        Ran yes = submit("y", "127.0.0.1");
        assertEquals(0, yes.code(), yes.text());
        assertTrue(yes.text().startsWith("accepted  ipv4 127.0.0.1  indicator--"), yes.text());
    }

    @Test
    void aWordThatLooksLikeAFileIsReportedAfterYesOnly() {
        Ran no = submit("no", "invoice.zip");
        assertEquals(2, no.code(), no.text());
        assertTrue(
                no.text().contains("there is no file invoice.zip") && no.text().contains("--kind domain"), no.text());
        assertEquals(1, questions.size());
        assertTrue(questions.getFirst().contains("There is no file invoice.zip here."), questions.getFirst());

        assertEquals(2, submit(null, "invoice.zip").code(), "the end of input is no");

        Ran yes = submit("yes", "invoice.zip");
        assertEquals(0, yes.code(), yes.text());
        assertTrue(yes.text().startsWith("accepted  domain invoice.zip  indicator--"), yes.text());
    }

    @Test
    void withoutATerminalNothingIsAskedAndNothingReported() {
        Confirmation nobody = Confirmation.of(() -> false, prompt -> {
            throw new AssertionError("nobody can answer");
        });
        assertEquals(1, run(nobody, "submit", "127.0.0.2").code());
        assertEquals(2, run(nobody, "submit", "report.mov").code());
    }

    @Test
    void noQuestionIsAskedWhenTheOptionSaysThatItIsMeant() {
        assertEquals(0, submit("n", "--anyway", "127.0.0.3").code());
        assertEquals(0, submit("n", "--kind", "domain", "setup.zip").code());
        assertEquals(List.of(), questions);
    }

    @Test
    void showHasOneFormOfTimeInALine() {
        Ran reported = submit("n", "shown-once.example.net");
        String id = reported.text().lines().findFirst().orElseThrow().replaceFirst("^accepted .*  ", "");
        String proof = run(Confirmation.ofTerminal(), "show", id)
                .text()
                .lines()
                .filter(line -> line.startsWith("proof"))
                .findFirst()
                .orElseThrow();
        assertTrue(proof.matches(".* verified at \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC"), proof);
    }

    private Ran submit(String answer, String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "submit";
        System.arraycopy(words, 0, all, 1, words.length);
        return run(
                Confirmation.of(() -> true, prompt -> {
                    questions.add(prompt);
                    return answer;
                }),
                all);
    }

    private static Ran run(Confirmation confirmation, String... words) {
        StringWriter all = new StringWriter();
        var line = Main.commandLine();
        line.setOut(new PrintWriter(all, true)).setErr(new PrintWriter(all, true));
        ((SubmitCommand) line.getSubcommands().get("submit").getCommand()).confirmation = confirmation;
        String[] command = new String[words.length + 2];
        command[0] = "--home";
        command[1] = centre.home().root().toString();
        System.arraycopy(words, 0, command, 2, words.length);
        return new Ran(line.execute(command), all.toString());
    }
}
