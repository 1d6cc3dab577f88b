package uz.koprik.gateway.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.indicators.policy.Tlp;

/** After an erasure no file of the home has the content of the object, though everything had to do with it before. */
class ErasedEverywhereTest {

    private static final String VALUE = "qzxvalue.wombat.example.com";
    private static final String WORD = "quixoticflamingo";
    private static final Duration LONG = Duration.ofSeconds(60);

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre centre;

    private void good(String... arguments) {
        CommandResult result = centre.koprik(arguments);
        assertEquals(0, result.code(), result::all);
    }

    private CentreClient.Reply done(CentreClient.Reply reply) {
        assertTrue(reply.ok(), () -> reply.status() + ": " + reply.text());
        return reply;
    }

    private CentreClient.Reply post(String path, String json) throws Exception {
        return centre.adminClient().post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static String object(String id, String value, String minute) {
        return RunningCentre.indicator(id, "198.51.100.7", Tlp.GREEN, 1)
                .replace("[ipv4-addr:value = '198.51.100.7']", "[domain-name:value = '" + value + "']")
                .replace(
                        "\"pattern_type\"",
                        "\"name\":\"" + WORD + "\",\"description\":\"" + WORD + " " + minute + "\",\"pattern_type\"");
    }

    private Path file(String name, String content) throws Exception {
        return Files.writeString(centres.folder().resolve(name), content);
    }

    /** Files of the home that hold one of the words, the access record excepted: it has a retention of its own. */
    private Set<String> holding(String... words) throws Exception {
        Path root = centre.home().root();
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString();
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                for (String word : words) {
                    if (!name.startsWith("access/") && content.contains(word)) {
                        found.add(name);
                    }
                }
            }
        }
        return found;
    }

    @Test
    void noFileOfTheHomeHasTheContentAfterwards() throws Exception {
        centre = centres.init("tashkent").withAccount("anna", Role.ANALYST).start();
        good("case", "add", "T-1", "--title", "A case", "--type", "phishing", "--observable", "wombat.example.com");
        done(post("/api/alerts/subscriptions", "{\"name\":\"S\",\"cases\":[\"T-1\"],\"digest\":true}"));
        String id = RunningCentre.freshId();
        good("submit", file("one.json", object(id, VALUE, "1")).toString());
        // Another object under the same id and version: evidence.
        CommandResult contradicts = centre.koprik(
                "submit",
                file("two.json", object(id, "qzxvalue.other.example.com", "2")).toString());
        assertEquals(1, contradicts.code(), contradicts::all);
        RunningCentre.await(
                LONG, () -> centre.adminClient().get("/api/alerts").text().contains(VALUE));
        done(centre.adminClient().get("/api/search?q=" + WORD));
        done(centre.adminClient().get("/api/export?format=stix"));
        good("import", file("rows.csv", VALUE + "\n").toString());
        centre.stop();
        centre.start(
                CentreThreads.unwatched(),
                new Gateway.StartTerms(() -> Instant.now().plus(Duration.ofDays(2)), true, false));
        RunningCentre.await(
                LONG,
                () -> centre.adminClient().get("/api/alerts/digests").text().contains(VALUE));
        Set<String> before = holding(VALUE, WORD);
        for (String place : List.of("state/alerts.log/", "state/alerts/digests/", "evidence/", "data/journal/")) {
            assertTrue(before.stream().anyMatch(name -> name.startsWith(place)), () -> place + " is not in " + before);
        }

        // The import made an object of its own; both are erased.
        JsonNode carriers = CentreAnswers.parse(
                done(centre.adminClient().get("/api/search?q=" + VALUE)).body());
        Set<String> ids = new TreeSet<>(carriers.findValuesAsText("id"));
        ids.removeIf(one -> !one.startsWith("indicator--"));
        assertTrue(ids.contains(id), carriers::toPrettyString);
        done(post("/api/erasures", "{\"ids\":[\"" + String.join("\",\"", ids) + "\"],\"reason\":\"court order 7\"}"));
        assertEquals(Set.of(), holding(VALUE, WORD, "qzxvalue"));
        String alerts = centre.adminClient().get("/api/alerts").text();
        assertTrue(alerts.contains(id) && alerts.contains("erased on "), alerts);
        assertFalse(alerts.contains(WORD), alerts);
        String digests = centre.adminClient().get("/api/alerts/digests").text();
        assertTrue(digests.contains("erased on ") && !digests.contains(WORD), digests);

        centre.stop();
        assertEquals(Set.of(), holding(VALUE, WORD, "qzxvalue"));
        centre.start();
        assertEquals(410, centre.adminClient().get("/api/objects/" + id).status());
        assertEquals(
                0,
                CentreAnswers.parse(centre.adminClient()
                                .get("/api/search?q=" + WORD)
                                .body())
                        .path("total")
                        .asInt(-1));
    }
}
