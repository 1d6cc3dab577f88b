package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient.Reply;

/**
 * Each answer to an account, by every route, is letter for letter that of a centre that never had the case files which
 * this account may not know of. The data and the rights are random; {@code -Dkoprik.seed=} tries others.
 */
class CaseRightsTest {

    private static final String JSON = "application/json";

    private static final String TAXII = "application/taxii+json;version=2.1";

    /**
     * A stream has no end ({@link DeliveryRightsTest} follows it), and metrics are of the process, not of the caller.
     */
    private static final Set<String> INCOMPARABLE = Set.of("/api/alerts/stream", "/metrics");

    /** Pages of this size are read to their end, so that cursors are followed. */
    private static final int PAGE = 3;

    private static final Pattern GROUP = Pattern.compile("\"case\":\\{[^}]*\\},\"count\":\\d+,\"group\":\"[a-z_]+\"");

    private static final long SEED = Long.getLong("koprik.seed", 20261122L);

    @RegisterExtension
    final Centres centres = new Centres();

    private long seed;
    private RandomRights rights;
    private RandomMatters matters;
    private List<String> accounts;
    private TwinCentre whole;
    private final List<String> answers = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private int asked;

    @Test
    void answersAreThoseOfACentreThatHoldsNothingElse() throws Exception {
        compare(SEED);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whateverTheRightsAndTheDataAre(int more) throws Exception {
        compare(SEED + more);
    }

    private void compare(long chosen) throws Exception {
        seed = chosen;
        Random random = new Random(seed);
        rights = new RandomRights(random);
        System.out.println("CaseRightsTest: seed " + seed + ": " + rights);
        RunningCentre first = centres.init("tashkent", "whole");
        accounts = rights.addAccounts(first);
        matters = new RandomMatters(random, rights.writers(), true);
        List<List<RandomRights.Asker>> groups = new ArrayList<>(rights.groups());
        // One group changes something in the end, which the others would see.
        Collections.swap(groups, random.nextInt(groups.size() - 1), groups.size() - 1);
        List<RunningCentre> twins = RandomRights.twins(centres, first, groups);
        whole = new TwinCentre(first, accounts);
        try (TwinCentre all = whole) {
            for (RandomMatters.Deed deed : matters.deeds) {
                answers.add(all.told(all.done(deed, "seed " + seed)));
            }
            for (int i = 0; i < groups.size(); i++) {
                try (TwinCentre part = new TwinCentre(twins.get(i), accounts)) {
                    compare(groups.get(i), part);
                    if (i == groups.size() - 1) {
                        write(groups.get(i).getFirst(), part);
                    }
                }
            }
        }
        assertEquals(
                "",
                String.join("\n", differences.subList(0, Math.min(8, differences.size()))),
                () -> "seed " + seed + ", " + rights + ": " + differences.size() + " answers differ");
        assertTrue(asked > 1000, () -> "seed " + seed + ": so much was asked: " + asked);
    }

    private void compare(List<RandomRights.Asker> askers, TwinCentre part) throws InterruptedException {
        Set<String> accounts = askers.stream().map(RandomRights.Asker::account).collect(Collectors.toSet());
        for (int i = 0; i < matters.deeds.size(); i++) {
            RandomMatters.Deed deed = matters.deeds.get(i);
            if (askers.getFirst().mayKnow(deed)) {
                String told = part.told(part.done(deed, "seed " + seed));
                if (accounts.contains(deed.account())) {
                    differ(told, answers.get(i), deed.toString());
                }
            }
        }
        whole.ids.forEach(part.ids::putIfAbsent); // what was never submitted there is asked for all the same
        for (RandomRights.Asker asker : askers) {
            read(asker, part);
        }
    }

    private void read(RandomRights.Asker asker, TwinCentre part) {
        JsonNode document = CentreAnswers.parse(
                whole.ask("admin", "get", "/api/openapi.json", JSON, "").body());
        // Of what is no case, nor about one, some will do.
        List<String> names = whole.ids.keySet().stream()
                .filter(name -> !name.matches("object\\d\\d"))
                .toList();
        Set<String> numbers = new TreeSet<>();
        matters.matters.forEach(matter -> numbers.add(matter.number()));
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            if (!path.getValue().has("get") || INCOMPARABLE.contains(path.getKey())) {
                continue;
            }
            if (path.getKey().contains("{id}")) {
                names.stream()
                        .filter(name -> asker.member() || name.startsWith("case"))
                        .forEach(name -> same(asker, part, "get", path.getKey().replace("{id}", '@' + name + '@'), ""));
            } else if (path.getKey().contains("{number}")) {
                numbers.forEach(number -> same(asker, part, "get", path.getKey().replace("{number}", number), ""));
                matters.matters.forEach(matter ->
                        same(asker, part, "get", path.getKey().replace("{number}", '@' + matter.name() + '@'), ""));
            } else if (!path.getKey().contains("{")) {
                same(asker, part, "get", path.getKey(), "");
            }
        }
        taxii(asker, part, names);
        if (!asker.member()) {
            return;
        }
        for (String word : matters.words.keySet()) {
            same(asker, part, "get", "/api/search?q=" + word, "");
        }
        for (String question : List.of(
                "",
                "type:incident",
                "Reported",
                "tlp:red",
                "kind:domain",
                "source:here",
                "Alpha",
                "-Reported",
                "zq*")) {
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
        for (String path :
                List.of("/api/search?q=", "/api/search?q=Reported", "/api/cases?q=", "/api/cases?type=other")) {
            pages(asker, part, "get", path + "&limit=" + PAGE, "&cursor=");
        }
        same(asker, part, "get", "/api/cases?cursor=17", "");
        same(asker, part, "get", "/api/search?q=&cursor=17", "");
        same(asker, part, "get", "/api/alerts?limit=1000", "");
        same(asker, part, "get", "/api/alerts?limit=1000&since=2026-01-01T00:00:00Z", "");
        for (String export : List.of(
                "state=all&format=csv&type=incident",
                "state=all&format=csv",
                "state=all&format=stix&type=incident,note,indicator,opinion,sighting",
                "format=blocklist",
                "state=all&format=stix&q=zq*&type=incident")) {
            same(asker, part, "get", "/api/export?" + export, "");
        }
    }

    private void taxii(RandomRights.Asker asker, TwinCentre part, List<String> names) {
        Reply collections = whole.ask(asker.account(), "get", Gateway.API_ROOT + "collections/", TAXII, "");
        assertTrue(collections.ok(), collections::text);
        for (JsonNode collection : CentreAnswers.parse(collections.body()).path("collections")) {
            String objects =
                    Gateway.API_ROOT + "collections/" + collection.path("id").asText();
            same(asker, part, "taxii", objects + "/objects/?limit=1000&match%5Bversion%5D=all", "");
            same(asker, part, "taxii", objects + "/manifest/?limit=1000", "");
            if (collection.path("can_read").asBoolean()) {
                pages(asker, part, "taxii", objects + "/objects/?match%5Bversion%5D=all&limit=" + PAGE, "&next=");
            }
            if (collection.path("can_read").asBoolean()) {
                names.stream()
                        .filter(name -> name.startsWith("case"))
                        .forEach(name -> same(asker, part, "taxii", objects + "/objects/@" + name + "@/", ""));
            }
        }
    }

    /** What changes something is answered as if nothing else were there, errors included. */
    private void write(RandomRights.Asker asker, TwinCentre part) {
        Set<String> numbers = new TreeSet<>();
        matters.matters.forEach(matter -> numbers.add(matter.number()));
        StringBuilder table = new StringBuilder("number;title;unit;values\n");
        for (String number : numbers) {
            same(
                    asker,
                    part,
                    "json",
                    "/api/cases/" + number + "/notes",
                    "{\"text\":\"Was it seen?\",\"expected_version\":\"2020-01-01T00:00:00Z\"}");
            same(
                    asker,
                    part,
                    "json",
                    "/api/cases/" + number + "/shares",
                    "{\"tlp\":\"green\",\"summary\":\"A\",\"preview\":true}");
            same(
                    asker,
                    part,
                    "json",
                    "/api/cases",
                    "{\"number\":\"" + number + "\",\"title\":\"Another\",\"unit\":\"Gamma\"}");
            table.append(number)
                    .append(";Brought;")
                    .append("Alpha;")
                    .append(matters.pool.get(table.length() % matters.pool.size()))
                    .append('\n');
        }
        for (RandomMatters.Matter matter : matters.matters) {
            same(
                    asker,
                    part,
                    "json",
                    "/api/objects",
                    "{\"type\":\"note\",\"spec_version\":\"2.1\",\"id\":\"note--00000000-0000-4000-8000-1"
                            + "%011d".formatted(asked)
                            + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\","
                            + "\"content\":\"c\",\"object_refs\":[\"@" + matter.name() + "@\"]}");
        }
        for (String value : matters.pool) {
            same(
                    asker,
                    part,
                    "json",
                    "/api/indicators",
                    RandomMatters.text(Map.of("value", value, "name", "Of " + asker.account(), "tlp", "red")));
        }
        same(asker, part, "table", "/api/cases/import?preview=50&file=a.csv", table.toString());
        same(asker, part, "table", "/api/cases/import?file=a.csv", table.toString());
        for (String number : numbers) {
            same(asker, part, "json", "/api/cases", "{\"number\":\"" + number + "\",\"title\":\"Another\"}");
            same(asker, part, "get", "/api/cases/" + number, "");
        }
    }

    /** Follows the cursors of both to the end: as many pages, and on each the same. */
    private void pages(RandomRights.Asker asker, TwinCentre part, String method, String path, String cursor) {
        String ofPart = "";
        String ofWhole = "";
        int before;
        do {
            before = differences.size();
            List<Reply> replies = same(asker, part, method, path + ofPart, path + ofWhole, "");
            ofPart = next(replies.getFirst(), cursor);
            ofWhole = next(replies.getLast(), cursor);
        } while (!ofPart.isEmpty() && !ofWhole.isEmpty() && differences.size() == before);
    }

    private static String next(Reply reply, String cursor) {
        JsonNode next = CentreAnswers.parse(reply.body()).path("next");
        return next.isMissingNode() ? "" : cursor + encoded(next.asText());
    }

    private void same(RandomRights.Asker asker, TwinCentre part, String method, String path, String body) {
        same(asker, part, method, path, path, body);
    }

    /** Asks both, the part first. */
    private List<Reply> same(
            RandomRights.Asker asker, TwinCentre part, String method, String pathOfPart, String path, String body) {
        asked++;
        String type =
                switch (method) {
                    case "get" -> "*/*";
                    case "taxii" -> TAXII;
                    case "json" -> JSON;
                    case "table" -> "text/csv";
                    default -> "text/plain";
                };
        String verb = method.equals("get") || method.equals("taxii") ? "get" : "post";
        Reply ofPart = part.ask(asker.account(), verb, pathOfPart, type, body);
        Reply ofWhole = whole.ask(asker.account(), verb, path, type, body);
        assertFalse(ofWhole.status() >= 500, () -> "seed " + seed + ": " + path + ": " + ofWhole.text());
        differ(
                comparable(path, part.told(ofPart)),
                comparable(path, whole.told(ofWhole)),
                asker.account() + " asks " + verb + ' ' + path + ' ' + body);
        return List.of(ofPart, ofWhole);
    }

    /**
     * Alerts are emitted after intake: how much is stored when an object is looked at decides on their order and on
     * which was news.
     */
    private static String comparable(String path, String told) {
        if (path.equals("/api/alerts/groups") || path.equals("/api/situation") || path.endsWith("/timeline")) {
            return withoutOrder(told);
        }
        if (!path.equals("/api/alerts") && !path.startsWith("/api/alerts?")) {
            return told;
        }
        return Arrays.stream(told.split("(?=\\{\"case\":)", -1))
                .map(alert -> alert.replaceAll("\"(news|certainty)\":(\"[a-z]+\"|\\{[^}]*\\})", "")
                        .replaceAll("[\\],} N]+$", ""))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** Events of one moment have no order; which alerts a summary lists follows from the order of alerts. */
    private static String withoutOrder(String told) {
        if (told.contains("\"groups\":[")) {
            return GROUP.matcher(told)
                    .results()
                    .map(MatchResult::group)
                    .sorted()
                    .collect(Collectors.joining("\n", told.substring(0, told.indexOf("\"groups\"")), ""));
        }
        return Arrays.stream(told.replaceAll("\"newest\":\\[[^\\]]*\\]", "").split("(?=\\{\"at\":)", -1))
                .map(event -> event.replaceAll(",$", ""))
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
