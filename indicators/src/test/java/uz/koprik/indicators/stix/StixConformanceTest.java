package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArrayStream;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.Oracles;

/** Verdicts of others on real and made-up objects. */
class StixConformanceTest {

    /** Where we differ from the OASIS validator on purpose: test, and why. */
    private static final Map<String, String> DIFFERENCES = Map.of(
            "network_traffic", "its samples have a src_ref of 35 characters, which is no identifier (section 2.9)",
            "test_wellformed_network_traffic", "the same",
            "test_custom_property_name_invalid_character", "it takes an exclamation mark in a name (section 3.1)",
            "test_bundle_object_categories", "a bundle is no object of a bundle (section 8)",
            "SpecVersionTestCases", "it takes objects of STIX 2.0, which are to be converted first");

    @Test
    void derivesTheIdsThatPythonStix2Derives() throws Exception {
        int checked = 0;
        for (String line : Oracles.lines("conformance/sco_ids_v21.jsonl")) {
            JsonObject vector = StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8));
            Optional<String> expected = vector.string("python_stix2_id");
            assertEquals(expected, ObservableIds.of(vector.object("object").orElseThrow()), line);
            checked++;
        }
        assertEquals(69, checked);
    }

    @Test
    void agreesWithTheValidatorOfOasis() throws Exception {
        List<String> differing = new ArrayList<>();
        int total = 0;
        int agreed = 0;
        for (String line : Oracles.lines("conformance/stix_validator_v21.jsonl")) {
            JsonObject vector = StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8));
            boolean expected = ((JsonBoolean) vector.get("valid_must_only")).value();
            String test = vector.string("test").orElseThrow();
            JsonObject instance = vector.object("instance").orElseThrow();
            List<Json> objects = instance.has("objects") && instance.string("type").orElse("").equals("bundle")
                    ? instance.items("objects") : List.of(instance);
            List<String> refusals = objects.stream().map(o -> refusal(CanonicalJson.bytes(o))).filter(r -> !r.isEmpty()).toList();
            total++;
            agreed += refusals.isEmpty() == expected ? 1 : 0;
            if (refusals.isEmpty() != expected && DIFFERENCES.keySet().stream().noneMatch(test::contains)) {
                differing.add(test + (expected ? " should pass: " + refusals : " should be refused: " + vector.items("errors")));
            }
        }
        assertEquals(184, total);
        assertEquals(List.of(), differing);
        assertEquals(170, agreed, "verdicts that agree; the other 14 differ on purpose");
    }

    @ParameterizedTest
    @CsvSource({"real/ics-attack.json.gz, 1826, 0", "real/mobile-attack.json.gz, 2187, 1"})
    void readsAttackButForWhatContradictsItself(String file, int objects, int refused) throws Exception {
        Set<String> digests = new HashSet<>();
        List<InvalidObject> refusals = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Oracles.path(file)))) {
            JsonArrayStream stream = new JsonArrayStream(in, "objects", StixReader.MAX_BYTES);
            for (byte[] bytes = stream.next(); bytes != null; bytes = stream.next()) {
                try {
                    StixObject object = StixReader.read(bytes);
                    assertEquals(Optional.empty(), object.refs().stream().filter(ref -> !StixId.isId(ref)).findFirst());
                    digests.add(object.digest());
                } catch (InvalidObject e) {
                    refusals.add(e);
                }
            }
        }
        assertEquals(refused, refusals.size());
        assertTrue(refusals.stream().allMatch(e -> e.faults().getFirst().rule().equals("must be later than or equal to created")));
        assertEquals(objects - refused, digests.size());
    }

    private static String refusal(byte[] object) {
        try {
            StixReader.read(object);
            return "";
        } catch (InvalidObject e) {
            return e.getMessage();
        }
    }
}
