package uz.koprik.gateway.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.rules.ForgivableRule;

/** One section of {@code partners.yaml}: everything an operator can set about one partner. */
public record PartnerConfig(
        @Setting(value = "Whether objects are fetched from it.", preset = "false") boolean pull,
        @Setting(
                        value = "How often it is asked for news; 0s as often as feeds.poll_interval says.",
                        preset = "0s",
                        min = 0,
                        max = 86_400_000)
                Duration pullInterval,
        @Setting(value = "Whether new objects are sent to its inbox as they come.", preset = "false") boolean push,
        @Setting(
                        value =
                                "Whether objects that nobody signed are taken from it; they stay marked as unsigned for ever.",
                        preset = "false")
                boolean acceptUnsigned,
        @Setting(
                        value =
                                "Rules of STIX whose breach its unsigned objects are forgiven, such as [empty-list, modified-before-created]; docs/conformance.md lists them.",
                        preset = "[]")
                List<String> forgive,
        @Setting("What it may be given.") Agreement agreement,
        @Setting("Where it is, when it is an ordinary TAXII 2.1 server and no centre with a card.") Taxii taxii) {

    /** What was agreed. */
    public record Agreement(
            @Setting(
                            value =
                                    "The narrowest marking of our own objects it is given: clear, green, amber or amber+strict.",
                            preset = "green")
                    Tlp maxTlp,
            @Setting(
                            value = "The purpose for which personal observables are shared; \"\" shares none.",
                            preset = "\"\"",
                            matches = ".{0,500}",
                            shape = "at most 500 characters")
                    String personalPurpose,
            @Setting(
                            value =
                                    "First moment at which it no longer holds, such as 2027-06-30T00:00:00Z; \"\" for no end.",
                            preset = "\"\"",
                            matches = "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ)?",
                            shape = "a moment in UTC such as \"2027-06-30T00:00:00Z\"")
                    String validUntil,
            @Setting(
                            value = "Where the paper lies, in words.",
                            preset = "\"\"",
                            matches = ".{0,500}",
                            shape = "at most 500 characters")
                    String reference) {

        public Agreement {
            if (maxTlp == Tlp.RED) {
                throw new IllegalArgumentException(
                        "agreement.max_tlp: TLP:RED goes to named recipients only; use clear, green, amber or amber+strict");
            }
            if (!validUntil.isEmpty()) {
                try {
                    java.time.Instant.parse(validUntil);
                } catch (java.time.DateTimeException wrong) {
                    throw new IllegalArgumentException(
                            "agreement.valid_until: there is no such moment; write it in UTC, such"
                                    + " as \"2027-06-30T00:00:00Z\"",
                            wrong);
                }
            }
        }
    }

    /** An ordinary server. */
    public record Taxii(
            @Setting(
                            value = "URL of the API root.",
                            preset = "\"\"",
                            matches = "(https://[^\\s/]+/.*)?",
                            shape = "an https:// URL with a path")
                    String apiRoot,
            @Setting(
                            value = "Ids of the collections to pull from; [] for all that are readable.",
                            preset = "[]",
                            matches = "[A-Za-z0-9._~-]{1,200}",
                            shape = "an id of a collection")
                    List<String> collections,
            @Setting(
                            value = "Id of the collection to push to.",
                            preset = "\"\"",
                            matches = "[A-Za-z0-9._~-]{0,200}",
                            shape = "an id of a collection")
                    String inbox,
            @Setting(
                            value = "Name for HTTP Basic; \"\" when the secret is a bearer token.",
                            preset = "\"\"",
                            matches = "[^:]{0,200}",
                            shape = "a name without a colon")
                    String username,
            @Setting(
                            value =
                                    "File whose first line is the password or token, seen from the home folder; \"\" for none.",
                            preset = "\"\"",
                            matches = "[^\\x00]{0,500}",
                            shape = "a path")
                    String secretFile,
            @Setting(
                            value =
                                    "PEM file of the certificate of the server or its authority, seen from the home folder; \"\" for"
                                            + " the authorities that Java knows.",
                            preset = "\"\"",
                            matches = "[^\\x00]{0,500}",
                            shape = "a path")
                    String certificates) {}

    public PartnerConfig {
        for (String rule : forgive) {
            try {
                ForgivableRule.of(rule);
            } catch (IllegalArgumentException unknown) {
                throw new IllegalArgumentException("forgive: " + unknown.getMessage(), unknown);
            }
        }
        if (push && !taxii.apiRoot().isEmpty() && taxii.inbox().isEmpty()) {
            throw new IllegalArgumentException("push: needs taxii.inbox, the id of the collection to push to");
        }
    }

    /**
     * Reads the whole file. One that is not there is as good as an empty one.
     *
     * @return the sections under {@code partners}, by name
     * @throws ConfigException when it cannot be read or breaks a rule; the message begins with file and line
     */
    public static Map<String, PartnerConfig> read(Path file) throws ConfigException {
        String name = file.getFileName().toString();
        try {
            return parse(name, Files.readString(file));
        } catch (NoSuchFileException none) {
            return Map.of();
        } catch (CharacterCodingException notText) {
            throw new ConfigException(name, 0, "is not UTF-8 text");
        } catch (IOException unreadable) {
            throw new ConfigException(name, 0, "cannot be read: " + unreadable.getMessage());
        }
    }

    /** Reads a text as if it were the file {@code name}. */
    public static Map<String, PartnerConfig> parse(String name, String text) throws ConfigException {
        YamlNode.Mapping root = YamlNode.parse(name, text);
        Map<String, PartnerConfig> all = new LinkedHashMap<>();
        for (Map.Entry<String, YamlNode> top : root.values().entrySet()) {
            if (!top.getKey().equals("partners")) {
                throw new ConfigException(
                        name,
                        root.keyLines().get(top.getKey()),
                        top.getKey() + ": there is no such key; all partners stand under \"partners:\"");
            }
        }
        YamlNode.Mapping partners = section(name, root.values().get("partners"), "partners");
        for (Map.Entry<String, YamlNode> partner : partners.values().entrySet()) {
            String path = "partners." + partner.getKey();
            if (!partner.getKey().matches("[a-z0-9][a-z0-9-]{0,62}")) {
                throw new ConfigException(
                        name,
                        partners.keyLines().get(partner.getKey()),
                        path + ": a partner's name is of lower-case letters, digits and hyphens");
            }
            all.put(
                    partner.getKey(),
                    new Binder(name).bind(PartnerConfig.class, section(name, partner.getValue(), path), path + "."));
        }
        return all;
    }

    private static YamlNode.Mapping section(String file, YamlNode node, String path) throws ConfigException {
        return switch (node) {
            case null -> new YamlNode.Mapping(Map.of(), Map.of(), 1);
            case YamlNode.Mapping mapping -> mapping;
            case YamlNode.Scalar scalar
            when scalar.nothing() -> new YamlNode.Mapping(Map.of(), Map.of(), scalar.line());
            default ->
                throw new ConfigException(
                        file, node.line(), path + ": must be a section with keys of its own, not " + node.kind());
        };
    }
}
