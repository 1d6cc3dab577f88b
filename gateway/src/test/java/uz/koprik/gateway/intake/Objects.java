package uz.koprik.gateway.intake;

import java.util.UUID;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;

/** STIX objects for tests, as text. */
public final class Objects {

    private Objects() {}

    public static String id(String type) {
        return type + "--" + UUID.randomUUID();
    }

    /** An indicator for a domain. */
    public static String indicator(String id, String producer, String domain) {
        return indicator(id, producer, "[domain-name:value = '" + domain + "']", "2026-11-01T00:00:00.000Z", null);
    }

    public static String indicator(String id, String producer, String pattern, String modified, Tlp tlp) {
        return "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"" + id + "\","
                + (producer == null ? "" : "\"created_by_ref\":\"" + producer + "\",")
                + "\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"" + modified
                + "\",\"name\":\"an indicator\","
                + "\"pattern\":\"" + pattern + "\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-11-01T00:00:00Z\""
                + (tlp == null ? "" : ",\"object_marking_refs\":[\"" + Markings.id(tlp) + "\"]") + "}";
    }

    public static String malware(String id, String producer, Tlp tlp) {
        return "{\"type\":\"malware\",\"spec_version\":\"2.1\",\"id\":\"" + id + "\",\"created_by_ref\":\"" + producer
                + "\","
                + "\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\",\"name\":\"a malware\","
                + "\"is_family\":false,\"object_marking_refs\":[\"" + Markings.id(tlp) + "\"]}";
    }

    static String relationship(String id, String producer, String source, String target) {
        return "{\"type\":\"relationship\",\"spec_version\":\"2.1\",\"id\":\"" + id + "\",\"created_by_ref\":\""
                + producer + "\","
                + "\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\","
                + "\"relationship_type\":\"indicates\",\"source_ref\":\"" + source + "\",\"target_ref\":\"" + target
                + "\"}";
    }

    /** A report on other objects. */
    public static String report(String id, String producer, String... refs) {
        return "{\"type\":\"report\",\"spec_version\":\"2.1\",\"id\":\"" + id + "\",\"created_by_ref\":\"" + producer
                + "\","
                + "\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\",\"name\":\"a report\","
                + "\"published\":\"2026-11-01T00:00:00Z\",\"object_refs\":[\"" + String.join("\",\"", refs) + "\"]}";
    }

    /**
     * A marking of a centre that names recipients.
     *
     * @param more further members of the extension, each with a comma before it
     */
    public static String naming(String id, String producer, String recipient, String more) {
        return ("{'type':'marking-definition','spec_version':'2.1','id':'" + id + "','created_by_ref':'" + producer
                        + "','created':'2026-11-01T00:00:00.000Z','extensions':"
                        + "{'extension-definition--7d1c4e0b-5f0a-4a86-9c3e-2f7a90c1b5d4':{'extension_type':'property-extension',"
                        + "'recipients':['" + recipient + "']" + more + "}}}")
                .replace('\'', '"');
    }

    static String domain(String value) {
        return "{\"type\":\"domain-name\",\"spec_version\":\"2.1\",\"id\":\"" + id("domain-name") + "\",\"value\":\""
                + value + "\"}";
    }
}
