package uz.koprik.gateway.oidc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.config.SecretFile;

/** Settings of a centre whose people sign in by a provider. */
final class OidcSettings {

    private OidcSettings() {}

    /** Has the people of a centre sign in by a provider; further settings of {@code oidc} as they stand in the file. */
    static RunningCentre set(RunningCentre centre, String issuer, String secret, Map<String, String> others)
            throws IOException {
        SecretFile.replace(centre.home().keys().resolve("oidc-client-secret"), secret.getBytes(StandardCharsets.UTF_8));
        centre.withConfig(yaml -> {
            String changed = yaml.replaceFirst("(?m)^  port: -1$", "  port: 0");
            int from = changed.indexOf("\noidc:\n");
            int to = changed.indexOf("\nlog:\n");
            String section = changed.substring(from, to)
                    .replace("  issuer: \"\"", "  issuer: " + issuer)
                    .replace(
                            "  roles: []",
                            "  roles: [{claim: /koprik/admins, role: admin}, {claim: /koprik/operators, role: operator},"
                                    + " {claim: /koprik/auditors, role: auditor},"
                                    + " {claim: /koprik/analysts, role: analyst, units: [cyber]}]");
            for (Map.Entry<String, String> other : others.entrySet()) {
                section = section.replaceFirst(
                        "(?m)^  " + other.getKey() + ": .*$", "  " + other.getKey() + ": " + other.getValue());
            }
            return changed.substring(0, from) + section + changed.substring(to);
        });
        return centre;
    }
}
