package uz.koprik.gateway.api.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreClient;

/** Imports that go on when their sender has left, in a real centre over HTTPS. */
class ImportJobTest {

    private static final String FILE = "application/octet-stream";
    private static final Duration LONG = Duration.ofMinutes(3);

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre centre() throws Exception {
        return centres.init("tashkent")
                .withAccount("first", Role.ANALYST)
                .withAccount("second", Role.ANALYST)
                .withAccount("night-shift", Role.OPERATOR)
                .withAccount("outside", Role.READER);
    }

    private static JsonNode begin(CentreClient client, String query, String body) {
        CentreClient.Reply reply = client.post("/api/imports" + query, FILE, body.getBytes(StandardCharsets.UTF_8));
        assertEquals(202, reply.status(), reply::text);
        return RunningCentre.ok(reply);
    }

    private static JsonNode job(CentreClient client, String id) {
        return RunningCentre.ok(client.get("/api/imports/" + id));
    }

    private static JsonNode ended(CentreClient client, String id) throws Exception {
        RunningCentre.await(LONG, () -> job(client, id).has("ended"));
        return job(client, id);
    }

    /** Ids of the jobs that an account sees. */
    private static Set<String> listed(CentreClient client) {
        return Set.copyOf(
                RunningCentre.ok(client.get("/api/imports")).path("imports").findValuesAsText("id"));
    }

    private static String rows(int count) {
        StringBuilder text = new StringBuilder("value,name\n");
        for (int i = 0; i < count; i++) {
            text.append("host").append(i).append(".example.com,Row ").append(i).append('\n');
        }
        return text.toString();
    }

    /** Copies of files that are being imported. */
    private static List<String> copies(RunningCentre centre) throws IOException {
        Path spool = centre.home().state().resolve("tables");
        if (!Files.isDirectory(spool)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(spool)) {
            return all.map(file -> file.getFileName().toString()).collect(Collectors.toList());
        }
    }

    @Test
    void goesOnAndTellsWhatBecameOfEachRow() throws Exception {
        RunningCentre centre = centre().start();
        CentreClient first = centre.clientOf("first");
        String id = begin(
                        first,
                        "?tlp=amber&file=C:%5Clists%5Cmay.csv&description=From+a+letter",
                        "value,name\nlogin.example.com,Fake login\nnonsense !!,x\nreadme.md,y\n203.0.113.7,Server\n")
                .path("id")
                .asText();
        JsonNode job = ended(first, id);
        assertEquals("done", job.path("phase").asText(), job::toString);
        assertEquals("may.csv", job.path("file").asText(), "the folder is not kept");
        assertEquals("TLP:AMBER", job.path("tlp").asText());
        JsonNode counts = job.path("counts");
        assertEquals(4, counts.path("rows").asInt());
        assertEquals(2, counts.path("accepted").asInt());
        assertEquals(2, counts.path("refused").asInt());
        assertEquals(1, counts.path("doubtful").asInt());
        assertEquals(job.path("bytes").asLong(), counts.path("bytes_read").asLong());
        assertEquals(List.of("3", "4"), job.path("refusals").findValuesAsText("line"));
        assertEquals(List.of("unrecognised", "doubtful"), job.path("refusals").findValuesAsText("code"));
        assertEquals("unknown_kind", job.at("/refusals/0/reason_code").asText());
        assertEquals(2, job.path("objects").size());
        JsonNode object = RunningCentre.ok(first.get(
                "/api/objects/" + job.path("objects").get(0).path("id").asText()));
        assertTrue(object.toString().contains("From a letter"), object::toString);
        assertEquals(
                "the whole file was dealt with: 2 stored, 0 there already, 2 refused",
                job.path("says").asText());
        assertEquals(1, job.path("read_as").path("domain").asInt());

        JsonNode again = ended(
                first,
                begin(first, "?tlp=amber&description=From+a+letter", "login.example.com\n203.0.113.7\n")
                        .path("id")
                        .asText());
        assertEquals("done", again.path("phase").asText());
        assertFalse(again.has("file"));
        RunningCentre.await(() -> copies(centre).isEmpty());
    }

    @Test
    void isSeenByItsAccountAndByOperators() throws Exception {
        RunningCentre centre = centre().start();
        CentreClient first = centre.clientOf("first");
        CentreClient second = centre.clientOf("second");
        CentreClient operator = centre.clientOf("night-shift");
        String id = begin(first, "", "a.example.com\n").path("id").asText();
        assertEquals(Set.of(id), listed(first));
        assertEquals(Set.of(), listed(second));
        assertEquals(Set.of(id), listed(operator));
        assertEquals(404, second.get("/api/imports/" + id).status());
        assertEquals(404, second.delete("/api/imports/" + id).status());
        assertEquals("first", job(operator, id).path("account").asText());
        assertFalse(job(operator, id).has("gateway"));
        assertEquals(
                403,
                operator.post("/api/imports", FILE, "a.example.com\n".getBytes(StandardCharsets.UTF_8))
                        .status());
        CentreClient outside = centre.clientOf("outside");
        assertEquals(403, outside.get("/api/imports").status());
        assertEquals(404, first.get("/api/imports/20261129000000-00000000").status());
        assertEquals(404, first.get("/api/imports/..%2F..%2Fsearches").status());
        JsonNode job = ended(first, id);
        assertEquals(
                job.path("phase"),
                RunningCentre.ok(first.delete("/api/imports/" + id)).path("phase"));
    }

    @Test
    void aFileThatCannotBeReadFailsWithTheReason() throws Exception {
        RunningCentre centre = centre().start();
        CentreClient first = centre.clientOf("first");
        JsonNode job = ended(
                first,
                begin(first, "?format=misp", "{\"no\": \"event\"").path("id").asText());
        assertEquals("failed", job.path("phase").asText(), job::toString);
        assertEquals("file", job.path("error_code").asText(), job::toString);
        assertFalse(job.path("error").asText().isEmpty());
        assertEquals("malformed_json_at", job.at("/error_sentence/code").asText(), job::toString);
        assertEquals("1", job.at("/error_sentence/details/line").asText(), job::toString);
        CentreClient.Reply wrong = first.post("/api/imports?tlp=purple", FILE, new byte[] {'a'});
        assertEquals(400, wrong.status(), wrong::text);
        CentreClient.Reply empty = first.post("/api/imports", FILE, new byte[0]);
        assertEquals(400, empty.status(), empty::text);
    }

    @Test
    void aCancelledImportKeepsWhatIsStored() throws Exception {
        RunningCentre centre = centre().start();
        CentreClient first = centre.clientOf("first");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < ImportJobs.OPEN; i++) {
            ids.add(begin(first, "?name=Run+" + i, rows(60_000)).path("id").asText());
        }
        CentreClient.Reply tooMany =
                first.post("/api/imports", FILE, "a.example.com\n".getBytes(StandardCharsets.UTF_8));
        assertEquals(429, tooMany.status(), tooMany::text);
        RunningCentre.await(
                LONG,
                () -> job(first, ids.getFirst()).path("counts").path("accepted").asLong() > 0);
        for (String id : ids) {
            RunningCentre.ok(first.delete("/api/imports/" + id));
        }
        JsonNode job = ended(first, ids.getFirst());
        assertEquals("cancelled", job.path("phase").asText(), job::toString);
        long accepted = job.path("counts").path("accepted").asLong();
        assertTrue(accepted > 0 && accepted < 60_000, job::toString);
        assertTrue(job.path("says").asText().contains(accepted + " stored"), job::toString);
        JsonNode waited = ended(first, ids.getLast());
        assertEquals("cancelled", waited.path("phase").asText());
        assertFalse(waited.has("started"), "it never had its turn");
        RunningCentre.await(LONG, () -> copies(centre).isEmpty());
    }

    @Test
    void aStopOfTheGatewayIsTold() throws Exception {
        RunningCentre centre = centre().start();
        String id = begin(centre.clientOf("first"), "", rows(60_000)).path("id").asText();
        RunningCentre.await(
                LONG,
                () -> job(centre.clientOf("first"), id)
                                .path("counts")
                                .path("accepted")
                                .asLong()
                        > 0);
        centre.stop();
        centre.start();
        CentreClient first = centre.clientOf("first");
        JsonNode job = job(first, id);
        assertEquals("interrupted", job.path("phase").asText(), job::toString);
        assertEquals("unfinished", job.path("error_code").asText());
        assertEquals("gateway_stopped", job.at("/error_sentence/code").asText());
        assertTrue(job.path("says").asText().contains("import the file again"), job::toString);
        assertEquals(List.of(), copies(centre));
        long before = job.path("counts").path("accepted").asLong();
        JsonNode again = ended(first, begin(first, "", rows(5_000)).path("id").asText());
        assertEquals("done", again.path("phase").asText(), again::toString);
        assertEquals(5_000, again.path("counts").path("rows").asLong());
        assertTrue(again.path("counts").path("unchanged").asLong() >= Math.min(before, 500), again::toString);
    }
}
