package uz.koprik.crypto.jws;

import static uz.koprik.crypto.SignatureRejected.Reason.MALFORMED;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/**
 * The protected header of a signature (RFC 7515, section 4), exactly as the profile of
 * {@code docs/formats/signatures.md} has it: no member less, none more.
 *
 * @param alg JOSE name of the algorithm
 * @param kid RFC 7638 thumbprint of the signing key
 * @param typ what is signed: one of the constants here, so that a signature of one kind never passes for another
 * @param issuedAt {@code iat}, whole seconds
 * @param set thumbprints of all intended signers
 */
public record ProtectedHeader(String alg, String kid, String typ, Instant issuedAt, List<String> set) {

    /** {@code typ} of a signed STIX object. */
    public static final String SIGNED_OBJECT = "stix-sig+jws";
    /** {@code typ} of a centre card. */
    public static final String CENTRE_CARD = "koprik-card+jws";
    /** {@code typ} of a trust list. */
    public static final String TRUST_LIST = "koprik-trust-list+jws";
    /** {@code typ} of a delivery of alerts to a webhook. */
    public static final String ALERT_DELIVERY = "koprik-alert+jws";
    /** {@code c14n}: the payload is canonical JSON (RFC 8785) of the document less its signatures. */
    public static final String C14N = "stix-jcs-1";
    /** More signers than this on one document are refused, since each costs a verification. */
    public static final int MAX_SIGNERS = 16;

    private static final int MAX_LENGTH = 4096;
    private static final List<String> CRIT = List.of("c14n", "set");
    private static final Set<String> MEMBERS = Set.of("alg", "kid", "typ", "iat", "c14n", "set", "crit");
    /** Members by which a signature would choose its own key or change what is signed. */
    private static final Set<String> DANGEROUS =
            Set.of("jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "b64", "zip", "enc");

    public ProtectedHeader {
        set = List.copyOf(set);
    }

    /** The header as base64url of its canonical JSON. */
    String encode() {
        JsonObject header = JsonObject.builder()
                .put("alg", alg)
                .put("kid", kid)
                .put("typ", typ)
                .put("iat", issuedAt.getEpochSecond())
                .put("c14n", C14N)
                .putStrings("set", set)
                .putStrings("crit", CRIT)
                .build();
        return Base64Url.encode(CanonicalJson.bytes(header));
    }

    /**
     * Reads the header of a signature and holds it to the profile.
     *
     * @param typ the kind of document that is being verified
     * @throws SignatureRejected with {@code MALFORMED} when it is anything else
     */
    static ProtectedHeader decode(String protectedHeader, String typ) throws SignatureRejected {
        if (protectedHeader.length() > MAX_LENGTH) {
            throw malformed("is longer than " + MAX_LENGTH + " characters");
        }
        JsonObject header;
        try {
            header = StrictJson.parseObject(Base64Url.decode(protectedHeader));
        } catch (IllegalArgumentException e) {
            throw malformed("is " + e.getMessage());
        } catch (MalformedJson e) {
            throw malformed("is not strict JSON: " + e.getMessage());
        }
        members(header);
        String alg = string(header, "alg");
        expect(header, "typ", typ);
        expect(header, "c14n", C14N);
        // In either order: stock JOSE libraries keep these names in a set.
        List<String> crit = strings(header, "crit");
        if (crit.size() != CRIT.size() || !crit.containsAll(CRIT)) {
            throw malformed("must have \"crit\":[\"c14n\",\"set\"]");
        }
        List<String> set = strings(header, "set");
        if (set.isEmpty() || set.size() > MAX_SIGNERS || Set.copyOf(set).size() != set.size()) {
            throw malformed("must name 1 to " + MAX_SIGNERS + " different keys in \"set\"");
        }
        for (String member : set) {
            thumbprint(member, "set");
        }
        String kid = thumbprint(string(header, "kid"), "kid");
        if (!set.contains(kid)) {
            throw malformed("does not name its own key in \"set\"");
        }
        return new ProtectedHeader(alg, kid, typ, issuedAt(header), set);
    }

    private static void members(JsonObject header) throws SignatureRejected {
        for (int i = 0; i < header.size(); i++) {
            String name = header.name(i);
            if (DANGEROUS.contains(name)) {
                throw malformed(
                        "has the member \"" + name + "\", which is forbidden: keys come from the trust list only");
            }
            if (!MEMBERS.contains(name)) {
                throw malformed(
                        "has a member that the profile does not know; it knows alg, kid, typ, iat, c14n, set, crit");
            }
        }
    }

    private static Instant issuedAt(JsonObject header) throws SignatureRejected {
        if (header.get("iat") instanceof JsonNumber iat && iat.integer() && iat.longValue() >= 0) {
            return Instant.ofEpochSecond(iat.longValue()); // holds every integer that strict JSON admits
        }
        throw malformed("must have \"iat\" as a whole number of seconds since 1970");
    }

    private static String thumbprint(String kid, String member) throws SignatureRejected {
        try {
            if (Base64Url.decode(kid).length == 32) {
                return kid;
            }
        } catch (IllegalArgumentException e) {
            throw malformed("has in \"" + member + "\" what is no RFC 7638 thumbprint: " + e.getMessage());
        }
        throw malformed("has in \"" + member + "\" what is no RFC 7638 thumbprint (base64url of 32 bytes)");
    }

    private static void expect(JsonObject header, String name, String value) throws SignatureRejected {
        if (!string(header, name).equals(value)) {
            throw malformed("must have \"" + name + "\":\"" + value + "\"");
        }
    }

    private static String string(JsonObject header, String name) throws SignatureRejected {
        return header.string(name).orElseThrow(() -> malformed("lacks the string member \"" + name + "\""));
    }

    private static List<String> strings(JsonObject header, String name) throws SignatureRejected {
        if (!(header.get(name) instanceof JsonArray array)) {
            throw malformed("lacks the array \"" + name + "\"");
        }
        List<String> strings = new ArrayList<>(array.items().size());
        for (Json item : array.items()) {
            if (!(item instanceof JsonString string)) {
                throw malformed("has something other than strings in \"" + name + "\"");
            }
            strings.add(string.value());
        }
        return strings;
    }

    private static SignatureRejected malformed(String what) {
        return new SignatureRejected(MALFORMED, "the protected header of the signature " + what);
    }
}
