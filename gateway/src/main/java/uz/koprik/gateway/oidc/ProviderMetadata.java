package uz.koprik.gateway.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;

/**
 * What the provider says of itself (OpenID Connect Discovery 1.0, section 3).
 *
 * @param authorization where people sign in
 * @param token where codes and refresh tokens are exchanged
 * @param keys where its keys are
 * @param userInfo where claims are that are not in ID tokens; empty for none
 * @param issuerInAnswers whether each answer of a sign-in names the issuer (RFC 9207)
 * @param basic whether the client authenticates by HTTP Basic; else in the form
 */
record ProviderMetadata(
        String authorization,
        String token,
        String keys,
        Optional<String> userInfo,
        boolean issuerInAnswers,
        boolean basic) {

    /**
     * Reads the document.
     *
     * @param issuer of the settings, which must be that of the document to the letter
     * @throws ProviderAway when the document cannot be used: says why
     */
    static ProviderMetadata of(JsonObject document, String issuer) throws ProviderAway {
        if (!document.string("issuer").orElse("").equals(issuer)) {
            throw new ProviderAway("its discovery document names another issuer than oidc.issuer of koprik.yaml");
        }
        boolean plain = issuer.startsWith("http:");
        if (document.has("code_challenge_methods_supported")
                && document.items("code_challenge_methods_supported").stream()
                        .noneMatch(method -> method instanceof JsonString text
                                && text.value().equals("S256"))) {
            throw new ProviderAway("it does not support PKCE with S256");
        }
        return new ProviderMetadata(
                endpoint(document, "authorization_endpoint", plain),
                endpoint(document, "token_endpoint", plain),
                endpoint(document, "jwks_uri", plain),
                document.has("userinfo_endpoint")
                        ? Optional.of(endpoint(document, "userinfo_endpoint", plain))
                        : Optional.empty(),
                document.get("authorization_response_iss_parameter_supported") instanceof JsonBoolean flag
                        && flag.value(),
                basic(document));
    }

    /** Without a word of the provider it is HTTP Basic (OpenID Connect Discovery 1.0, section 3). */
    private static boolean basic(JsonObject document) {
        return !document.has("token_endpoint_auth_methods_supported")
                || document.items("token_endpoint_auth_methods_supported").stream()
                        .anyMatch(method -> method instanceof JsonString text
                                && text.value().equals("client_secret_basic"));
    }

    private static String endpoint(JsonObject document, String name, boolean plain) throws ProviderAway {
        String url = document.string(name).orElseThrow(() -> new ProviderAway("its discovery document has no " + name));
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme();
            if (uri.getHost() == null || !(scheme.equals("https") || (plain && scheme.equals("http")))) {
                throw new ProviderAway(name + " of its discovery document is no https URL");
            }
            return url;
        } catch (URISyntaxException malformed) {
            throw new ProviderAway(name + " of its discovery document is no URL", malformed);
        }
    }
}
