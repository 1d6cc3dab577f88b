package uz.koprik.indicators.imports.layout;

import java.util.List;
import uz.koprik.indicators.observable.ObservableKind;

/**
 * What a line of a list has.
 *
 * @param value text of one or several values; empty when the line has none
 * @param kinds the kinds that the layout allows; empty for any
 * @param name what the line calls it; empty for nothing
 * @param note what the line says besides; empty for nothing
 * @param refusal why the line is not used although it is no comment; empty when it is used, or a comment
 * @param doubt why a person must confirm the values; empty for sure ones
 */
public record ListLine(
        String value, List<ObservableKind> kinds, String name, String note, String refusal, String doubt) {

    /** A comment, a blank line or other bookkeeping. */
    public static final ListLine NOTHING = new ListLine("", List.of(), "", "", "");

    ListLine(String value, List<ObservableKind> kinds, String name, String note, String refusal) {
        this(value, kinds, name, note, refusal, "");
    }

    static ListLine of(String value, String note) {
        return new ListLine(value, List.of(), "", note, "");
    }

    static ListLine of(String value, ObservableKind kind) {
        return new ListLine(value, List.of(kind), "", "", "");
    }

    static ListLine refused(String why) {
        return new ListLine("", List.of(), "", "", why);
    }
}
