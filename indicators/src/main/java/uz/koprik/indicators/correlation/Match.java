package uz.koprik.indicators.correlation;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.store.Provenance;

/**
 * A value of a new object that was met before.
 *
 * @param observable the value
 * @param rule why the two belong together; now always the same value in normal form
 * @param count how many other objects carry it, as far as the asker may see
 * @param met the ones added last, newest first
 */
public record Match(Observable observable, Rule rule, long count, List<Met> met) {

    public Match {
        met = List.copyOf(met);
    }

    /** By which rule two values belong together. */
    public enum Rule {
        SAME_VALUE
    }

    /**
     * One object that carries the value.
     *
     * @param id STIX id
     * @param type STIX type
     * @param title its name, or the number and title of a case file
     * @param caseNumber the number, when it is a case file
     * @param producer {@code created_by_ref}, when there is one
     * @param receivedFrom the partner it came from; empty for this centre
     * @param added when it was added here, microseconds since the epoch
     * @param provenance who vouches for it
     */
    public record Met(
            String id,
            String type,
            String title,
            Optional<String> caseNumber,
            Optional<String> producer,
            String receivedFrom,
            long added,
            Provenance provenance) {}
}
