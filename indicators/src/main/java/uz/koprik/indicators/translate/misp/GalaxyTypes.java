package uz.koprik.indicators.translate.misp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which domain object the clusters of a galaxy are; the first galaxy of a type is the way back. */
final class GalaxyTypes {

    private static final Map<String, String> ALL = new LinkedHashMap<>();

    static {
        put("threat-actor", "threat-actor", "microsoft-activity-group");
        put("intrusion-set", "mitre-intrusion-set");
        put(
                "malware",
                "malpedia",
                "mitre-malware",
                "ransomware",
                "banker",
                "rat",
                "stealer",
                "backdoor",
                "botnet",
                "cryptominers",
                "android",
                "exploit-kit");
        put("tool", "tool", "mitre-tool");
        put("attack-pattern", "mitre-attack-pattern", "mitre-mobile-attack-attack-pattern", "mitre-ics-techniques");
        put("campaign", "campaigns");
    }

    private GalaxyTypes() {}

    /** The whole table: galaxy → STIX type. */
    static Map<String, String> all() {
        return java.util.Collections.unmodifiableMap(ALL);
    }

    /** The STIX type of clusters of {@code galaxy}; empty when there is none. */
    static Optional<String> stixType(String galaxy) {
        return Optional.ofNullable(ALL.get(galaxy));
    }

    /** The galaxy that objects of a STIX type go into; empty when there is none. */
    static Optional<String> galaxy(String stixType) {
        return ALL.entrySet().stream()
                .filter(e -> e.getValue().equals(stixType))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static void put(String stixType, String... galaxies) {
        for (String galaxy : galaxies) {
            ALL.put(galaxy, stixType);
        }
    }
}
