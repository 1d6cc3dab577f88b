package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.crypto.Oracles;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonArrayStream;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.values.ObservableIds;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.validation.ObjectVerdict;
import uz.koprik.indicators.validation.StixFile;

/** Verdicts of others on real and made-up objects. */
class StixConformanceTest {

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
        for (String line : Oracles.lines("conformance/stix_validator_v21.jsonl")) {
            JsonObject vector = StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8));
            boolean expected = ((JsonBoolean) vector.get("valid_must_only")).value();
            List<ObjectVerdict> verdicts = verdicts(CanonicalJson.bytes(vector.get("instance")));
            if (verdicts.stream().allMatch(ObjectVerdict::valid) != expected) {
                differing.add(vector.string("test").orElseThrow()
                        + (expected ? " should pass: " : " should be refused: ")
                        + verdicts
                        + vector.items("errors"));
            }
            total++;
        }
        assertEquals(List.of(), differing);
        assertEquals(184, total);
    }

    private static List<ObjectVerdict> verdicts(byte[] file) throws Exception {
        List<ObjectVerdict> verdicts = new ArrayList<>();
        try (StixFile stix = StixFile.open(new ByteArrayInputStream(file))) {
            for (StixFile.Item item = stix.next(); item != null; item = stix.next()) {
                verdicts.add(item.verdict());
            }
        }
        return verdicts;
    }

    /** The objects that are not valid, each by its id, with what is wrong; docs/conformance.md says the same. */
    @ParameterizedTest
    @CsvSource({
        "real/ics-attack.json.gz, 1826, ''",
        "real/mobile-attack.json.gz, 2187,"
                + " relationship--f825f5ea-3815-431f-b005-4c01b8b2fed9 at /modified: must be later than or equal to created"
    })
    void takesAttackButForWhatContradictsItself(String file, int objects, String fault) throws Exception {
        Set<String> digests = new HashSet<>();
        List<String> faults = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Oracles.path(file)))) {
            JsonArrayStream stream = new JsonArrayStream(in, "objects", StixReader.MAX_BYTES);
            for (byte[] bytes = stream.next(); bytes != null; bytes = stream.next()) {
                try {
                    StixObject object = StixReader.read(bytes);
                    assertEquals(
                            Optional.empty(),
                            object.refs().stream()
                                    .filter(ref -> !StixId.isId(ref))
                                    .findFirst());
                    digests.add(object.digest());
                } catch (InvalidObject e) {
                    e.faults().forEach(f -> faults.add(f.objectId() + " at " + f.pointer() + ": " + f.rule()));
                }
            }
        }
        assertEquals(fault.isEmpty() ? List.of() : List.of(fault), faults);
        assertEquals(objects - faults.size(), digests.size());
    }
}
