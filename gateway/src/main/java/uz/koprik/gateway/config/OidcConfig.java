package uz.koprik.gateway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Sign-in of people by an OpenID Connect provider, such as Keycloak: {@code oidc} of {@code koprik.yaml}. */
public record OidcConfig(
        @Setting(
                        value =
                                "Issuer of the provider, exactly as it names itself, such as https://sso.example.org/realms/koprik;"
                                        + " \"\" for no such sign-in. http only for a provider on this machine.",
                        preset = "\"\"",
                        matches = "(https?://[^\\s?#@]{1,500})?",
                        shape = "https://host/path without query, or \"\"")
                String issuer,
        @Setting(
                        value = "Id of this centre as a client of the provider.",
                        preset = "koprik",
                        matches = "[A-Za-z0-9._~-]{1,200}",
                        shape = "letters, digits and . _ ~ -")
                String clientId,
        @Setting(
                        value =
                                "File with the client's secret, for its owner only (mode 0600), seen from the home folder.",
                        preset = "keys/oidc-client-secret",
                        matches = "[^\\x00]{1,500}",
                        shape = "a path")
                String clientSecretFile,
        @Setting(
                        value = "Text of the button on the sign-in page.",
                        preset = "Single sign-on",
                        matches = "\\S.{0,58}\\S",
                        shape = "2 to 60 characters")
                String label,
        @Setting(
                        value = "Scopes that are asked for; openid is among them.",
                        preset = "[openid, profile]",
                        matches = "[!#-\\x5B\\x5D-~]{1,100}",
                        shape = "a scope such as openid")
                List<String> scopes,
        @Setting(
                        value = "Claim with the name of a person; in this centre it is oidc:NAME.",
                        preset = "preferred_username",
                        matches = "[!-~]{1,200}",
                        shape = "the name of a claim")
                String nameClaim,
        @Setting(
                        value =
                                "Claim with the groups or roles of a person: a name, or a path with dots such as realm_access.roles.",
                        preset = "groups",
                        matches = "[!-~]{1,200}",
                        shape = "the name of a claim")
                String claim,
        @Setting(
                        value =
                                "Which value of the claim gives which role. The first row that fits decides the role; its units and those of"
                                        + " further fitting rows of that role add up. Nobody enters whom no row fits. Example: [{claim: /koprik/analysts,"
                                        + " role: analyst, units: [cyber]}, {claim: /koprik/admins, role: admin}]",
                        preset = "[]")
                List<Row> roles,
        @Setting(
                        value =
                                "File with the certificates (PEM) that vouch for the provider, seen from the home folder; \"\" for those that"
                                        + " Java trusts.",
                        preset = "\"\"",
                        matches = "[^\\x00]{0,500}",
                        shape = "a path")
                String trust,
        @Setting(value = "How far the clock of the provider may be off.", preset = "30s", min = 0, max = 300_000)
                Duration skew,
        @Setting(
                        value =
                                "How old the groups of a person may be: a request after this time refreshes them at the provider first.",
                        preset = "5m",
                        min = 1000,
                        max = 86_400_000)
                Duration refresh,
        @Setting(
                        value =
                                "How long a session goes on without a refresh while the provider cannot be reached; then it ends.",
                        preset = "1h",
                        min = 0,
                        max = 86_400_000)
                Duration away,
        @Setting(value = "The provider must answer after so long.", preset = "10s", min = 100, max = 60_000)
                Duration timeout) {

    private static final String EVERY_UNIT = "*";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public OidcConfig {
        scopes = List.copyOf(scopes);
        roles = List.copyOf(roles);
        if (!issuer.isEmpty()) {
            checkIssuer(issuer);
            if (!scopes.contains("openid")) {
                throw new IllegalArgumentException("oidc.scopes: openid must be among them");
            }
            if (roles.isEmpty()) {
                throw new IllegalArgumentException(
                        "oidc.roles: is empty, so that nobody could sign in; add a row such as {claim: /koprik/analysts, role: analyst}");
            }
        }
    }

    /** Roles of people; programs have accounts of their own. */
    public enum PersonRole {
        ANALYST,
        CASEWORKER,
        RELEASER,
        OPERATOR,
        AUDITOR,
        ADMIN
    }

    /**
     * A row of the table.
     *
     * @param claim the value that the claim must have or contain
     * @param units whose case files an analyst or caseworker works on; a star is all of them
     */
    public record Row(
            @Setting(
                            value = "Value of the claim.",
                            matches = "\\S(.{0,298}\\S)?",
                            shape = "the name of a group or role")
                    String claim,
            @Setting("Role in this centre.") PersonRole role,
            @Setting(
                            value = "Units of whose case files an analyst or caseworker may know; \"*\" for all.",
                            preset = "[\"*\"]",
                            matches = "\\S(.{0,198}\\S)?",
                            shape = "a unit as it is written in the case files")
                    List<String> units) {

        public Row {
            units = List.copyOf(units);
            boolean forUnits = role == PersonRole.ANALYST || role == PersonRole.CASEWORKER;
            if (!forUnits && !units.equals(List.of(EVERY_UNIT))) {
                throw new IllegalArgumentException(
                        "oidc.roles: only analysts and caseworkers can be limited to units; remove \"units\" of the row of "
                                + claim);
            }
            if (role == PersonRole.CASEWORKER && units.contains(EVERY_UNIT)) {
                throw new IllegalArgumentException(
                        "oidc.roles: a caseworker works on the case files of named units; name them in the row of "
                                + claim);
            }
        }
    }

    /** Whether people can sign in by a provider. */
    public boolean on() {
        return !issuer.isEmpty();
    }

    private static void checkIssuer(String issuer) {
        try {
            URI uri = new URI(issuer);
            if (uri.getHost() == null) {
                throw new IllegalArgumentException("oidc.issuer: has no host");
            }
            if (uri.getScheme().equals("http") && !LOOPBACK.contains(uri.getHost())) {
                throw new IllegalArgumentException(
                        "oidc.issuer: must be https, since tokens and the client's secret go there; http only for this"
                                + " machine (127.0.0.1)");
            }
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("oidc.issuer: is no URL", malformed);
        }
    }
}
