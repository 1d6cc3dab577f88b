package uz.koprik.indicators.imports.layout;

import java.util.List;
import uz.koprik.indicators.observable.ObservableKind;

/**
 * A column of a table.
 *
 * @param header its name in the table; empty when the table has no header
 * @param role what it is used for
 * @param kinds for a column of values, the kinds that its name allows; empty for any
 */
public record TableColumn(String header, ColumnRole role, List<ObservableKind> kinds) {

    public TableColumn {
        kinds = List.copyOf(kinds);
    }

    /** A column whose name says nothing of the kind of its values. */
    public static TableColumn of(String header, ColumnRole role) {
        return new TableColumn(header, role, List.of());
    }
}
