package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;

/** Exports of one centre that another imports: the same values, validity, revocation, marking and labels. */
class RoundTripBetweenCentresTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre from;

    @BeforeAll
    static void start() throws Exception {
        from = centres.init("tashkent").start();
        CentreClient admin = from.adminClient();
        report(admin, Map.of("value", "one.example.net", "name", "One, \"quoted\"", "tlp", "green", "confidence", 70));
        report(
                admin,
                Map.of(
                        "value",
                        "198.51.100.7:8443",
                        "labels",
                        List.of("c2", "odd|label", "two, with; commas", "=label"),
                        "description",
                        "two\nlines, \"quoted\"\r\n\r\n# and more; of\tthem\n",
                        "tlp",
                        "amber",
                        "valid_until",
                        "2031-01-01T00:00:00Z"));
        report(admin, Map.of("value", "http://two.example.net/a?b=1,2;3", "tlp", "clear", "confidence", 0));
        report(
                admin,
                Map.of(
                        "value",
                        "past.example.net",
                        "tlp",
                        "green",
                        "valid_from",
                        "2024-01-01T00:00:00Z",
                        "valid_until",
                        "2024-02-01T00:00:00Z"));
        report(admin, Map.of("value", "d41d8cd98f00b204e9800998ecf8427e", "tlp", "amber+strict", "confidence", 100));
        report(
                admin,
                Map.of("value", "cmd.example.net", "name", "=1+1", "description", "=cmd|'/C calc'!A0", "tlp", "red"));
        report(admin, Map.of("value", "+447700900419", "name", "+1", "description", "-2\n=3", "tlp", "green"));
        report(admin, Map.of("value", "at.example.net", "name", "@SUM(A1)", "description", "'=kept", "tlp", "green"));
        report(
                admin,
                Map.of(
                        "value",
                        "words.example.net",
                        "name",
                        "Мошенничество с картами",
                        "description",
                        "Toʻlov kartalari; 카드 사기; csalás — קישור",
                        "labels",
                        List.of("фишинг", "피싱"),
                        "tlp",
                        "green"));
        report(
                admin,
                Map.of(
                        "value",
                        "Mozilla/5.0 (X11; Linux, x86_64) Example/1.0",
                        "kind",
                        "user-agent",
                        "name",
                        "none",
                        "tlp",
                        "green"));
        String gone = report(admin, Map.of("value", "gone.example.net", "tlp", "green"));
        ok(admin.post("/api/objects/" + gone + "/revocation", JSON, CentreAnswers.json(Map.of("reason", "a mistake"))));
    }

    private static String report(CentreClient admin, Map<String, Object> form) {
        JsonNode answer = ok(admin.post("/api/indicators", JSON, CentreAnswers.json(form)));
        return answer.path("objects").get(0).path("id").asText();
    }

    private static Path export(RunningCentre centre, String format) {
        Path file = centres.folder().resolve(centre.home().root().getFileName() + "." + format);
        CommandResult said = centre.koprik(
                "export", "--format", format, "--all", "--tlp", "red", "--anyway", "--output", file.toString());
        assertEquals(0, said.code(), said::toString);
        return file;
    }

    /** What the two centres must agree on, of each indicator. */
    private static SequencedSet<String> content(RunningCentre centre, boolean withRevoked) throws Exception {
        TreeSet<String> all = new TreeSet<>();
        for (JsonNode hit : ok(centre.adminClient().get("/api/search?q=type:indicator&limit=100"))
                .path("hits")) {
            JsonNode shown =
                    ok(centre.adminClient().get("/api/objects/" + hit.path("id").asText()));
            JsonNode object = shown.path("object");
            List<String> values = new ArrayList<>();
            shown.path("values").forEach(value -> values.add(value.path("value").asText()));
            if (withRevoked || !object.path("revoked").asBoolean()) {
                all.add(String.join(
                        " | ",
                        values.toString(),
                        object.path("pattern").asText(),
                        object.path("name").asText(),
                        object.path("description").asText(),
                        object.path("labels").toString(),
                        object.path("valid_from").asText(),
                        object.path("valid_until").asText(),
                        object.path("confidence").asText(),
                        "revoked " + object.path("revoked").asBoolean(),
                        shown.path("marking").path("tlp").asText()));
            }
        }
        return all;
    }

    private void comesBack(String name, String format) throws Exception {
        RunningCentre to = centres.init(name).start();
        CommandResult said = to.koprik("import", export(from, format).toString());
        assertEquals(0, said.code(), said::toString);
        SequencedSet<String> sent = content(from, true);
        assertEquals(11, sent.size());
        assertEquals(String.join("\n", sent), String.join("\n", content(to, true)));
    }

    /** Each with its name before its description, and without the labels that say what MISP's own fields say. */
    private static SequencedSet<String> inMisp(SequencedSet<String> all) {
        TreeSet<String> said = new TreeSet<>();
        for (String one : all) {
            String[] parts = one.split(" \\| ", -1);
            String comment = parts[2] + (parts[2].isEmpty() || parts[3].isEmpty() ? "" : ": ") + parts[3];
            parts[2] = "";
            parts[3] = comment;
            parts[4] = parts[4].replaceAll("\"misp:[a-z_]+=\\\\\"[^\"]*\\\\\"\",?", "")
                    .replace(",]", "]")
                    .replace("[]", "");
            said.add(String.join(" | ", parts));
        }
        return said;
    }

    @Test
    void byCsv() throws Exception {
        comesBack("moscow", "csv");
    }

    @Test
    void byXlsx() throws Exception {
        comesBack("tbilisi", "xlsx");
    }

    @Test
    void byStix() throws Exception {
        RunningCentre to = centres.init("budapest").start();
        Path card = centres.folder().resolve("card.json");
        CommandResult written = from.koprik("partner", "card", "--output", card.toString());
        String said = written.out() + written.err();
        String fingerprint = said.replaceAll("(?s).*?([0-9A-Z]{4}(-[0-9A-Z]{4}){3}).*", "$1");
        CommandResult added =
                to.koprik("partner", "add", card.toString(), "--fingerprint", fingerprint, "--no-pull", "--no-push");
        assertEquals(0, added.code(), added::toString);
        RunningCentre.await(
                () -> to.koprik("import", export(from, "stix").toString()).code() == 0);
        assertEquals(String.join("\n", content(from, true)), String.join("\n", content(to, true)));
    }

    @Test
    void byMisp() throws Exception {
        RunningCentre to = centres.init("seoul").start();
        CommandResult said = to.koprik("import", export(from, "misp").toString());
        assertEquals(0, said.code(), said::toString);
        // A name is part of the comment in MISP, and what is not in force is no indicator at the reader.
        SequencedSet<String> values = inMisp(content(to, true));
        SequencedSet<String> sent = inMisp(content(from, false));
        sent.removeIf(one -> one.contains("past.example.net"));
        assertEquals(String.join("\n", sent), String.join("\n", values));
        assertTrue(values.stream().noneMatch(one -> one.contains("gone.example.net")), values::toString);
    }
}
