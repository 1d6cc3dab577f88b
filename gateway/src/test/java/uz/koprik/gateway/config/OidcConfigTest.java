package uz.koprik.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of the sign-in by a provider. */
final class OidcConfigTest {

    private static final String ROLES = "[{claim: /koprik/analysts, role: analyst, units: [cyber]}]";

    private static OidcConfig parse(String issuer, String scopes, String roles) throws ConfigException {
        String yaml = ConfigFile.write(Map.of(
                "name",
                "tashkent",
                "title",
                "Tashkent",
                "oidc.issuer",
                "\"" + issuer + "\"",
                "oidc.scopes",
                scopes,
                "oidc.roles",
                roles));
        return ConfigFile.parse("koprik.yaml", yaml).oidc();
    }

    @Test
    void isOffUnlessAnIssuerIsSet() throws Exception {
        assertFalse(parse("", "[openid]", "[]").on());
        OidcConfig on = parse("https://sso.example.org/realms/koprik", "[openid]", ROLES);
        assertTrue(on.on());
        assertEquals(List.of("cyber"), on.roles().getFirst().units());
        assertEquals(
                List.of("*"),
                parse("http://127.0.0.1:8080/realms/koprik", "[openid]", "[{claim: a, role: admin}]")
                        .roles()
                        .getFirst()
                        .units());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://sso.example.org/realms/koprik | [openid] | [{claim: a, role: admin}] | must be https",
                "https://sso.example.org/?a=b | [openid] | [{claim: a, role: admin}] | must be https://host/path without query",
                "https://sso.example.org | [profile] | [{claim: a, role: admin}] | openid must be among them",
                "https://sso.example.org | [openid] | [] | nobody could sign in",
                "https://sso.example.org | [openid] | [{claim: a, role: admin, units: [cyber]}] | only analysts",
                "https://sso.example.org | [openid] | [{claim: a, role: reader}] | must be one of analyst, caseworker, releaser, operator, auditor, admin",
                "https://sso.example.org | [openid] | [{role: admin}] | claim: is missing"
            })
    void saysWhatIsWrong(String issuer, String scopes, String roles, String words) {
        ConfigException wrong = assertThrows(ConfigException.class, () -> parse(issuer, scopes, roles));
        assertTrue(wrong.getMessage().contains(words), wrong.getMessage());
    }
}
