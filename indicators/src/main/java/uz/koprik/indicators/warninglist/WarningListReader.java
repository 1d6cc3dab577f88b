package uz.koprik.indicators.warninglist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.observable.ObservableKind;

/**
 * Reads warning lists as the MISP project publishes them: {@code lists/NAME/list.json}, or files of any name ending
 * with .json.
 */
public final class WarningListReader {

    /** The kinds that an attribute type of MISP can hold; composite types are about each of their parts. */
    private static final Map<String, Set<ObservableKind>> ATTRIBUTES = new HashMap<>();

    static {
        for (ObservableKind kind : ObservableKind.values()) {
            kind.mispTypes().ofLists().forEach(type -> ATTRIBUTES
                    .computeIfAbsent(type, t -> EnumSet.noneOf(ObservableKind.class))
                    .add(kind));
        }
    }

    private WarningListReader() {}

    /**
     * Reads all lists in a folder and the folders below it, in the order of their paths.
     *
     * @throws InvalidWarningList when a file is no warning list
     * @throws IOException when the folder or a file cannot be read
     */
    public static List<WarningList> folder(Path folder) throws IOException, InvalidWarningList {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
        List<WarningList> lists = new ArrayList<>(files.size());
        for (Path file : files) {
            lists.add(read(file.toString(), Files.readAllBytes(file)));
        }
        return lists;
    }

    /**
     * Reads one list.
     *
     * @param file for errors
     */
    public static WarningList read(String file, byte[] bytes) throws InvalidWarningList {
        JsonObject json;
        try {
            json = StrictJson.parseObject(bytes);
        } catch (MalformedJson malformed) {
            throw new InvalidWarningList(file, malformed.pointer(), malformed.getMessage());
        }
        String name =
                json.string("name").orElseThrow(() -> new InvalidWarningList(file, "/name", "the list has no name"));
        String type = json.string("type").orElse("string");
        WarningList.Match match = WarningList.Match.of(type)
                .orElseThrow(() -> new InvalidWarningList(
                        file, "/type", "must be string, substring, hostname, cidr or regex, not \"" + type + '"'));
        return new WarningList(name, version(json), match, category(file, json), kinds(json), entries(file, json));
    }

    private static long version(JsonObject json) {
        return json.get("version") instanceof JsonNumber number ? number.longValue() : 0;
    }

    private static WarningList.Category category(String file, JsonObject json) throws InvalidWarningList {
        String category = json.string("category").orElse("false_positive");
        return switch (category) {
            case "false_positive" -> WarningList.Category.FALSE_POSITIVE;
            case "known_identifier" -> WarningList.Category.KNOWN_IDENTIFIER;
            default ->
                throw new InvalidWarningList(
                        file, "/category", "must be false_positive or known_identifier, not \"" + category + '"');
        };
    }

    /** A composite type such as {@code filename|md5} is about each of its parts. */
    private static Set<ObservableKind> kinds(JsonObject json) {
        Set<ObservableKind> kinds = EnumSet.noneOf(ObservableKind.class);
        for (Json attribute : json.items("matching_attributes")) {
            if (attribute instanceof JsonString text) {
                for (String part : text.value().split("\\|", -1)) {
                    kinds.addAll(ATTRIBUTES.getOrDefault(part, Set.of()));
                }
            }
        }
        return kinds;
    }

    private static List<String> entries(String file, JsonObject json) throws InvalidWarningList {
        List<Json> items = json.items("list");
        List<String> entries = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            if (!(items.get(i) instanceof JsonString text)) {
                throw new InvalidWarningList(file, "/list/" + i, "must be a text");
            }
            if (!text.value().isBlank()) {
                entries.add(text.value().strip());
            }
        }
        if (!json.has("list")) {
            throw new InvalidWarningList(file, "/list", "the list itself is missing");
        }
        return entries;
    }
}
