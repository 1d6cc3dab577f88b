package uz.koprik.gateway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Tlp;

/** Who tried to sign in and who changed which account is known afterwards; secrets are not. */
@Isolated("it reads what all centres in the JVM log of accounts")
class AccountRecordTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private final Logger logger = (Logger) LoggerFactory.getLogger("uz.koprik.gateway.auth");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private RunningCentre centre;

    @BeforeEach
    void start() throws Exception {
        centre = centres.init("tashkent").start();
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void endLog() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private List<String> lines() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private void awaitLine(String line) throws Exception {
        RunningCentre.await(() -> lines().contains(line));
    }

    @Test
    void commandsNameTheLocalUserInFileAndLog() throws Exception {
        String user = System.getProperty("user.name");
        String before = System.getenv("SUDO_USER");
        String by = ", by local user " + (before == null ? user : user + " (sudo by " + before + ")");
        CommandResult added = centre.koprik("account", "add", "siem", "--role", "reader", "--tlp", "green");
        assertEquals(0, added.code(), added::all);
        awaitLine("account siem: added as reader, up to TLP:GREEN, all units" + by);
        CommandResult token = centre.koprik("account", "token", "siem", "--label", "siem-1");
        assertEquals(0, token.code(), token::all);
        awaitLine("account siem: token \"siem-1\" made, without end" + by);
        assertEquals(0, centre.koprik("account", "remove", "siem").code());
        awaitLine("account siem: removed" + by);

        Path file = centre.home().root().resolve("account-changes.jsonl");
        String text = Files.readString(file);
        assertEquals(3, text.lines().count(), text);
        assertFalse(text.contains(token.out().strip()), "a token is a secret");
        assertFalse(lines().toString().contains(token.out().strip()), "a token is a secret");
        assertEquals(
                "rw-------",
                java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void changeThatIsRefusedIsNotRecorded() {
        assertEquals(1, centre.koprik("account", "remove", "nobody").code());
        assertFalse(Files.exists(centre.home().root().resolve("account-changes.jsonl")));
    }

    @Test
    void ownPasswordIsSetByTheAccount() throws Exception {
        String once = centre.accounts().add("anna", Role.READER, Tlp.GREEN);
        awaitLine("account anna: added as reader, up to TLP:GREEN, all units, by a test");
        try (HttpClient client = centre.client(null)) {
            HttpResponse<String> set = RunningCentre.send(
                    client,
                    HttpRequest.newBuilder(URI.create(centre.url() + "/api/account/secret"))
                            .header("Content-Type", "application/json")
                            .PUT(HttpRequest.BodyPublishers.ofString("{\"secret\":\"correct horse battery\"}")),
                    RunningCentre.basic("anna", once));
            assertEquals(204, set.statusCode(), set::body);
        }
        awaitLine("account anna: password set, by account anna");
        assertFalse(lines().toString().contains("horse"), "a password is a secret");
    }

    @Test
    void editByHandIsNamedAlthoughNobodyIsRecorded() throws Exception {
        centre.accounts().add("anna", Role.READER, Tlp.GREEN);
        awaitLine("account anna: added as reader, up to TLP:GREEN, all units, by a test");
        Path file = centre.home().accounts();
        Path other = Files.writeString(
                centres.folder().resolve("accounts.json"),
                Files.readString(file).replace("\"role\":\"reader\"", "\"role\":\"operator\""));
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        RunningCentre.await(
                () -> lines().stream().anyMatch(line -> line.endsWith("added [], removed [], changed [anna]")));
    }

    @Test
    void failedSignInNamesAnAccountOnlyWhenThereIsOne() throws Exception {
        String resource = centre.url() + "/taxii2/";
        centre.accounts().add("anna", Role.READER, Tlp.GREEN);
        awaitLine("account anna: added as reader, up to TLP:GREEN, all units, by a test");
        assertEquals(
                401, centre.get(resource, RunningCentre.basic("anna", "guess")).statusCode());
        assertEquals(
                401,
                centre.get(resource, RunningCentre.basic("Tr0ub4dor&3\n", "anna"))
                        .statusCode());
        assertEquals(401, centre.get(resource, "Bearer 0123456789").statusCode());
        List<String> failed = lines().stream()
                .filter(line -> line.startsWith("sign-in failed"))
                .toList();
        assertEquals(
                List.of(
                        "sign-in failed: anna, from 127.0.0.1: the password is wrong",
                        "sign-in failed: unknown account, from 127.0.0.1: the password is wrong",
                        "sign-in failed: unknown account, from 127.0.0.1: the token is not known"),
                failed);
        assertTrue(lines().stream().noneMatch(line -> line.contains("Tr0ub4dor") || line.contains("guess")));
        assertFalse(centre.adminClient().get("/metrics").text().contains("Tr0ub4dor"));
    }
}
