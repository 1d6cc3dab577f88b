package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.policy.Tlp;

/** Imports into a real centre, over HTTPS. */
class ImportTest {

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent").start();
        admin = centre.adminClient();
    }

    /** The lines of an answer: refused rows, and the summary at the end. */
    private record Answer(List<JsonNode> refused, JsonNode summary) {
        void is(long accepted, long unchanged, long refused) {
            assertTrue(summary.path("done").asBoolean(), summary::toString);
            assertEquals(
                    List.of(accepted, unchanged, refused),
                    List.of(
                            summary.path("accepted").asLong(),
                            summary.path("unchanged").asLong(),
                            summary.path("refused").asLong()),
                    () -> refused() + " " + summary);
            assertEquals(refused, refused().size(), "every refused row has its line");
        }
    }

    private static Answer bring(String query, InputStream body) throws IOException {
        List<JsonNode> lines = Collections.synchronizedList(new ArrayList<>());
        CentreClient.Reply reply = admin.upload(
                "/api/import" + query,
                "application/octet-stream",
                body,
                line -> lines.add(CentreAnswers.parse(line.getBytes(StandardCharsets.UTF_8))));
        assertEquals(200, reply.status(), reply::text);
        return new Answer(lines.stream().filter(line -> line.has("reason")).toList(), lines.getLast());
    }

    private static Answer bring(String query, String body) throws IOException {
        return bring(query, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] gz(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gz = new GZIPOutputStream(bytes)) {
            gz.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static long found(String question) {
        return CentreAnswers.parse(admin.get("/api/search?q=" + CentreAnswers.encoded(question))
                        .body())
                .path("total")
                .asLong();
    }

    @Test
    void bringsCsvAndTellsEachBadRow() throws IOException {
        Answer answer = bring(
                "?tlp=green",
                """
                value,name,tlp
                csv1.example.com,Csv one,amber
                ,empty,
                nonsense !!,x,
                "192.0.2[.]33","Csv, quoted",
                192.0.2.34,Bad marking,purple
                """);
        answer.is(2, 0, 3);
        assertEquals(
                List.of(3L, 4L, 6L),
                answer.refused().stream().map(r -> r.path("line").asLong()).toList());
        assertEquals("unrecognised", answer.refused().get(1).path("code").asText());
        assertEquals(1, found("Csv tlp:amber"), "the row's own marking wins");
        assertEquals(1, found("192.0.2.33"));
    }

    /** The lines of an answer. */
    private static List<JsonNode> lines(String query, String body) throws IOException {
        List<JsonNode> lines = Collections.synchronizedList(new ArrayList<>());
        CentreClient.Reply reply = admin.upload(
                "/api/import" + query,
                "application/octet-stream",
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                line -> lines.add(CentreAnswers.parse(line.getBytes(StandardCharsets.UTF_8))));
        assertEquals(200, reply.status(), reply::text);
        return lines;
    }

    private static JsonNode exported(String value) throws IOException {
        String csv = new String(
                admin.get("/api/export?format=stix&state=all&q=" + CentreAnswers.encoded(value))
                        .body(),
                StandardCharsets.UTF_8);
        for (JsonNode object :
                CentreAnswers.parse(csv.getBytes(StandardCharsets.UTF_8)).path("objects")) {
            if (object.path("type").asText().equals("indicator")) {
                return object;
            }
        }
        throw new AssertionError(csv);
    }

    @Test
    void keepsWhatARowSaysOfItsValidityAndItsWithdrawal() throws IOException {
        String head = "value,valid_until,revoked,confidence\n";
        bring("?name=Terms", head + "ended.example.com,2024-07-25,,40\nwithdrawn.example.com,,true,\n")
                .is(2, 0, 0);
        JsonNode ended = exported("ended.example.com");
        assertEquals("2024-07-25T00:00:00Z", ended.path("valid_until").asText());
        assertTrue(ended.path("valid_from").asText().compareTo("2024-07-25T00:00:00Z") < 0);
        assertEquals(40, ended.path("confidence").asInt());
        assertTrue(exported("withdrawn.example.com").path("revoked").asBoolean());
        bring("?name=Terms", head + "ended.example.com,2024-07-25,,40\nwithdrawn.example.com,,true,\n")
                .is(0, 2, 0);
    }

    @Test
    void aRowThatIsWithdrawnLaterEndsWhatAnEarlierImportStored() throws IOException {
        String head = "value,valid_until,revoked\n";
        bring("?name=Later", head + "later1.example.com,,\nlater2.example.com,,\n")
                .is(2, 0, 0);
        bring("?name=Later", head + "later1.example.com,,yes\nlater2.example.com,2024-01-01,\n")
                .is(2, 0, 0);
        assertTrue(exported("later1.example.com").path("revoked").asBoolean());
        assertEquals(
                "2024-01-01T00:00:00Z",
                exported("later2.example.com").path("valid_until").asText());
        bring("?name=Later", head + "later1.example.com,,yes\nlater2.example.com,2024-01-01,\n")
                .is(0, 2, 0);
    }

    @Test
    void namesUnusedColumnsBeforeAnythingIsStored() throws IOException {
        List<JsonNode> lines = lines("", "value,link\nunused.example.com,https://intel.example.com/\n");
        assertTrue(lines.getFirst().path("note").asText().contains("\"link\""), lines::toString);
    }

    @Test
    void aPreviewStoresNothing() throws IOException {
        JsonNode preview = lines(
                        "?preview=true&column=value=foo", "foo,Tags\npreview.example.com,a\nsetup.exe,\n???,\n")
                .getLast();
        assertEquals("value", preview.path("columns").path(0).path("use").asText(), preview::toString);
        assertEquals(1, preview.path("refused").asLong());
        assertEquals(1, preview.path("doubtful").asLong());
        assertEquals(2, preview.path("kinds").path("domain").asLong());
        assertEquals(0, found("preview.example.com"));
    }

    @Test
    void doubtfulValuesNeedAWord() throws IOException {
        Answer without = bring("", "value\ninvoice.docx\n");
        without.is(0, 0, 1);
        assertEquals("doubtful", without.refused().getFirst().path("code").asText());
        bring("?doubtful=true", "value\ninvoice.docx\n").is(1, 0, 0);
    }

    @Test
    void termsOfTheWholeImportHoldForRowsWithoutTheirOwn() throws IOException {
        bring(
                        "?valid_until=2034-01-31&confidence=30&labels=whole",
                        "value,confidence\nwhole1.example.com,\nwhole2.example.com,90\n")
                .is(2, 0, 0);
        assertEquals(
                "2034-01-31T00:00:00Z",
                exported("whole1.example.com").path("valid_until").asText());
        assertEquals(30, exported("whole1.example.com").path("confidence").asInt());
        assertEquals(90, exported("whole2.example.com").path("confidence").asInt());
        assertEquals(400, upload("?valid_until=soon", "value\na.example.com\n").status());
        assertEquals(400, upload("?confidence=101", "value\na.example.com\n").status());
        assertEquals(400, upload("?feed=nothing", "value\na.example.com\n").status());
        assertEquals(400, upload("?column=value", "value\na.example.com\n").status());
    }

    @Test
    void keepsAPatternThatValuesCannotSay() throws IOException {
        bring("", "pattern\n[file:name = 'pattern-a.exe' AND file:size = 7]\n").is(1, 0, 0);
        bring("", "pattern\n[file:name = 'pattern-a.exe' AND file:size = 7]\n").is(0, 1, 0);
    }

    @Test
    void bringsTsvWithColumnsSaid() throws IOException {
        bring("?columns=name,value", "Family\ttsv1.example.com\nFamily\ttsv2.example.com:8080\n")
                .is(2, 0, 0);
        assertEquals(2, found("Family"));
    }

    @Test
    void bringsAListPackedWithGz() throws IOException {
        bring(
                        "?name=Listed&labels=one,two",
                        new ByteArrayInputStream(gz("list1.example.com\n# comment\nhxxp://list2[.]example[.]com/x\n")))
                .is(2, 0, 0);
        assertEquals(2, found("Listed"));
    }

    @Test
    void bringingAFileAgainChangesNothing() throws IOException {
        StringBuilder file = new StringBuilder("value,name\n");
        for (int i = 0; i < 5000; i++) {
            file.append("again").append(i).append(".example.net,Again\n");
        }
        file.append("again7.example.net,Again\n"); // the same row twice in one file
        bring("", file.toString()).is(5000, 1, 0);
        bring("", file.toString()).is(0, 5001, 0);
        bring("", new ByteArrayInputStream(gz(file.toString()))).is(0, 5001, 0);
        assertEquals(5000, found("Again type:indicator"));
    }

    @Test
    void bringsABundleObjectByObject() throws IOException {
        String bundle = "{\"type\":\"bundle\",\"id\":\"bundle--5d0092c5-5f74-4287-9642-33f4c354e56d\",\"objects\":["
                + "{\"type\":\"ipv4-addr\",\"id\":\"ipv4-addr--28bb3599-77cd-5a82-a950-b5bcdfe7d6c6\",\"value\":\"198.51.100.3\"},"
                + "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--c80c60dd-5ba5-4b21-93a0-5cb3b1b0dc81\"},"
                + "{\"type\":\"note\"}]}";
        Answer answer = bring("", bundle);
        answer.is(1, 0, 2);
        assertEquals(
                List.of("/objects/1", "/objects/2"),
                answer.refused().stream().map(r -> r.path("where").asText()).toList());
    }

    private static final String STIX_20 =
            "{\"type\":\"bundle\",\"id\":\"bundle--5d0092c5-5f74-4287-9642-33f4c354e56d\","
                    + "\"spec_version\":\"2.0\",\"objects\":[{\"type\":\"indicator\",\"id\":\"indicator--c80c60dd-5ba5-4b21-93a0-5cb3b1b0dc99\","
                    + "\"created\":\"2019-01-01T00:00:00.000Z\",\"modified\":\"2019-01-01T00:00:00.000Z\",\"labels\":[\"malicious-activity\"],"
                    + "\"pattern\":\"[domain-name:value = 'stix20.example.com']\",\"valid_from\":\"2019-01-01T00:00:00Z\"}]}";

    @Test
    void offersToConvertStix20WhereItRefusesIt() throws IOException {
        Answer refused = bring("", STIX_20);
        refused.is(0, 0, 1);
        String reason = refused.refused().getFirst().path("reason").asText();
        assertTrue(reason.contains("one of STIX 2.0"), reason);
        assertTrue(reason.contains("--from-stix20") && reason.contains("from_stix20=true"), reason);
        bring("?from_stix20=false", STIX_20).is(0, 0, 1);

        Answer converted = bring("?from_stix20=true", STIX_20);
        converted.is(1, 0, 0);
        assertEquals(1, converted.summary().path("noted").asLong());
        assertEquals(1, found("stix20.example.com"));
        bring("?from_stix20=true", STIX_20).is(0, 1, 0);
        assertEquals(400, upload("?from_stix20=maybe", STIX_20).status());
    }

    private static String malware(int number, String created, String modified, String more) {
        return "{\"type\":\"malware\",\"spec_version\":\"2.1\",\"id\":\"malware--5d0092c5-5f74-4287-9642-%012d\""
                        .formatted(number)
                + ",\"created\":\"" + created + "\",\"modified\":\"" + modified + "\",\"name\":\"Imported " + number
                + "\",\"is_family\":false" + more + "}";
    }

    @Test
    void takesMalformedObjectsWhereTheRulesAreNamed() throws IOException {
        String file = "["
                + malware(1, "2019-01-02T00:00:00.000Z", "2019-01-01T00:00:00.000Z", "") + ","
                + malware(2, "2019-01-01T00:00:00.000Z", "2019-01-01T00:00:00.000Z", ",\"x_mitre_aliases\":[]") + "]";
        Answer without = bring("", file);
        without.is(0, 0, 2);
        assertTrue(without.refused().toString().contains("--forgive modified-before-created"), without::toString);
        bring("?forgive=empty-list", file).is(1, 0, 1);
        Answer both = bring("?forgive=empty-list,modified-before-created", file);
        both.is(1, 1, 0);
        String shown = admin.get("/api/objects/malware--5d0092c5-5f74-4287-9642-000000000001")
                .text();
        assertTrue(shown.contains("taken although it is not valid: /modified"), shown);
        assertTrue(admin.get("/api/search?q=Imported").text().contains("modified-before-created"));
        CentreClient.Reply unknown = upload("?forgive=anything", file);
        assertEquals(400, unknown.status());
        assertTrue(unknown.text().contains("anything") && unknown.text().contains("empty-list"), unknown::text);
    }

    /** Far apart, so that they are in several batches; the byte order mark is that of a file. */
    @Test
    void takesVersionsThatComeNewestFirstByTheirTimes() throws IOException {
        List<String> objects = new ArrayList<>();
        for (int version = 3; version > 0; version--) {
            for (int i = 0; i < 800; i++) {
                objects.add(
                        malware(1000 + i, "2019-01-01T00:00:00.000Z", "2019-01-0" + version + "T00:00:00.000Z", ""));
            }
        }
        String file = "\uFEFF{\"objects\":[" + String.join(",\n", objects) + "]}";
        bring("", file).is(2400, 0, 0);
        assertTrue(admin.get("/api/objects/malware--5d0092c5-5f74-4287-9642-000000001700")
                .text()
                .contains("2019-01-03"));
    }

    @Test
    void refusesWhatIsNoFileItCanReadBeforeItAnswers() {
        assertEquals(400, upload("?columns=colour", "x").status());
        assertEquals(400, upload("?format=xml", "x").status());
        assertEquals(400, upload("?tlp=purple", "x").status());
        assertEquals(400, upload("", "").status());
        assertTrue(upload("?columns=colour", "x").text().contains("colour"));
    }

    private static CentreClient.Reply upload(String query, String body) {
        try {
            return admin.upload(
                    "/api/import" + query,
                    "application/octet-stream",
                    new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                    line -> {});
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void keepsWholeObjectsWhenTheSenderGoesAway() throws Exception {
        InputStream breaking = new InputStream() {
            private int row;
            private byte[] text = new byte[0];
            private int at;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0];
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                if (at == text.length) {
                    if (row == 9000) {
                        throw new IOException("the disk of the sender is gone");
                    }
                    text = ("gone" + row++ + ".example.org\n").getBytes(StandardCharsets.UTF_8);
                    at = 0;
                }
                int some = Math.min(length, text.length - at);
                System.arraycopy(text, at, into, from, some);
                at += some;
                return some;
            }
        };
        try (CentreClient leaving =
                centre.newClient(Files.readString(centre.home().adminToken()).strip())) {
            assertThrows(
                    IOException.class,
                    () -> leaving.upload("/api/import?name=Gone", "application/octet-stream", breaking, line -> {}));
        }
        RunningCentre.await(() -> found("Gone") >= 2000);
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < 9000; i++) {
            file.append("gone").append(i).append(".example.org\n");
        }
        // What was under way may still be finished meanwhile; a batch is then all known or all new.
        Answer again = bring("?name=Gone", file.toString());
        long kept = again.summary().path("unchanged").asLong();
        assertTrue(kept >= 2000 && kept <= 9000 && kept % 500 == 0, "whole batches only, but " + kept);
        again.is(9000 - kept, kept, 0);
        assertEquals(9000, found("Gone"));
    }

    private static JsonNode preview(String query, String body) throws IOException {
        return lines(query, body).getFirst();
    }

    @Test
    void theRoleOfAColumnIsNamedOnceForEachColumn() throws IOException {
        JsonNode preview = preview(
                "?preview=true&column=-%3DFirst&column=value%3DSecond",
                "First,Second\nrole1.example.com,role2.example.com\nrole3.example.com,role4.example.com\n");
        assertEquals(List.of("-", "value"), preview.path("columns").findValuesAsText("use"));
        assertEquals(
                List.of("role2.example.com", "role4.example.com"),
                preview.path("rows").findValuesAsText("value"));
    }

    @Test
    void aPreviewSaysWhatAPersonShouldKnowOfEachValue() throws IOException {
        bring("?tlp=green", "known7.example.com\n");
        JsonNode preview = preview(
                "?preview=true&rows=2000", "value\nknown7.example.com\nreadme.md\n10.0.0.1\nnew7.example.com\n");
        JsonNode rows = preview.path("rows");
        assertEquals(List.of("1", "0", "0", "0"), rows.findValuesAsText("known"));
        assertEquals("file_name", rows.get(1).path("doubt_code").asText(), rows::toString);
        assertTrue(rows.get(1).path("other_kinds").toString().contains("file-name"), rows::toString);
        assertEquals("special_use", rows.get(2).path("protection_code").asText(), rows::toString);
        assertFalse(rows.get(3).has("doubt_code"));
        assertEquals(
                1,
                preview("?preview=true&rows=1", "a7.example.com\nb7.example.com\n")
                        .path("rows")
                        .size());
        JsonNode objects = preview(
                "?preview=true",
                RunningCentre.envelope(
                        List.of(RunningCentre.indicator(RunningCentre.freshId(), "10.0.0.9", Tlp.AMBER, 0))));
        JsonNode object = objects.path("object_rows").get(0);
        assertEquals("indicator", object.path("type").asText(), objects::toString);
        assertEquals("TLP:AMBER", object.path("tlp").asText());
        assertEquals(
                "special_use",
                object.path("values").get(0).path("protection_code").asText());
    }

    @Test
    void aDescriptionHoldsForRowsThatHaveNone() throws IOException {
        bring("?description=From+a+letter", "value,description\ndesc7.example.com,\ndesc8.example.com,Own words\n")
                .is(2, 0, 0);
        assertTrue(exported("desc7.example.com").toString().contains("From a letter"));
        assertTrue(exported("desc8.example.com").toString().contains("Own words"));
    }
}
