package uz.koprik.indicators.stix;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;

/** Finds the identifiers that an object refers to (STIX 2.1, section 2.9: their names end in _ref or _refs). */
final class References {

    private References() {}

    static Set<String> of(JsonObject json) {
        Set<String> found = new LinkedHashSet<>();
        Reference.of(json).forEach(reference -> found.add(reference.id()));
        return Collections.unmodifiableSet(found);
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
