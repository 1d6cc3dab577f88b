package uz.koprik.gateway.centre;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uz.koprik.crypto.FullDisk;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.policy.Tlp;

/**
 * Every way to write a file, on a disk without room. The attempt is refused with a sentence that says so, what was
 * there stays as it was, reads continue, no part of a file is left, and the same attempt succeeds once there is room.
 */
class FullDiskPathsTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static SmallDisk disk;
    private static Path folder;
    private static RunningCentre centre;
    private static String anna;

    /** What an attempt came to. */
    record Answer(boolean done, String code, String text) {

        static Answer of(CommandResult said) {
            return new Answer(said.code() == 0, "exit " + said.code(), said.all());
        }

        static Answer of(HttpResponse<String> said) {
            return new Answer(said.statusCode() / 100 == 2, Integer.toString(said.statusCode()), said.body());
        }
    }

    /** A way to write, and what refuses it. */
    enum WritePath {
        TAXII_OBJECTS("503") {
            @Override
            Answer attempt() throws Exception {
                return Answer.of(centre.post(
                        centre.taxii("collections/inbox/objects/"),
                        centre.admin(),
                        RunningCentre.TAXII,
                        RunningCentre.envelope(List.of(
                                RunningCentre.indicator(RunningCentre.freshId(), "198.51.100.9", Tlp.GREEN, 1)))));
            }
        },
        CASE_FILE("503") {
            @Override
            Answer attempt() throws Exception {
                // Larger than a block: the last one of the journal may have room.
                return posted(
                        "/api/cases",
                        "{\"number\":\"A-9\",\"title\":\"A case\",\"type\":\"phishing\",\"summary\":\""
                                + "words ".repeat(1000) + "\"}");
            }
        },
        SEARCH_THAT_IS_KEPT("507") {
            @Override
            Answer attempt() throws Exception {
                return put("/api/searches/mine", JSON, "{\"q\":\"wallaby\"}");
            }
        },
        SUBSCRIPTION_TO_ALERTS("507") {
            @Override
            Answer attempt() throws Exception {
                return posted("/api/alerts/subscriptions", "{\"name\":\"S\",\"digest\":true}");
            }
        },
        MAPPING_OF_A_TABLE("507") {
            @Override
            Answer attempt() throws Exception {
                return put(
                        "/api/case-mappings/register",
                        "application/yaml",
                        """
                        fields:
                          number: Nr
                          title: Title
                          type: {constant: phishing}
                        """);
            }
        },
        TABLE_OF_CASES("507") {
            @Override
            Answer attempt() throws Exception {
                return Answer.of(centre.post(
                        centre.url() + "/api/cases/import?file=table.csv&preview=true",
                        centre.admin(),
                        "application/octet-stream",
                        "number,title,type\nT-1,A case," + "phishing\n"));
            }
        },
        DOCUMENT("507") {
            @Override
            Answer attempt() throws Exception {
                return Answer.of(centre.post(
                        centre.url() + "/api/documents?file=report.txt",
                        centre.admin(),
                        "application/octet-stream",
                        "Traffic went to 198.51.100.9.\n"));
            }
        },
        PASSWORD("507") {
            @Override
            Answer attempt() throws Exception {
                return put(
                        "/api/account/secret",
                        JSON,
                        "{\"secret\":\"correct horse battery staple\"}",
                        RunningCentre.basic("admin", centre.oneTimeSecret()));
            }
        },
        ACCOUNT("exit 1") {
            @Override
            Answer attempt() {
                return Answer.of(centre.koprik("account", "add", "berta", "--role", "analyst"));
            }
        },
        TOKEN("exit 1") {
            @Override
            Answer attempt() {
                return Answer.of(centre.koprik("account", "token", "anna", "--label", "feed"));
            }
        },
        PARTNER("exit 1") {
            @Override
            Answer attempt() throws Exception {
                Path file = centres.folder().resolve("budapest.card");
                CentreCard card = Files.exists(file)
                        ? CentreCard.read(Files.readAllBytes(file))
                        : CentreCard.issue(
                                "budapest",
                                "Budapest",
                                "identity--" + UUID.randomUUID(),
                                CentreKeys.generate(
                                        "budapest",
                                        SignatureAlgorithms.ALL.getFirst(),
                                        List.of("localhost"),
                                        Instant.now()),
                                "https://127.0.0.1:1/taxii2/koprik/",
                                Instant.now());
                Files.write(file, card.bytes());
                return Answer.of(centre.koprik(
                        "partner",
                        "add",
                        file.toString(),
                        "--no-pull",
                        "--no-push",
                        "--fingerprint",
                        card.fingerprint().toString()));
            }
        },
        PARTNER_THAT_GOES("exit 1") {
            @Override
            Answer attempt() {
                return Answer.of(centre.koprik("partner", "remove", "budapest"));
            }
        },
        KEY_ANNOUNCED("exit 1") {
            @Override
            Answer attempt() {
                return Answer.of(centre.koprik("key", "announce"));
            }
        },
        KEY_ROTATED("exit 1") {
            @Override
            Answer attempt() {
                return Answer.of(centre.koprik("key", "rotate", "--now"));
            }
        },
        CERTIFICATE("exit 1") {
            @Override
            Answer attempt() {
                return Answer.of(centre.koprik("tls", "renew", "--new-key"));
            }
        },
        KEY_OF_BACKUPS("exit 1") {
            @Override
            Answer attempt() {
                return Answer.of(centre.koprik(
                        "backup", "key", folder.resolve("out/backup.key").toString()));
            }
        },
        BACKUP("exit 1") {
            @Override
            Answer attempt() {
                return Answer.of(centre.koprik(
                        "backup", centre.home().root().resolve("backups/one").toString()));
            }
        },
        RESTORED_HOME("exit 1") {
            @Override
            Answer attempt() {
                return Answer.of(CommandResult.of(
                        new Home(folder.resolve("restored")),
                        "restore",
                        centre.home().root().resolve("backups/one").toString()));
            }
        },
        NEW_HOME("exit 1") {
            @Override
            Answer attempt() {
                return Answer.of(CommandResult.of(new Home(folder.resolve("another")), "init", "--name", "another"));
            }
        },
        CARD_FOR_PARTNERS("exit 1") {
            @Override
            Answer attempt() {
                return Answer.of(centre.koprik(
                        "partner",
                        "card",
                        "--out",
                        folder.resolve("out/card.json").toString()));
            }
        },
        EXPORT("exit 1") {
            @Override
            Answer attempt() {
                return Answer.of(centre.koprik(
                        "export",
                        "--format",
                        "csv",
                        "--anyway",
                        "--output",
                        folder.resolve("out/export.csv").toString()));
            }
        },
        EXPORT_OF_FILES("exit 1") {
            @Override
            Answer attempt() {
                return Answer.of(centre.koprik(
                        "export",
                        folder.resolve("out/bundle.json").toString(),
                        "--format",
                        "csv",
                        "--anyway",
                        "--tlp",
                        "amber",
                        "--output",
                        folder.resolve("out/files.csv").toString()));
            }
        },
        CONVERTED_BUNDLE("exit 1") {
            @Override
            Answer attempt() {
                return Answer.of(centre.koprik(
                        "validate",
                        "--from-stix20",
                        folder.resolve("out/bundle.json").toString(),
                        "--output",
                        folder.resolve("out/converted.json").toString()));
            }
        };

        private final String refused;

        WritePath(String refused) {
            this.refused = refused;
        }

        abstract Answer attempt() throws Exception;

        private static Answer posted(String path, String body) throws Exception {
            return Answer.of(centre.post(centre.url() + path, centre.admin(), JSON, body));
        }

        private static Answer put(String path, String type, String body) throws Exception {
            return put(path, type, body, anna);
        }

        private static Answer put(String path, String type, String body, String authorization) throws Exception {
            return Answer.of(RunningCentre.send(
                    centre.client(null),
                    HttpRequest.newBuilder(URI.create(centre.url() + path))
                            .header("Content-Type", type)
                            .PUT(HttpRequest.BodyPublishers.ofString(body)),
                    authorization));
        }
    }

    @BeforeAll
    static void begin() throws Exception {
        SmallDisk.requireRoot();
        folder = Files.createDirectories(centres.folder().resolve("disk"));
        disk = SmallDisk.mount(folder, "96m");
        centre = centres.init("tashkent", "disk/tashkent");
        // On a disk of its own: without it nothing is answered (AccessFullDiskTest).
        Files.createSymbolicLink(
                centre.home().access(), Files.createDirectory(centres.folder().resolve("access")));
        centre.withAccount("anna", Role.ADMIN).start();
        anna = "Bearer " + centre.tokenOf("anna");
        Files.createDirectory(folder.resolve("out"));
        for (String old : List.of("card.json", "export.csv", "files.csv", "converted.json")) {
            Files.writeString(folder.resolve("out").resolve(old), "old\n");
        }
        Files.writeString(
                folder.resolve("out/bundle.json"),
                "{\"type\":\"bundle\",\"id\":\"bundle--" + UUID.randomUUID() + "\","
                        + RunningCentre.envelope(Stream.generate(() -> RunningCentre.indicator(
                                                RunningCentre.freshId(), "198.51.100.7", Tlp.GREEN, 1))
                                        .limit(100)
                                        .toList())
                                .substring(1));
        CommandResult submitted =
                centre.koprik("submit", folder.resolve("out/bundle.json").toString());
        assertEquals(0, submitted.code(), submitted::all);
    }

    @AfterAll
    static void everythingOpensAgain() throws Exception {
        if (disk == null) {
            return;
        }
        try (SmallDisk mounted = disk) {
            mounted.free();
            centre.stop();
            centre.start();
            assertEquals(200, found().statusCode());
            centre.stop();
        }
    }

    /** A request for objects, one for anything else, and a command on the home and on a file beside it. */
    @ParameterizedTest
    @EnumSource(names = {"TAXII_OBJECTS", "CASE_FILE", "ACCOUNT", "CARD_FOR_PARTNERS"})
    void someAreRefusedWhileTheDiskIsFullAndSucceedAfterwards(WritePath path) throws Exception {
        refusedWhileTheDiskIsFull(path);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void eachIsRefusedWhileTheDiskIsFullAndSucceedsAfterwards(WritePath path) throws Exception {
        refusedWhileTheDiskIsFull(path);
    }

    private static void refusedWhileTheDiskIsFull(WritePath path) throws Exception {
        try {
            disk.fill();
            Map<String, byte[]> before = disk.content();
            Answer refused = path.attempt();
            assertEquals(path.refused, refused.code(), refused.text());
            assertTrue(refused.text().matches("(?s).*disk (of the centre )?is full.*"), refused.text());
            // A store that could not write opens its index again, and reads wait for that. Then they go on as long as
            // the
            // access record has room that was taken before.
            RunningCentre.await(() -> {
                HttpResponse<String> read = found();
                return read.statusCode() == 200
                        || (read.statusCode() == 503 && read.body().contains("access record"));
            });
            assertUnchanged(before, disk.content());
            boolean done = false;
            for (int blocks = 1; blocks <= 8 && !done; blocks++) {
                // A write of several files fails at each of them.
                disk.fillBut(blocks);
                done = path.attempt().done();
            }
            disk.free();
            if (!done) {
                RunningCentre.await(() -> ready() == 200);
                Answer again = path.attempt();
                assertTrue(again.done(), again.code() + " " + again.text());
            }
        } finally {
            disk.free();
        }
    }

    @Test
    void aStartIsRefusedAndSucceedsAfterwards() throws Exception {
        RunningCentre late = centres.init("late", "disk/late");
        try {
            disk.fill();
            StartFailure refused = assertThrows(StartFailure.class, late::start);
            assertTrue(FullDisk.caused(refused) || refused.getMessage().contains("room"), refused.getMessage());
            assertTrue(refused.getMessage().contains("Free some room"), refused.getMessage());
        } finally {
            disk.free();
        }
        late.start();
        late.stop();
    }

    private static int ready() throws Exception {
        return centre.get(centre.url() + "/readyz", null).statusCode();
    }

    private static void assertUnchanged(Map<String, byte[]> before, Map<String, byte[]> after) {
        Map<String, byte[]> more = new TreeMap<>(after);
        more.keySet().removeAll(before.keySet());
        // The centre itself reports the full disk to operators.
        more.keySet().removeIf(name -> name.contains("/data/") || name.contains("/state/alerts/"));
        assertEquals(Map.of().keySet(), more.keySet(), "left of what was not written");
        before.forEach((name, content) -> {
            // The index is made anew from the journal, whose end has room of its own.
            if (!name.contains("/data/") && !name.contains("/state/")) {
                assertArrayEquals(
                        content, after.get(name), () -> name + ": " + text(content) + " is " + text(after.get(name)));
            }
        });
    }

    private static String text(byte[] content) {
        return content == null ? "gone" : new String(content, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> found() throws Exception {
        return centre.get(centre.url() + "/api/search?q=198.51.100.7", centre.admin());
    }
}
