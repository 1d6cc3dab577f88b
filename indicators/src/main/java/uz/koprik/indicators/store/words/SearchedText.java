package uz.koprik.indicators.store.words;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.store.Entry;

/** What of an object is searched by words, and its labels. */
public final class SearchedText {

    /** Properties whose values people search by; all else of an object is found by its observables. */
    private static final Set<String> SEARCHED = Set.of(
            "name",
            "description",
            "abstract",
            "content",
            "explanation",
            "aliases",
            "labels",
            "pattern",
            "value",
            "title",
            "number",
            "goals",
            "sectors",
            "roles",
            "objective",
            "contact_information",
            "x_mitre_aliases",
            "display_name",
            "account_login",
            "subject",
            "path",
            "key",
            "product",
            "vendor",
            "malware_types",
            "indicator_types",
            "authors",
            "iban",
            "account_number",
            "relationship_type",
            "tool_types",
            "threat_actor_types",
            "report_types",
            "country",
            "region",
            "city",
            "identity_class");

    /** Longest text kept for searching; what follows is rarely searched for and costs every merge. */
    public static final int LONGEST = 32 * 1024;

    private static final byte[] LABELS = "\"labels\"".getBytes(StandardCharsets.US_ASCII);

    private SearchedText() {}

    /**
     * A text in an object.
     *
     * @param field the property it stands in
     */
    public record Field(String field, String text) {}

    /** The texts of an object in their order, as far as they are searched. */
    public static List<Field> of(JsonObject object) {
        List<Field> fields = new ArrayList<>();
        int room = LONGEST;
        for (int i = 0; i < object.size() && room > 0; i++) {
            String name = object.name(i);
            List<String> texts = new ArrayList<>();
            if (SEARCHED.contains(name)) {
                add(object.value(i), texts);
            } else if (name.equals("external_references") && object.value(i) instanceof JsonArray references) {
                for (Json reference : references.items()) {
                    if (reference instanceof JsonObject r) {
                        r.string("external_id").ifPresent(texts::add);
                    }
                }
            }
            for (String text : texts) {
                String kept = text.length() > room ? text.substring(0, Math.max(room, 0)) : text;
                if (!kept.isEmpty()) {
                    fields.add(new Field(name, kept));
                }
                room -= text.length() + 1;
            }
        }
        return fields;
    }

    private static void add(Json value, List<String> texts) {
        switch (value) {
            case JsonString s -> texts.add(s.value());
            case JsonArray array -> array.items().forEach(item -> add(item, texts));
            default -> {}
        }
    }

    /** The texts of a stored object; none when its bytes are not JSON. */
    static List<Field> of(Entry entry) {
        return parse(entry.object()).map(SearchedText::of).orElse(List.of());
    }

    /** The labels of an object in the form in which they are compared; none when its bytes are not JSON. */
    public static List<String> labels(ByteBuffer object) {
        if (!mentionsLabels(object)) {
            return List.of();
        }
        List<String> labels = new ArrayList<>();
        parse(object).map(json -> json.get("labels")).ifPresent(value -> add(value, labels));
        return labels.stream().map(SearchedText::label).distinct().toList();
    }

    /** The form in which labels are compared. */
    public static String label(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private static boolean mentionsLabels(ByteBuffer object) {
        if (!object.hasArray()) {
            return true;
        }
        byte[] bytes = object.array(); // asked of every entry: several times as fast as by the buffer
        int from = object.arrayOffset() + object.position();
        int last = from + object.remaining() - LABELS.length;
        for (int i = from; i <= last; i++) {
            if (bytes[i] == LABELS[0]
                    && bytes[i + 1] == LABELS[1]
                    && Arrays.equals(bytes, i, i + LABELS.length, LABELS, 0, LABELS.length)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<JsonObject> parse(ByteBuffer object) {
        byte[] bytes = new byte[object.remaining()];
        object.duplicate().get(bytes);
        try {
            return Optional.of(StrictJson.parseObject(bytes));
        } catch (MalformedJson notJson) {
            return Optional.empty(); // a store keeps any bytes
        }
    }
}
