package uz.koprik.gateway.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;

/** Tables of cases imported into a real centre, by the API and by the command line. */
class CaseImportTest {

    private static final String MAPPING =
            """
            separator: ";"
            time_zone: Asia/Tashkent
            dates: [dd.MM.yyyy]
            decimal: ","
            fields:
              number: Case no
              title: {column: Subject}
              type: {column: Offence, translate: {Firibgarlik: fraud}, otherwise: other}
              unit: {constant: Cyber unit 3}
              opened: Opened
            values:
              - {column: Account, kind: iban, role: money-trail, split: ","}
            losses:
              - {column: Damage, currency: UZS}
            """;

    private static final String TABLE =
            """
            Case no;Subject;Offence;Opened;Account;Damage
            %1$s-1;First;Firibgarlik;05.11.2026;GB82WEST12345698765432;1.200,50
            %1$s-2;Second;Boshqa;06.11.2026;GB83WEST12345698765432;
            %1$s-3;Third;;31.11.2026;;x
            %1$s-4;Fourth;;;;
            """;

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;
    private static CentreClient operator;
    private static Path watched;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withAccount("night-shift", Role.OPERATOR)
                .withAccount("register", Role.ANALYST);
        watched = Files.createDirectory(centres.folder().resolve("register"));
        centre.withConfig("watch: []", "watch: [{folder: \"" + watched + "\", account: register}]")
                .withConfig("poll: 2s", "poll: 20ms")
                .withConfig("settle: 5s", "settle: 40ms")
                .start();
        admin = centre.adminClient();
        operator = centre.clientOf("night-shift");
    }

    @AfterAll
    static void stop() throws IOException {
        centre.stop();
        try (Stream<Path> left = Files.list(centre.home().state().resolve("tables"))) {
            assertEquals(0, left.count(), "no copy of a table stays");
        }
    }

    private static List<JsonNode> bring(CentreClient client, String query, String table) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        Reply reply = client.upload(
                "/api/cases/import?" + query,
                "application/octet-stream",
                new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)),
                line -> lines.add(CentreAnswers.parse(line.getBytes(StandardCharsets.UTF_8))));
        assertEquals(200, reply.status(), reply::text);
        return lines;
    }

    private static String counts(JsonNode line) {
        return line.path("created").asInt() + " " + line.path("updated").asInt() + " "
                + line.path("unchanged").asInt() + " " + line.path("refused").asInt() + " "
                + line.path("done").asBoolean();
    }

    private static int versions(String number) {
        return CentreAnswers.parse(
                        admin.get("/api/cases/" + number + "/history").body())
                .path("versions")
                .size();
    }

    @Test
    void opensChangesAndLeavesAlone() throws Exception {
        String query = "mapping=" + CentreAnswers.encoded(MAPPING);
        String table = TABLE.formatted("R");
        List<JsonNode> lines = bring(admin, query, table);
        assertEquals("2 0 0 2 true", counts(lines.getLast()));
        List<String> told = lines.stream()
                .filter(line -> line.has("reason"))
                .map(line ->
                        line.path("line").asInt() + " " + line.path("column").asText())
                .toList();
        assertEquals(List.of("3 Account", "4 Opened", "4 Damage"), told);
        JsonNode first = CentreAnswers.parse(admin.get("/api/cases/R-1").body());
        assertEquals("fraud", first.path("type").asText());
        assertEquals("2026-11-04T19:00:00Z", first.path("opened").asText());
        assertEquals("money-trail", first.path("values").get(0).path("role").asText());
        assertEquals("1200.50", first.path("losses").get(0).path("amount").asText());
        assertEquals("Cyber unit 3", first.path("unit").asText());
        assertEquals(404, admin.get("/api/cases/R-3").status());

        assertEquals("0 0 2 2 true", counts(bring(admin, query, table).getLast()));
        assertEquals(1, versions("R-1"), "what is unchanged gets no version");
        String changed = table.replace("1.200,50", "1.300,00").replace("GB83WEST12345698765432", "");
        assertEquals("1 1 1 1 true", counts(bring(admin, query, changed).getLast()));
        assertEquals(2, versions("R-1"));
        assertEquals(
                1,
                CentreAnswers.parse(admin.get("/api/cases/R-1").body())
                        .path("losses")
                        .size(),
                "the loss was put right, not doubled");
        assertEquals(1, versions("R-4"));
    }

    @Test
    void previewsWithoutStoringAnything() throws Exception {
        JsonNode preview = bring(admin, "preview=5&mapping=" + CentreAnswers.encoded(MAPPING), TABLE.formatted("P"))
                .getFirst();
        assertEquals(4, preview.path("rows").asInt());
        assertEquals(2, preview.path("refused").asInt());
        assertEquals(3, preview.path("faults").size());
        JsonNode account = preview.path("columns").get(4);
        assertEquals("values: money-trail, iban", account.path("as").get(0).asText());
        assertEquals(1, account.path("kinds").path("iban").asInt(), "one of both is an IBAN");
        JsonNode would = preview.path("cases").get(0);
        assertEquals(
                "created P-1",
                would.path("outcome").asText() + " " + would.path("number").asText());
        assertEquals("1200.50", would.path("losses").get(0).path("amount").asText());
        assertEquals(404, admin.get("/api/cases/P-1").status());
    }

    @Test
    void keepsMappingsByName() throws Exception {
        assertEquals(
                200,
                admin.put("/api/case-mappings/register", "application/yaml", MAPPING.getBytes(StandardCharsets.UTF_8))
                        .status());
        assertEquals(
                MAPPING,
                admin.get("/api/case-mappings/register", "application/yaml").text());
        assertEquals(
                "2 0 0 2 true",
                counts(bring(admin, "mapping=register", TABLE.formatted("N")).getLast()));
        Reply bad = admin.put(
                "/api/case-mappings/bad",
                "application/yaml",
                MAPPING.replace("losses:", "loses:").getBytes(StandardCharsets.UTF_8));
        assertEquals(400, bad.status());
        assertTrue(bad.text().contains("bad:13: loses: there is no such key"), bad.text());
        assertEquals(
                400,
                admin.put("/api/case-mappings/..%2Fx", "application/yaml", MAPPING.getBytes(StandardCharsets.UTF_8))
                        .status());
        assertEquals(400, upload("mapping=unknown").status());
        assertEquals(
                400,
                upload("mapping=" + CentreAnswers.encoded("{fields: {title: x}}"))
                        .status());
        assertEquals(400, upload("mapping=register&preview=lots").status());
        Reply other = upload("mapping=" + CentreAnswers.encoded("{fields: {number: Nowhere, title: Nowhere}}"));
        assertEquals(400, other.status());
        assertTrue(other.text().contains("\"sentence\":{\"code\":\"no_mapped_column\""), other.text());
    }

    private static Reply upload(String query) throws IOException {
        return admin.upload(
                "/api/cases/import?" + query,
                "application/octet-stream",
                new ByteArrayInputStream(TABLE.getBytes(StandardCharsets.UTF_8)),
                line -> {});
    }

    @Test
    void isForThoseWhoWorkOnCases() throws Exception {
        assertEquals(
                403,
                operator.upload(
                                "/api/cases/import",
                                "application/octet-stream",
                                new ByteArrayInputStream("number\nX-1\n".getBytes(StandardCharsets.UTF_8)),
                                line -> {})
                        .status());
        assertEquals(403, operator.get("/api/case-mappings").status());
        assertEquals(404, admin.get("/api/cases/X-1").status());
    }

    @Test
    void whatIsPutIntoAWatchedFolderComesInByItself() throws Exception {
        Files.writeString(watched.resolve("table.tmp"), "number,title\nWF-1,From the register\n");
        Files.move(watched.resolve("table.tmp"), watched.resolve("table.csv"));
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(watched.resolve("done/table.csv")) && System.nanoTime() < until) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertTrue(Files.exists(watched.resolve("done/table.csv.report.json")));
        assertEquals(
                "register",
                CentreAnswers.parse(admin.get("/api/cases/WF-1/history").body())
                        .path("versions")
                        .get(0)
                        .path("by")
                        .asText());
    }

    @Test
    void theCommandLineDoesItToo() throws Exception {
        Path table = Files.writeString(centres.folder().resolve("cli.csv"), TABLE.formatted("C"));
        Path mapping = Files.writeString(centres.folder().resolve("register.yaml"), MAPPING);
        CommandResult preview =
                centre.koprik("case", "import", table.toString(), "--mapping", mapping.toString(), "--preview");
        assertEquals(1, preview.code(), preview::err);
        assertTrue(preview.out().contains("Damage -> loss (2 filled"), preview.out());
        assertTrue(preview.out().contains("line 2: C-1  First  created"), preview.out());
        assertTrue(preview.out().contains("4 rows, 2 would be refused; nothing was stored"), preview.out());
        CommandResult brought = centre.koprik("case", "import", table.toString(), "--mapping", mapping.toString());
        assertEquals(1, brought.code());
        assertTrue(brought.out().contains("2 created, 0 updated, 0 unchanged, 2 rows refused"), brought.out());
        assertTrue(brought.err().contains("cli.csv:3: Account: not a valid IBAN"), brought.err());
        assertEquals(
                0,
                centre.koprik("case", "mapping", "by-hand", mapping.toString()).code());
        assertTrue(centre.koprik("case", "mapping").out().contains("by-hand"));
        assertEquals(MAPPING, centre.koprik("case", "mapping", "by-hand").out());
        Path plain = Files.writeString(
                centres.folder().resolve("plain.csv"), "number,title,values\nC-9,Plain,plain.example.com\n");
        CommandResult said = centre.koprik("case", "import", plain.toString());
        assertEquals(0, said.code(), said::err);
        assertFalse(centre.koprik("case", "show", "C-9").out().isEmpty());
    }
}
