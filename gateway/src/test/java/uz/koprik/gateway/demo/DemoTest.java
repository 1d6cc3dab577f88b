package uz.koprik.gateway.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import uz.koprik.gateway.Main;
import uz.koprik.gateway.cli.ExitCode;

/** The demonstration, with processes of its own. */
class DemoTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    @Test
    void twoCentresExchange() {
        assertEquals(ExitCode.OK, run("demo", "--centres", "2", "--heap", "256m", "--exit"), () -> out + "\n" + err);
        assertTrue(out.toString().contains("nothing of the case file itself left Tashkent"), out::toString);
    }

    @Test
    void aNumberOfCentresThatCannotBeIsRefusedInOneSentence() {
        for (String number : List.of("1", "0", "-2", "5")) {
            assertEquals(ExitCode.USAGE, run("demo", "--centres", number, "--exit"));
            assertTrue(
                    err.toString().contains("--centres " + number + ": an exchange is shown between 2 to 4"),
                    err::toString);
        }
    }
}
