package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.indicators.translate.export.ExportFormat;
import uz.koprik.indicators.translate.export.XlsxFiles;

/** A centre whose store has values that are never blocked: no export has one, and all are counted. */
class ProtectedValuesExportTest {

    private static final List<String> DANGEROUS = List.of(
            "127.0.0.1", "8.8.8.8", "10.0.0.0/8", "google.com", "printer.local", "co.uk", "http://192.168.7.1/x");

    @RegisterExtension
    static final Centres centres = new Centres();

    @TempDir
    static Path folder;

    private static RunningCentre centre;
    private static CentreClient admin;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent").start();
        admin = centre.adminClient();
        for (String value : DANGEROUS) {
            Reply asked = admin.post("/api/indicators", "application/json", CentreAnswers.json(Map.of("value", value)));
            assertEquals(422, asked.status(), value);
            assertEquals(
                    "protected",
                    CentreAnswers.parse(asked.body())
                            .path("errors")
                            .path(0)
                            .path("code")
                            .asText());
            Reply meant = admin.post(
                    "/api/indicators",
                    "application/json",
                    CentreAnswers.json(Map.of("value", value, "anyway", true, "tlp", "red")));
            assertTrue(meant.ok(), meant::text);
        }
        String joined =
                """
                {"type":"indicator","spec_version":"2.1","id":"indicator--31b940d4-6f7f-459a-80ea-9c1f17b5891b",
                "created":"2026-11-01T00:00:00.000Z","modified":"2026-11-01T00:00:00.000Z","pattern_type":"stix",
                "pattern":"[ipv4-addr:value = '203.0.113.77' OR ipv4-addr:value = '9.9.9.9']","valid_from":"2026-11-01T00:00:00Z"}""";
        assertEquals(
                422,
                admin.post("/api/objects", "application/json", bytes(joined)).status());
        assertTrue(admin.post("/api/objects?anyway=true", "application/json", bytes(joined))
                .ok());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void noExportHasOne(ExportFormat format) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Reply reply = admin.download("/api/export?tlp=red&format=" + format.code(), "*/*", out);
        assertEquals(200, reply.status());
        String text = format.isText() ? out.toString(StandardCharsets.UTF_8) : XlsxFiles.parts(out.toByteArray());
        for (String value : List.of(
                "127.0.0.1", "8.8.8.8", "10.0.0.0", "google.com", "printer.local", "co.uk", "192.168.7.1", "9.9.9.9")) {
            assertFalse(text.contains(value), () -> value + " is in " + text);
        }
        JsonNode leftOut = CentreAnswers.parse(reply.body()).path("left_out");
        assertEquals(4, leftOut.path("special_use").asInt(), leftOut::toString);
        assertTrue(leftOut.path("public_resolver").asInt() >= 2, leftOut::toString); // another test adds one
        assertEquals(1, leftOut.path("large_domain").asInt(), leftOut::toString);
        assertEquals(1, leftOut.path("public_suffix").asInt(), leftOut::toString);
        boolean hasAddresses = !List.of(ExportFormat.HOSTS, ExportFormat.MISP, ExportFormat.STIX)
                .contains(format);
        String other = format == ExportFormat.RPZ ? "32.77.113.0.203.rpz-ip" : "203.0.113.77";
        assertEquals(hasAddresses, text.contains(other), text);
    }

    @Test
    void aDryRunCountsAndTheDefaultLimitIsSaid() {
        CommandResult said = centre.koprik("export", "--format", "stix", "--dry-run");
        assertEquals(0, said.code(), said::toString);
        assertTrue(said.out().contains(" written, up to TLP:GREEN (the default"), said.out());
        assertTrue(said.out().contains("left out: 7 (stricter_tlp"), said.out());
        CommandResult whole = centre.koprik("export", "--format", "stix", "--query", "type:malware");
        assertTrue(whole.err().contains("nothing was written"), whole.err());
    }

    @Test
    void networksTooWideAreRefusedInAnyCase() {
        for (String wide : List.of("0.0.0.0/0", "8.0.0.0/7", "2000::/18")) {
            CommandResult said = centre.koprik("submit", "--anyway", wide);
            assertEquals(1, said.code(), said::toString);
            assertTrue(said.err().contains("is no indicator"), said.err());
        }
    }

    @Test
    void theCommandNamesTheCure() throws Exception {
        CommandResult asked = centre.koprik("submit", "1.1.1.1");
        assertEquals(1, asked.code());
        assertTrue(asked.err().contains("--anyway"), asked.err());
        Path list = Files.writeString(folder.resolve("list.txt"), "1.0.0.1\nfresh.example.com\nnofile.json\n");
        CommandResult imported = centre.koprik("import", list.toString());
        assertEquals(1, imported.code());
        assertTrue(imported.out().contains("1 accepted, 0 unchanged, 2 refused"), imported.out());
        assertTrue(imported.err().contains("list.txt:1: 1.0.0.1 is a public DNS resolver"), imported.err());
        assertTrue(imported.err().contains("list.txt:3: the word looks like the name of a file"), imported.err());
        CommandResult meant = centre.koprik("import", "--anyway", list.toString());
        assertTrue(meant.out().contains("1 accepted, 1 unchanged, 1 refused"), meant.out());
    }

    @Test
    void fileNamesAreNoDomains() {
        for (String word : List.of("nofile.json", "report.docx", "backup.zip", "./a.zip", "C:\\x\\y.txt")) {
            CommandResult said = centre.koprik("submit", word);
            assertEquals(2, said.code(), said::toString);
            assertTrue(said.err().contains("there is no file " + word), said.err());
        }
        assertEquals(0, centre.koprik("submit", "--kind", "domain", "meant.zip").code());
        Reply reply =
                admin.post("/api/indicators", "application/json", CentreAnswers.json(Map.of("value", "setup.exe")));
        assertEquals(422, reply.status());
        assertTrue(reply.text().contains("doubtful"), reply::text);
    }

    private static JsonNode posted(String path, Map<String, ?> form) {
        return CentreAnswers.parse(
                admin.post(path, "application/json", CentreAnswers.json(form)).body());
    }

    @Test
    void aCaseValueThatLooksLikeAFileNeedsItsKind() {
        JsonNode opened = posted(
                "/api/cases", Map.of("number", "F-1", "title", "x", "values", List.of("report.docx", "a.example.com")));
        assertEquals(1, opened.path("case").path("values").size(), opened::toString);
        JsonNode refused = opened.path("refused").path(0);
        assertEquals("values/0", refused.path("where").asText());
        assertTrue(refused.path("reason").asText().contains("\"kind\": \"domain\""), refused::toString);

        Reply none = admin.post(
                "/api/cases/F-1/observables",
                "application/json",
                CentreAnswers.json(Map.of("values", List.of("setup.exe"))));
        assertEquals(422, none.status());
        assertTrue(none.text().contains("looks like the name of a file"), none::text);
        CommandResult asked = centre.koprik("case", "observe", "F-1", "backup.zip");
        assertEquals(1, asked.code(), asked::toString);
        assertTrue(asked.err().contains("--kind domain says that it is meant"), asked.err());

        CommandResult meant = centre.koprik("case", "observe", "F-1", "--kind", "domain", "backup.zip");
        assertEquals(0, meant.code(), meant::toString);
        assertEquals(0, centre.koprik("case", "remove", "F-1", "backup.zip").code());
        CommandResult added =
                centre.koprik("case", "add", "F-2", "--title", "x", "--kind", "domain", "--observable", "backup.zip");
        assertEquals(0, added.code(), added::toString);
        assertTrue(added.out().contains("backup.zip"), added.out());
    }

    @Test
    void aPastedTextShowsNamesOfFilesApart() {
        JsonNode answer = posted("/api/search/values", Map.of("text", "report.docx\nbackup.zip\nfresh2.example.com\n"));
        assertEquals(1, answer.path("values").size(), answer::toString);
        assertEquals(
                "fresh2.example.com",
                answer.path("values").path(0).path("value").asText());
        assertEquals(2, answer.path("doubtful").size(), answer::toString);
        assertEquals(
                "report.docx", answer.path("doubtful").path(0).path("spelling").asText());
        assertEquals("domain", answer.path("doubtful").path(1).path("kind").asText());
    }
}
