package uz.koprik.indicators.policy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The TLP marking definitions: version 2.0 as published by OASIS, and version 1 as fixed by STIX 2.1 (section 7.2.1.4),
 * which old objects still carry.
 */
public final class Markings {

    private static final Map<Tlp, String> IDS = new EnumMap<>(Map.of(
            Tlp.CLEAR, "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
            Tlp.GREEN, "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
            Tlp.AMBER, "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
            Tlp.AMBER_STRICT, "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
            Tlp.RED, "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"));

    /** White of version 1 became clear; the other colours kept their names. */
    private static final Map<String, Tlp> VERSION_1 = Map.of(
            "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp.CLEAR,
            "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp.GREEN,
            "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", Tlp.AMBER,
            "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp.RED);

    private static final Map<String, Tlp> BY_ID = byId();
    private static final Map<String, String> OBJECTS = objects();

    private Markings() {}

    /** Id of the TLP 2.0 marking definition. */
    public static String id(Tlp tlp) {
        return IDS.get(tlp);
    }

    /** What the marking definition of that id means; empty when it is no TLP marking, such as a statement. */
    public static Optional<Tlp> tlp(String markingRef) {
        return Optional.ofNullable(BY_ID.get(markingRef));
    }

    /** The marking definition of that id as published, UTF-8 JSON; empty when it is no TLP marking. */
    public static Optional<byte[]> object(String markingRef) {
        return Optional.ofNullable(OBJECTS.get(markingRef)).map(s -> s.getBytes(StandardCharsets.UTF_8));
    }

    /** The ids of all nine, version 2.0 first. */
    public static List<String> ids() {
        return List.copyOf(OBJECTS.keySet());
    }

    private static Map<String, Tlp> byId() {
        Map<String, Tlp> all = new HashMap<>(VERSION_1);
        IDS.forEach((tlp, id) -> all.put(id, tlp));
        return Map.copyOf(all);
    }

    private static Map<String, String> objects() {
        Map<String, String> all = new LinkedHashMap<>();
        IDS.forEach((tlp, id) -> all.put(id, version2(tlp, id)));
        VERSION_1.forEach((id, tlp) ->
                all.put(id, version1(tlp == Tlp.CLEAR ? "white" : tlp.name().toLowerCase(Locale.ROOT), id)));
        return Collections.unmodifiableMap(all);
    }

    private static String version2(Tlp tlp, String id) {
        String name = tlp.label();
        return "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"" + id
                + "\",\"created\":\"2022-10-01T00:00:00.000Z\",\"name\":\"" + name
                + "\",\"extensions\":{\"extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d\":"
                + "{\"extension_type\":\"property-extension\",\"tlp_2_0\":\""
                + name.substring(4).toLowerCase(Locale.ROOT) + "\"}}}";
    }

    private static String version1(String colour, String id) {
        return "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"" + id
                + "\",\"created\":\"2017-01-20T00:00:00.000Z\",\"definition_type\":\"tlp\",\"name\":\"TLP:"
                + colour.toUpperCase(Locale.ROOT) + "\",\"definition\":{\"tlp\":\"" + colour + "\"}}";
    }
}
