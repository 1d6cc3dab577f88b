package uz.koprik.gateway.centre;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeManifest;

/** A home that is not whole, or that others can use, and what an operator does about it. */
final class HomeChecksTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre found() throws IOException, ConfigException {
        return centres.init("tashkent");
    }

    private static String refused(Home home) {
        try (Gateway started = Gateway.start(home)) {
            throw new AssertionError("started at " + started.url());
        } catch (StartFailure | ConfigException refused) {
            return refused.getMessage();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    // ---- lost entries

    /** Cuts the journal after some of what was written. */
    private static void halve(Path journal) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
            byte[] bytes = new byte[1 << 20];
            int length = file.read(bytes);
            while (bytes[length - 1] == 0) {
                length--;
            }
            file.setLength(length / 2);
        }
    }

    @Test
    void aLossStopsTheStartUntilItIsAcceptedAndThenNothingNewIsSkipped() throws Exception {
        RunningCentre centre = found();
        Home home = centre.home();
        centre.start();
        CentreClient admin = centre.adminClient();
        for (int i = 0; i < 40; i++) {
            assertTrue(admin.post(
                            "/api/indicators",
                            JSON,
                            ("{\"value\":\"n" + i + ".example.com\",\"name\":\"N\"}").getBytes(StandardCharsets.UTF_8))
                    .ok());
        }
        centre.stop();
        Path feed = PrivateFiles.folders(home.state().resolve("partners")).resolve("seoul.json");
        String direction = "{\"done\":0,\"error\":\"\",\"reasons\":{},\"refused\":0,\"unchanged\":0}";
        Files.writeString(
                feed,
                "{\"in\":" + direction + ",\"out\":" + direction
                        + ",\"pulled\":{\"exchange\":\"2026-01-01T00:00:00Z\"},\"pushed_audience\":\"3\",\"pushed_seq\":41}");
        new HomeManifest(home).open();
        byte[] cursorKey = Files.readAllBytes(home.cursorKey());
        Path journal = home.root().resolve("data/journal/00000000.journal");
        halve(journal);

        String words = refused(home);
        assertTrue(
                words.contains(journal.toString())
                        && words.contains("koprik restore")
                        && words.contains("--accept-loss"),
                words);
        CommandResult examined = centre.koprik("doctor");
        assertEquals(ExitCode.FAILED, examined.code());
        assertTrue(
                examined.out().contains("error    store: ") && examined.out().contains(journal.toString()),
                examined.out());
        CommandResult served = centre.koprik("serve");
        assertEquals(ExitCode.HOME, served.code());
        assertFalse(Files.exists(home.losses()), "nothing was accepted");

        long kept;
        centre.start(CentreThreads.unwatched(), new Gateway.StartTerms(InstantSource.system(), false, true));
        JsonObject loss = StrictJson.parseObject(Files.readAllBytes(home.losses()));
        kept = ((JsonNumber) loss.get("kept_up_to")).longValue();
        assertEquals(41, ((JsonNumber) loss.get("known_up_to")).longValue());
        assertEquals(System.getProperty("user.name"), loss.string("accepted_by").orElseThrow());
        assertTrue(kept > 0 && kept < 41, "some are left: " + kept);
        centre.stop();
        JsonObject state = StrictJson.parseObject(Files.readAllBytes(feed));
        assertEquals(kept, ((JsonNumber) state.get("pushed_seq")).longValue(), "the push goes on after what is left");
        assertEquals(0, state.object("pulled").orElseThrow().size(), "what the partner sent is asked for once more");
        assertNotEquals(
                HexFormat.of().formatHex(cursorKey), HexFormat.of().formatHex(Files.readAllBytes(home.cursorKey())));
        try (Stream<Path> data = Files.list(home.root().resolve("data"))) {
            assertEquals(
                    1,
                    data.filter(path -> path.getFileName().toString().startsWith("lost-"))
                            .count());
        }
        centre.start(); // nothing is wrong any more
        centre.stop();
        CommandResult well = centre.koprik("doctor");
        assertEquals(ExitCode.OK, well.code(), well.out());
    }

    @Test
    void aFeedThatHasSeenMoreThanTheStoreIsBelieved() throws Exception {
        RunningCentre centre = found().start();
        centre.stop();
        Path feed =
                PrivateFiles.folders(centre.home().state().resolve("partners")).resolve("seoul.json");
        String direction = "{\"done\":0,\"error\":\"\",\"reasons\":{},\"refused\":0,\"unchanged\":0}";
        Files.writeString(
                feed,
                "{\"in\":" + direction + ",\"out\":" + direction
                        + ",\"pulled\":{},\"pushed_audience\":\"3\",\"pushed_seq\":7}");
        String words = refused(centre.home());
        assertTrue(words.contains("seoul.json has seen entry 7"), words);
    }

    @Test
    void anotherStoreInPlaceOfTheLostOneIsNoticed() throws Exception {
        RunningCentre centre = found().start();
        centre.stop();
        Path data = centre.home().root().resolve("data");
        try (Stream<Path> all = Files.walk(data)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        String words = refused(centre.home());
        assertTrue(words.contains("00000000.journal") && words.contains("has seen entry 1"), words);
    }

    // ---- files

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys/centre.p12",
                "keys/passphrase",
                "keys/card.key",
                "keys/cursor.key",
                "accounts.json",
                "trust.json.sequence"
            })
    void emptyFilesEndServeWithASentenceAndItsExitCode(String name) throws Exception {
        RunningCentre centre = found();
        for (boolean manifest : new boolean[] {true, false}) {
            if (!manifest) {
                Files.delete(centre.home().manifest());
            }
            Files.write(centre.home().root().resolve(name), new byte[0]);
            CommandResult said = centre.koprik("serve");
            assertEquals(ExitCode.HOME, said.code(), said.err());
            assertTrue(said.err().contains(name + ": ") && said.err().contains("restore"), said.err());
        }
    }

    @Test
    void aShortCardKeyIsRefusedInAHomeOfAnEarlierVersionToo() throws Exception {
        RunningCentre centre = found();
        Files.delete(centre.home().manifest());
        byte[] key = Files.readAllBytes(centre.home().cardKey());
        Files.write(centre.home().cardKey(), java.util.Arrays.copyOf(key, 5));
        String words = refused(centre.home());
        assertTrue(words.contains("keys/card.key: has 5 bytes"), words);
        Files.write(centre.home().cardKey(), key);
        centre.start();
        centre.stop();
        assertTrue(new HomeManifest(centre.home()).read().orElseThrow().files().containsKey("keys/card.key"));
        assertEquals("rw-------", mode(centre.home().manifest()));
    }

    @Test
    void commandsKeepTheManifestRight() throws Exception {
        RunningCentre centre = found();
        assertEquals(
                ExitCode.OK,
                centre.koprik("account", "add", "desk-3", "--role", "analyst").code());
        assertEquals(ExitCode.OK, centre.koprik("account", "remove", "desk-3").code());
        assertEquals(ExitCode.OK, centre.koprik("doctor").code());
        centre.start();
        centre.stop();
        byte[] before = Files.readAllBytes(centre.home().accounts());
        centre.withAccount("anna", Role.READER);
        Files.write(centre.home().accounts(), before);
        String words = refused(centre.home());
        assertTrue(words.startsWith("accounts.json: is not as Koprik last wrote it"), words);
        CommandResult recorded = centre.koprik("doctor", "--record");
        assertEquals(ExitCode.OK, recorded.code(), recorded.out());
        centre.start();
    }

    @Test
    void aCommandThatEndedInTheMiddleDoesNotStopTheNextStart() throws Exception {
        RunningCentre centre = found();
        HomeManifest manifest = new HomeManifest(centre.home());
        assertThrows(
                IOException.class,
                () -> manifest.change("accounts.json", () -> {
                    Files.writeString(
                            centre.home().accounts(),
                            Files.readString(centre.home().accounts()) + "\n");
                    throw new IOException("the process ended");
                }));
        centre.start();
        centre.stop();
        assertTrue(manifest.read().orElseThrow().changing().isEmpty());
        centre.start();
    }

    @Test
    void numbersOfTheManifestOnlyGrow() throws Exception {
        RunningCentre centre = found();
        HomeManifest manifest = new HomeManifest(centre.home());
        manifest.atLeast(Map.of(HomeManifest.TRUST_SEQUENCE, 5L));
        manifest.atLeast(Map.of(HomeManifest.TRUST_SEQUENCE, 3L));
        String words = refused(centre.home());
        assertTrue(
                words.contains("trust.json.sequence: holds number 1, but a trust list with number 5 was in use"),
                words);
    }

    // ---- modes

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwxrwxrwx", "rwx-w----", "rwx----w-"})
    void aHomeThatOthersCanWriteIntoIsRefused(String mode) throws Exception {
        RunningCentre centre = found();
        mode(centre.home().root(), mode);
        String words = refused(centre.home());
        assertTrue(words.contains("chmod 700 " + centre.home().root()), words);
        assertEquals(ExitCode.FAILED, centre.koprik("doctor").code());
    }

    @Test
    void aHomeThatOthersCanReadIsClosed() throws Exception {
        RunningCentre centre = found().start();
        centre.stop();
        Home home = centre.home();
        mode(home.root(), "rwxr-xr-x");
        mode(home.state(), "rwxrwxrwx");
        mode(home.root().resolve("data/journal/00000000.journal"), "rw-r--r--");
        mode(home.config(), "rw-rw-rw-");
        assertTrue(centre.koprik("doctor").out().contains("can be used by others than the owner"));
        centre.start();
        CentreClient admin = centre.adminClient();
        assertTrue(admin.post(
                        "/api/cases",
                        JSON,
                        "{\"number\":\"A-1\",\"title\":\"T\",\"type\":\"phishing\"}".getBytes(StandardCharsets.UTF_8))
                .ok());
        centre.stop();
        try (Stream<Path> all = Files.walk(home.root())) {
            for (Path path : all.toList()) {
                assertEquals(Files.isDirectory(path) ? "rwx------" : "rw-------", mode(path), path.toString());
            }
        }
    }

    // ---- backups

    @ParameterizedTest
    @CsvSource({
        "{outside}/backup, false",
        "{home}/backups/../../elsewhere, false",
        "{home}/backups, false",
        "{home}/backups/link/backup, false",
        "{home}/keys/backup, false",
        "{home}/backups/2026-11-28, true",
        "{home}/backups/a/../b, true",
        "{allowed}/deep/er, true"
    })
    void backupsAreWrittenBelowTheirFoldersOnly(String where, boolean allowed) throws Exception {
        Path outside = Files.createDirectory(centres.folder().resolve("outside"));
        Path other = Files.createDirectory(centres.folder().resolve("allowed"));
        RunningCentre centre =
                centres.init("tashkent").withConfig("folders: [backups]", "folders: [backups, \"" + other + "\"]");
        Path home = centre.home().root();
        Files.createSymbolicLink(PrivateFiles.folders(home.resolve("backups")).resolve("link"), outside);
        String target = where.replace("{outside}", outside.toString())
                .replace("{home}", home.toString())
                .replace("{allowed}", other.toString());
        centre.start();
        CentreClient admin = centre.adminClient();
        CentreClient.Reply reply = admin.post(
                "/api/backup", JSON, ("{\"directory\":\"" + target + "\"}").getBytes(StandardCharsets.UTF_8));
        assertEquals(allowed ? 200 : 403, reply.status(), reply.text());
        assertTrue(allowed || reply.text().contains("backup.folders"), reply.text());
        centre.stop();
        CommandResult stopped = centre.koprik("backup", target + (allowed ? "-2" : ""));
        assertEquals(allowed ? ExitCode.OK : ExitCode.FAILED, stopped.code(), stopped.err());
        if (allowed) {
            Home copy = new Home(centres.folder().resolve("copy"));
            Backup.restore(Path.of(target).normalize(), copy);
            assertArrayEquals(Files.readAllBytes(centre.home().accounts()), Files.readAllBytes(copy.accounts()));
            assertFalse(Files.exists(copy.root().resolve("backups")), "backups are not copied into backups");
            assertTrue(Files.exists(copy.manifest()));
            centres.open(copy).start();
        }
        try (Stream<Path> content = Files.list(outside)) {
            assertEquals(0, content.count());
        }
    }

    @Test
    void aDamagedBackupIsNotRestored() throws Exception {
        RunningCentre centre = found();
        Path backup = centre.home().root().resolve("backups/one");
        assertEquals(ExitCode.OK, centre.koprik("backup", backup.toString()).code());
        Files.write(backup.resolve("home/keys/card.key"), new byte[32]);
        Home copy = new Home(centres.folder().resolve("copy"));
        String words = assertThrows(IOException.class, () -> Backup.restore(backup, copy))
                .getMessage();
        assertTrue(words.contains("card.key"), words);
        assertFalse(copy.exists());
    }
}
