package uz.koprik.indicators.bursts;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/** The features of entries, with the names of the malware that relationships point at. For one thread at a time. */
final class FeatureReader {

    /** Names of malware beyond this many are read each time. */
    private static final int MOST = 20_000;

    private final Store store;
    private final Audience audience;
    private final Map<String, Optional<Feature>> families = new HashMap<>();

    /** @param audience to whom malware must be visible for its name to count */
    FeatureReader(Store store, Audience audience) {
        this.store = store;
        this.audience = audience;
    }

    Set<Feature> of(Entry entry) throws StoreUnavailable {
        Set<Feature> features = Feature.ofValues(entry.facts().observables());
        entry.facts().producer().ifPresent(producer -> features.add(new Feature(Dimension.PRODUCER, producer)));
        switch (entry.facts().type()) {
            case "malware" -> Feature.ofMalware(StoredObject.json(entry)).ifPresent(features::add);
            case "location" -> Feature.ofLocation(StoredObject.json(entry)).ifPresent(features::add);
            case "relationship" -> {
                for (String ref : entry.facts().refs()) {
                    family(ref).ifPresent(features::add);
                }
            }
            default -> {}
        }
        return features;
    }

    private Optional<Feature> family(String ref) throws StoreUnavailable {
        if (!ref.startsWith("malware--")) {
            return Optional.empty();
        }
        Optional<Feature> known = families.get(ref);
        if (known == null) {
            known = store.latest(ref, audience).map(StoredObject::json).flatMap(Feature::ofMalware);
            if (known.isPresent() && families.size() < MOST) {
                families.put(ref, known);
            }
        }
        return known;
    }
}
