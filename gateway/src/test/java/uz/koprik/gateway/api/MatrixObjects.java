package uz.koprik.gateway.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.slow.SlowGroups.Group;
import uz.koprik.indicators.policy.slow.SlowGroups.GroupMember;
import uz.koprik.indicators.policy.slow.SlowModel;
import uz.koprik.indicators.policy.slow.SlowReader;
import uz.koprik.indicators.policy.slow.SlowVersion;
import uz.koprik.indicators.policy.slow.SlowVersion.Naming;
import uz.koprik.indicators.stix.ReleaseMarking;

/**
 * The objects of the matrix: one of each marking, of each kind of values that decides, with named recipients, a group,
 * an embargo, case files of each unit, and what refers to such. Each has a word and a value that are nowhere else.
 */
final class MatrixObjects {

    static final String SHARED = "shared.example.org";

    /**
     * One object.
     *
     * @param word in its name, and nowhere else
     * @param number of a case file; of others a number that no case has
     * @param json what is submitted: a STIX object, or the form of a case file
     */
    record Secret(
            String id, String word, String value, String number, boolean caseFile, String json, SlowVersion version) {

        Secret with(String otherId) {
            return new Secret(otherId, word, value, number, caseFile, json, version);
        }
    }

    private final Instant now;
    private final SlowReader author = new SlowReader.Member("admin", true, Optional.empty());
    private final Map<String, String> identities;

    /** Stands for the id of the sharing group, which each centre makes anew. */
    static final String GROUP = "{group}";

    /** Partners that are members of it. */
    static final List<String> MEMBERS = List.of("seoul", "tbilisi");

    /**
     * What a marking says besides TLP.
     *
     * @param named recipients by name; empty when it names none
     */
    private record Limits(Set<String> named, boolean group, boolean embargo) {

        static final Limits NONE = new Limits(Set.of(), false, false);

        static Limits to(String name) {
            return new Limits(Set.of(name), false, false);
        }

        boolean none() {
            return equals(NONE);
        }
    }

    /** Marking definitions, which everybody may know. */
    final List<String> definitions = new ArrayList<>();

    final List<Secret> secrets = new ArrayList<>();

    /** @param identities of the partners by name */
    MatrixObjects(Map<String, String> identities, Instant now) {
        this.identities = identities;
        this.now = now;
        for (Tlp tlp : Tlp.values()) {
            indicator("domain-name", "domain", List.of(tlp), Limits.NONE);
        }
        indicator("email-addr", "email", List.of(Tlp.GREEN), Limits.NONE);
        indicator("url", "url", List.of(Tlp.GREEN), Limits.NONE);
        indicator("domain-name", "domain", List.of(Tlp.GREEN), Limits.to("seoul"));
        indicator("domain-name", "domain", List.of(Tlp.RED), Limits.to("seoul"));
        indicator("domain-name", "domain", List.of(Tlp.RED), Limits.to("almaty"));
        indicator("domain-name", "domain", List.of(Tlp.RED), new Limits(Set.of(), true, false));
        indicator("domain-name", "domain", List.of(Tlp.CLEAR), new Limits(Set.of(), true, false));
        indicator("domain-name", "domain", List.of(Tlp.CLEAR), new Limits(Set.of(), false, true));
        report(secrets.get(4));
        report(secrets.get(5));
        for (String unit : List.of("fraud", "narcotics", "")) {
            caseFile(unit);
        }
    }

    private int next() {
        return secrets.size();
    }

    private String id(String type) {
        return type + "--00000000-0000-4000-8000-0000000000" + (10 + next());
    }

    private static String word(int number) {
        return "zephyr" + (char) ('a' + number) + "quartz";
    }

    private static String value(String kind, int number) {
        String host = word(number) + ".example.net";
        return switch (kind) {
            case "email" -> "anna@" + host;
            case "url" -> "https://" + host + "/a";
            default -> host;
        };
    }

    private void indicator(String type, String kind, List<Tlp> tlps, Limits limits) {
        String id = id("indicator");
        List<String> markings = new ArrayList<>();
        tlps.forEach(tlp -> markings.add(Markings.id(tlp)));
        if (!limits.none()) {
            String definition = id("marking-definition");
            markings.add(definition);
            definitions.add("{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"" + definition
                    + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"object_marking_refs\":[\"" + Markings.id(Tlp.CLEAR)
                    + "\"],\"extensions\":{\"" + ReleaseMarking.EXTENSION_ID
                    + "\":{\"extension_type\":\"property-extension\"" + said(limits) + "}}}");
        }
        String value = value(kind, next());
        String json = "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"" + id
                + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\",\"name\":\""
                + word(next()) + "\",\"pattern\":\"[" + type + ":value = '" + value
                + "'] OR [domain-name:value = '" + SHARED
                + "']\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-11-01T00:00:00Z\",\"object_marking_refs\":[\""
                + String.join("\",\"", markings) + "\"]}";
        add(id, value, "", false, json, tlps, limits, Set.copyOf(List.of(kind, "domain")), "", Set.of());
    }

    private String said(Limits limits) {
        return (limits.named().isEmpty()
                        ? ""
                        : ",\"recipients\":[\""
                                + String.join(
                                        "\",\"",
                                        limits.named().stream()
                                                .map(identities::get)
                                                .toList())
                                + "\"]")
                + (limits.group() ? ",\"group_ref\":\"" + GROUP + "\"" : "")
                + (limits.embargo() ? ",\"embargo_until\":\"" + embargo() + "\"" : "");
    }

    private Instant embargo() {
        return now.plus(Duration.ofDays(90));
    }

    private Naming naming(Limits limits) {
        return new Naming(
                limits.named().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Set.copyOf(
                                limits.named().stream().map(identities::get).toList())),
                limits.group() ? Optional.of(GROUP) : Optional.empty(),
                limits.embargo() ? Optional.of(embargo()) : Optional.empty(),
                true);
    }

    private void report(Secret on) {
        String id = id("report");
        String json = "{\"type\":\"report\",\"spec_version\":\"2.1\",\"id\":\"" + id
                + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\",\"name\":\""
                + word(next()) + "\",\"published\":\"2026-11-01T00:00:00Z\",\"object_refs\":[\"" + on.id()
                + "\"],\"object_marking_refs\":[\"" + Markings.id(Tlp.CLEAR) + "\"]}";
        add(
                id,
                value("domain", next()),
                "",
                false,
                json,
                List.of(Tlp.CLEAR),
                Limits.NONE,
                Set.of(),
                "",
                Set.of(on.id()));
    }

    private void caseFile(String unit) {
        String number = word(next()).toUpperCase(java.util.Locale.ROOT) + "-1";
        String value = value("domain", next());
        String json = "{\"number\":\"" + number + "\",\"title\":\"" + word(next()) + "\",\"type\":\"phishing\""
                + (unit.isEmpty() ? "" : ",\"unit\":\"" + unit + "\"") + ",\"values\":[\"" + value + "\",\"" + SHARED
                + "\"]}";
        add(id("incident"), value, number, true, json, List.of(Tlp.RED), Limits.NONE, Set.of(), unit, Set.of());
    }

    private void add(
            String id,
            String value,
            String number,
            boolean caseFile,
            String json,
            List<Tlp> tlps,
            Limits limits,
            Set<String> kinds,
            String unit,
            Set<String> refs) {
        SlowVersion version = new SlowVersion(
                id,
                1,
                now,
                author,
                true,
                tlps,
                false,
                limits.none() ? List.of() : List.of(naming(limits)),
                Optional.of(kinds),
                kinds.contains("email"),
                caseFile,
                unit,
                refs);
        secrets.add(new Secret(
                id, word(next()), value, number.isEmpty() ? "NONE-" + next() : number, caseFile, json, version));
    }

    /** What a reader may see, by the rules of the page. */
    List<Secret> visible(SlowReader reader, List<SlowReader.Centre> centres) {
        Map<String, Boolean> kinds = new TreeMap<>();
        Arrays.stream(ObservableKind.values()).forEach(kind -> kinds.put(kind.code(), kind.personal()));
        SlowModel model = new SlowModel(
                kinds,
                Tlp.CLEAR,
                centres,
                List.of(new Group(
                        GROUP,
                        Instant.EPOCH,
                        false,
                        MEMBERS.stream()
                                .map(name -> new GroupMember(identities.get(name), Instant.EPOCH, Optional.empty()))
                                .toList(),
                        false)),
                Optional.empty());
        secrets.forEach(secret -> model.arrive(List.of(secret.version())));
        return secrets.stream()
                .filter(secret ->
                        model.latest(reader, secret.version().id(), now).isPresent())
                .toList();
    }
}
