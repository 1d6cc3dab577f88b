package uz.koprik.indicators.translate.misp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.translate.Translation;
import uz.koprik.indicators.translate.Untranslatable;

/** A whole event with everything: objects, references, galaxies, sightings, tags, and what has no place in STIX. */
final class EventTest {

    private static JsonObject event;
    private static Translation stix;
    private static Map<String, StixObject> byId;

    @BeforeAll
    static void translate() throws Exception {
        event = RoundTripTest.json(
                """
                {"uuid":"3c7b9f6e-6f4f-4a3c-9c0e-2f1d5e6a7b8c","info":"Mule accounts","date":"2026-11-20","threat_level_id":"2",
                "analysis":"1","distribution":"1","published":true,"timestamp":"1795305600","publish_timestamp":"1795305700",
                "Orgc":{"uuid":"55f6ea5e-2c60-40e5-964f-47a8950d210f","name":"Example CERT"},
                "Tag":[{"name":"tlp:amber"},{"name":"tlp:green"},{"name":"fraud:mule"},{"name":"misp-galaxy:threat-actor=\\"Example Spider\\""},
                  {"name":"misp:type=\\"x\\""},{"name":"mine","local":1}],
                "Galaxy":[{"type":"threat-actor","GalaxyCluster":[{"uuid":"7cdff317-a673-4474-84ec-4f1754947823","value":"Example Spider",
                  "tag_name":"misp-galaxy:threat-actor=\\"Example Spider\\"","version":"7","description":"A group",
                  "meta":{"synonyms":["Spider 1"]}}]},{"type":"country","GalaxyCluster":[]}],
                "Attribute":[
                 {"uuid":"00000000-0000-4000-8000-000000000001","type":"domain","category":"Network activity","value":"c2.example.com",
                  "to_ids":true,"timestamp":"1795305601","comment":"","first_seen":"2026-11-20T10:00:00+02:00","Tag":[{"name":"tlp:red"}],
                  "Sighting":[{"uuid":"00000000-0000-4000-8000-0000000000aa","type":"0","date_sighting":"1795305650","source":"proxy",
                   "Organisation":{"uuid":"66f6ea5e-2c60-40e5-964f-47a8950d210f","name":"Example Bank"}},
                   {"uuid":"00000000-0000-4000-8000-0000000000ab","type":"1","date_sighting":"1795305651","source":""},
                   {"uuid":"00000000-0000-4000-8000-0000000000ac","type":"2","date_sighting":"1795305652"}],
                  "Galaxy":[{"type":"mitre-attack-pattern","GalaxyCluster":[{"uuid":"a62a8db3-f23a-4d8f-afd6-9dbc77e7813b",
                   "value":"Phishing - T1566","tag_name":"t","version":"1"}]}]},
                 {"uuid":"00000000-0000-4000-8000-000000000002","type":"community-id","category":"Network activity",
                  "value":"d41d8cd98f00b204e9800998ecf8427e","to_ids":true,"timestamp":"1795305601"},
                 {"uuid":"00000000-0000-4000-8000-000000000003","type":"md5","category":"Payload delivery","value":"not a hash",
                  "to_ids":true,"timestamp":"1795305601"},
                 {"uuid":"00000000-0000-4000-8000-000000000004","type":"url","category":"Network activity","value":"http://example.com/a",
                  "to_ids":true,"timestamp":"1795305601","deleted":true,"data":"AAAA","last_seen":"1795305600"}],
                "Object":[
                 {"uuid":"00000000-0000-4000-8000-000000000010","name":"bank-account","meta-category":"financial","timestamp":"1795305602",
                  "template_uuid":"b4712203-95a8-4883-80e9-b566f5df11c9","template_version":"3","comment":"first mule",
                  "Attribute":[
                   {"uuid":"00000000-0000-4000-8000-000000000011","object_relation":"iban","type":"iban","category":"Financial fraud",
                    "value":"HU94999000096610656129846770","to_ids":true,"timestamp":"1795305602","comment":"receiver"},
                   {"uuid":"00000000-0000-4000-8000-000000000012","object_relation":"account-name","type":"text","category":"Other",
                    "value":"Example","to_ids":false,"timestamp":"1795305602","comment":""}],
                  "ObjectReference":[{"uuid":"00000000-0000-4000-8000-0000000000b1","referenced_uuid":"00000000-0000-4000-8000-000000000020",
                    "relationship_type":"related-to","comment":"paid for","timestamp":"1795305603"},
                    {"uuid":"00000000-0000-4000-8000-0000000000b2","referenced_uuid":"99999999-0000-4000-8000-000000000020",
                    "relationship_type":"related-to","timestamp":"1795305603"}]},
                 {"uuid":"00000000-0000-4000-8000-000000000020","name":"file","meta-category":"file","timestamp":"1795305602",
                  "Attribute":[
                   {"uuid":"00000000-0000-4000-8000-000000000021","object_relation":"filename","type":"filename","category":"Payload delivery",
                    "value":"invoice.exe","to_ids":false,"timestamp":"1795305602","comment":""},
                   {"uuid":"00000000-0000-4000-8000-000000000022","object_relation":"md5","type":"md5","category":"Payload delivery",
                    "value":"d41d8cd98f00b204e9800998ecf8427e","to_ids":false,"timestamp":"1795305602","comment":""}]},
                 {"uuid":"00000000-0000-4000-8000-000000000030","name":"credit-card","meta-category":"financial","timestamp":"1795305602",
                  "Attribute":[
                   {"uuid":"00000000-0000-4000-8000-000000000031","object_relation":"cc-number","type":"cc-number",
                    "category":"Financial fraud","value":"4000000000000002","to_ids":true,"timestamp":"1795305602"},
                   {"uuid":"00000000-0000-4000-8000-000000000032","object_relation":"card-security-code","type":"text",
                    "category":"Financial fraud","value":"739","to_ids":false,"timestamp":"1795305602"}]},
                 {"uuid":"00000000-0000-4000-8000-000000000040","name":"example-unknown","timestamp":"1795305602","Attribute":[
                   {"uuid":"00000000-0000-4000-8000-000000000041","object_relation":"ip","type":"ip-dst","category":"Network activity",
                    "value":"192.0.2.44","to_ids":true,"timestamp":"1795305602","comment":""}]}],
                "EventReport":[{"uuid":"00000000-0000-4000-8000-0000000000c1","name":"What happened","content":"# Mules",
                  "timestamp":"1795305604","deleted":false}]}
                """);
        stix = new MispToStix(Samples.CENTRE, Optional.empty()).translate(event, "/Event");
        byId = stix.objects().stream().collect(Collectors.toMap(StixObject::id, o -> o));
    }

    @Test
    void keepsTheUuidsOfMisp() {
        assertTrue(
                byId.keySet()
                        .containsAll(List.of(
                                "report--3c7b9f6e-6f4f-4a3c-9c0e-2f1d5e6a7b8c",
                                "identity--55f6ea5e-2c60-40e5-964f-47a8950d210f",
                                "indicator--00000000-0000-4000-8000-000000000001",
                                "indicator--00000000-0000-4000-8000-000000000010",
                                "observed-data--00000000-0000-4000-8000-000000000020",
                                "sighting--00000000-0000-4000-8000-0000000000aa",
                                "opinion--00000000-0000-4000-8000-0000000000ab",
                                "relationship--00000000-0000-4000-8000-0000000000b1",
                                "note--00000000-0000-4000-8000-0000000000c1",
                                "indicator--00000000-0000-4000-8000-000000000041")),
                () -> byId.keySet().toString());
        assertFalse(
                byId.keySet().stream().anyMatch(id -> id.endsWith("a62a8db3-f23a-4d8f-afd6-9dbc77e7813b")),
                "a cluster of ATT&CK must not pass for a version of MITRE's own object");
    }

    @Test
    void tagsBecomeMarkingsAndLabels() {
        assertEquals(
                Optional.of(Tlp.AMBER), EffectiveMarking.own(byId.get("report--3c7b9f6e-6f4f-4a3c-9c0e-2f1d5e6a7b8c")));
        assertEquals(
                Optional.of(Tlp.RED),
                EffectiveMarking.own(byId.get("indicator--00000000-0000-4000-8000-000000000001")));
        assertEquals(
                Optional.of(Tlp.AMBER),
                EffectiveMarking.own(byId.get("indicator--00000000-0000-4000-8000-000000000010")));
        String report =
                byId.get("report--3c7b9f6e-6f4f-4a3c-9c0e-2f1d5e6a7b8c").json().toString();
        assertTrue(report.contains("fraud:mule"));
        assertFalse(report.contains("mine") || report.contains("Example Spider\\\"\""), report);
    }

    @Test
    void listsWhatItCannotSay() {
        Map<String, Untranslatable> listed =
                stix.unexpressed().stream().collect(Collectors.toMap(Untranslatable::where, u -> u, (a, b) -> a));
        for (String where : List.of(
                "/Event/Tag/4",
                "/Event/Tag/5",
                "/Event/Galaxy/1",
                "/Event/Attribute/0/Sighting/2",
                "/Event/Attribute/1",
                "/Event/Attribute/2",
                "/Event/Attribute/3/data",
                "/Event/Attribute/3/last_seen",
                "/Event/Object/0/ObjectReference/1",
                "/Event/Object/2/Attribute/1",
                "/Event/Object/3")) {
            assertTrue(listed.containsKey(where), () -> where + " is not among " + listed.keySet());
        }
        assertEquals(11, listed.size(), listed::toString);
        String all = RoundTripTest.text(stix);
        assertFalse(all.contains("739"), "the security code was kept");
        assertFalse(all.contains("4000000000000002"));
        assertFalse(stix.unexpressed().toString().contains("not a hash"), "a reason repeats a value");
        assertTrue(all.contains("not a hash"), "a value that is none of its type is kept as a text");
    }

    @Test
    void distributionToOneOrganisationIsAMarking() {
        JsonObject mine =
                RoundTripTest.event(List.of()).with("distribution", new uz.koprik.crypto.json.JsonString("0"));
        assertEquals(
                Optional.of(Tlp.AMBER_STRICT),
                EffectiveMarking.own(new MispToStix(Samples.CENTRE, Optional.of(Tlp.CLEAR))
                        .translate(mine, "")
                        .objects()
                        .getLast()));
    }

    @Test
    void comesBackWhole() {
        StixToMisp.Result back = StixToMisp.translate(stix.objects(), Samples.CENTRE);
        assertEquals(1, back.events().size());
        JsonObject found = back.events().getFirst();
        for (String field : List.of(
                "uuid", "info", "date", "threat_level_id", "analysis", "distribution", "published", "timestamp")) {
            assertEquals(Misp.text(event, field), Misp.text(found, field), field);
        }
        assertEquals("Example CERT", Misp.text(found.object("Orgc").orElseThrow(), "name"));
        JsonObject account = Misp.objects(found, "Object").stream()
                .filter(o -> Misp.text(o, "name").equals("bank-account"))
                .findFirst()
                .orElseThrow();
        List<JsonObject> before = Misp.objects(Misp.objects(event, "Object").getFirst(), "Attribute");
        List<JsonObject> after = Misp.objects(account, "Attribute");
        for (int i = 0; i < before.size(); i++) {
            for (String field : List.of("uuid", "object_relation", "type", "value", "to_ids", "comment", "timestamp")) {
                assertEquals(Misp.text(before.get(i), field), Misp.text(after.get(i), field), field);
            }
        }
        assertEquals("first mule", Misp.text(account, "comment"));
        assertEquals(
                "related-to", Misp.text(Misp.objects(account, "ObjectReference").getFirst(), "relationship_type"));
        JsonObject domain = Misp.objects(found, "Attribute").stream()
                .filter(a -> Misp.text(a, "type").equals("domain"))
                .findFirst()
                .orElseThrow();
        assertEquals("2026-11-20T08:00:00Z", Misp.text(domain, "first_seen"));
        assertTrue(domain.toString().contains("tlp:red"));
        assertEquals(2, Misp.objects(domain, "Sighting").size());
        assertEquals(
                "Phishing - T1566",
                Misp.text(
                        Misp.objects(Misp.objects(domain, "Galaxy").getFirst(), "GalaxyCluster")
                                .getFirst(),
                        "value"));
        assertEquals(
                "7cdff317-a673-4474-84ec-4f1754947823",
                Misp.text(
                        Misp.objects(Misp.objects(found, "Galaxy").getFirst(), "GalaxyCluster")
                                .getFirst(),
                        "uuid"));
        assertEquals("# Mules", Misp.text(Misp.objects(found, "EventReport").getFirst(), "content"));
        JsonObject url = Misp.objects(found, "Attribute").stream()
                .filter(a -> Misp.text(a, "type").equals("url"))
                .findFirst()
                .orElseThrow();
        assertEquals("1", Misp.text(url, "deleted"));
        assertFalse(found.toString().contains("400000-0002"), "a token is not a card number");
    }
}
