package uz.koprik.indicators.stix.rules.types;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.stix.rules.PropertyNames;
import uz.koprik.indicators.stix.rules.TypeRules;

/**
 * An object of each type of STIX with a given text in every property that can hold it, found by walking the tables of
 * the types and asking the rules what they take.
 */
public final class TextEverywhere {

    private static final String TIME = "2026-01-01T00:00:00.000Z";
    private static final String ID = "identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f";

    private final List<JsonObject> objects = new ArrayList<>();
    private int places;

    /** @param text what to put in a property, by type and property, such as {@code report.name} */
    public TextEverywhere(Function<String, String> text) throws MalformedJson {
        List<TypeRules> all = Stream.of(DomainObjects.ALL, Relationships.ALL, MetaObjects.ALL, Observables.ALL)
                .flatMap(List::stream)
                .toList();
        int number = 0;
        for (TypeRules rules : all) {
            objects.add(object(rules, number++, text));
        }
    }

    /** One of each type. */
    public List<JsonObject> objects() {
        return List.copyOf(objects);
    }

    /** How many properties hold the text. */
    public int places() {
        return places;
    }

    private JsonObject object(TypeRules rules, int number, Function<String, String> text) throws MalformedJson {
        String type = rules.type();
        Set<String> names = PropertyNames.of(rules);
        boolean versioned = names.contains("modified");
        JsonObject made = parse("{\"type\":\"" + type + "\",\"spec_version\":\"2.1\",\"id\":\"" + type
                + "--" + String.format("%08x", number) + "-17d4-" + (names.contains("created") ? "4" : "5")
                + "cbf-938f-98ee46b3cd3f\""
                + (names.contains("created") ? ",\"created\":\"" + TIME + "\"" : "")
                + (versioned ? ",\"modified\":\"" + TIME + "\"" : "") + "}");
        for (String name : names) {
            if (!made.has(name) && !name.equals("revoked") && !name.equals("defanged")) {
                made = with(made, name, text.apply(type + "." + name));
            }
        }
        String id = made.string("id").orElseThrow();
        // Observables without properties to derive an identifier from have a random one.
        return repaired(fits(made, "id") ? made : made.with("id", new JsonString(id.replace("-5cbf-", "-4cbf-"))));
    }

    /** Without properties that exclude one another: the fewest that must go. */
    private static JsonObject repaired(JsonObject object) {
        JsonObject best = object;
        int faults = Rulebook.check(best).faults().size();
        for (int round = 0; faults > 0 && round < object.size(); round++) {
            for (String name : best.names()) {
                JsonObject tried = best.without(name);
                if (Rulebook.check(tried).faults().size() < faults) {
                    best = tried;
                    faults = Rulebook.check(best).faults().size();
                    break;
                }
            }
        }
        return best;
    }

    /** The property with the first value that the rules take there; without it when they take none of them. */
    private JsonObject with(JsonObject object, String name, String text) throws MalformedJson {
        String quoted = CanonicalJson.text(new JsonString(text));
        String url = "\"https://example.com/?" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "\"";
        List<String> holding = List.of(
                quoted,
                "[" + quoted + "]",
                "{\"source_name\":" + quoted + ",\"description\":" + quoted + ",\"external_id\":" + quoted + "}",
                "[{\"source_name\":" + quoted + ",\"description\":" + quoted + ",\"external_id\":" + quoted + "}]",
                "[{\"kill_chain_name\":" + quoted + ",\"phase_name\":" + quoted + "}]",
                "[{\"name\":" + quoted + ",\"data\":" + quoted + ",\"data_type\":\"REG_SZ\"}]",
                "{\"x_example\":" + quoted + "}",
                "{\"en\":{\"name\":" + quoted + "}}",
                url,
                "[" + url + "]");
        for (String value : holding) {
            JsonObject tried = object.with(name, parse("{\"x\":" + value + "}").get("x"));
            if (fits(tried, name)) {
                places++;
                return tried;
            }
        }
        for (String value : List.of(
                "\"" + TIME + "\"",
                "\"" + ID + "\"",
                "[\"" + ID + "\"]",
                "\"domain-name--8e2e2d2b-17d4-5cbf-938f-98ee46b3cd3f\"",
                "[\"domain-name--8e2e2d2b-17d4-5cbf-938f-98ee46b3cd3f\"]",
                "\"file--8e2e2d2b-17d4-5cbf-938f-98ee46b3cd3f\"",
                "\"ipv4-addr--8e2e2d2b-17d4-5cbf-938f-98ee46b3cd3f\"",
                "\"directory--8e2e2d2b-17d4-5cbf-938f-98ee46b3cd3f\"",
                "\"malware--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f\"",
                "\"indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f\"",
                "{\"SHA-256\":\"" + "0".repeat(64) + "\"}",
                "{\"tlp\":\"green\"}",
                "1",
                "true",
                "false",
                "\"stix\"",
                "\"agree\"",
                "\"tlp\"",
                "\"malicious\"",
                "\"REG_SZ\"",
                "\"example.com\"",
                "\"one@example.com\"",
                "\"198.51.100.1\"",
                "\"2001:db8::1\"",
                "\"00:00:5e:00:53:01\"",
                "[\"tcp\"]",
                "\"en\"",
                "[\"property-extension\"]")) {
            JsonObject tried = object.with(name, parse("{\"x\":" + value + "}").get("x"));
            if (fits(tried, name)) {
                return tried;
            }
        }
        return object;
    }

    private static boolean fits(JsonObject object, String name) {
        return Rulebook.check(object).faults().stream()
                .map(Fault::pointer)
                .noneMatch(pointer -> pointer.equals("/" + name) || pointer.startsWith("/" + name + "/"));
    }

    private static JsonObject parse(String json) throws MalformedJson {
        return StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8));
    }
}
