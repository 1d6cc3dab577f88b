package uz.koprik.indicators.observable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.forms.FilePath;
import uz.koprik.indicators.pattern.PatternWriter;

/**
 * How STIX 2.1 expresses the values of a kind: the object that carries a value (section 6), the comparison that looks
 * for it (section 9), and the paths under which both are read back. Values are in normal form.
 */
public final class StixForm {

    /** The extension of network traffic that holds fingerprints of TLS and SSH, for which STIX has no property. */
    public static final String FINGERPRINTS = "extension-definition--3cc45aba-e079-4533-82db-e71eac5eaa69";

    private final List<String> paths;
    private final Function<String, JsonObject> object;
    private final Function<String, String> comparison;
    private final boolean conjunction;

    private StixForm(List<String> paths, Function<String, JsonObject> object, Function<String, String> comparison) {
        this(paths, object, comparison, false);
    }

    private StixForm(
            List<String> paths,
            Function<String, JsonObject> object,
            Function<String, String> comparison,
            boolean conjunction) {
        this.paths = List.copyOf(paths);
        this.object = object;
        this.comparison = comparison;
        this.conjunction = conjunction;
    }

    /** A text in one property; {@code others} are further paths under which values are read. */
    static StixForm text(String type, String property, String... others) {
        String path = type + ':' + property;
        return new StixForm(
                paths(path, others), value -> typed(type).put(property, value).build(), value -> equality(path, value));
    }

    /** A whole number in one property. */
    static StixForm number(String type, String property) {
        String path = type + ':' + property;
        return new StixForm(
                List.of(path),
                value -> typed(type).put(property, Long.parseLong(value)).build(),
                value -> path + " = " + value);
    }

    /** Networks of IPv4 and IPv6, which are of two types. */
    static StixForm network(String... others) {
        Function<String, String> type = value -> value.indexOf(':') < 0 ? "ipv4-addr" : "ipv6-addr";
        List<String> paths = new ArrayList<>(paths("ipv4-addr:value", "ipv6-addr:value"));
        paths.addAll(List.of(others));
        return new StixForm(
                paths,
                value -> typed(type.apply(value)).put("value", value).build(),
                value -> equality(type.apply(value) + ":value", value));
    }

    /** A hash of a file, under its name in {@code hashes} (section 10.7). */
    static StixForm hash(String name) {
        List<String> paths = new ArrayList<>();
        for (String parent :
                List.of("file:", "artifact:", "x509-certificate:", "file:content_ref.", "process:image_ref.")) {
            paths.add(parent + "hashes." + (name.indexOf('-') < 0 ? name : '\'' + name + '\''));
        }
        return new StixForm(
                paths,
                value -> typed("file")
                        .put("hashes", JsonObject.builder().put(name, value).build())
                        .build(),
                value -> equality(paths.getFirst(), value));
    }

    /**
     * {@code service:login}: a login identifies nobody without its service, so both stand in the object and the
     * comparison.
     */
    static StixForm account() {
        String path = "user-account:account_login";
        return new StixForm(
                List.of(path),
                value -> typed("user-account")
                        .put("account_type", service(value))
                        .put("account_login", login(value))
                        .build(),
                value -> equality("user-account:account_type", service(value)) + " AND " + equality(path, login(value)),
                true);
    }

    /** A name in a folder: two objects of STIX, so only a comparison holds both. */
    static StixForm filePath() {
        return new StixForm(
                List.of("file:name"),
                null,
                value -> equality("file:name", FilePath.nameOf(value)) + " AND "
                        + equality("file:parent_directory_ref.path", FilePath.folder(value)),
                true);
    }

    /** A property of {@link #FINGERPRINTS}; {@code others} are further properties of it. */
    static StixForm fingerprint(String property, String... others) {
        String path = "network-traffic:extensions.'" + FINGERPRINTS + "'.";
        List<String> paths = new ArrayList<>(List.of(path + property));
        for (String other : others) {
            paths.add(path + other);
        }
        return new StixForm(paths, null, value -> equality(path + property, value));
    }

    /** Part of another object only: STIX has no object for a value by itself. */
    static StixForm patternOnly(String path, String... others) {
        return new StixForm(paths(path, others), null, value -> equality(path, value));
    }

    /** Paths of patterns under which values stand; the first is the one that is written. */
    public List<String> paths() {
        return paths;
    }

    /**
     * The object of a value: its {@code type}, then its properties; empty where STIX has no object for a value by
     * itself.
     */
    public Optional<JsonObject> object(String value) {
        return object == null ? Optional.empty() : Optional.of(object.apply(value));
    }

    /**
     * The comparison for a value without brackets, such as {@code domain-name:value = 'example.com'}; one with
     * {@code AND} for accounts.
     */
    public String comparison(String value) {
        return comparison.apply(value);
    }

    /** The comparison as an operand of {@code OR}: in parentheses when it has an {@code AND}. */
    public String operand(String value) {
        return conjunction ? '(' + comparison(value) + ')' : comparison(value);
    }

    private static List<String> paths(String first, String... others) {
        List<String> paths = new ArrayList<>(List.of(others));
        paths.addFirst(first);
        return paths;
    }

    private static JsonObject.Builder typed(String type) {
        return JsonObject.builder().put("type", type);
    }

    private static String equality(String path, String value) {
        return path + " = " + PatternWriter.quote(value);
    }

    private static String service(String value) {
        return value.substring(0, value.indexOf(':'));
    }

    private static String login(String value) {
        return value.substring(value.indexOf(':') + 1);
    }
}
