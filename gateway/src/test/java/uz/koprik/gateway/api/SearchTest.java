package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

/** The search box of a real centre: what it finds, and what it never discloses. */
class SearchTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;
    /** May search, but not see cases. */
    private static CentreClient operator;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withAccount("night-shift", Role.OPERATOR)
                .start();
        admin = centre.adminClient();
        operator = centre.clientOf("night-shift");
        report(
                "bank.example.com",
                "Ўзбекистон банклари мижозларига қарши фирибгарлик",
                "Soxta sahifa orqali to‘lov kartasi so‘raladi",
                List.of("Phishing", "Bank"));
        report("pay.example.net", "Мошенничество: звонок из банка", "Просят код подтверждения", List.of("vishing"));
        report("198.51.100.9", "Adathalászat bankkártyára", "Nincs", List.of("phishing"));
        report("www.example.org", "보이스피싱을 이용한 금융사기", "없음", List.of("vishing"));
        created(
                "/api/cases",
                Map.of(
                        "number",
                        "K-7",
                        "title",
                        "Ishonchli firibgarlik zebra",
                        "type",
                        "phishing",
                        "values",
                        List.of("bank.example.com", "hidden.example.com")));
    }

    private static void report(String value, String name, String description, List<String> labels) {
        created(
                "/api/indicators",
                Map.of("value", value, "name", name, "description", description, "labels", labels, "tlp", "green"));
    }

    private static void created(String path, Object body) {
        Reply reply = admin.post(path, JSON, CentreAnswers.json(body));
        assertTrue(reply.ok(), reply::text);
    }

    private static JsonNode search(CentreClient client, String question, String... more) {
        Reply reply = client.get("/api/search?q=" + CentreAnswers.encoded(question) + String.join("", more));
        assertEquals(200, reply.status(), reply::text);
        return CentreAnswers.parse(reply.body());
    }

    private static List<String> titles(JsonNode answer) {
        return answer.path("hits").findValuesAsText("title");
    }

    private static String wrong(String question) {
        Reply reply = admin.get("/api/search?q=" + CentreAnswers.encoded(question));
        assertEquals(400, reply.status(), reply::text);
        return CentreAnswers.parse(reply.body()).path("detail").asText();
    }

    @Test
    void findsWordsInEverySpelling() {
        String uzbek = "Ўзбекистон банклари мижозларига қарши фирибгарлик";
        for (String question : List.of(
                "o'zbekiston",
                "O‘ZBEKISTON firib*",
                "ўзбекистон",
                "to'lov",
                "тўлов kartasi",
                "\"soxta sahifa\"",
                "mijozlariga type:indicator -мошенничество")) {
            assertEquals(List.of(uzbek), titles(search(operator, question)), question);
        }
        assertEquals(List.of("Мошенничество: звонок из банка"), titles(search(operator, "КОД подтверждения")));
        assertEquals(List.of("Adathalászat bankkártyára"), titles(search(operator, "bankkartyara")));
        assertEquals(List.of("보이스피싱을 이용한 금융사기"), titles(search(operator, "보이스피싱")));
    }

    @Test
    void filtersNarrow() {
        assertEquals(2, search(operator, "label:phishing").path("total").asInt());
        assertEquals(
                1, search(operator, "label:phishing kind:domain").path("total").asInt());
        assertEquals(
                2,
                search(operator, "label:vishing label:nothing source:here")
                        .path("total")
                        .asInt());
        assertEquals(0, search(operator, "label:phish").path("total").asInt());
        assertEquals(
                4,
                search(operator, "type:indicator producer:tashkent tlp:green seen:>=2020")
                        .path("total")
                        .asInt());
        assertEquals(
                0, search(operator, "type:indicator seen:<2020").path("total").asInt());
        JsonNode understood =
                search(operator, "vishing seen:2019..2020-02 since:2019-06").path("understood");
        assertEquals("2019-06-01T00:00:00Z", understood.path("added_from").asText());
        assertEquals("2020-03-01T00:00:00Z", understood.path("added_to").asText());
        assertEquals(
                "2019..2020-02", understood.path("filters").path("seen").get(0).asText());
    }

    @Test
    void aWrongFilterSaysWhereAndWhatItTakes() {
        assertTrue(wrong("fraud tlp:purple").startsWith("at character 7: tlp: takes one of clear, green"));
        assertTrue(wrong("kind:colour").startsWith("at character 1: kind: takes one of "));
        assertTrue(wrong("seen:yesterday").contains("seen: takes 2026, 2026-01"));
        assertTrue(wrong("type:Indicator!").contains("type: takes a STIX type"));
        assertTrue(wrong("a b producer:atlantis").startsWith("at character 5: producer: no centre of that name"));
        assertTrue(wrong("typo:x").contains("there is no filter typo:"));
        assertTrue(wrong("\"open").contains("at character 1: "));
        assertTrue(wrong("word ".repeat(300)).contains("up to 200 words"));
        assertTrue(wrong("y ".repeat(201)).contains("up to 200 words"));
        assertEquals(
                200,
                admin.get("/api/search?q=" + CentreAnswers.encoded("ц ".repeat(200)))
                        .status());
        assertEquals(400, admin.get("/api/search?q=x&histogram=hour").status());
        assertEquals(400, admin.get("/api/search?q=x&highlight=maybe").status());
        assertEquals(
                400,
                admin.post("/api/search", JSON, "{}".getBytes(StandardCharsets.UTF_8))
                        .status());
    }

    @Test
    void looksUpAPastedTextAtOnce() {
        StringBuilder text = new StringBuilder(
                "type:indicator\nFrom: x\nsee hxxp://bank[.]example[.]com/ or pay[.]example[.]net, 198.51.100[.]9\n");
        IntStream.range(0, 990).forEach(i -> text.append("host").append(i).append(".example.com\n"));
        Reply reply = operator.post("/api/search", "text/plain", text.toString().getBytes(StandardCharsets.UTF_8));
        assertEquals(200, reply.status(), reply::text);
        JsonNode answer = CentreAnswers.parse(reply.body());
        assertTrue(answer.path("understood").path("pasted").asBoolean());
        assertEquals(993, answer.path("understood").path("values").size());
        assertEquals(2, answer.path("total").asInt());
        JsonNode second = answer.path("understood").path("values").get(1);
        assertEquals(
                List.of("domain", "pay.example.net", "pay[.]example[.]net", "1"),
                List.of(
                        second.path("kind").asText(),
                        second.path("value").asText(),
                        second.path("spelling").asText(),
                        second.path("count").asText()));
        IntStream.range(0, 20).forEach(i -> text.append("more").append(i).append(".example.com\n"));
        assertEquals(
                413,
                operator.post("/api/search", "text/plain", text.toString().getBytes(StandardCharsets.UTF_8))
                        .status());
    }

    @Test
    void highlightsAndCountsByTime() {
        JsonNode answer = search(operator, "firibgarlik TO'LOV", "&histogram=year");
        JsonNode highlights = answer.path("hits").get(0).path("highlights");
        assertEquals(
                List.of("description", "name"), highlights.findValuesAsText("field"), "in the order of the object");
        List<String> marked = new ArrayList<>();
        highlights.findParents("match").forEach(piece -> {
            if (piece.path("match").asBoolean()) {
                marked.add(piece.path("text").asText());
            }
        });
        assertEquals(List.of("to‘lov", "фирибгарлик"), marked);
        assertEquals(1, answer.path("histogram").size());
        assertTrue(answer.path("histogram").get(0).path("from").asText().endsWith("-01-01"));
        assertEquals(1, answer.path("histogram").get(0).path("count").asInt());
        JsonNode plain = search(operator, "firibgarlik", "&highlight=false");
        assertFalse(plain.has("histogram") || plain.path("hits").get(0).has("highlights"));
    }

    /**
     * Total, facets, histogram, highlights, counts of values and pages: none of them knows of a case for who may not.
     */
    @Test
    void nothingTellsOfWhatOneMayNotSee() {
        for (String question : List.of(
                "firibgarlik",
                "zebra",
                "firibgarlik zebra",
                "type:incident",
                "case:K-7",
                "case:K-8",
                "label:bank",
                "hidden.example.com",
                "bank.example.com",
                "kind:domain",
                "-vishing",
                "",
                "bank.example.com\nhidden.example.com",
                "\"ishonchli firibgarlik\"",
                "ishonch*")) {
            String body = question.equals("")
                    ? "{\"q\":\"\"}"
                    : CentreAnswers.parse(CentreAnswers.json(Map.of("q", question)))
                            .toString();
            Reply reply = operator.post("/api/search?histogram=day", JSON, body.getBytes(StandardCharsets.UTF_8));
            assertEquals(200, reply.status(), reply::text);
            JsonNode answer = CentreAnswers.parse(reply.body());
            String hits = answer.path("hits").toString() + answer.path("facets") + answer.path("histogram");
            assertFalse(
                    hits.contains("zebra") || hits.contains("hidden.example.com") || hits.contains("incident"), hits);
            long seen = answer.path("hits").size();
            assertEquals(seen, answer.path("total").asLong(), question);
            long counted = 0;
            for (JsonNode stretch : answer.path("histogram")) {
                counted += stretch.path("count").asLong();
            }
            assertEquals(seen, counted, question);
            long types = 0;
            for (JsonNode type : answer.path("facets").path("type")) {
                types += type.path("count").asLong();
            }
            assertEquals(seen, types, question);
            for (JsonNode value : answer.path("understood").path("values")) {
                assertEquals(
                        value.path("value").asText().startsWith("hidden") ? 0 : 1,
                        value.path("count").asLong(),
                        question);
            }
        }
        assertEquals(List.of("Ishonchli firibgarlik zebra"), titles(search(admin, "case:K-7")));
        assertEquals(
                search(operator, "case:K-7").path("facets"),
                search(operator, "case:none").path("facets"));
        assertEquals(
                1,
                search(admin, "hidden.example.com")
                        .path("understood")
                        .path("values")
                        .get(0)
                        .path("count")
                        .asInt());
    }

    @Test
    void theCommandPrintsWhereItWasFound() throws Exception {
        CommandResult said = centre.koprik("search", "soxta", "type:indicator", "seen:>=2020", "--histogram", "year");
        assertEquals(0, said.code(), said::toString);
        assertTrue(said.out().contains("description: «Soxta» sahifa orqali to‘lov kartasi so‘raladi"), said.out());
        assertTrue(said.out().contains("added from 2020-01-01 00:00:00 UTC until before now"), said.out());
        assertTrue(said.out().contains("-01-01  1"), said.out());
        assertEquals(1, centre.koprik("search", "tlp:purple").code());
    }
}
