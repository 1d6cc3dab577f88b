package uz.koprik.indicators.translate;

import java.util.List;
import java.util.Map;
import uz.koprik.indicators.stix.StixObject;

/**
 * What became of a document of another format.
 *
 * @param objects valid STIX objects, each after those it refers to
 * @param unexpressed everything that is not in them
 * @param places JSON pointers to what the objects were made of, by their ids
 */
public record Translation(List<StixObject> objects, List<Untranslatable> unexpressed, Map<String, String> places) {

    public Translation {
        objects = List.copyOf(objects);
        unexpressed = List.copyOf(unexpressed);
        places = Map.copyOf(places);
    }
}
