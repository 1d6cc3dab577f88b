package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;

class TombstoneTest {

    private static final String SECRET = "198.51.100.7";
    private static final String OTHER = "identity--1d3ba3f6-2f8e-4ef9-8b0f-0a1c0a6b7c01";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attack-pattern\",\"name\":\"secret 198.51.100.7",
                "campaign\",\"name\":\"secret 198.51.100.7",
                "course-of-action\",\"name\":\"secret 198.51.100.7",
                "grouping\",\"context\":\"unspecified\",\"name\":\"198.51.100.7\",\"object_refs\":[\"OTHER\"],\"description\":\"x",
                "identity\",\"name\":\"secret 198.51.100.7",
                "incident\",\"name\":\"secret 198.51.100.7",
                "indicator\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-01-01T00:00:00Z\",\"pattern\":\"[ipv4-addr:value = '198.51.100.7']",
                "indicator\",\"pattern_type\":\"snort\",\"valid_from\":\"2026-01-01T00:00:00Z\",\"pattern\":\"alert 198.51.100.7",
                "infrastructure\",\"name\":\"secret 198.51.100.7",
                "intrusion-set\",\"name\":\"secret 198.51.100.7",
                "location\",\"region\":\"secret 198.51.100.7",
                "malware\",\"is_family\":true,\"name\":\"secret 198.51.100.7",
                "malware-analysis\",\"product\":\"198.51.100.7\",\"result\":\"malicious",
                "note\",\"object_refs\":[\"OTHER\"],\"content\":\"secret 198.51.100.7",
                "observed-data\",\"first_observed\":\"2026-01-01T00:00:00Z\",\"last_observed\":\"2026-01-01T00:00:00Z\",\"number_observed\":7,\"object_refs\":[\"ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd\"],\"lang\":\"en",
                "opinion\",\"object_refs\":[\"OTHER\"],\"opinion\":\"agree\",\"explanation\":\"secret 198.51.100.7",
                "relationship\",\"source_ref\":\"OTHER\",\"target_ref\":\"OTHER\",\"relationship_type\":\"related-to\",\"description\":\"198.51.100.7",
                "report\",\"published\":\"2026-01-01T00:00:00Z\",\"object_refs\":[\"OTHER\"],\"name\":\"secret 198.51.100.7",
                "sighting\",\"sighting_of_ref\":\"OTHER\",\"description\":\"secret 198.51.100.7",
                "threat-actor\",\"name\":\"secret 198.51.100.7",
                "tool\",\"name\":\"secret 198.51.100.7",
                "vulnerability\",\"name\":\"secret 198.51.100.7",
                "x-new\",\"extensions\":{\"extension-definition--5b0d8a0e-9a2c-4b57-8f0b-6c1f7a3e2d94\":{\"extension_type\":\"new-sdo\"}},\"word\":\"198.51.100.7"
            })
    void isValidRevokedAndEmptyForEveryType(String members) throws Exception {
        String type = members.substring(0, members.indexOf('"'));
        String text = "{\"spec_version\":\"2.1\",\"id\":\"" + type
                + "--6f1c9a52-6d0e-4a55-8a5b-0f0c1d2e3f40\",\"created_by_ref\":\""
                + Samples.TASHKENT
                + "\",\"created\":\"2026-01-01T00:00:00.000Z\",\"modified\":\"2026-01-01T00:00:00.000Z\","
                + "\"object_marking_refs\":[\"" + Markings.id(Tlp.AMBER) + "\"],\"labels\":[\"secret\"],\"type\":\""
                + members.replace("OTHER", OTHER) + "\"}";
        StixObject latest = StixReader.read(text.getBytes(StandardCharsets.UTF_8));
        JsonObject tombstone = Tombstone.of(latest, Samples.NOW);
        StixObject signed = StixWriter.signed(tombstone, Samples.SIGNER, Samples.NOW);
        StixObject read = StixReader.read(signed.bytes());
        String written = new String(signed.bytes(), StandardCharsets.UTF_8);
        assertTrue(read.version() > latest.version());
        assertEquals(latest.created(), read.created());
        assertEquals(latest.markingRefs(), read.markingRefs());
        assertTrue(written.contains("\"revoked\":true"), written);
        for (String gone : List.of(SECRET, "secret", OTHER, "ff26c055")) {
            assertFalse(written.contains(gone), written);
        }
        assertEquals(0, ObservableExtraction.of(tombstone).found().size());
    }

    @Test
    void narrowsTheMarkingAndKeepsTheOthers() throws Exception {
        StixObject latest = StixReader.read(Samples.INDICATOR.getBytes(StandardCharsets.UTF_8));
        JsonObject narrowed = Tombstone.narrowed(latest, Tlp.RED, Samples.NOW);
        StixObject read = StixWriter.signed(narrowed, Samples.SIGNER, Samples.NOW);
        assertEquals(Markings.id(Tlp.RED), read.markingRefs().getFirst());
        assertEquals(
                1,
                read.markingRefs().stream()
                        .filter(ref -> Markings.tlp(ref).isPresent())
                        .count());
        assertTrue(read.version() > latest.version());
        assertEquals(latest.json().get("pattern"), read.json().get("pattern"));
    }
}
