package uz.koprik.gateway.api.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.documents.SampleDocuments;

/** From reports and mails to objects of a running centre. */
class DocumentImportTest {

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent").withAccount("vera", Role.READER).start();
    }

    private static Path file(String name, byte[] bytes) throws Exception {
        return Files.write(centres.folder().resolve(name), bytes);
    }

    private static Path file(String name, String text) throws Exception {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static CommandResult imported(String... arguments) throws Exception {
        return centre.koprik(Stream.concat(Stream.of("import", "--text"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static JsonNode stored(String id) throws Exception {
        return CentreAnswers.parse(centre.koprik("show", id, "--raw").out().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isKnown(String value) throws Exception {
        return centre.koprik("search", value, "--json").out().contains("indicator--");
    }

    private static String id(CommandResult result, String line) {
        return result.out()
                .lines()
                .filter(one -> one.startsWith(line))
                .map(one -> one.substring(one.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(line + " is not in " + result));
    }

    @Test
    void withoutAFormValuesAreShownAndNothingIsStored() throws Exception {
        Path report =
                file("shown.txt", "The loader calls shown-evil.example.net every hour.\nIt unpacks run.sh then.\n");
        CommandResult shown = imported(report.toString());
        assertEquals(0, shown.code(), shown::toString);
        assertTrue(shown.out().contains("The loader calls shown-evil.example.net every hour."), shown::toString);
        assertTrue(shown.out().contains("line 1"), shown::toString);
        assertTrue(shown.out().contains("Nothing was stored."), shown::toString);
        assertFalse(isKnown("shown-evil.example.net"));
    }

    @Test
    void aPreviewStoresNothing() throws Exception {
        Path report = file("preview.txt", "The loader calls preview-evil.example.net every hour.");
        assertEquals(
                0,
                imported(report.toString(), "--as", "indicators", "--preview").code());
        assertFalse(isKnown("preview-evil.example.net"));
    }

    @Test
    void sureValuesBecomeIndicatorsAndDoubtfulOnesOnlyWhenNamed() throws Exception {
        Path report = file(
                "sure.txt",
                "Server: sure-evil[.]example[.]net at 192.0.2.101.\nSee https://live.example.org/post for a description.\n");
        CommandResult first = imported(report.toString(), "--as", "indicators", "--tlp", "green", "--name", "Loader");
        assertEquals(0, first.code(), first::toString);
        JsonNode indicator = stored(id(first, "accepted  domain sure-evil.example.net"));
        assertEquals("Loader", indicator.path("name").asText());
        assertTrue(indicator.path("description").isMissingNode(), "sentences are not stored unasked");
        assertFalse(isKnown("https://live.example.org/post"));
        CommandResult second = imported(
                report.toString(),
                "--as",
                "indicators",
                "--name",
                "Loader",
                "--tlp",
                "green",
                "--context",
                "--doubtful",
                "https://live.example.org/post");
        assertTrue(second.out().contains("unchanged  domain sure-evil.example.net"), second::toString);
        JsonNode live = stored(id(second, "accepted  url https://live.example.org/post"));
        assertEquals(
                "See https://live.example.org/post for a description.",
                live.path("description").asText());
    }

    @Test
    void aValueThatIsNamedAndNotThereStopsTheImport() throws Exception {
        Path report = file("typo.txt", "The loader calls typo-evil.example.net every hour.");
        CommandResult result =
                imported(report.toString(), "--as", "indicators", "--leave-out", "typo-evil.example.com");
        assertEquals(2, result.code(), result::toString);
        assertTrue(result.err().contains("in none of the files"), result::toString);
        assertFalse(isKnown("typo-evil.example.net"));
    }

    @Test
    void protectedValuesAreShownAndNotTaken() throws Exception {
        Path report = file("protected.txt", "It asks 8.8.8.8 for protected-evil.example.net first.");
        CommandResult result = imported(report.toString(), "--as", "indicators");
        assertEquals(0, result.code(), result::toString);
        assertTrue(result.out().contains("1 never blocked"), result::toString);
        assertTrue(result.out().contains("1 accepted"), result::toString);
        assertFalse(isKnown("8.8.8.8"));
    }

    @Test
    void aPdfBecomesAReportWithReferences() throws Exception {
        Path pdf = file(
                "campaign.pdf",
                SampleDocuments.pdf(
                        List.of("Campaign of May", "The loader calls pdf-evil.example.net every hour."),
                        List.of("A second server is at 192.0.2.120.")));
        CommandResult result =
                imported(pdf.toString(), "--as", "report", "--tlp", "green", "--name", "Campaign of May");
        assertEquals(0, result.code(), result::toString);
        JsonNode report = stored(id(result, "accepted  report"));
        Set<String> refs = new TreeSet<>();
        report.path("object_refs").forEach(ref -> refs.add(ref.asText()));
        assertEquals(
                Set.of(id(result, "accepted  domain pdf-evil.example.net"), id(result, "accepted  ipv4 192.0.2.120")),
                refs);
        assertEquals("Campaign of May", report.path("name").asText());
        assertTrue(report.path("external_references").toString().contains("sha256:"), report::toString);
        CommandResult again = imported(pdf.toString(), "--as", "report", "--tlp", "green", "--name", "Campaign of May");
        assertTrue(again.out().contains("0 accepted, 3 unchanged, 0 refused"), again::toString);
    }

    @Test
    void aDocxBecomesObservedData() throws Exception {
        Path docx = file(
                "notes.docx",
                SampleDocuments.docx(
                        List.of("The domain docx-evil.example.net was used."),
                        List.of("192.0.2.130"),
                        "Seen at 192.0.2.131 too.",
                        "https://source.example.org/p"));
        CommandResult result = imported(docx.toString(), "--as", "observed-data", "--tlp", "green");
        assertEquals(0, result.code(), result::toString);
        JsonNode observed = stored(id(result, "accepted  observed-data"));
        assertEquals(3, observed.path("object_refs").size(), observed::toString);
        assertFalse(isKnown("docx-evil.example.net"), "observed data makes no indicators");
    }

    @Test
    void aMailBecomesACaseWithRolesAndLeavesRecipientsOut() throws Exception {
        Path mail = file("phish.eml", SampleDocuments.mail());
        CommandResult none = imported(mail.toString(), "--as", "case", "--case", "T-1");
        assertEquals(1, none.code(), none::toString);
        assertTrue(none.err().contains("--case-title"), none::toString);
        CommandResult result = imported(
                mail.toString(),
                "--as",
                "case",
                "--case",
                "T-1",
                "--case-title",
                "Phishing at a bank",
                "--case-type",
                "phishing",
                "--context",
                "--role",
                "http://b64-evil.example.com/x=infrastructure");
        assertEquals(0, result.code(), result::toString);
        assertTrue(result.out().contains("addresses of recipients"), result::toString);
        JsonNode file = CentreAnswers.parse(
                centre.koprik("case", "show", "T-1", "--json").out().getBytes(StandardCharsets.UTF_8));
        String text = file.toString();
        assertTrue(text.contains("http://qp-evil.example.com/login?id=1&next=2"), text);
        assertTrue(text.contains("infrastructure"), text);
        assertFalse(text.contains("victim@bank.example.org"), text);
        CommandResult more =
                imported(file("more.txt", "Later it used 192.0.2.140.").toString(), "--as", "case", "--case", "T-1");
        assertEquals(0, more.code(), more::toString);
        assertTrue(centre.koprik("case", "show", "T-1").out().contains("192.0.2.140"));
    }

    @Test
    void aMailOfOutlookBecomesIndicators() throws Exception {
        CommandResult result = imported(file("m.msg", SampleDocuments.msg()).toString(), "--as", "indicators");
        assertEquals(0, result.code(), result::toString);
        id(result, "accepted  url http://msg-evil.example.com/pay?id=7");
        id(result, "accepted  ipv4 192.0.2.77");
    }

    @Test
    void theEncodingIsGuessedWithAWarningOrStated() throws Exception {
        Path text = file(
                "koi8.txt",
                "Сервер находится по адресу koi-evil.example.net и отвечает.".getBytes(Charset.forName("KOI8-R")));
        CommandResult guessed = imported(text.toString());
        assertTrue(guessed.err().contains("--encoding"), guessed::toString);
        CommandResult stated = imported(text.toString(), "--encoding", "KOI8-R");
        assertEquals("", stated.err());
        assertTrue(stated.out().contains("Сервер находится по адресу"), stated::toString);
    }

    @Test
    void oneBadFileDoesNotStopTheOthersAndIsNamed() throws Exception {
        CommandResult result = imported(
                file("scan.pdf", SampleDocuments.pdf(List.of())).toString(),
                file("good.txt", "The loader calls good-evil.example.net every hour.")
                        .toString(),
                "--as",
                "indicators");
        assertEquals(1, result.code(), result::toString);
        assertTrue(result.err().contains("scan.pdf: ") && result.err().contains("no text layer"), result::toString);
        id(result, "accepted  domain good-evil.example.net");
    }

    @Test
    void aReaderMayNotStoreAndAnAnalystsAnswerHasNoCardNumber() throws Exception {
        CentreClient reader = centre.clientOf("vera");
        CentreClient.Reply refused = reader.post(
                "/api/documents/values",
                "application/json",
                "{\"as\":\"indicators\",\"values\":[{\"kind\":\"ipv4\",\"value\":\"192.0.2.1\"}]}"
                        .getBytes(StandardCharsets.UTF_8));
        assertEquals(403, refused.status(), refused::text);
        CentreClient.Reply taken = centre.adminClient()
                .post(
                        "/api/documents/values",
                        "application/json",
                        ("{\"as\":\"indicators\",\"values\":[{\"kind\":\"ipv4\",\"value\":\"192.0.2.150\",\"context\":\"Card"
                                        + " 4111 1111 1111 1111 was used from 192.0.2.150.\"}]}")
                                .getBytes(StandardCharsets.UTF_8));
        assertEquals(200, taken.status(), taken::text);
        String id = CentreAnswers.parse(taken.body())
                .path("objects")
                .path(0)
                .path("id")
                .asText();
        assertTrue(stored(id).path("description").isMissingNode());
    }

    @Test
    void aDocumentAboveTheLimitIsRefused() throws Exception {
        RunningCentre small = centres.init("budapest")
                .withConfig(text -> text.replaceFirst("document_size: .*", "document_size: 2 KiB"))
                .start();
        CommandResult result = small.koprik(
                "import",
                "--text",
                file("large.txt", "word 192.0.2.1 ".repeat(500)).toString());
        assertEquals(1, result.code(), result::toString);
        assertTrue(result.err().contains("limits.document_size"), result::toString);
    }

    private static JsonNode post(String path, String type, String body) throws Exception {
        return RunningCentre.ok(centre.adminClient().post(path, type, body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void eachValueSaysWhyItIsAskedAbout() throws Exception {
        JsonNode values = post(
                        "/api/documents",
                        "application/octet-stream",
                        "See asked.example.net, readme.md and 10.0.0.1.\n")
                .path("values");
        assertFalse(values.get(0).has("doubt_code"), values::toString);
        assertEquals("file_name", values.get(1).path("doubt_code").asText(), values::toString);
        assertTrue(values.get(1).path("other_kinds").toString().contains("file-name"), values::toString);
        assertEquals("special_use", values.get(2).path("protection_code").asText(), values::toString);
    }

    @Test
    void endDescriptionAndASingleAnywayAreOfTheForm() throws Exception {
        JsonNode answer = post(
                "/api/documents/values",
                "application/json",
                """
                {"as": "indicators", "description": "From a letter", "valid_until": "2090-01-31", "values": [
                  {"kind": "domain", "value": "until.example.net"},
                  {"kind": "ipv4", "value": "10.0.0.17", "anyway": true, "context": "A router"},
                  {"kind": "ipv4", "value": "10.0.0.18"}]}
                """);
        assertEquals(2, answer.path("accepted").asInt(), answer::toString);
        assertEquals(1, answer.path("refused").asInt(), answer::toString);
        String until = stored(idAt(answer, "values/0")).toString();
        assertTrue(until.contains("2090-01-31") && until.contains("From a letter"), until);
        assertTrue(stored(idAt(answer, "values/1")).toString().contains("A router"));
    }

    private static String idAt(JsonNode answer, String where) {
        for (JsonNode one : answer.path("objects")) {
            if (one.path("where").asText().equals(where)) {
                return one.path("id").asText();
            }
        }
        throw new AssertionError(where + " is not in " + answer);
    }
}
