package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonArrayStream;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.Oracles;
import uz.koprik.indicators.validation.StixFile;
import uz.koprik.indicators.validation.Verdict;

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
            List<Verdict> verdicts = verdicts(CanonicalJson.bytes(vector.get("instance")));
            if (verdicts.stream().allMatch(Verdict::valid) != expected) {
                differing.add(vector.string("test").orElseThrow() + (expected ? " should pass: " : " should be refused: ")
                        + verdicts + vector.items("errors"));
            }
            total++;
        }
        assertEquals(List.of(), differing);
        assertEquals(184, total);
    }

    private static List<Verdict> verdicts(byte[] file) throws Exception {
        List<Verdict> verdicts = new ArrayList<>();
        try (StixFile stix = StixFile.open(new ByteArrayInputStream(file))) {
            for (StixFile.Item item = stix.next(); item != null; item = stix.next()) {
                verdicts.add(item.verdict());
            }
        }
        return verdicts;
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
}
