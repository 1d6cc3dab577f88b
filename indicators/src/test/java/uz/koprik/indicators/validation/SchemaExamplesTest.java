package uz.koprik.indicators.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.Oracles;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.stix.rules.Severity;

/** The schemas of OASIS and the examples that come with them. */
class SchemaExamplesTest {

    private static final String ARCHIVE = "conformance/stix2-json-schemas.tar.gz";

    @Test
    void everyExampleIsValid() throws Exception {
        List<Fault> faults = new ArrayList<>();
        int objects = 0;
        int files = 0;
        for (Map.Entry<String, byte[]> file :
                Oracles.untar(Oracles.path(ARCHIVE)).entrySet()) {
            if (!file.getKey().startsWith("examples/") || !file.getKey().endsWith(".json")) {
                continue;
            }
            files++;
            try (StixFile stix = StixFile.open(new ByteArrayInputStream(file.getValue()))) {
                for (StixFile.Item item = stix.next(); item != null; item = stix.next()) {
                    faults.addAll(item.verdict().findings().stream()
                            .filter(f -> f.severity() != Severity.SHOULD)
                            .filter(f -> !isTheOneInCapitals(file.getKey(), f))
                            .toList());
                    objects++;
                }
            }
        }
        assertEquals(List.of(), faults);
        assertEquals(8, files);
        assertEquals(267, objects);
    }

    /** Its one identifier in capital letters (docs/conformance.md): here one object has one identifier. */
    private static boolean isTheOneInCapitals(String file, Fault fault) {
        return file.equals("examples/infrastructure.json")
                && fault.pointer().equals("/id")
                && fault.rule().startsWith("an identifier is written in lower case");
    }

    /** Each property that a schema requires of a type is demanded of it here too. */
    @Test
    void demandsWhatTheSchemasRequire() throws Exception {
        List<String> missing = new ArrayList<>();
        Set<String> types = new TreeSet<>();
        for (Map.Entry<String, byte[]> file :
                Oracles.untar(Oracles.path(ARCHIVE)).entrySet()) {
            String[] path = file.getKey().split("/", -1);
            if (path.length != 3
                    || !path[0].equals("schemas")
                    || path[1].equals("common")
                    || !path[2].endsWith(".json")) {
                continue;
            }
            String type = path[2].substring(0, path[2].length() - 5);
            types.add(type);
            Set<String> demanded = new TreeSet<>();
            ObjectVerdict empty = Validation.judge(
                    ("{\"type\":\"" + type + "\",\"created\":1}").getBytes(StandardCharsets.UTF_8), 1, false);
            empty.findings().forEach(f -> demanded.add(f.pointer()));
            for (String required : required(StrictJson.parseObject(file.getValue()))) {
                if (!demanded.contains("/" + required)) {
                    missing.add(type + " " + required);
                }
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(types.size() >= 39, types::toString);
    }

    private static Set<String> required(JsonObject schema) {
        Set<String> names = new TreeSet<>();
        schema.items("required").forEach(name -> names.add(((JsonString) name).value()));
        if (schema.get("allOf") instanceof JsonArray parts) {
            for (Json part : parts.items()) {
                names.addAll(required((JsonObject) part));
            }
        }
        return names;
    }
}
