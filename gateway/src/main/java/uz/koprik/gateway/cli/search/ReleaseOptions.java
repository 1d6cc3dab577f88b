package uz.koprik.gateway.cli.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** To whom and when what a command submits is released. */
final class ReleaseOptions {

    @Option(
            names = "--to",
            split = ",",
            paramLabel = "PARTNER",
            description = "Partners that it goes to and no others, such as budapest,seoul; so TLP:RED reaches them.")
    List<String> to;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "Sharing group whose members it goes to and no others: name or id.")
    String group;

    @Option(
            names = "--embargo",
            paramLabel = "TIME",
            description = "It goes to nobody outside before, such as 2026-12-01T00:00Z.")
    String embargo;

    boolean any() {
        return to != null || group != null || embargo != null;
    }

    /** As parameters of a route, without those that are absent. */
    Map<String, String> parameters() {
        Map<String, String> all = new LinkedHashMap<>();
        if (to != null) {
            all.put("to", String.join(",", to));
        }
        if (group != null) {
            all.put("group", group);
        }
        if (embargo != null) {
            all.put("embargo", embargo);
        }
        return all;
    }
}
