package uz.koprik.gateway.intake;

import java.util.Optional;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.stix.values.Uuid5;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Under which ids this centre keeps what its analysts found out of values in objects: one verdict of a kind on each is
 * in force. The ids follow from a key of the centre, so that nobody else can ask for a verdict by its id.
 */
public final class VerdictIds {

    /** The type of the objects that say that a value is not what an object says it is. */
    public static final String DISMISSAL = "opinion";

    private final LocalCentre localCentre;

    public VerdictIds(LocalCentre localCentre) {
        this.localCentre = localCentre;
    }

    /** Where verdicts are looked up. */
    @FunctionalInterface
    public interface StoredVersions {

        /** The latest version of an object of this centre. */
        Optional<Entry> latest(String id) throws StoreUnavailable;
    }

    /**
     * What is stored of the verdicts of one type on one value in one object.
     *
     * @param last the last one, in force or revoked
     * @param free the id of a further one
     */
    public record StoredVerdicts(Optional<Entry> last, String free) {

        /** The verdict that is not revoked. */
        public Optional<Entry> inForce() {
            return last.filter(entry -> !entry.facts().revoked());
        }
    }

    /**
     * Looks up the verdicts. A revoked object gets no further version (STIX 2.1, section 3.6), so a verdict after a
     * revoked one has another id, which follows from its number. Earlier versions revived the revoked one.
     *
     * @param type STIX type of the verdicts
     * @param object id of the object that was judged
     * @param value in that object
     */
    public StoredVerdicts find(String type, String object, Observable value, StoredVersions stored)
            throws StoreUnavailable {
        Optional<Entry> last = stored.latest(publicId(type, object, value));
        int number = 1;
        String id = keyedId(type, object, value, number);
        while (last.isEmpty() || last.get().facts().revoked()) {
            Optional<Entry> next = stored.latest(id);
            if (next.isEmpty()) {
                break;
            }
            last = next;
            number++;
            id = keyedId(type, object, value, number);
        }
        return new StoredVerdicts(last, id);
    }

    private String keyedId(String type, String object, Observable value, int number) {
        return type + "--"
                + (number == 1
                        ? localCentre.ids().of("verdict", object, value.key())
                        : localCentre.ids().of("verdict", object, value.key(), Integer.toString(number)));
    }

    /** The id in earlier versions. */
    private String publicId(String type, String object, Observable value) {
        return type + "--" + Uuid5.koprik("verdict", localCentre.identity(), object, value.key());
    }
}
