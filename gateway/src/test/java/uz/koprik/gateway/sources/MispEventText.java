package uz.koprik.gateway.sources;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Files of a MISP feed as MISP 2.5 writes them. */
final class MispEventText {

    private static final String ORGANISATION =
            "{\"name\":\"Example CERT\",\"uuid\":\"55555555-5555-4555-8555-555555555555\"}";

    private MispEventText() {}

    static String uuid(int event) {
        return "11111111-1111-4111-8111-%012d".formatted(event);
    }

    /** A domain with a number. */
    static String attribute(int number, long seconds) {
        return attribute(number, seconds, "");
    }

    static String attribute(int number, long seconds, String more) {
        return ("{\"uuid\":\"22222222-2222-4222-8222-%012d\",\"type\":\"domain\",\"category\":\"Network activity\","
                        + "\"value\":\"m%d.evil.example.com\",\"to_ids\":true,\"timestamp\":\"%d\",\"comment\":\"\"%s}")
                .formatted(number, number, seconds, more);
    }

    static String event(int event, long seconds, String... attributes) {
        return ("{\"Event\":{\"uuid\":\"%s\",\"info\":\"Event %d\",\"date\":\"2026-01-05\",\"timestamp\":\"%d\","
                        + "\"analysis\":\"2\",\"threat_level_id\":\"2\",\"published\":true,\"Orgc\":%s,"
                        + "\"Tag\":[{\"name\":\"tlp:green\",\"colour\":\"#339900\"}],\"Attribute\":[%s],\"Object\":[]}}")
                .formatted(uuid(event), event, seconds, ORGANISATION, String.join(",", attributes));
    }

    /** A manifest of events with their timestamps. */
    static String manifest(Map<Integer, Long> events) {
        return new TreeMap<>(events)
                .entrySet().stream()
                        .map(one -> ("\"%s\":{\"info\":\"Event %d\",\"Orgc\":%s,\"analysis\":\"2\","
                                        + "\"timestamp\":\"%d\",\"date\":\"2026-01-05\",\"threat_level_id\":\"2\","
                                        + "\"Tag\":[{\"name\":\"tlp:green\",\"colour\":\"#339900\"}]}")
                                .formatted(uuid(one.getKey()), one.getKey(), ORGANISATION, one.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
    }
}
