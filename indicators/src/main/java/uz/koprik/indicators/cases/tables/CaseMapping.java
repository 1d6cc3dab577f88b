package uz.koprik.indicators.cases.tables;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.imports.TableFiles;
import uz.koprik.indicators.observable.ObservableKind;

/**
 * What the columns of a table say of cases.
 *
 * @param form how the table is written
 * @param header row that names the columns, from 1; 0 when none does: then columns are called 1, 2, 3 …
 * @param zone of times that name none
 * @param dates how dates and times are written, each tried in turn (patterns of
 *     {@link java.time.format.DateTimeFormatter}); empty for {@code 2026-11-22} and {@code 2026-11-22T08:30:00Z}
 * @param decimal what stands before the decimals of an amount: a point or a comma
 * @param fields what each single part of a case is taken from; the number is always among them
 * @param values columns of values that play a part in the case
 * @param losses columns of losses
 * @param leaveOut whether a value that is not valid is left out and reported, instead of its row being refused
 */
public record CaseMapping(
        TableFiles.Form form,
        int header,
        ZoneId zone,
        List<String> dates,
        char decimal,
        Map<Field, Source> fields,
        List<Values> values,
        List<Losses> losses,
        boolean leaveOut) {

    /** The single parts of a case. */
    public enum Field {
        NUMBER,
        TITLE,
        TYPE,
        STATUS,
        UNIT,
        OPENED,
        CLOSED,
        SUMMARY,
        CASES,
        INCIDENTS;

        /** As it stands in mappings. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Where a part comes from.
     *
     * @param column its name; empty when all cases have the same
     * @param constant what all cases have, or those whose cell is empty
     * @param translate from what cells say, in lower case, to what it means here
     * @param otherwise what is meant by a cell that {@code translate} does not know; empty to take the cell as it is,
     *     or, when there is something to translate, to refuse it
     * @param split signs that separate several in one cell
     */
    public record Source(
            String column, String constant, Map<String, String> translate, String otherwise, String split) {

        public Source {
            translate = Map.copyOf(translate);
        }

        /** What stands in a column, as it is. */
        public static Source column(String name) {
            return new Source(name, "", Map.of(), "", SPLIT);
        }
    }

    /** What separates several in one cell when nothing is said; never a space, since values may have some. */
    public static final String SPLIT = ",;|\n";

    /**
     * A column of values.
     *
     * @param kind of all of them; empty to recognise each
     * @param role the part they play; empty when nobody says so
     * @param split signs that separate several in one cell; empty when a cell holds one
     * @param note what is noted beside each
     */
    public record Values(
            String column,
            Optional<ObservableKind> kind,
            Optional<CaseObservable.Role> role,
            String split,
            String note) {}

    /**
     * A column of losses.
     *
     * @param column of the amount
     * @param currency of all of them; empty when a column says it
     * @param currencyColumn empty when all have the same
     * @param note distinguishes losses of the same case; by default the name of the column
     * @param noteColumn empty when all have the same note
     */
    public record Losses(String column, String currency, String currencyColumn, String note, String noteColumn) {}

    /** @throws IllegalArgumentException when nothing says the number of a case, or a pattern is none */
    public CaseMapping {
        if (!fields.containsKey(Field.NUMBER)
                || (fields.get(Field.NUMBER).column().isEmpty()
                        && fields.get(Field.NUMBER).constant().isEmpty())) {
            throw new IllegalArgumentException("a mapping must say which column is the number of the case");
        }
        dates = List.copyOf(dates);
        CellTexts.check(dates);
        fields = Collections.unmodifiableMap(new EnumMap<>(fields));
        values = List.copyOf(values);
        losses = List.copyOf(losses);
    }

    /** For tables whose columns are named as the parts are: {@code number}, {@code title}, {@code values} … */
    public static CaseMapping plain() {
        Map<Field, Source> fields = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            fields.put(field, Source.column(field.word()));
        }
        return new CaseMapping(
                TableFiles.Form.PLAIN,
                1,
                ZoneOffset.UTC,
                List.of(),
                '.',
                fields,
                List.of(new Values("values", Optional.empty(), Optional.empty(), SPLIT, "")),
                List.of(new Losses("loss", "", "currency", "", "")),
                false);
    }
}
