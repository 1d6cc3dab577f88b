package uz.koprik.crypto.trust;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.jws.Signature;

/** Parts that cards and trust lists share, as JSON ({@code docs/formats/signatures.md}). */
final class TrustJson {

    static final String SIGNATURES = "signatures";
    static final String COMPROMISED = "compromised";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:*_-]{1,253}");
    private static final Pattern CONTACT = Pattern.compile("(mailto:|tel:|https://)[\\x21-\\x7E]{1,250}");
    private static final int MAX_HOSTS = 16;
    private static final int MAX_CONTACTS = 8;
    private static final int MAX_TEXT = 400;
    private static final int MAX_ITEMS = 10_000;

    private TrustJson() {}

    /** What is wrong with a document, with the JSON pointer of the place. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        Fault(String pointer, String what) {
            super((pointer.isEmpty() ? "" : "at " + pointer + ": ") + what);
        }

        Fault(String pointer, String what, Throwable cause) {
            super((pointer.isEmpty() ? "" : "at " + pointer + ": ") + what, cause);
        }
    }

    /** Two programs that know different members would read different documents, so there are no unknown ones. */
    static void members(JsonObject object, String pointer, Set<String> required, Set<String> optional) throws Fault {
        for (String name : object.names()) {
            if (!required.contains(name) && !optional.contains(name)) {
                throw new Fault(
                        pointer,
                        "a member that is not known here; known are "
                                + required.stream().sorted().toList()
                                + (optional.isEmpty()
                                        ? ""
                                        : " and " + optional.stream().sorted().toList()));
            }
        }
        for (String name : required) {
            if (!object.has(name)) {
                throw new Fault(pointer, "the member " + name + " is missing");
            }
        }
    }

    static String text(JsonObject object, String pointer, String name) throws Fault {
        String text =
                object.string(name).orElseThrow(() -> new Fault(pointer + "/" + name, "a string is expected here"));
        if (text.isBlank() || text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw new Fault(
                    pointer + "/" + name, "1 to " + MAX_TEXT + " characters without line breaks are expected here");
        }
        return text;
    }

    static String name(JsonObject object, String pointer, String member) throws Fault {
        String name = text(object, pointer, member);
        if (!NAME.matcher(name).matches()) {
            throw new Fault(
                    pointer + "/" + member, "a name of lower-case letters, digits and hyphens is expected here");
        }
        return name;
    }

    /**
     * Ids are compared as text, so that one in capital letters would be another identity. Its form is for those who
     * know STIX.
     */
    static String identity(JsonObject object, String pointer, String member) throws Fault {
        String identity = text(object, pointer, member);
        if (!identity.equals(identity.toLowerCase(Locale.ROOT))) {
            throw new Fault(pointer + "/" + member, "the id of an identity is written in lower case");
        }
        return identity;
    }

    static String endpoint(JsonObject object, String pointer) throws Fault {
        if (!object.has("endpoint")) {
            return "";
        }
        String endpoint = text(object, pointer, "endpoint");
        if (!endpoint.startsWith("https://")) {
            throw new Fault(pointer + "/endpoint", "a URL that starts with https:// is expected here");
        }
        return endpoint;
    }

    /** Names and addresses under which a centre is reached. */
    static List<String> hostNames(JsonObject object, String pointer) throws Fault {
        return texts(object, pointer, "host_names", MAX_HOSTS, HOST, "a host name or an address is expected here");
    }

    /** How to reach people, as URIs. */
    static List<String> contacts(JsonObject object, String pointer) throws Fault {
        return texts(
                object, pointer, "contacts", MAX_CONTACTS, CONTACT, "a mailto:, tel: or https: URI is expected here");
    }

    private static List<String> texts(
            JsonObject object, String pointer, String name, int most, Pattern form, String expected) throws Fault {
        List<String> texts = strings(object, pointer, name);
        if (texts.size() > most) {
            throw new Fault(pointer + "/" + name, "at most " + most + " items are expected here");
        }
        for (int i = 0; i < texts.size(); i++) {
            if (!form.matcher(texts.get(i)).matches()) {
                throw new Fault(pointer + "/" + name + "/" + i, expected);
            }
        }
        return List.copyOf(texts);
    }

    static Instant time(JsonObject object, String pointer, String name) throws Fault {
        String text = text(object, pointer, name);
        try {
            if (text.endsWith("Z")) {
                return Instant.parse(text);
            }
        } catch (DateTimeException e) {
            throw new Fault(pointer + "/" + name, "a time such as 2026-11-22T09:00:00Z is expected here", e);
        }
        throw new Fault(pointer + "/" + name, "a time in UTC, such as 2026-11-22T09:00:00Z, is expected here");
    }

    static long wholeNumber(JsonObject object, String pointer, String name) throws Fault {
        if (object.get(name) instanceof JsonNumber number && number.integer() && number.longValue() >= 1) {
            return number.longValue();
        }
        throw new Fault(pointer + "/" + name, "a whole number from 1 is expected here");
    }

    static List<JsonObject> objects(JsonObject object, String pointer, String name) throws Fault {
        List<JsonObject> objects = new ArrayList<>();
        for (Json item : array(object, pointer, name)) {
            if (!(item instanceof JsonObject o)) {
                throw new Fault(pointer + "/" + name + "/" + objects.size(), "an object is expected here");
            }
            objects.add(o);
        }
        return objects;
    }

    static List<String> strings(JsonObject object, String pointer, String name) throws Fault {
        List<String> strings = new ArrayList<>();
        for (Json item : array(object, pointer, name)) {
            if (!(item instanceof JsonString s)) {
                throw new Fault(pointer + "/" + name + "/" + strings.size(), "a string is expected here");
            }
            strings.add(s.value());
        }
        if (Set.copyOf(strings).size() != strings.size()) {
            throw new Fault(pointer + "/" + name, "the same value stands here twice");
        }
        return strings;
    }

    private static List<Json> array(JsonObject object, String pointer, String name) throws Fault {
        if (object.get(name) == null) {
            return List.of();
        }
        if (object.get(name) instanceof JsonArray array && array.items().size() <= MAX_ITEMS) {
            return array.items();
        }
        throw new Fault(pointer + "/" + name, "an array of at most " + MAX_ITEMS + " items is expected here");
    }

    static List<String> pins(JsonObject object, String pointer) throws Fault {
        List<String> pins = strings(object, pointer, "tls_pins");
        for (String pin : pins) {
            hash(pin, pointer + "/tls_pins", "a pin");
        }
        return pins;
    }

    /** A SHA-256 in base64url, as pins and thumbprints are. */
    private static String hash(String text, String pointer, String what) throws Fault {
        try {
            if (Base64Url.decode(text).length == 32) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            throw new Fault(pointer, what + " is " + e.getMessage(), e);
        }
        throw new Fault(pointer, what + " is not base64url of 32 bytes");
    }

    static JsonObject key(TrustedKey key) {
        JsonObject.Builder json = JsonObject.builder()
                .put("alg", key.alg())
                .put("jwk", key.jwk())
                .put("valid_from", key.validFrom().toString())
                .put("valid_until", key.validUntil().toString());
        key.compromisedSince().ifPresent(since -> json.put("compromised_since", since.toString()));
        if (!key.compromiseReason().isEmpty()) {
            json.put("compromise_reason", key.compromiseReason());
        }
        return json.build();
    }

    /** Former keys that are compromised, as a card names them. */
    static JsonArray compromised(List<CompromisedKey> keys) {
        return new JsonArray(keys.stream()
                .<Json>map(key -> JsonObject.builder()
                        .put("kid", key.kid())
                        .put("since", key.since().toString())
                        .build())
                .toList());
    }

    static List<CompromisedKey> compromised(JsonObject object, String pointer, int most) throws Fault {
        List<CompromisedKey> keys = new ArrayList<>();
        for (JsonObject item : objects(object, pointer, COMPROMISED)) {
            String at = pointer + "/" + COMPROMISED + "/" + keys.size();
            members(item, at, Set.of("kid", "since"), Set.of());
            keys.add(new CompromisedKey(
                    hash(text(item, at, "kid"), at + "/kid", "a thumbprint"), time(item, at, "since")));
        }
        if (keys.size() > most
                || keys.stream().map(CompromisedKey::kid).distinct().count() != keys.size()) {
            throw new Fault(
                    pointer + "/" + COMPROMISED, "at most " + most + " keys are expected here, each of them once");
        }
        return List.copyOf(keys);
    }

    static List<TrustedKey> keys(JsonObject object, String pointer) throws Fault {
        List<TrustedKey> keys = new ArrayList<>();
        for (JsonObject key : objects(object, pointer, "keys")) {
            keys.add(key(key, pointer + "/keys/" + keys.size()));
        }
        if (keys.isEmpty()) {
            throw new Fault(pointer + "/keys", "at least one key is expected here");
        }
        if (keys.stream().map(TrustedKey::kid).distinct().count() != keys.size()) {
            throw new Fault(pointer + "/keys", "the same key stands here twice");
        }
        return keys;
    }

    private static TrustedKey key(JsonObject key, String pointer) throws Fault {
        members(
                key,
                pointer,
                Set.of("alg", "jwk", "valid_from", "valid_until"),
                Set.of("compromised_since", "compromise_reason"));
        String alg = text(key, pointer, "alg");
        JsonObject jwk = key.object("jwk").orElseThrow(() -> new Fault(pointer + "/jwk", "a JWK is expected here"));
        Instant from = time(key, pointer, "valid_from");
        Instant until = time(key, pointer, "valid_until");
        Optional<Instant> compromised =
                key.has("compromised_since") ? Optional.of(time(key, pointer, "compromised_since")) : Optional.empty();
        String reason = key.has("compromise_reason") ? text(key, pointer, "compromise_reason") : "";
        try {
            var checked = SignatureAlgorithms.verificationKey(alg, jwk);
            return new TrustedKey(checked.kid(), alg, checked.jwk(), from, until, compromised, reason);
        } catch (KeyRejected e) {
            throw new Fault(pointer, e.getMessage(), e);
        }
    }

    static JsonArray signatures(List<Signature> signatures) {
        List<Json> items = new ArrayList<>();
        for (Signature s : signatures) {
            items.add(JsonObject.builder()
                    .put("protected", s.protectedHeader())
                    .put("signature", s.signature())
                    .build());
        }
        return new JsonArray(items);
    }

    static List<Signature> signatures(JsonObject object) throws Fault {
        List<Signature> signatures = new ArrayList<>();
        for (JsonObject item : objects(object, "", SIGNATURES)) {
            String pointer = "/" + SIGNATURES + "/" + signatures.size();
            members(item, pointer, Set.of("protected", "signature"), Set.of());
            signatures.add(new Signature(
                    item.string("protected")
                            .orElseThrow(() -> new Fault(pointer + "/protected", "a string is expected here")),
                    item.string("signature")
                            .orElseThrow(() -> new Fault(pointer + "/signature", "a string is expected here"))));
        }
        return signatures;
    }
}
