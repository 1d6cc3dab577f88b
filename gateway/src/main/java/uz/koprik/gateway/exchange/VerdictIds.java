package uz.koprik.gateway.exchange;

import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.stix.Uuid5;

/** Under which ids this centre keeps what its analysts found out of values in objects: one verdict of a kind on each. */
public final class VerdictIds {

    /** The type of the objects that say that a value is not what an object says it is. */
    public static final String DISMISSAL = "opinion";

    private VerdictIds() {}

    /**
     * @param type STIX type of the verdict
     * @param identity of this centre
     * @param object id of the object that was judged
     * @param value in that object
     */
    public static String of(String type, String identity, String object, Observable value) {
        return type + "--" + Uuid5.koprik("verdict", identity, object, value.key());
    }
}
