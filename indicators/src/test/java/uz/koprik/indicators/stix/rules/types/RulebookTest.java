package uz.koprik.indicators.stix.rules.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.stix.rules.ObjectCheck;
import uz.koprik.indicators.stix.rules.Severity;

class RulebookTest {

    private static final String VERSION =
            "'spec_version':'2.1','created':'2020-01-01T00:00:00.000Z','modified':'2020-01-01T00:00:00.000Z'";

    /**
     * An object of a type with these members, quotes being apostrophes. A verdict is the severity and the pointer of a
     * finding, or {@code valid}, when nothing is found but what is advised against for every object that small.
     */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvFileSource(resources = "rules.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 1)
    void judges(String type, String members, String verdict) throws MalformedJson {
        ObjectCheck check = Rulebook.examine(object(type, members));
        if (verdict.equals("valid")) {
            assertEquals(List.of(), check.faults());
            assertEquals(
                    List.of(),
                    check.advice().stream()
                            .filter(f -> f.severity() == Severity.TOLERATED)
                            .toList());
        } else {
            List<String> found = Stream.concat(check.faults().stream(), check.advice().stream())
                    .map(f -> (f.severity().word() + " " + f.pointer()).strip())
                    .toList();
            assertTrue(found.contains(verdict), () -> "found " + check.faults() + check.advice());
        }
    }

    private static JsonObject object(String type, String members) throws MalformedJson {
        JsonObject given = json("{" + members + "}");
        boolean observable =
                !given.has("created") && Rulebook.isObservable(type + "--8e2e2d2b-17d4-5cbf-938f-98ee46b3cd3f");
        String version = observable || given.has("spec_version") ? "" : VERSION + ",";
        String id = given.has("id")
                ? ""
                : "'id':'" + type + "--8e2e2d2b-17d4-" + (observable ? "5" : "4") + "cbf-938f-98ee46b3cd3f',";
        return json("{'type':'" + type + "'," + id + version + members + "}");
    }

    private static JsonObject json(String text) throws MalformedJson {
        return StrictJson.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** Any value at any place leads to a verdict: nothing throws. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = "rules.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 1)
    void judgesWhateverStandsWhere(String type, String members) throws MalformedJson {
        JsonObject whole = object(type, members);
        for (String value : List.of(
                "null", "1", "-1.5", "true", "''", "'x'", "[]", "[[]]", "[{}]", "{}", "{'a':{}}", "{'0':[null]}")) {
            Json odd = json("{'x':" + value + "}").get("x");
            for (JsonObject changed : replaced(whole, odd)) {
                assertTrue(
                        Rulebook.examine(changed).faults().stream()
                                .noneMatch(f -> f.rule().isEmpty()),
                        changed::toString);
            }
        }
    }

    /** {@code object} in all the ways in which one member, at any depth, is {@code odd} or gone. */
    private static List<JsonObject> replaced(JsonObject object, Json odd) {
        List<JsonObject> all = new ArrayList<>();
        for (String name : object.names()) {
            all.add(object.with(name, odd));
            all.add(object.without(name));
            Json value = object.get(name);
            if (value instanceof JsonObject inner) {
                replaced(inner, odd).forEach(i -> all.add(object.with(name, i)));
            } else if (value instanceof JsonArray items && items.items().getFirst() instanceof JsonObject inner) {
                replaced(inner, odd).forEach(i -> all.add(object.with(name, new JsonArray(List.of(i)))));
            }
        }
        return all;
    }

    @Test
    void looksForAdviceOnlyWhenAsked() throws MalformedJson {
        JsonObject custom = object("tool", "'name':'x','x_example':1,'tool_types':['Other']");
        assertEquals(List.of(), Rulebook.check(custom).advice());
        assertEquals(
                List.of("/x_example", "/tool_types/0"),
                Rulebook.examine(custom).advice().stream().map(Fault::pointer).toList());
    }

    @Test
    void namesSectionAndRuleOfEveryFinding() throws MalformedJson {
        ObjectCheck check = Rulebook.examine(object("file", "'size':-1,'hashes':{'MD5':'x','what':'y'},'foo-bar':1"));
        assertTrue(
                check.faults().stream()
                        .allMatch(f -> f.section().startsWith("STIX 2.1, ")
                                && !f.rule().isEmpty()),
                check.faults()::toString);
        assertEquals(
                List.of("/size", "/hashes/MD5"),
                check.faults().stream().map(Fault::pointer).toList());
        assertEquals(
                List.of(Severity.SHOULD, Severity.TOLERATED),
                check.advice().stream().map(Fault::severity).distinct().limit(2).toList());
    }

    @Test
    void resolvesReferencesInsideTheDictionaryOfObservedData() throws MalformedJson {
        String frame =
                "'first_observed':'2020-01-01T00:00:00Z','last_observed':'2020-01-01T00:00:00Z','number_observed':1,'objects':";
        String directory = "'1':{'type':'directory','id':'directory--8e2e2d2b-17d4-5cbf-938f-98ee46b3cd3f','path':'/'}";
        String file =
                "'0':{'type':'file','id':'file--8e2e2d2b-17d4-5cbf-938f-98ee46b3cd3f','name':'x','parent_directory_ref':'%s'}";
        assertEquals(
                List.of(),
                Rulebook.check(object("observed-data", frame + "{" + file.formatted("1") + "," + directory + "}"))
                        .faults());
        assertEquals(
                List.of("/objects/0/parent_directory_ref"),
                Rulebook.check(object("observed-data", frame + "{" + file.formatted("2") + "," + directory + "}"))
                        .faults()
                        .stream()
                        .map(Fault::pointer)
                        .toList());
        assertEquals(
                List.of("/objects/0/parent_directory_ref"),
                Rulebook.check(object("observed-data", frame + "{" + file.formatted("0") + "," + directory + "}"))
                        .faults()
                        .stream()
                        .map(Fault::pointer)
                        .toList());
    }

    @Test
    void judgesABundleButForItsObjects() throws MalformedJson {
        JsonObject good =
                StrictJson.parseObject("{\"type\":\"bundle\",\"id\":\"bundle--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f\"}"
                        .getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(), Rulebook.examineBundle(good).faults());
        JsonObject bad = StrictJson.parseObject("{\"type\":\"bundle\",\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                List.of("/id"),
                Rulebook.examineBundle(bad).faults().stream()
                        .map(Fault::pointer)
                        .toList());
    }
}
