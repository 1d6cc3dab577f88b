package uz.koprik.gateway.partners;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.PartnerConfig;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.stix.rules.ForgivableRule;

/**
 * The file {@code partners.yaml} of a home. Read strictly; changed by section, so that what an operator wrote into it
 * by hand, comments included, stays.
 */
public final class PartnersFile {

    private static final String HEAD =
            """
            # How this centre deals with its partners: a section a partner, described in docs/partners.md. A running centre
            # notices changes within a second. `koprik partner add` writes sections; editing them by hand is fine.
            partners:
            """;

    private final Path file;
    private final Path home;

    /** @param home folder from which paths in the file are seen */
    public PartnersFile(Path file, Path home) {
        this.file = file;
        this.home = home;
    }

    /**
     * Reads the file; one that is not there has no partners.
     *
     * @param pullInterval for partners whose section does not say
     * @throws ConfigException with file, line and what is wrong
     */
    public List<PartnerSettings> read(Duration pullInterval) throws ConfigException {
        List<PartnerSettings> all = new ArrayList<>();
        PartnerConfig.read(file).forEach((name, config) -> all.add(settings(name, config, pullInterval)));
        return all;
    }

    /** Writes the section of a partner, and replaces the one it may have. */
    public void put(PartnerSettings partner) throws IOException, ConfigException {
        List<String> lines = linesWithout(partner.name());
        lines.addAll(section(partner));
        write(lines);
    }

    /** Takes the section of a partner out, if there is one. */
    public void remove(String name) throws IOException, ConfigException {
        if (Files.exists(file)) {
            write(linesWithout(name));
        }
    }

    private PartnerSettings settings(String name, PartnerConfig config, Duration pullInterval) {
        PartnerConfig.Agreement paper = config.agreement();
        Agreement agreement = new Agreement(
                paper.maxTlp(),
                optional(paper.personalPurpose()),
                optional(paper.validUntil()).map(Instant::parse),
                paper.reference());
        PartnerConfig.Taxii taxii = config.taxii();
        Optional<PartnerSettings.OrdinaryServer> server = optional(taxii.apiRoot())
                .map(root -> new PartnerSettings.OrdinaryServer(
                        URI.create(root.endsWith("/") ? root : root + "/"),
                        taxii.collections(),
                        optional(taxii.inbox()),
                        optional(taxii.secretFile())
                                .map(secret -> new PartnerSettings.Credentials(
                                        optional(taxii.username()), home.resolve(secret))),
                        optional(taxii.certificates()).map(home::resolve)));
        Duration interval = config.pullInterval().isZero() ? pullInterval : config.pullInterval();
        return new PartnerSettings(
                name,
                config.pull(),
                interval,
                config.push(),
                config.acceptUnsigned(),
                config.forgive().stream().map(ForgivableRule::of).collect(Collectors.toUnmodifiableSet()),
                agreement,
                server);
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /**
     * The lines of the file less the section of {@code name}: from its key to the next key, comments above that
     * excepted.
     */
    private List<String> linesWithout(String name) throws IOException, ConfigException {
        if (!Files.exists(file)) {
            return new ArrayList<>(HEAD.lines().toList());
        }
        PartnerConfig.read(file);
        List<String> kept = new ArrayList<>();
        boolean cutting = false;
        for (String line : Files.readAllLines(file)) {
            if (line.matches("  [a-z0-9\"'].*")) {
                cutting = line.matches("  [\"']?" + name + "[\"']?\\s*:.*");
            } else if (line.matches("(#|  #|\\S).*")) {
                cutting = false;
            }
            if (!cutting) {
                kept.add(line);
            }
        }
        if (kept.stream().noneMatch(line -> line.matches("partners\\s*:.*"))) {
            kept.add("partners:");
        }
        return kept;
    }

    private static List<String> section(PartnerSettings partner) {
        List<String> lines = new ArrayList<>();
        lines.add("  " + partner.name() + ":");
        lines.add("    pull: " + partner.pull());
        if (!partner.pullInterval().equals(PartnerSettings.DEFAULT_PULL_INTERVAL)) {
            lines.add("    pull_interval: " + partner.pullInterval().toMillis() + "ms");
        }
        lines.add("    push: " + partner.push());
        lines.add("    accept_unsigned: " + partner.acceptUnsigned());
        if (!partner.forgives().isEmpty()) {
            lines.add("    forgive: "
                    + partner.forgives().stream()
                            .map(ForgivableRule::word)
                            .sorted()
                            .toList());
        }
        Agreement agreement = partner.agreement();
        lines.add("    agreement:");
        lines.add("      max_tlp: " + agreement.maxTlp().name().toLowerCase(java.util.Locale.ROOT));
        agreement.personalPurpose().ifPresent(purpose -> lines.add("      personal_purpose: " + quoted(purpose)));
        agreement.validUntil().ifPresent(until -> lines.add("      valid_until: " + quoted(until.toString())));
        lines.add("      reference: " + quoted(agreement.reference()));
        partner.taxii().ifPresent(server -> taxii(server, lines));
        return lines;
    }

    private static void taxii(PartnerSettings.OrdinaryServer server, List<String> lines) {
        lines.add("    taxii:");
        lines.add("      api_root: " + quoted(server.apiRoot().toString()));
        lines.add("      collections: "
                + server.collections().stream().map(PartnersFile::quoted).toList());
        server.inbox().ifPresent(inbox -> lines.add("      inbox: " + quoted(inbox)));
        server.credentials().ifPresent(credentials -> {
            credentials.username().ifPresent(username -> lines.add("      username: " + quoted(username)));
            lines.add("      secret_file: " + quoted(credentials.secretFile().toString()));
        });
        server.certificates().ifPresent(pem -> lines.add("      certificates: " + quoted(pem.toString())));
    }

    /** JSON strings are YAML strings. */
    private static String quoted(String text) {
        return CanonicalJson.text(new JsonString(text));
    }

    private void write(List<String> lines) throws IOException, ConfigException {
        String text = String.join("\n", lines) + "\n";
        // What cannot be read back must not be written: the running centre would not start again.
        PartnerConfig.parse(file.getFileName().toString(), text);
        SecretFile.replace(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The settings of a running centre, which can be replaced by newer ones at any moment. */
    public static final class Live implements Partners {

        private volatile Map<String, PartnerSettings> now;

        public Live(Collection<PartnerSettings> partners) {
            replace(partners);
        }

        public void replace(Collection<PartnerSettings> partners) {
            Map<String, PartnerSettings> byName = new LinkedHashMap<>();
            partners.forEach(partner -> byName.put(partner.name(), partner));
            now = java.util.Collections.unmodifiableMap(byName);
        }

        @Override
        public PartnerSettings partner(String name) {
            PartnerSettings settings = now.get(name);
            return settings == null ? PartnerSettings.unmentioned(name) : settings;
        }

        @Override
        public Collection<PartnerSettings> all() {
            return now.values();
        }
    }
}
