package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.indicators.translate.export.ExportFormat;
import uz.koprik.indicators.translate.export.XlsxFiles;

/** Exports of a real centre, and MISP into it. */
class ExportTest {

    private static final String EVENT =
            """
            {"response":[{"Event":{"uuid":"3c7b9f6e-6f4f-4a3c-9c0e-2f1d5e6a7b8c","info":"From a partner","date":"2025-11-20",
            "threat_level_id":"2","analysis":"2","distribution":"3","published":true,"timestamp":"1763800000",
            "Orgc":{"uuid":"55f6ea5e-2c60-40e5-964f-47a8950d210f","name":"Example CERT"},"Tag":[{"name":"tlp:green"}],
            "Attribute":[
            {"uuid":"00000000-0000-4000-8000-000000000001","type":"domain","category":"Network activity","value":"misp.example.com",
             "to_ids":true,"timestamp":"1763800000","comment":"c2"},
            {"uuid":"00000000-0000-4000-8000-000000000002","type":"community-id","category":"Network activity",
             "value":"1:example","to_ids":true,"timestamp":"1763800000"},
            {"uuid":"00000000-0000-4000-8000-000000000003","type":"url","category":"Network activity","value":"http://misp.example.com/a",
             "to_ids":true,"timestamp":"1763800000","data":"AAAA"},
            {"uuid":"00000000-0000-4000-8000-000000000004","type":"cc-number","category":"Financial fraud",
             "value":"4000000000000002","to_ids":true,"timestamp":"1763800000"}]}}]}""";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;
    private static CentreClient operator;
    private static CentreClient reader;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withAccount("night-shift", Role.OPERATOR)
                .withAccount("feeder", Role.WRITER)
                .start();
        admin = centre.adminClient();
        operator = centre.clientOf("night-shift");
        reader = centre.clientOf("feeder");
        for (String[] one :
                new String[][] {{"green.example.com", "green"}, {"amber.example.com", "amber"}, {"198.51.100.77", "red"}
                }) {
            Reply reply = admin.post(
                    "/api/indicators",
                    "application/json",
                    CentreAnswers.json(Map.of("value", one[0], "name", "Export " + one[1], "tlp", one[1])));
            assertTrue(reply.ok(), reply::text);
        }
        Reply secret = admin.post(
                "/api/cases",
                "application/json",
                CentreAnswers.json(Map.of(
                        "number",
                        "X-1",
                        "title",
                        "Secretcase",
                        "type",
                        "card-fraud",
                        "values",
                        List.of("victim.example.org"))));
        assertTrue(secret.ok(), secret::text);
    }

    private static String export(CentreClient client, String query) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Reply reply = client.download("/api/export?" + query, "*/*", out);
        assertEquals(200, reply.status(), reply::text);
        return query.contains("format=xlsx")
                ? XlsxFiles.parts(out.toByteArray())
                : out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void exportsWhatIsAskedFor() throws Exception {
        assertEquals("green.example.com\n", export(admin, "format=blocklist&q=export"));
        String all = export(admin, "format=blocklist&q=export&tlp=red");
        assertEquals(
                List.of("198.51.100.77", "amber.example.com", "green.example.com"),
                all.lines().sorted().toList());
        assertEquals("green.example.com\n", export(admin, "format=blocklist&q=export&tlp=green"));
        assertEquals("198.51.100.77\n", export(admin, "format=blocklist&q=export&kind=ipv4&tlp=red"));
        assertEquals("", export(admin, "format=blocklist&added_after=2999-01-01T00:00:00Z"));
        assertTrue(export(admin, "format=suricata&kind=domain&tlp=amber").contains("content:\".amber.example.com\""));
        assertEquals(
                "amber.example.com\n",
                export(admin, "format=blocklist&tlp=amber&q=export%20tlp:amber%20kind:domain%20seen:%3E2020"));
        assertEquals("", export(admin, "format=blocklist&q=export%20-export"));
        assertTrue(export(admin, "format=stix&q=type:identity").contains("identity--"));
        JsonNode bundle = CentreAnswers.parse(
                export(admin, "format=stix&q=export&tlp=red").getBytes(StandardCharsets.UTF_8));
        assertEquals(3, bundle.path("objects").size());
    }

    /** The property: in no format, under no question, does a caller get what Release denies. */
    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void nobodyGetsWhatReleaseDenies(ExportFormat format) throws Exception {
        String state = format.blocks() ? "" : "&state=all";
        for (String question : List.of(
                "",
                "&q=Secretcase",
                "&q=victim.example.org",
                "&type=incident",
                "&type=incident&q=Secretcase",
                "&q=type:incident",
                "&q=case:X-1",
                "&q=victim.example.org%20type:incident",
                "&q=kind:domain%20type:incident",
                "&type=incident,indicator,identity,report&kind=domain",
                "&tlp=red&type=incident")) {
            String query = "format=" + format.code() + state + (question.contains("tlp=") ? "" : "&tlp=red") + question;
            String denied = export(operator, query);
            assertFalse(
                    denied.contains("victim.example.org")
                            || denied.contains("Secretcase")
                            || denied.contains("incident--"),
                    denied);
        }
        String allowed = export(admin, "format=" + format.code() + state + "&tlp=red&type=incident");
        assertTrue(
                allowed.contains("victim.example.org") || allowed.contains("incident--"),
                () -> "the case is not there for anybody, so the test shows nothing: " + allowed);
    }

    @Test
    void needsTheRightAndSaysWhatIsWrong() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(403, reader.download("/api/export?format=csv", "*/*", out).status());
        for (String query : List.of(
                "",
                "format=pdf",
                "format=csv&kind=colour",
                "format=csv&tlp=purple",
                "format=csv&state=dead",
                "format=csv&added_after=yesterday",
                "format=csv&q=typo:indicator",
                "format=csv&type=malware&q=type:indicator")) {
            Reply reply = admin.download("/api/export?" + query, "*/*", out);
            assertEquals(400, reply.status(), query);
            assertFalse(
                    CentreAnswers.parse(reply.body()).path("detail").asText().isEmpty());
        }
        assertEquals(0, out.size());
    }

    /** What machines block by has nothing that is revoked or has ended, for any caller. */
    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void whatMachinesBlockByHasOnlyWhatIsInForce(ExportFormat format) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Reply reply = admin.download("/api/export?state=all&format=" + format.code(), "*/*", out);
        Path file = Files.writeString(
                centres.folder().resolve("force-" + format.code() + ".json"),
                """
                {"type":"indicator","spec_version":"2.1","id":"indicator--00000000-0000-4000-8000-0000000000f1",
                "created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z","pattern_type":"stix",
                "pattern":"[domain-name:value = 'ended.example.com']","valid_from":"2024-01-01T00:00:00Z",
                "valid_until":"2024-02-01T00:00:00Z"}""");
        Path target = centres.folder().resolve("force." + format.code());
        CommandResult offline = centre.koprik(
                "export",
                "--format",
                format.code(),
                "--all",
                "--tlp",
                "red",
                "--output",
                target.toString(),
                file.toString());
        if (format.blocks()) {
            String sentence = "the format " + format.code() + " blocks what is in it, so it never has what is revoked,"
                    + " expired or not valid yet; csv, xlsx, misp and stix can";
            assertEquals(400, reply.status());
            assertTrue(reply.text().contains(sentence), reply::text);
            assertEquals(2, offline.code(), offline::toString);
            assertTrue(offline.err().contains("--all: " + sentence), offline::err);
            assertFalse(Files.exists(target));
        } else {
            assertEquals(200, reply.status(), reply::text);
            assertEquals(0, offline.code(), offline::toString);
            String text = format.isText() ? Files.readString(target) : XlsxFiles.parts(Files.readAllBytes(target));
            assertTrue(text.contains("ended.example.com"), text);
            assertFalse(text.contains("\"to_ids\":true"), text);
        }
    }

    @Test
    void aWorkbookNeedsAFile() {
        CommandResult bare = centre.koprik("export", "--format", "xlsx");
        assertEquals(2, bare.code());
        assertTrue(bare.err().contains("--output koprik.xlsx"), bare::err);
        CommandResult counted = centre.koprik("export", "--format", "xlsx", "--dry-run");
        assertEquals(0, counted.code(), counted::toString);
    }

    @Test
    void takesMispInAndGivesItOut() throws Exception {
        List<JsonNode> lines = Collections.synchronizedList(new ArrayList<>());
        for (int time = 0; time < 2; time++) {
            lines.clear();
            Reply reply = admin.upload(
                    "/api/import?file=event.json",
                    "application/octet-stream",
                    new ByteArrayInputStream(EVENT.getBytes(StandardCharsets.UTF_8)),
                    line -> lines.add(CentreAnswers.parse(line.getBytes(StandardCharsets.UTF_8))));
            assertEquals(200, reply.status(), reply::text);
        }
        JsonNode summary = lines.getLast();
        // Organisation, domain, note of an unknown type, URL, card and report: there already, when imported again.
        assertEquals(
                List.of(0L, 6L, 0L, 2L),
                List.of(
                        summary.path("accepted").asLong(),
                        summary.path("unchanged").asLong(),
                        summary.path("refused").asLong(),
                        summary.path("noted").asLong()),
                lines::toString);
        assertEquals(
                List.of("/response/0/Event/Attribute/1", "/response/0/Event/Attribute/2/data"),
                lines.stream()
                        .filter(line -> line.has("note"))
                        .map(line -> line.path("where").asText())
                        .toList());
        assertFalse(lines.toString().contains("4000000000000002"));
        JsonNode back = CentreAnswers.parse(
                export(admin, "format=misp&q=misp.example.com&tlp=green").getBytes(StandardCharsets.UTF_8));
        JsonNode attribute = back.path("Event").path("Attribute").get(0);
        assertEquals(
                "00000000-0000-4000-8000-000000000001", attribute.path("uuid").asText(), back::toString);
        assertEquals("c2", attribute.path("comment").asText());
        assertEquals("tlp:green", attribute.path("Tag").get(0).path("name").asText());
        assertFalse(export(admin, "format=csv").contains("4000000000000002"));
    }

    @Test
    void theCommandAsksTheCentre() throws Exception {
        Path list = centres.folder().resolve("domains.txt");
        CommandResult said = centre.koprik(
                "export",
                "--format",
                "blocklist",
                "--kind",
                "domain",
                "--tlp",
                "amber",
                "--query",
                "export",
                "--output",
                list.toString());
        assertEquals(0, said.code(), said::toString);
        assertEquals(
                List.of("amber.example.com", "green.example.com"),
                Files.readAllLines(list).stream().sorted().toList());
        CommandResult rules = centre.koprik("export", "--format", "suricata", "--tlp", "red", "--query", "export");
        assertEquals(0, rules.code(), rules::toString);
        assertTrue(rules.out().contains("alert ip $HOME_NET any <> [198.51.100.77] any"), rules.out());
        assertEquals(2, centre.koprik("export", "--format", "pdf").code());
        assertEquals(
                1, centre.koprik("export", "--format", "csv", "--tlp", "purple").code());
    }

    @Test
    void theCommandTakesFilesWithoutACentre() throws Exception {
        Path event = Files.writeString(centres.folder().resolve("event.json"), EVENT);
        CommandResult said = centre.koprik(
                "export",
                "--format",
                "blocklist",
                event.toString(),
                "--home",
                centres.folder().resolve("none").toString());
        assertEquals(0, said.code(), said::toString);
        assertEquals("misp.example.com\nhttp://misp.example.com/a\n", said.out());
        assertTrue(said.err().contains("not expressed: " + event + ":/response/0/Event/Attribute/1"), said.err());
        assertFalse(said.toString().contains("4000000000000002"));
        CommandResult misp = centre.koprik("export", "--format", "misp", event.toString());
        JsonNode back = CentreAnswers.parse(misp.out().getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "From a partner",
                back.path("response").get(0).path("Event").path("info").asText(),
                misp::toString);
        assertEquals(
                2,
                centre.koprik("export", "--format", "csv", "--query", "x", event.toString())
                        .code());
        Path list = Files.writeString(centres.folder().resolve("list.txt"), "example.com\n");
        assertEquals(
                2, centre.koprik("export", "--format", "csv", list.toString()).code());
    }

    @Test
    void aTableCanBeBroughtBack() throws Exception {
        Reply reply = admin.post(
                "/api/indicators",
                "application/json",
                CentreAnswers.json(Map.of("value", "+447700900419", "name", "Tablephone", "tlp", "green")));
        assertTrue(reply.ok(), reply::text);
        Path table = centres.folder().resolve("table.csv");
        assertEquals(
                0,
                centre.koprik("export", "--format", "csv", "--query", "Tablephone", "--output", table.toString())
                        .code());
        assertTrue(Files.readString(table).contains("\"'+447700900419\""), Files.readString(table));
        CommandResult said = centre.koprik("import", table.toString());
        assertTrue(said.out().contains("0 accepted, 1 unchanged, 0 refused"), said::toString);
    }
}
