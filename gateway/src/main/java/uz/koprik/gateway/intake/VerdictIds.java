package uz.koprik.gateway.intake;

import java.util.List;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.stix.values.Uuid5;

/**
 * Under which ids this centre keeps what its analysts found out of values in objects: one verdict of a kind on each.
 * The ids follow from a key of the centre, so that nobody else can ask for a verdict by its id.
 */
public final class VerdictIds {

    /** The type of the objects that say that a value is not what an object says it is. */
    public static final String DISMISSAL = "opinion";

    private final LocalCentre localCentre;

    public VerdictIds(LocalCentre localCentre) {
        this.localCentre = localCentre;
    }

    /**
     * The id of a new verdict.
     *
     * @param type STIX type of the verdict
     * @param object id of the object that was judged
     * @param value in that object
     */
    public String of(String type, String object, Observable value) {
        return type + "--" + localCentre.ids().of("verdict", object, value.key());
    }

    /** The ids that the verdict may have: that of a new one, and the public one of earlier versions. */
    public List<String> all(String type, String object, Observable value) {
        return List.of(
                of(type, object, value),
                type + "--" + Uuid5.koprik("verdict", localCentre.identity(), object, value.key()));
    }
}
