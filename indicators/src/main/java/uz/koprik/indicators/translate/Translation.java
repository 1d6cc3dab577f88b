package uz.koprik.indicators.translate;

import java.util.List;
import uz.koprik.indicators.stix.StixObject;

/**
 * What became of a document of another format.
 *
 * @param objects valid STIX objects, each after those it refers to
 * @param unexpressed everything that is not in them
 */
public record Translation(List<StixObject> objects, List<Untranslatable> unexpressed) {

    public Translation {
        objects = List.copyOf(objects);
        unexpressed = List.copyOf(unexpressed);
    }
}
