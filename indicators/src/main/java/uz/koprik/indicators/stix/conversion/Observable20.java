package uz.koprik.indicators.stix.conversion;

import java.util.List;
import java.util.Map;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;

/**
 * What became of the properties of observables (STIX 2.0 part 4, STIX 2.1 section 6); references are not looked at
 * here.
 */
final class Observable20 {

    /** What STIX 2.1 has no place for, by type. */
    private static final Map<String, List<String>> GONE = Map.of(
            "file", List.of("is_encrypted", "encryption_algorithm", "decryption_key"),
            "process", List.of("name", "arguments"));

    private static final Map<String, List<String>> GONE_FROM_EXTENSIONS = Map.of(
            "archive-ext", List.of("version"),
            "raster-image-ext", List.of("image_compression_algorithm"),
            "socket-ext", List.of("protocol_family"));

    private Observable20() {}

    static void convert(ObjectRewriter observable) {
        String type = observable.string("type");
        Pattern20.RENAMED.forEach((old, name) -> {
            if (old.startsWith(type + ":")) {
                observable.rename(old.substring(type.length() + 1), name);
            }
        });
        GONE.getOrDefault(type, List.of()).forEach(observable::setAside);
        Stix20.hashNames(observable);
        JsonObject extensions = Stix20.object(observable.get("extensions"));
        if (extensions != null) {
            ObjectRewriter inner = observable.inner("extensions", extensions);
            for (String key : extensions.names()) {
                JsonObject extension = Stix20.object(extensions.get(key));
                if (extension != null) {
                    inner.replace(key, extension(key, inner.inner(key, extension)));
                }
            }
            observable.replace("extensions", inner.done());
        }
    }

    private static JsonObject extension(String key, ObjectRewriter extension) {
        GONE_FROM_EXTENSIONS.getOrDefault(key, List.of()).forEach(extension::setAside);
        Stix20.hashNames(extension);
        for (String list : List.of("alternate_data_streams", "sections")) {
            if (extension.get(list) instanceof JsonArray items) {
                extension.replace(list, extension.each(list, items, Stix20::hashNames));
            }
        }
        JsonObject header = Stix20.object(extension.get("optional_header"));
        if (header != null) {
            ObjectRewriter inner = extension.inner("optional_header", header);
            Stix20.hashNames(inner);
            extension.replace("optional_header", inner.done());
        }
        JsonObject fields = Stix20.object(extension.get("request_header"));
        if (key.equals("http-request-ext") && fields != null) {
            extension.replace("request_header", headerFields(extension.inner("request_header", fields), fields));
        }
        return extension.done();
    }

    /** Each field holds a list now. */
    private static JsonObject headerFields(ObjectRewriter inner, JsonObject fields) {
        for (String name : fields.names()) {
            Json value = fields.get(name);
            if (value instanceof JsonString) {
                inner.set(name, new JsonArray(List.of(value)), "made a list of one");
            }
        }
        return inner.done();
    }
}
