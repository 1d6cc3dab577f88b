package uz.koprik.indicators.correlation;

import java.util.List;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.warninglist.WarningLists;

/**
 * What became of looking for the values of one object.
 *
 * @param matches what was found
 * @param silenced values that were not looked for, because a warning list says they are common
 */
public record Correlation(List<ValueMatch> matches, List<SilencedValue> silenced) {

    /** Nothing found, nothing silenced. */
    public static final Correlation NOTHING = new Correlation(List.of(), List.of());

    public Correlation {
        matches = List.copyOf(matches);
        silenced = List.copyOf(silenced);
    }

    /**
     * A value that was not looked for.
     *
     * @param observable the value
     * @param by the list that it is on
     */
    public record SilencedValue(Observable observable, WarningLists.Hit by) {}
}
