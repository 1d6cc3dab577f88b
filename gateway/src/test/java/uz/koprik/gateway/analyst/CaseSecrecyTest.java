package uz.koprik.gateway.analyst;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.TestCentre;
import uz.koprik.gateway.access.Role;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.gateway.cli.Words;

/**
 * Whoever has no right to case files learns nothing of them by any way there is, whatever is in them: every described route
 * answers for a case as for what is not there, and every count is as if there were no cases. The data are random; the seed
 * is told when it fails.
 */
class CaseSecrecyTest {

    private static final String JSON = "application/json";
    private static final int CASES = 12;
    private static final int INDICATORS = 20;

    @TempDir
    static Path folder;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** What only cases hold, numbers and ids of cases included. */
    private final Set<String> secrets = new TreeSet<>();

    /** Values in cases, and how many indicators carry each. */
    private final Map<String, Integer> values = new LinkedHashMap<>();

    private final List<String> numbers = new ArrayList<>();
    private final List<String> incidents = new ArrayList<>();
    private final List<String> indicators = new ArrayList<>();

    private static JsonNode ok(Reply reply) {
        assertTrue(reply.ok(), () -> reply.status() + ": " + reply.text());
        return Words.parse(reply.body());
    }

    private String word() {
        StringBuilder word = new StringBuilder("zq");
        for (int i = 0; i < 10; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private String secret() {
        String word = word();
        secrets.add(word);
        return word;
    }

    private void fill(CentreClient admin) {
        for (int i = 0; i < CASES; i++) {
            String number = "X-" + word();
            numbers.add(number);
            secrets.add(number);
            List<String> own = new ArrayList<>();
            for (int v = random.nextInt(4); v >= 0; v--) {
                String value = word() + ".example.com";
                own.add(value);
                values.put(value, 0);
            }
            ok(admin.post("/api/cases", JSON, Words.json(Map.of(
                    "number", number, "title", secret(), "summary", secret(), "unit", secret(), "values", own,
                    "losses", List.of(Map.of("amount", "1", "currency", "EUR", "note", secret()))))));
            ok(admin.post("/api/cases/" + number + "/notes", JSON, Words.json(Map.of("text", secret()))));
            if (i > 0 && random.nextBoolean()) {
                ok(admin.patch("/api/cases/" + number, JSON, Words.json(Map.of("cases", List.of(numbers.get(random.nextInt(i)))))));
            }
            incidents.add(ok(admin.get("/api/cases/" + number)).path("id").asText());
        }
        secrets.addAll(incidents);
        List<String> all = List.copyOf(values.keySet());
        for (int i = 0; i < INDICATORS; i++) {
            String value = random.nextBoolean() ? all.get(random.nextInt(all.size())) : word() + ".example.net";
            values.computeIfPresent(value, (v, n) -> n + 1);
            indicators.add(ok(admin.post("/api/indicators", JSON, Words.json(Map.of("value", value, "name", "Reported " + i, "tlp", "green"))))
                    .path("objects").get(0).path("id").asText());
        }
        values.forEach((value, carriers) -> {
            if (carriers == 0) {
                secrets.add(value);
            }
        });
    }

    @Test
    void nothingTellsOfCases() throws Exception {
        try (TestCentre centre = TestCentre.found(folder.resolve("tashkent"), "tashkent")) {
            Map<Role, String> tokens = new LinkedHashMap<>();
            for (Role role : List.of(Role.OPERATOR, Role.WRITER, Role.READER)) {
                tokens.put(role, centre.account("one-" + role.code(), role));
            }
            centre.start();
            try (CentreClient admin = centre.admin()) {
                fill(admin);
                JsonNode document = Words.parse(admin.get("/api/openapi.json").body());
                for (Map.Entry<Role, String> token : tokens.entrySet()) {
                    try (CentreClient asker = centre.client(token.getValue())) {
                        routesAnswerAsForWhatIsNotThere(document, asker, token.getKey());
                    }
                }
                try (CentreClient operator = centre.client(tokens.get(Role.OPERATOR))) {
                    countsKnowNoCases(operator);
                }
            }
        }
    }

    private void routesAnswerAsForWhatIsNotThere(JsonNode document, CentreClient asker, Role role) {
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            if (!path.getValue().has("get") || path.getKey().equals("/api/openapi.json")) {
                continue;
            }
            if (path.getKey().contains("{id}")) {
                String none = "incident--" + UUID.randomUUID();
                for (String incident : incidents) {
                    same(role, path.getKey(), asker.get(path.getKey().replace("{id}", incident)), incident,
                            asker.get(path.getKey().replace("{id}", none)), none);
                }
                indicators.forEach(id -> clean(role, path.getKey(), asker.get(path.getKey().replace("{id}", id))));
            } else if (path.getKey().contains("{number}")) {
                for (String number : numbers) {
                    same(role, path.getKey(), asker.get(path.getKey().replace("{number}", number)), number,
                            asker.get(path.getKey().replace("{number}", "X-none")), "X-none");
                }
            } else if (!path.getKey().contains("{")) {
                clean(role, path.getKey(), asker.get(path.getKey()));
            }
        }
        for (String secret : secrets) {
            same(role, "/api/search", asker.get("/api/search?q=" + secret), secret,
                    asker.get("/api/search?q=" + unknown(secret)), unknown(secret));
            same(role, "/api/search/values", asker.post("/api/search/values", "text/plain", (secret + "\n").getBytes(StandardCharsets.UTF_8)),
                    secret, asker.post("/api/search/values", "text/plain", (unknown(secret) + "\n").getBytes(StandardCharsets.UTF_8)), unknown(secret));
        }
        for (String format : List.of("csv", "stix", "blocklist")) {
            clean(role, "/api/export", asker.get("/api/export?all=true&format=" + format, "*/*"));
        }
    }

    /** Something of the same form that nobody ever brought. */
    private static String unknown(String secret) {
        return secret.startsWith("incident--") ? "incident--5c4f1c44-9d4b-4d6e-8b53-2f4a1f0c9e77"
                : secret.endsWith(".example.com") ? "zqnothing.example.com" : secret.startsWith("X-") ? "X-zqnothing" : "zqnothing";
    }

    private void countsKnowNoCases(CentreClient operator) {
        JsonNode all = ok(operator.get("/api/search?q="));
        assertEquals(INDICATORS + 1, all.path("total").asInt(), () -> "seed " + seed + ": the indicators and our identity: " + all);
        assertEquals(0, ok(operator.get("/api/search?q=type%3Aincident")).path("total").asInt());
        assertFalse(all.path("facets").toString().contains("incident"), () -> "seed " + seed + all.path("facets"));
        values.forEach((value, carriers) -> {
            assertEquals(carriers, ok(operator.get("/api/search?q=" + value)).path("total").asInt(), () -> "seed " + seed + ": " + value);
            JsonNode pasted = ok(operator.post("/api/search/values", "text/plain", value.getBytes(StandardCharsets.UTF_8)));
            assertEquals(carriers, pasted.path("values").path(0).path("count").asInt(), () -> "seed " + seed + ": " + pasted);
        });
        for (String indicator : indicators) {
            for (JsonNode match : ok(operator.get("/api/objects/" + indicator + "/related")).path("matches")) {
                match.path("met").forEach(met -> assertFalse(met.has("case_number"), () -> "seed " + seed + ": " + met));
            }
        }
    }

    private void clean(Role role, String path, Reply reply) {
        secrets.forEach(secret -> assertFalse(reply.text().contains(secret), () -> "seed " + seed + ": " + role + " learns of "
                + secret + " by " + path + ": " + reply.text()));
    }

    private void same(Role role, String path, Reply ofCase, String name, Reply ofNothing, String nothing) {
        assertEquals(ofNothing.status(), ofCase.status(), () -> "seed " + seed + ": " + role + " asks " + path);
        assertEquals(bare(ofNothing, nothing), bare(ofCase, name), () -> "seed " + seed + ": " + role + " asks " + path);
    }

    /** An answer without what differs between any two: the id of the request, and what was asked for. */
    private static String bare(Reply reply, String asked) {
        return reply.text().replaceAll("\"request_id\":\"[^\"]*\"", "").replaceAll("(?i)" + Pattern.quote(asked), "?");
    }
}
