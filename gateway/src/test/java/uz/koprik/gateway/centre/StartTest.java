package uz.koprik.gateway.centre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.TAXII;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.policy.Tlp;

/** What a centre refuses to start with, and that it comes back as it was. */
final class StartTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre founded(UnaryOperator<String> settings) throws Exception {
        return centres.init("tashkent").withConfig(settings);
    }

    @Test
    void refusesBrokenSettings() throws Exception {
        RunningCentre centre = founded(yaml -> yaml.replaceFirst("port: 0", "port: 99999"));
        String message = assertThrows(ConfigException.class, centre::start).getMessage();
        assertTrue(message.matches("koprik\\.yaml:\\d+: listen\\.port: must be 0\\.\\.65535, not 99999"), message);
    }

    @Test
    void refusesKeysThatOthersCanRead() throws Exception {
        RunningCentre centre = founded(UnaryOperator.identity());
        Files.setPosixFilePermissions(centre.home().keyFile(), PosixFilePermissions.fromString("rw-r--r--"));
        String message = assertThrows(ConfigException.class, centre::start).getMessage();
        assertTrue(message.startsWith("keys/centre.p12: ") && message.contains("chmod 600 "), message);
    }

    @Test
    void refusesAWrongPassphrase() throws Exception {
        RunningCentre centre = founded(UnaryOperator.identity());
        Files.writeString(centre.home().passphrase(), "wrong\n");
        String message = assertThrows(StartFailure.class, centre::start).getMessage();
        assertTrue(message.contains("passphrase is wrong"), message);
    }

    @Test
    void refusesAStoreInUse() throws Exception {
        RunningCentre centre = founded(UnaryOperator.identity()).start();
        String message = assertThrows(StartFailure.class, () -> Gateway.start(centre.home()))
                .getMessage();
        assertTrue(message.contains("cannot be used"), message);
    }

    @Test
    void refusesAPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RunningCentre centre = founded(yaml -> yaml.replaceFirst("port: 0", "port: " + taken.getLocalPort()));
            String message = assertThrows(StartFailure.class, centre::start).getMessage();
            assertTrue(message.startsWith("cannot listen on 127.0.0.1:" + taken.getLocalPort()), message);
            assertThrows(
                    StartFailure.class, centre::start, "the store was let go of, so that the port is the reason again");
        }
    }

    @Test
    void doesNotMakeACentreOverAnother() throws Exception {
        RunningCentre centre = founded(UnaryOperator.identity());
        byte[] keys = Files.readAllBytes(centre.home().keyFile());
        assertThrows(java.io.IOException.class, () -> founded(UnaryOperator.identity()));
        assertEquals(
                List.of(keys.length), List.of(Files.readAllBytes(centre.home().keyFile()).length));
    }

    @Test
    void comesBackAsItWasAndFromABackup() throws Exception {
        RunningCentre centre = centres.init("tashkent").start();
        assertTrue(centre.get(centre.url() + "/readyz", null).statusCode() == 200);
        String posted = centre.post(
                        centre.taxii("collections/inbox/objects/"),
                        centre.admin(),
                        TAXII,
                        RunningCentre.envelope(List.of(
                                RunningCentre.indicator(RunningCentre.freshId(), "192.0.2.1", Tlp.CLEAR, 0),
                                RunningCentre.indicator(RunningCentre.freshId(), "192.0.2.2", Tlp.CLEAR, 0))))
                .body();
        String page = centre.get(centre.taxii("collections/exchange/objects/"), centre.admin())
                .body();
        String first = centre.get(centre.taxii("collections/exchange/objects/?limit=1"), centre.admin())
                .body();
        String next = RunningCentre.json(
                        centre.get(centre.taxii("collections/exchange/objects/?limit=1"), centre.admin()))
                .string("next")
                .orElseThrow();
        Path backup = centre.home().root().resolve("backups/first");
        assertEquals(
                200,
                centre.post(
                                centre.url() + "/api/backup",
                                centre.admin(),
                                "application/json",
                                "{\"directory\":\"" + backup + "\"}")
                        .statusCode());
        assertEquals(
                409,
                centre.post(
                                centre.url() + "/api/backup",
                                centre.admin(),
                                "application/json",
                                "{\"directory\":\"" + backup + "\"}")
                        .statusCode(),
                "a backup is not written over");
        centre.stop();
        assertFalse(Files.exists(centre.home().url()));

        centre.start();
        assertEquals(
                page,
                centre.get(centre.taxii("collections/exchange/objects/"), centre.admin())
                        .body());
        assertEquals(
                200,
                centre.get(centre.taxii("collections/exchange/objects/?limit=1&next=" + next), centre.admin())
                        .statusCode());
        String status = posted.replaceFirst(".*\"id\":\"([0-9a-f-]{36})\",\"pending.*", "$1");
        assertEquals(
                posted,
                centre.get(centre.taxii("status/" + status + "/"), centre.admin())
                        .body());
        centre.stop();

        Home copy = new Home(centres.folder().resolve("copy"));
        Backup.restore(backup, copy);
        RunningCentre restored = centres.open(copy).start();
        assertEquals(
                first,
                restored.get(restored.taxii("collections/exchange/objects/?limit=1"), centre.admin())
                        .body());
        assertThrows(java.io.IOException.class, () -> Backup.restore(backup, copy), "only into an empty home");
    }
}
