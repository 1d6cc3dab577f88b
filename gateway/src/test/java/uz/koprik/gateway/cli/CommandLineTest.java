package uz.koprik.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import uz.koprik.gateway.Main;

/** The command line as people and scripts use it. */
final class CommandLineTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine line = Main.commandLine(List.of(args));
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int code = line.execute(args);
        line.getOut().flush();
        line.getErr().flush();
        return code;
    }

    private String home() {
        return folder.resolve("home").toString();
    }

    @Test
    void everyCommandExplainsItself() {
        explain(Main.commandLine());
    }

    private void explain(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        CommandLine.Model.UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        assertTrue(usage.description().length > 0, "no description: " + name);
        command.getCommandSpec()
                .options()
                .forEach(option -> assertTrue(
                        option.description().length > 0, "no description: " + name + " " + option.longestName()));
        command.getSubcommands().values().forEach(this::explain);
    }

    @Test
    void wrongUsageIs2() {
        assertEquals(ExitCode.USAGE, run("init"));
        assertEquals(ExitCode.USAGE, run("nonsense"));
        assertEquals(ExitCode.USAGE, run("init", "--name", "Bad Name", "--home", home()));
        assertFalse(Files.exists(Path.of(home())), "nothing was made");
    }

    @Test
    void aHomeThatIsNotThereIs4() {
        assertEquals(ExitCode.HOME, run("serve", "--home", home()));
        assertTrue(err.toString().contains("koprik init"), err.toString());
        assertEquals(ExitCode.HOME, run("account", "list", "--home", home()));
    }

    @Test
    void aMarkingThatAnAccountWouldNeverBeGivenIsRefused() throws Exception {
        assertEquals(ExitCode.OK, run("init", "--name", "tashkent", "--home", home()));
        for (String role : java.util.List.of("reader", "writer")) {
            assertEquals(
                    ExitCode.FAILED, run("account", "add", "siem", "--role", role, "--tlp", "red", "--home", home()));
            assertTrue(err.toString().contains("never given TLP:RED"), err.toString());
            assertEquals(
                    ExitCode.OK,
                    run("account", "add", "siem-" + role, "--role", role, "--tlp", "amber_strict", "--home", home()));
        }
        Path file = Path.of(home(), "accounts.json");
        Files.writeString(file, Files.readString(file).replace("AMBER_STRICT", "RED"));
        assertEquals(ExitCode.OK, run("account", "list", "--home", home()));
        assertTrue(out.toString().contains("never gets TLP:RED"), out.toString());
    }

    @Test
    void accountsComeAndGo() throws Exception {
        assertEquals(ExitCode.OK, run("init", "--name", "tashkent", "--home", home()));
        assertTrue(out.toString().contains("one-time password"), out.toString());
        assertEquals(ExitCode.FAILED, run("init", "--name", "tashkent", "--home", home()), "there is one already");

        assertEquals(ExitCode.OK, run("account", "add", "desk-3", "--role", "analyst", "--home", home()));
        assertEquals(ExitCode.FAILED, run("account", "add", "desk-3", "--role", "reader", "--home", home()));
        assertEquals(ExitCode.USAGE, run("account", "add", "x", "--role", "king", "--home", home()));
        assertEquals(
                ExitCode.OK, run("account", "token", "desk-3", "--label", "laptop", "--days", "1", "--home", home()));
        Path secret = Files.writeString(folder.resolve("secret"), "a long enough password\n");
        assertEquals(
                ExitCode.OK, run("account", "passwd", "desk-3", "--secret-file", secret.toString(), "--home", home()));
        Files.writeString(secret, "short\n");
        assertEquals(
                ExitCode.FAILED,
                run("account", "passwd", "desk-3", "--secret-file", secret.toString(), "--home", home()));
        out.getBuffer().setLength(0);
        assertEquals(ExitCode.OK, run("account", "list", "--json", "--home", home()));
        assertTrue(out.toString()
                .contains("{\"name\":\"desk-3\",\"one_time\":false,\"role\":\"analyst\",\"tokens\":[\"laptop\"]}"));
        assertFalse(Files.readString(Path.of(home(), "accounts.json")).contains("a long enough password"));

        assertEquals(ExitCode.OK, run("account", "token", "desk-3", "--label", "laptop", "--revoke", "--home", home()));
        assertEquals(ExitCode.OK, run("account", "remove", "desk-3", "--home", home()));
        assertEquals(ExitCode.OK, run("account", "remove", "admin", "--home", home()));
        assertEquals(ExitCode.FAILED, run("account", "remove", "local", "--home", home()), "the last administrator");
    }

    @Test
    void aStoppedCentreIsBackedUpAndRestored() {
        Path backup = Path.of(home(), "backups", "first");
        assertEquals(ExitCode.OK, run("init", "--name", "tashkent", "--home", home()));
        assertEquals(ExitCode.OK, run("backup", backup.toString(), "--home", home()));
        assertEquals(
                ExitCode.OK,
                run(
                        "restore",
                        backup.toString(),
                        "--home",
                        folder.resolve("other").toString()),
                err.toString());
        assertEquals(
                ExitCode.OK,
                run("account", "list", "--home", folder.resolve("other").toString()));
        assertEquals(
                ExitCode.FAILED,
                run(
                        "restore",
                        folder.toString(),
                        "--home",
                        folder.resolve("third").toString()));
    }

    @Test
    void shellsCanComplete() {
        assertEquals(ExitCode.OK, run("completion"));
        assertTrue(out.toString().contains("koprik"), "a script");
        assertEquals(ExitCode.OK, run("--version"));
    }

    @Test
    void theHomeComesFromTheEnvironmentWhenNothingIsSaid() {
        assertEquals(Path.of("/srv/centre"), HomeOption.fallback(Map.of("KOPRIK_HOME", "/srv/centre")));
        assertEquals(
                List.of(Path.of("koprik-home"), Path.of("koprik-home")),
                List.of(HomeOption.fallback(Map.of()), HomeOption.fallback(Map.of("KOPRIK_HOME", ""))));
    }
}
