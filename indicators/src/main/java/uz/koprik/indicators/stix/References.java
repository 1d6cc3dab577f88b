package uz.koprik.indicators.stix;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.stix.values.RedactionExtension;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixId;

/**
 * Finds the identifiers that an object names. Names of properties do not matter: authors of custom properties and
 * extensions choose them freely, and a statement about another object is as secret as that object.
 */
final class References {

    private References() {}

    /**
     * Every value that is an identifier, at any depth, but for the object's own one, the nine markings of TLP, and what
     * stands in the signature extension, which nobody signed. The original of a redaction is no reference either: it is
     * stricter, and the redaction has nothing of what makes it so.
     */
    static Set<String> of(JsonObject json) {
        Set<String> found = new LinkedHashSet<>();
        for (int i = 0; i < json.size(); i++) {
            String name = json.name(i);
            if (name.equals(SignatureExtension.EXTENSIONS) && json.value(i) instanceof JsonObject extensions) {
                for (int e = 0; e < extensions.size(); e++) {
                    String extension = extensions.name(e);
                    if (extension.equals(RedactionExtension.ID)
                            && extensions.value(e) instanceof JsonObject redaction) {
                        collect(redaction.without(RedactionExtension.ORIGINAL), found);
                    } else if (!extension.equals(SignatureExtension.ID)) {
                        collect(extensions.value(e), found);
                    }
                }
            } else if (!name.equals("id")) {
                collect(json.value(i), found);
            }
        }
        json.string("id").ifPresent(found::remove);
        return Collections.unmodifiableSet(found);
    }

    private static void collect(Json value, Set<String> found) {
        switch (value) {
            case JsonString s -> {
                if (StixId.isId(s.value()) && Markings.tlp(s.value()).isEmpty()) {
                    found.add(s.value());
                }
            }
            case JsonObject object -> {
                for (int i = 0; i < object.size(); i++) {
                    collect(object.value(i), found);
                }
            }
            case JsonArray array -> array.items().forEach(item -> collect(item, found));
            default -> {}
        }
    }

    static List<String> strings(JsonObject json, String name) {
        if (!json.has(name)) {
            return List.of();
        }
        List<String> strings = new ArrayList<>();
        for (Json item : json.items(name)) {
            if (item instanceof JsonString s) {
                strings.add(s.value());
            }
        }
        return Collections.unmodifiableList(strings);
    }

    static List<GranularMarking> granularMarkings(JsonObject json) {
        if (!json.has("granular_markings")) {
            return List.of();
        }
        List<GranularMarking> markings = new ArrayList<>();
        for (Json item : json.items("granular_markings")) {
            if (item instanceof JsonObject marking) {
                Optional<String> ref = marking.string("marking_ref");
                markings.add(new GranularMarking(strings(marking, "selectors"), ref, marking.string("lang")));
            }
        }
        return Collections.unmodifiableList(markings);
    }
}
