package uz.koprik.gateway.analyst;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.Gateway;
import uz.koprik.gateway.TestCentre;
import uz.koprik.gateway.access.Role;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.gateway.cli.Words;
import uz.koprik.indicators.policy.CaseUnits;

/**
 * Whatever an account asks, by whatever way there is: the answer is, letter for letter, that of a centre that was never given the
 * case files which this account may not know of. The data are random; {@code -Dkoprik.seed=} tries others.
 */
class CaseRightsTest {

    private static final String JSON = "application/json";

    private static final String TAXII = "application/taxii+json;version=2.1";

    /** What tells of the size of the store, or of the running process. */
    private static final Set<String> OF_THE_CENTRE = Set.of("/api/openapi.json", "/api/status", "/api/alerts", "/api/alerts/stream");

    @TempDir
    static Path folder;

    private final long seed = Long.getLong("koprik.seed", 20261122L);

    /** Somebody who asks, and the units of the case files that one may know of. */
    private record Asker(String account, Set<String> units) {

        boolean mayKnow(RandomMatters.Deed deed) {
            return units.containsAll(deed.about());
        }
    }

    private RandomMatters matters;
    private Map<String, String> tokens;
    private TwinCentre whole;
    private final List<String> answers = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private int asked;

    @Test
    void answersAreThoseOfACentreThatHoldsNothingElse() throws Exception {
        System.out.println("CaseRightsTest: seed " + seed);
        TestCentre first = TestCentre.found(folder.resolve("whole"), "tashkent");
        tokens = new LinkedHashMap<>();
        tokens.put("anna", first.account("anna", Role.ANALYST, CaseUnits.of(Set.of("Alpha"))));
        tokens.put("bek", first.account("bek", Role.ANALYST, CaseUnits.of(Set.of("Alpha", "Beta"))));
        tokens.put("night", first.account("night", Role.OPERATOR));
        tokens.put("feed", first.account("feed", Role.WRITER));
        tokens.put("outside", first.account("outside", Role.READER));
        matters = new RandomMatters(new Random(seed), Map.of("admin", List.of(), "anna", List.of("Alpha"), "bek", List.of("Alpha", "Beta")));
        List<List<Asker>> groups = List.of(
                List.of(new Asker("bek", Set.of("Alpha", "Beta"))),
                List.of(new Asker("night", Set.of()), new Asker("feed", Set.of()), new Asker("outside", Set.of())),
                List.of(new Asker("anna", Set.of("Alpha")))); // last, since she changes what others see
        List<TestCentre> twins = new ArrayList<>();
        for (List<Asker> group : groups) {
            twins.add(first.twin(folder.resolve("for-" + group.getFirst().account())));
        }
        whole = new TwinCentre(first, tokens);
        try (TwinCentre all = whole) {
            for (RandomMatters.Deed deed : matters.deeds) {
                answers.add(all.told(done(all, deed)));
            }
            all.settle();
            for (int i = 0; i < groups.size(); i++) {
                try (TwinCentre part = new TwinCentre(twins.get(i), tokens)) {
                    compare(groups.get(i), part);
                }
            }
        }
        assertEquals("", String.join("\n", differences.subList(0, Math.min(8, differences.size()))),
                () -> "seed " + seed + ": " + differences.size() + " answers differ");
        assertTrue(asked > 1000, "so much was asked: " + asked);
    }

    private Reply done(TwinCentre centre, RandomMatters.Deed deed) {
        Reply reply = centre.ask(deed.account(), deed.method(), deed.path(), JSON, deed.body());
        assertTrue(reply.ok() || reply.status() == 422, () -> "seed " + seed + ": " + deed + ": " + reply.status() + ' ' + reply.text());
        JsonNode json = Words.parse(reply.body());
        String id = json.at("/case/id").asText(json.at("/objects/0/id").asText(json.path("id").asText()));
        if (!deed.name().isEmpty() && !id.isEmpty()) {
            centre.ids.putIfAbsent(deed.name(), id);
        }
        return reply;
    }

    private void compare(List<Asker> askers, TwinCentre part) throws InterruptedException {
        for (int i = 0; i < matters.deeds.size(); i++) {
            RandomMatters.Deed deed = matters.deeds.get(i);
            if (askers.getFirst().mayKnow(deed)) {
                String told = part.told(done(part, deed));
                if (deed.account().equals(askers.getFirst().account())) {
                    differ(told, answers.get(i), deed.toString());
                }
            }
        }
        part.settle();
        whole.ids.forEach(part.ids::putIfAbsent); // what was never brought there is asked for all the same
        for (Asker asker : askers) {
            read(asker, part);
        }
        if (askers.getFirst().account().equals("anna")) {
            write(askers.getFirst(), part);
        }
    }

    private void read(Asker asker, TwinCentre part) {
        JsonNode document = Words.parse(whole.ask("admin", "get", "/api/openapi.json", JSON, "").body());
        // Of what is no case, nor about one, some will do.
        List<String> names = whole.ids.keySet().stream().filter(name -> !name.matches("object\\d\\d")).toList();
        boolean member = !asker.account().equals("feed") && !asker.account().equals("outside");
        Set<String> numbers = new TreeSet<>();
        matters.matters.forEach(matter -> numbers.add(matter.number()));
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            if (!path.getValue().has("get") || OF_THE_CENTRE.contains(path.getKey())) {
                continue;
            }
            if (path.getKey().contains("{id}")) {
                names.stream().filter(name -> member || name.startsWith("case")).forEach(
                        name -> same(asker, part, "get", path.getKey().replace("{id}", '@' + name + '@'), ""));
            } else if (path.getKey().contains("{number}")) {
                numbers.forEach(number -> same(asker, part, "get", path.getKey().replace("{number}", number), ""));
                matters.matters.forEach(matter ->
                        same(asker, part, "get", path.getKey().replace("{number}", '@' + matter.name() + '@'), ""));
            } else if (!path.getKey().contains("{")) {
                same(asker, part, "get", path.getKey(), "");
            }
        }
        taxii(asker, part, names);
        if (!member) {
            return;
        }
        for (String word : matters.words.keySet()) {
            same(asker, part, "get", "/api/search?q=" + word, "");
        }
        for (String question : List.of("", "type:incident", "Reported", "tlp:red", "kind:domain", "source:here", "Alpha", "-Reported", "zq*")) {
            for (String histogram : List.of("", "&histogram=month")) {
                same(asker, part, "get", "/api/search?limit=1000&q=" + question.replace(":", "%3A") + histogram, "");
            }
        }
        for (String number : numbers) {
            same(asker, part, "get", "/api/search?q=case%3A" + number, "");
            same(asker, part, "get", "/api/cases?q=" + number, "");
        }
        for (String value : matters.pool) {
            same(asker, part, "get", "/api/search?q=" + encoded(value), "");
            same(asker, part, "get", "/api/cases?value=" + encoded(value), "");
            same(asker, part, "post", "/api/search/values?near=true", value);
        }
        same(asker, part, "post", "/api/search/values?near=true", String.join("\n", matters.pool));
        same(asker, part, "post", "/api/search", String.join("\n", matters.pool));
        for (String unit : List.of("Alpha", "Beta", "Gamma")) {
            same(asker, part, "get", "/api/cases?limit=1000&unit=" + unit, "");
        }
        same(asker, part, "get", "/api/cases?limit=1", "");
        same(asker, part, "get", "/api/alerts?limit=1000", "");
        same(asker, part, "get", "/api/alerts?limit=1000&since=2026-01-01T00:00:00Z", "");
        for (String export : List.of("format=csv&type=incident", "format=csv", "format=stix&type=incident,note,indicator,opinion,sighting",
                "format=blocklist", "format=stix&q=zq*&type=incident")) {
            same(asker, part, "get", "/api/export?state=all&" + export, "");
        }
    }

    private void taxii(Asker asker, TwinCentre part, List<String> names) {
        Reply collections = whole.ask(asker.account(), "get", Gateway.API_ROOT + "collections/", TAXII, "");
        assertTrue(collections.ok(), collections::text);
        for (JsonNode collection : Words.parse(collections.body()).path("collections")) {
            String objects = Gateway.API_ROOT + "collections/" + collection.path("id").asText();
            same(asker, part, "taxii", objects + "/objects/?limit=1000&match%5Bversion%5D=all", "");
            same(asker, part, "taxii", objects + "/manifest/?limit=1000", "");
            if (collection.path("can_read").asBoolean()) {
                names.stream().filter(name -> name.startsWith("case")).forEach(
                        name -> same(asker, part, "taxii", objects + "/objects/@" + name + "@/", ""));
            }
        }
    }

    /** What changes something is answered as if nothing else were there, errors included. */
    private void write(Asker asker, TwinCentre part) {
        Set<String> numbers = new TreeSet<>();
        matters.matters.forEach(matter -> numbers.add(matter.number()));
        StringBuilder table = new StringBuilder("number;title;unit;values\n");
        for (String number : numbers) {
            same(asker, part, "json", "/api/cases/" + number + "/notes", "{\"text\":\"Was it seen?\",\"expected_version\":\"2020-01-01T00:00:00Z\"}");
            same(asker, part, "json", "/api/cases/" + number + "/shares", "{\"tlp\":\"green\",\"summary\":\"A\",\"preview\":true}");
            same(asker, part, "json", "/api/cases", "{\"number\":\"" + number + "\",\"title\":\"Another\",\"unit\":\"Gamma\"}");
            table.append(number).append(";Brought;").append("Alpha;").append(matters.pool.get(table.length() % matters.pool.size())).append('\n');
        }
        for (RandomMatters.Matter matter : matters.matters) {
            same(asker, part, "json", "/api/objects", "{\"type\":\"note\",\"spec_version\":\"2.1\",\"id\":\"note--00000000-0000-4000-8000-1"
                    + "%011d".formatted(asked) + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\","
                    + "\"content\":\"c\",\"object_refs\":[\"@" + matter.name() + "@\"]}");
        }
        for (String value : matters.pool) {
            same(asker, part, "json", "/api/indicators", RandomMatters.text(Map.of("value", value, "name", "Of " + asker.account(), "tlp", "red")));
        }
        same(asker, part, "table", "/api/cases/import?preview=50&file=a.csv", table.toString());
        same(asker, part, "table", "/api/cases/import?file=a.csv", table.toString());
        for (String number : numbers) {
            same(asker, part, "json", "/api/cases", "{\"number\":\"" + number + "\",\"title\":\"Another\"}");
            same(asker, part, "get", "/api/cases/" + number, "");
        }
    }

    private void same(Asker asker, TwinCentre part, String method, String path, String body) {
        asked++;
        String type = switch (method) {
            case "get" -> "*/*";
            case "taxii" -> TAXII;
            case "json" -> JSON;
            case "table" -> "text/csv";
            default -> "text/plain";
        };
        String verb = method.equals("get") || method.equals("taxii") ? "get" : "post";
        Reply ofPart = part.ask(asker.account(), verb, path, type, body);
        Reply ofWhole = whole.ask(asker.account(), verb, path, type, body);
        assertFalse(ofWhole.status() >= 500, () -> "seed " + seed + ": " + path + ": " + ofWhole.text());
        differ(comparable(path, part.told(ofPart)), comparable(path, whole.told(ofWhole)), asker.account() + " asks " + verb + ' ' + path + ' ' + body);
    }

    /** Alerts are given behind intake: how much is stored when an object is looked at decides on their order and on which was news. */
    private static String comparable(String path, String told) {
        if (!path.startsWith("/api/alerts?")) {
            return told;
        }
        return Arrays.stream(told.split("(?=\\{\"case\":)", -1))
                .map(alert -> alert.replaceAll("\"(news|certainty)\":(\"[a-z]+\"|\\{[^}]*\\})", "").replaceAll("[\\],} N]+$", ""))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private void differ(String ofPart, String ofWhole, String what) {
        if (!ofPart.equals(ofWhole)) {
            int at = 0;
            while (at < Math.min(ofPart.length(), ofWhole.length()) && ofPart.charAt(at) == ofWhole.charAt(at)) {
                at++;
            }
            differences.add(what + "\n  without: " + around(ofPart, at) + "\n  with:    " + around(ofWhole, at));
        }
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 150), Math.min(text.length(), at + 250));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
