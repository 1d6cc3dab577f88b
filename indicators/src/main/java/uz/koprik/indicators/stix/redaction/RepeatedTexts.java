package uz.koprik.indicators.stix.redaction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonPointer;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.rules.Selector;

/** Finds texts that were cut and still stand in what is left, such as the value of a pattern in the name. */
final class RepeatedTexts {

    /** Shorter texts stand everywhere. */
    private static final int SHORTEST = 4;

    private static final Set<String> NO_TEXTS =
            Set.of("type", "spec_version", "id", "created", "modified", MarkedParts.OF_OBJECT, MarkedParts.OF_PARTS);

    private final Set<String> cut = new HashSet<>();
    private final List<String> found = new ArrayList<>();

    private RepeatedTexts() {}

    /**
     * JSON pointers of the texts and names in {@code rest} that contain a text cut from {@code whole}; case does not
     * matter.
     *
     * @param ways to what was cut
     */
    static List<String> of(JsonObject whole, Collection<List<Selector.Step>> ways, JsonObject rest) {
        RepeatedTexts texts = new RepeatedTexts();
        ways.forEach(way -> new Selector(way).in(whole).ifPresent(texts::remember));
        if (!texts.cut.isEmpty()) {
            for (int i = 0; i < rest.size(); i++) {
                if (!NO_TEXTS.contains(rest.name(i))) {
                    texts.look(rest.value(i), "/" + JsonPointer.token(rest.name(i)));
                }
            }
        }
        return List.copyOf(texts.found);
    }

    private void remember(Json value) {
        switch (value) {
            case JsonString text
            when text.value().strip().length() >= SHORTEST ->
                cut.add(text.value().strip().toLowerCase(Locale.ROOT));
            case JsonObject object -> object.names().forEach(name -> remember(object.get(name)));
            case JsonArray array -> array.items().forEach(this::remember);
            default -> {}
        }
    }

    private void look(String text, String at) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (cut.stream().anyMatch(lower::contains) && !found.contains(at)) {
            found.add(at);
        }
    }

    private void look(Json value, String at) {
        switch (value) {
            case JsonString text -> look(text.value(), at);
            case JsonObject object ->
                object.names().forEach(name -> {
                    String inside = at + "/" + JsonPointer.token(name);
                    look(name, inside);
                    look(object.get(name), inside);
                });
            case JsonArray array -> {
                for (int i = 0; i < array.items().size(); i++) {
                    look(array.items().get(i), at + "/" + i);
                }
            }
            default -> {}
        }
    }
}
