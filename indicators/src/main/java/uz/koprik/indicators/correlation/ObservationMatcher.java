package uz.koprik.indicators.correlation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.pattern.match.MalformedObservation;
import uz.koprik.indicators.pattern.match.Observation;
import uz.koprik.indicators.pattern.match.Observations;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Observed data with what they observed.
 *
 * @param observation ready to be matched
 * @param values of known kinds among what was observed, and the type of the object that carries each
 */
record ObservationMatcher(Observation observation, Map<Observable, String> values) {

    /** Finds an object by its id. */
    interface Finder {
        Optional<StixObject> find(String id) throws StoreUnavailable;
    }

    /**
     * Reads observed data.
     *
     * @param finder finds what {@code object_refs} name; what it does not find was not observed
     * @return empty when they are revoked, or lack what matching needs
     */
    static Optional<ObservationMatcher> of(StixObject data, Finder finder) throws StoreUnavailable {
        if (data.revoked()) {
            return Optional.empty();
        }
        List<Json> bundle = new ArrayList<>();
        bundle.add(SignatureExtension.strip(data.json()));
        List<JsonObject> parts = new ArrayList<>();
        if (data.json().get("objects") instanceof JsonObject own && own.size() > 0) {
            for (int i = 0; i < own.size(); i++) {
                if (own.value(i) instanceof JsonObject part) {
                    parts.add(part);
                }
            }
        } else {
            for (Json reference : data.json().items("object_refs")) {
                Optional<StixObject> part =
                        reference instanceof JsonString id ? finder.find(id.value()) : Optional.empty();
                part.map(StixObject::json).map(SignatureExtension::strip).ifPresent(parts::add);
            }
            bundle.addAll(parts);
        }
        Map<Observable, String> values = new LinkedHashMap<>();
        for (JsonObject part : parts) {
            String type = part.string("type").orElse("");
            ObservableExtraction.of(part).observables().forEach(value -> values.putIfAbsent(value, type));
        }
        try {
            return Optional.of(new ObservationMatcher(
                    Observations.read(new JsonArray(bundle)).getFirst(), values));
        } catch (MalformedObservation lacking) {
            return Optional.empty();
        }
    }

    /** Whether the pattern is satisfied, and not only by values that are silenced. */
    boolean satisfies(TestedPattern pattern, Predicate<Observable> silenced) {
        List<Observable> spokenOf = spokenOf(pattern);
        return pattern.matches(observation)
                && (spokenOf.isEmpty() || !spokenOf.stream().allMatch(silenced));
    }

    /** The value that a match by pattern shows: one that it names, else one of an object that it speaks of. */
    Optional<Observable> shown(TestedPattern pattern, Predicate<Observable> silenced) {
        List<Observable> spokenOf = spokenOf(pattern);
        return (spokenOf.isEmpty() ? values.keySet() : spokenOf)
                .stream().filter(silenced.negate()).findFirst();
    }

    private List<Observable> spokenOf(TestedPattern pattern) {
        if (pattern.anchors().isPresent()) {
            return values.keySet().stream()
                    .filter(pattern.anchors().get()::contains)
                    .toList();
        }
        Set<String> types = PatternValues.types(pattern.compiled().pattern().root());
        return values.keySet().stream()
                .filter(value -> types.contains(values.get(value)))
                .toList();
    }
}
