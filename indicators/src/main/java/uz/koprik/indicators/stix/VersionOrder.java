package uz.koprik.indicators.stix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * Puts several versions of one object into the order of their times (STIX 2.1, section 3.6). Producers often write the
 * newest first, and a store takes them in their order only.
 */
public final class VersionOrder {

    private static final byte[] CREATED = "\"created\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MODIFIED = "\"modified\"".getBytes(StandardCharsets.US_ASCII);

    private VersionOrder() {}

    /**
     * One version of an object.
     *
     * @param id its STIX id; empty where it is unknown
     * @param time in microseconds since the epoch
     */
    public record Version(String id, long time) {

        /** Of an object that cannot be read. */
        private static final Version NONE = new Version("", 0);
    }

    /**
     * The items in their order, but for an id whose versions fall: they follow one another by their times, where the
     * last of them was.
     */
    public static <T> List<T> ascending(List<T> items, Function<T, Version> version) {
        if (items.size() < 2) {
            return items;
        }
        List<Version> versions = items.stream().map(version).toList();
        Map<String, Integer> last = HashMap.newHashMap(items.size());
        boolean falls = false;
        for (int i = 0; i < versions.size(); i++) {
            Version one = versions.get(i);
            Integer before = one.id().isEmpty() ? null : last.put(one.id(), i);
            falls |= before != null && versions.get(before).time() > one.time();
        }
        return falls ? ordered(items, versions, last) : items;
    }

    /** As {@link #ascending}, for texts of objects that were not read yet. */
    public static <T> List<T> ofTexts(List<T> items, Function<T, byte[]> text) {
        boolean any = items.stream().anyMatch(item -> mayBeLater(text.apply(item)));
        return any ? ascending(items, item -> version(text.apply(item))) : items;
    }

    private static <T> List<T> ordered(List<T> items, List<Version> versions, Map<String, Integer> last) {
        Map<String, List<Integer>> several = new HashMap<>();
        List<T> ordered = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            String id = versions.get(i).id();
            if (id.isEmpty()) {
                ordered.add(items.get(i));
                continue;
            }
            several.computeIfAbsent(id, key -> new ArrayList<>(1)).add(i);
            if (last.get(id) == i) {
                several.get(id).stream()
                        .sorted(Comparator.comparingLong(at -> versions.get(at).time()))
                        .forEach(at -> ordered.add(items.get(at)));
            }
        }
        return ordered;
    }

    /**
     * Whether an object seems to have an earlier version: its text has a {@code modified} that differs from its
     * {@code created}. The object is not read.
     */
    public static boolean mayBeLater(byte[] object) {
        int modified = value(object, MODIFIED);
        int created = modified < 0 ? -1 : value(object, CREATED);
        if (created < 0) {
            return false;
        }
        for (int i = 0; modified + i < object.length && created + i < object.length; i++) {
            if (object[modified + i] != object[created + i]) {
                return true;
            }
            if (object[modified + i] == '"') {
                return false;
            }
        }
        return true;
    }

    /** Whether two objects of one version say the same, signatures and the form of their times of versions apart. */
    public static boolean sameContent(StixObject one, StixObject other) {
        return plain(one).equals(plain(other));
    }

    private static JsonObject plain(StixObject object) {
        JsonObject json = SignatureExtension.strip(object.json());
        for (String name : List.of("created", "modified")) {
            long time = time(json, name);
            if (time != StixTimestamp.INVALID) {
                json = json.with(name, new JsonString(StixTimestamp.format(time)));
            }
        }
        return json;
    }

    private static Version version(byte[] object) {
        try {
            JsonObject json = StrictJson.parseObject(object);
            long time = time(json, "modified");
            return time == StixTimestamp.INVALID
                    ? Version.NONE
                    : new Version(json.string("id").orElse(""), time);
        } catch (MalformedJson refusedLater) {
            return Version.NONE;
        }
    }

    private static long time(JsonObject json, String name) {
        return json.string(name).map(StixTimestamp::parse).orElse(StixTimestamp.INVALID);
    }

    /** Where the text of a string begins that follows a name, after its quote; negative when there is none. */
    private static int value(byte[] object, byte[] name) {
        int last = object.length - name.length;
        for (int i = 0; i <= last; i++) {
            if (object[i] == '"' && Arrays.equals(object, i, i + name.length, name, 0, name.length)) {
                int at = i + name.length;
                while (at < object.length && (object[at] == ':' || object[at] <= ' ')) {
                    at++;
                }
                if (at < object.length && object[at] == '"') {
                    return at + 1;
                }
            }
        }
        return -1;
    }
}
