package uz.koprik.indicators.stix;

import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.ObservableIds;

/** Values as cyber observables (STIX 2.1, section 6), with ids that follow from the value. */
public final class ObservableObjects {

    private ObservableObjects() {}

    /** The object of a value under a marking; empty for what is no object by itself, such as the path of a URL. */
    public static Optional<JsonObject> of(Observable observable, Tlp tlp) {
        return observable.kind().stix().object(observable.value()).map(bare -> {
            JsonObject.Builder whole =
                    JsonObject.builder().put("id", ObservableIds.of(bare).orElseThrow());
            String type = bare.string("type").orElseThrow();
            whole.put("type", type).put("spec_version", "2.1");
            ExtensionDefinitions.ofObservable(type)
                    .ifPresent(definition -> whole.put("extensions", newType(definition)));
            bare.names().stream().filter(name -> !name.equals("type")).forEach(name -> whole.put(name, bare.get(name)));
            return whole.putStrings("object_marking_refs", List.of(Markings.id(tlp)))
                    .build();
        });
    }

    private static JsonObject newType(String definition) {
        return JsonObject.builder()
                .put(
                        definition,
                        JsonObject.builder().put("extension_type", "new-sco").build())
                .build();
    }
}
