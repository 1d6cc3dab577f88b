package uz.koprik.indicators.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import uz.koprik.indicators.imports.layout.ColumnRole;
import uz.koprik.indicators.imports.layout.FileFault;
import uz.koprik.indicators.imports.layout.TableColumn;

/** Which column of a table plays which role, as the sender says. */
public final class Columns {

    /** Other names for roles that the option takes. */
    private static final Map<String, ColumnRole> OTHER_NAMES = Map.ofEntries(
            Map.entry("indicator", ColumnRole.VALUE),
            Map.entry("ioc", ColumnRole.VALUE),
            Map.entry("observable", ColumnRole.VALUE),
            Map.entry("type", ColumnRole.KIND),
            Map.entry("family", ColumnRole.NAME),
            Map.entry("malware", ColumnRole.NAME),
            Map.entry("comment", ColumnRole.DESCRIPTION),
            Map.entry("tags", ColumnRole.LABELS),
            Map.entry("first_seen", ColumnRole.VALID_FROM),
            Map.entry("expires", ColumnRole.VALID_UNTIL));

    private final List<TableColumn> columns;

    private Columns(List<TableColumn> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * From the option {@code --columns}, such as {@code name,value} or {@code -,value,tlp}.
     *
     * @throws ImportRefused when a name is unknown, or there is not exactly one column of values, or a role comes twice
     */
    public static Columns parse(String option) throws ImportRefused {
        List<TableColumn> columns = new ArrayList<>();
        for (String name : option.split(",", -1)) {
            columns.add(TableColumn.of("", role(name)));
        }
        for (ColumnRole role : ColumnRole.values()) {
            if (!role.mayRepeat()
                    && columns.stream().filter(one -> one.role() == role).count() > 1) {
                throw new ImportRefused(FileFault.ROLE_TWICE.of(role.code()));
            }
        }
        if (columns.stream().noneMatch(one -> one.role() == ColumnRole.VALUE || one.role() == ColumnRole.PATTERN)) {
            throw new ImportRefused(FileFault.NO_ROLE_OF_VALUES.of());
        }
        return new Columns(columns);
    }

    /**
     * The role of that name.
     *
     * @throws ImportRefused when there is none
     */
    public static ColumnRole role(String name) throws ImportRefused {
        String word = name.strip().toLowerCase(Locale.ROOT);
        return Optional.ofNullable(OTHER_NAMES.get(word))
                .or(() -> ColumnRole.ofCode(word))
                .orElseThrow(() -> new ImportRefused(FileFault.UNKNOWN_ROLE.of(name.strip(), ColumnRole.codes())));
    }

    /** The columns from the left. */
    public List<TableColumn> columns() {
        return columns;
    }
}
