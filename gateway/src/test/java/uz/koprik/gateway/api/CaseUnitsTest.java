package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.policy.CaseUnits;

/** Two units that count their cases alike, and somebody who sees both. */
class CaseUnitsTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;
    private static CentreClient anna;
    private static CentreClient bek;
    private static CentreClient feed;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withAccount("anna", Role.ANALYST, CaseUnits.of(Set.of("Unit 1")))
                .withAccount("feed", Role.WRITER)
                .withAccount("bek", Role.ANALYST, CaseUnits.of(Set.of("Unit 2")))
                .start();
        admin = centre.adminClient();
        anna = centre.clientOf("anna");
        bek = centre.clientOf("bek");
        feed = centre.clientOf("feed");
    }

    private static String refused(int status, Reply reply) {
        assertEquals(status, reply.status(), reply::text);
        return CentreAnswers.parse(reply.body()).path("detail").asText();
    }

    private static Reply post(CentreClient who, String path, Object form) {
        return who.post(path, JSON, CentreAnswers.json(form));
    }

    private static String open(CentreClient who, String number, String unit, String... values) {
        return ok(post(
                        who,
                        "/api/cases",
                        Map.of("number", number, "title", "Of " + unit, "unit", unit, "values", List.of(values))))
                .path("case")
                .path("id")
                .asText();
    }

    @Test
    void numbersAreTakenOnlyAmongTheCasesThatOneSees() {
        String theirs = open(admin, "T-1", "Unit 2", "taken.example.com");
        assertEquals(refused(404, anna.get("/api/cases/T-none")), refused(404, anna.get("/api/cases/T-1")));
        assertEquals(404, anna.get("/api/cases/" + theirs).status());
        JsonNode opened = ok(post(anna, "/api/cases", Map.of("number", "T-1", "title", "Our own")));
        assertEquals("Unit 1", opened.path("case").path("unit").asText(), "of the only unit there is for her");
        String ours = opened.path("case").path("id").asText();
        assertNotEquals(theirs, ours);
        assertEquals(
                "there is a case of this number already",
                refused(409, post(anna, "/api/cases", Map.of("number", "T-1", "title", "Again"))));
        assertEquals("Our own", ok(anna.get("/api/cases/T-1")).path("title").asText());
        assertEquals("Of Unit 2", ok(bek.get("/api/cases/T-1")).path("title").asText());
        ok(post(anna, "/api/cases/T-1/notes", Map.of("text", "Only here")));
        assertEquals(0, ok(bek.get("/api/cases/T-1")).path("notes").size());
        assertEquals(2, ok(anna.get("/api/cases/T-1/history")).path("versions").size());
        for (String path : List.of("", "/history", "/matches")) {
            String why = refused(409, admin.get("/api/cases/T-1" + path));
            assertTrue(why.contains(theirs) && why.contains(ours), why);
            ok(admin.get("/api/cases/" + ours + path));
        }
        ok(admin.patch("/api/cases/" + ours, JSON, CentreAnswers.json(Map.of("title", "Named by its id"))));
        assertEquals(
                "Named by its id", ok(anna.get("/api/cases/T-1")).path("title").asText());
        assertEquals(2, ok(admin.get("/api/search?q=case%3AT-1")).path("total").asInt());
        assertEquals(1, ok(anna.get("/api/search?q=case%3AT-1")).path("total").asInt());
    }

    @Test
    void nobodyLeavesACaseToOthers() {
        assertTrue(refused(403, post(anna, "/api/cases", Map.of("number", "L-1", "title", "x", "unit", "Unit 2")))
                .contains("Unit 1"));
        open(anna, "L-1", "Unit 1");
        for (String unit : List.of("Unit 2", "Unit 3", "")) {
            Reply moved = anna.patch("/api/cases/L-1", JSON, CentreAnswers.json(Map.of("unit", unit, "title", "x")));
            assertEquals(unit.isEmpty() ? 200 : 403, moved.status(), moved::text);
            assertEquals("Unit 1", ok(anna.get("/api/cases/L-1")).path("unit").asText());
        }
        ok(admin.patch("/api/cases/L-1", JSON, CentreAnswers.json(Map.of("unit", "Unit 2"))));
        assertEquals(404, anna.get("/api/cases/L-1").status());
        assertEquals(404, anna.get("/api/cases/L-1/history").status());
        assertEquals(3, ok(bek.get("/api/cases/L-1/history")).path("versions").size());
    }

    @Test
    void aTableChangesOnlyTheCasesOfItsUnit() {
        String theirs = open(admin, "I-1", "Unit 2");
        String before = ok(bek.get("/api/cases/I-1")).path("version").asText();
        byte[] table = "number,title,unit\nI-1,Brought,\nI-2,Brought,Unit 1\nI-3,Brought,Unit 2\n"
                .getBytes(StandardCharsets.UTF_8);
        JsonNode preview = ok(anna.post("/api/cases/import?preview=5", "text/csv", table));
        assertEquals(1, preview.path("refused").asInt(), preview::toString);
        assertEquals("created", preview.at("/cases/0/outcome").asText(), preview::toString);
        String[] lines =
                anna.post("/api/cases/import", "text/csv", table).text().strip().split("\n", -1);
        JsonNode last = CentreAnswers.parse(lines[lines.length - 1].getBytes(StandardCharsets.UTF_8));
        assertEquals(2, last.path("created").asInt(), () -> String.join("\n", lines));
        assertTrue(lines[0].contains("Unit 1") && lines[0].contains("\"line\":4"), lines[0]);
        assertEquals(
                before, ok(admin.get("/api/cases/" + theirs)).path("version").asText());
        lines[0] = anna.post("/api/cases/import", "text/csv", table).text();
        assertTrue(lines[0].contains("\"unchanged\":2"), lines[0]);
        assertEquals(404, bek.get("/api/cases/I-2").status());
    }

    /** As the ids of cases were once made, so that everybody can try them. */
    private static String guessed(String number) {
        return CaseFiles.id(
                ok(admin.get("/api/objects/"
                                + ok(admin.get("/api/cases/O-0")).path("id").asText()))
                        .path("producer")
                        .asText(),
                number);
    }

    @Test
    void whatBecomesOfAnObjectDoesNotTellWhetherThereIsACase() {
        open(admin, "O-0", "Unit 2");
        String theirs = open(admin, "O-1", "Unit 2", "object.example.com");
        assertNotEquals(guessed("O-1"), theirs);
        List<String> reasons = new ArrayList<>();
        for (String id : List.of(guessed("O-1"), guessed("O-none"))) {
            reasons.add(refusal(note("note--00000000-0000-4000-8000-000000000001", id)));
            reasons.add(refusal(incident(id)));
        }
        assertEquals(reasons.subList(0, 2), reasons.subList(2, 4));
        List<String> answers = new ArrayList<>();
        for (String number : List.of("O-1", "O-none")) {
            String id = "note--00000000-0000-4000-8000-00000000001" + answers.size();
            for (String object : List.of(note(id, guessed(number)), incident(guessed(number)))) {
                answers.add(told(
                        feed.post("/api/objects", JSON, object.getBytes(StandardCharsets.UTF_8)), id, guessed(number)));
            }
            answers.add(told(feed.get("/api/objects/" + id), id, guessed(number)));
            answers.add(told(feed.get("/api/objects/" + guessed(number)), id, guessed(number)));
        }
        assertEquals(answers.subList(0, 4), answers.subList(4, 8), "nor to who has no right to case files");
        assertTrue(answers.stream().allMatch(answer -> answer.startsWith("200")), answers::toString);
        String ours = open(anna, "O-2", "Unit 1");
        ok(anna.post(
                "/api/objects",
                JSON,
                note("note--00000000-0000-4000-8000-000000000002", ours).getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                200,
                anna.get("/api/objects/note--00000000-0000-4000-8000-000000000002")
                        .status());
        assertEquals(
                404,
                bek.get("/api/objects/note--00000000-0000-4000-8000-000000000002")
                        .status());
        JsonNode toAnna = ok(post(anna, "/api/indicators", Map.of("value", "object.example.com", "name", "By anna")));
        assertEquals(0, toAnna.at("/objects/0/matches").size(), toAnna::toString);
        JsonNode toBek = ok(post(bek, "/api/indicators", Map.of("value", "object.example.com", "name", "By bek")));
        assertTrue(toBek.toString().contains("O-1"), toBek::toString);
    }

    private static String note(String id, String about) {
        return "{\"type\":\"note\",\"spec_version\":\"2.1\",\"id\":\"" + id
                + "\",\"created\":\"2026-11-01T00:00:00.000Z\","
                + "\"modified\":\"2026-11-01T00:00:00.000Z\",\"content\":\"c\",\"object_refs\":[\"" + about + "\"]}";
    }

    private static String incident(String id) {
        return "{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":\"" + id + "\",\"name\":\"x\","
                + "\"created\":\"2020-01-01T00:00:00.000Z\",\"modified\":\"2020-01-01T00:00:00.000Z\"}";
    }

    /** An answer without what is never the same twice. */
    private static String told(Reply reply, String... ids) {
        String text = reply.status() + " " + reply.text();
        for (String id : ids) {
            text = text.replace(id, "@");
        }
        return text.replaceAll("[0-9a-f]{64}|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z|\"(request_id|error_id)\":\"[^\"]*\"", "");
    }

    private static String refusal(String object) {
        Reply reply = anna.post("/api/objects", JSON, object.getBytes(StandardCharsets.UTF_8));
        assertEquals(422, reply.status(), reply::text);
        return CentreAnswers.parse(reply.body()).findPath("reason").asText();
    }

    private static JsonNode await(Supplier<JsonNode> question, Predicate<JsonNode> answer) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        JsonNode last = question.get();
        while (!answer.test(last) && System.nanoTime() < end) {
            Thread.sleep(20);
            last = question.get();
        }
        assertTrue(answer.test(last), last::toString);
        return last;
    }

    @Test
    void alertsDoNotCountThoseOfOthers() throws Exception {
        open(admin, "A-1", "Unit 2", "alert.example.com");
        open(anna, "A-2", "Unit 1", "alert.example.com");
        ok(post(anna, "/api/indicators", Map.of("value", "alert.example.com", "name", "Both")));
        JsonNode all = await(
                () -> ok(admin.get("/api/alerts?case=A-1,A-2")),
                list -> list.path("alerts").size() == 4);
        assertTrue(all.at("/alerts/0/seq").isInt());
        assertEquals(
                2,
                ok(admin.get("/api/alerts?case=A-1,A-2&min_score=100"))
                        .path("alerts")
                        .size(),
                "a value in two cases is the surest match");
        JsonNode hers = ok(anna.get("/api/alerts?limit=1"));
        assertEquals(1, hers.path("alerts").size());
        assertEquals("A-2", hers.at("/alerts/0/case/number").asText());
        assertEquals(
                "indicator", hers.at("/alerts/0/object/type").asText(), "that two cases met is for those who see both");
        assertTrue(
                hers.at("/alerts/0/seq").isMissingNode()
                        && hers.at("/alerts/0/carriers").isMissingNode(),
                hers::toString);
        String mark = hers.path("next").asText();
        assertFalse(mark.matches("\\d+"), mark);
        assertNotEquals(mark, ok(anna.get("/api/alerts?limit=1")).path("next").asText());
        assertEquals(
                0,
                ok(anna.get("/api/alerts?case=A-2&cursor=" + mark))
                        .path("alerts")
                        .size());
        assertTrue(refused(400, anna.get("/api/alerts?cursor=17")).contains("cursor"));
        assertEquals(400, anna.get("/api/alerts/stream?last_event_id=17").status());
        assertTrue(ok(anna.get("/api/status")).path("alerts").isMissingNode());
        assertEquals(
                List.of("Unit 1"),
                ok(anna.get("/api/account"))
                        .path("units")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList());
        assertTrue(ok(admin.get("/api/account")).path("units").isMissingNode());
    }

    @Test
    void administratorsSayWhoWorksOnWhich() {
        CommandResult added =
                centre.koprik("account", "add", "olim", "--role", "analyst", "--unit", "Unit 1", "--unit", "Unit 3");
        assertEquals(0, added.code(), added::err);
        assertTrue(centre.koprik("account", "list").out().contains("case files of Unit 1, Unit 3"));
        assertTrue(centre.koprik("--json", "account", "list").out().contains("\"units\":[\"Unit 1\",\"Unit 3\"]"));
        assertEquals(
                0, centre.koprik("account", "units", "olim", "--unit", "Unit 2").code());
        assertTrue(centre.koprik("account", "list").out().contains("case files of Unit 2"));
        assertEquals(0, centre.koprik("account", "units", "olim", "--all").code());
        assertFalse(centre.koprik("account", "list").out().contains("case files of Unit 2,"));
        CommandResult wrong = centre.koprik("account", "add", "nodir", "--role", "operator", "--unit", "Unit 1");
        assertEquals(1, wrong.code());
        assertTrue(wrong.err().contains("only analysts"), wrong::err);
        assertNotEquals(0, centre.koprik("account", "units", "olim").code());
    }
}
