package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.api.common.SavedSearches;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.gateway.config.FileStateStore;

class SavedSearchesTest {

    private static final String JSON = "application/json";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;
    private static CentreClient operator;
    private static CentreClient writer;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withAccount("night-shift", Role.OPERATOR)
                .withAccount("feeder", Role.WRITER)
                .start();
        admin = centre.adminClient();
        operator = centre.clientOf("night-shift");
        writer = centre.clientOf("feeder");
        for (String value : List.of("one.example.com", "two.example.net")) {
            Reply reply = admin.post(
                    "/api/indicators",
                    JSON,
                    CentreAnswers.json(Map.of("value", value, "name", "Kept wallaby", "tlp", "green")));
            assertTrue(reply.ok(), reply::text);
        }
    }

    private static Reply put(CentreClient client, String name, String q) {
        return client.put("/api/searches/" + CentreAnswers.encoded(name), JSON, CentreAnswers.json(Map.of("q", q)));
    }

    private static JsonNode get(CentreClient client, String path) {
        Reply reply = client.get(path);
        assertEquals(200, reply.status(), reply::text);
        return CentreAnswers.parse(reply.body());
    }

    @Test
    void keepsRunsExportsAndForgetsASearch() {
        assertEquals(201, put(admin, "Кенгуру 1", "wallaby kind:domain").status());
        assertEquals(200, put(admin, "Кенгуру 1", "wallaby -\"two example\"").status());
        assertEquals(
                List.of("Кенгуру 1"),
                get(admin, "/api/searches").path("searches").findValuesAsText("name"));
        assertEquals(
                "wallaby -\"two example\"",
                get(admin, "/api/searches/" + CentreAnswers.encoded("Кенгуру 1"))
                        .path("q")
                        .asText());
        JsonNode answer = get(admin, "/api/search?histogram=year&saved=" + CentreAnswers.encoded("Кенгуру 1"));
        assertEquals(1, answer.path("total").asInt());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(
                admin.download("/api/export?format=blocklist&saved=" + CentreAnswers.encoded("Кенгуру 1"), "*/*", out)
                        .ok());
        assertEquals("one.example.com\n", out.toString(StandardCharsets.UTF_8));
        assertEquals(
                204,
                admin.delete("/api/searches/" + CentreAnswers.encoded("Кенгуру 1"))
                        .status());
        assertEquals(
                404,
                admin.delete("/api/searches/" + CentreAnswers.encoded("Кенгуру 1"))
                        .status());
        assertEquals(
                404,
                admin.get("/api/search?saved=" + CentreAnswers.encoded("Кенгуру 1"))
                        .status());
    }

    @Test
    void belongsToItsOwnerAlone() {
        assertEquals(201, put(admin, "mine", "one.example.com").status());
        assertEquals(201, put(operator, "theirs", "wallaby").status());
        assertEquals(
                List.of("theirs"),
                get(operator, "/api/searches").path("searches").findValuesAsText("name"));
        for (Reply reply : List.of(
                operator.get("/api/searches/mine"),
                operator.get("/api/search?saved=mine"),
                operator.delete("/api/searches/mine"),
                operator.get("/api/export?format=csv&saved=mine"))) {
            assertEquals(404, reply.status(), reply::text);
            assertEquals(
                    operator.get("/api/searches/none").text().replaceAll("\"(instance|request_id)\":\"[^\"]*\"", ""),
                    reply.text().replaceAll("\"(instance|request_id)\":\"[^\"]*\"", ""),
                    "the same as for a name that nobody uses");
        }
        assertEquals(403, writer.get("/api/searches").status());
        assertEquals(403, put(writer, "x", "y").status());
    }

    @Test
    void refusesWhatCouldNotBeRun() {
        for (Reply reply : List.of(
                put(admin, "bad", "tlp:purple"),
                put(admin, "..", "x"),
                put(admin, "-x", "x"),
                put(admin, "a\nb", "x"),
                admin.put("/api/searches/bad", JSON, "{}".getBytes(StandardCharsets.UTF_8)),
                put(admin, "long", "w".repeat(70_000)),
                admin.get("/api/search?saved=x&q=y"),
                admin.get("/api/export?format=csv&saved=x&q=y"))) {
            assertTrue(reply.status() == 400 || reply.status() == 404, reply::text);
        }
        assertEquals(404, admin.get("/api/searches/bad").status());
    }

    @Test
    void theCommandKeepsAndRunsThem() throws Exception {
        CommandResult kept = centre.koprik("search", "--save", "weekly", "wallaby", "kind:domain");
        assertEquals(0, kept.code(), kept::toString);
        assertTrue(centre.koprik("search", "--list").out().contains("weekly: wallaby kind:domain"));
        CommandResult run = centre.koprik("search", "--saved", "weekly");
        assertTrue(run.out().contains("2 found, 2 shown"), run::toString);
        assertEquals(0, centre.koprik("search", "--forget", "weekly").code());
        assertEquals(1, centre.koprik("search", "--forget", "weekly").code());
        assertEquals(1, centre.koprik("search", "--saved", "weekly").code());
        assertEquals(2, centre.koprik("search", "--saved", "weekly", "--list").code());
    }

    @Test
    void outlivesTheProcessAndSaysWhenItIsDamaged(@TempDir Path home) throws Exception {
        SavedSearches.SavedSearch one = new SavedSearches.SavedSearch("б", "q \"x\"\n1", NOON);
        new SavedSearches(new FileStateStore(home)).keep("anna", one);
        SavedSearches again = new SavedSearches(new FileStateStore(home));
        assertEquals(Optional.of(one), again.find("anna", "б"));
        assertEquals(List.of(), List.copyOf(again.of("bela")));
        assertThrows(IllegalArgumentException.class, () -> again.of("../anna"));
        assertThrows(IllegalArgumentException.class, () -> again.keep("a/b", one));
        for (int i = 1; i < SavedSearches.MOST; i++) {
            again.keep("anna", new SavedSearches.SavedSearch("n" + i, "q", NOON));
        }
        assertThrows(
                IllegalStateException.class,
                () -> again.keep("anna", new SavedSearches.SavedSearch("one more", "q", NOON)));
        assertFalse(
                again.keep("anna", new SavedSearches.SavedSearch("n1", "other", NOON)), "in the place of the old one");
        assertEquals(SavedSearches.MOST, again.of("anna").size());
        Files.writeString(home.resolve("searches/anna.json"), "{\"searches\":[{\"name\":1}]}");
        assertThrows(UncheckedIOException.class, () -> again.of("anna"));
    }
}
