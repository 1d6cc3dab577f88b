package uz.koprik.indicators.cases.tables;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.cases.CrimeTypes;
import uz.koprik.indicators.cases.Loss;
import uz.koprik.indicators.cases.tables.CaseMapping.Field;
import uz.koprik.indicators.cases.tables.CaseRowReader.Fault;
import uz.koprik.indicators.imports.Table;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.wording.Sentence;

/** Reads a case from the cells of a row; reports everything that is wrong with the row at once. */
final class TableRowReader {

    private final CaseMapping mapping;
    private final Map<String, Integer> places;
    private final Recognition recognition;
    private final CellTexts texts;

    TableRowReader(CaseMapping mapping, Map<String, Integer> places, Recognition recognition) {
        this.mapping = mapping;
        this.places = places;
        this.recognition = recognition;
        this.texts = new CellTexts(mapping);
    }

    /** The columns that the mapping names and the table lacks. */
    List<String> missing() {
        Set<String> named = new LinkedHashSet<>();
        mapping.fields().values().forEach(source -> named.add(source.column()));
        mapping.values().forEach(values -> named.add(values.column()));
        for (CaseMapping.Losses losses : mapping.losses()) {
            named.add(losses.column());
            named.add(losses.currencyColumn());
            named.add(losses.noteColumn());
        }
        return named.stream()
                .filter(name -> !name.isEmpty() && !places.containsKey(CaseRowReader.key(name)))
                .toList();
    }

    Optional<CaseRow> read(long line, List<Table.Cell> cells, List<Fault> faults) {
        Row row = new Row(cells, faults);
        Map<Field, String> said = new EnumMap<>(Field.class);
        for (Field field : List.of(Field.TITLE, Field.TYPE, Field.STATUS, Field.UNIT, Field.SUMMARY)) {
            row.single(field).ifPresent(text -> said.put(field, text));
        }
        String number = row.single(Field.NUMBER).orElse("");
        row.check(Field.NUMBER, () -> CaseFile.checkNumber(number));
        Optional.ofNullable(said.get(Field.TYPE))
                .filter(type -> !CrimeTypes.isType(type))
                .ifPresent(type -> row.fault(mapping.fields().get(Field.TYPE).column(), ImportSentence.CASE_TYPE.of()));
        Optional.ofNullable(said.get(Field.STATUS))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !word.equals("open") && !word.equals("closed"))
                .ifPresent(word ->
                        row.fault(mapping.fields().get(Field.STATUS).column(), ImportSentence.CASE_STATUS.of()));
        Optional<Instant> opened = row.time(Field.OPENED);
        Optional<Instant> closed = row.time(Field.CLOSED);
        List<String> cases = row.several(Field.CASES).stream()
                .filter(other -> !other.equals(number))
                .toList();
        cases.forEach(other -> row.check(Field.CASES, () -> CaseFile.checkNumber(other)));
        List<String> incidents = row.several(Field.INCIDENTS);
        if (!incidents.stream().allMatch(StixId::isId)) {
            row.fault(mapping.fields().get(Field.INCIDENTS).column(), ImportSentence.CASE_INCIDENT.of());
        }
        List<Loss> losses = row.losses();
        boolean sound = faults.isEmpty();
        List<CaseObservable> values = row.values();
        if (!sound || !(mapping.leaveOut() || faults.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new CaseRow(line, number, said, opened, closed, values, losses, cases, incidents));
    }

    /** One row while it is being read. */
    private final class Row {

        private final List<Table.Cell> cells;
        private final List<Fault> faults;

        Row(List<Table.Cell> cells, List<Fault> faults) {
            this.cells = cells;
            this.faults = faults;
        }

        void fault(String column, Sentence reason) {
            faults.add(new Fault(column, reason));
        }

        void check(Field field, Runnable check) {
            try {
                check.run();
            } catch (IllegalArgumentException e) {
                fault(mapping.fields().get(field).column(), Sentence.other(e.getMessage()));
            }
        }

        /**
         * The cell of a column; empty when it is not there, has nothing in it, or cannot be used, which is reported.
         */
        private Optional<Table.Cell> cell(String column) {
            Integer place = column.isEmpty() ? null : places.get(CaseRowReader.key(column));
            if (place == null
                    || place >= cells.size()
                    || cells.get(place).text().isEmpty()) {
                return Optional.empty();
            }
            Table.Cell cell = cells.get(place);
            if (cell.content() == Table.Content.FAULT) {
                fault(column, Sentence.other(cell.text()));
                return Optional.empty();
            }
            return Optional.of(cell);
        }

        Optional<String> single(Field field) {
            CaseMapping.Source source = mapping.fields().get(field);
            if (source == null) {
                return Optional.empty();
            }
            Optional<Table.Cell> cell = cell(source.column());
            if (cell.isEmpty()) {
                return Optional.of(source.constant()).filter(constant -> !constant.isEmpty());
            }
            return translated(source, cell.get().text());
        }

        private Optional<String> translated(CaseMapping.Source source, String text) {
            String known = source.translate().get(text.strip().toLowerCase(Locale.ROOT));
            if (known != null) {
                return Optional.of(known);
            }
            if (!source.otherwise().isEmpty()) {
                return Optional.of(source.otherwise());
            }
            if (!source.translate().isEmpty() && !source.translate().containsValue(text)) {
                fault(source.column(), ImportSentence.NOT_TRANSLATED.of());
                return Optional.empty();
            }
            return Optional.of(text);
        }

        List<String> several(Field field) {
            CaseMapping.Source source = mapping.fields().get(field);
            if (source == null) {
                return List.of();
            }
            return cell(source.column())
                    .map(cell -> CellTexts.split(cell.text(), source.split()))
                    .orElse(List.of());
        }

        Optional<Instant> time(Field field) {
            CaseMapping.Source source = mapping.fields().get(field);
            Optional<Table.Cell> cell = source == null ? Optional.empty() : cell(source.column());
            if (cell.isEmpty()) {
                return Optional.empty();
            }
            Optional<Instant> moment = texts.moment(cell.get());
            if (moment.isEmpty()) {
                fault(source.column(), ImportSentence.CASE_TIME.of(texts.dateForms()));
            }
            return moment;
        }

        List<CaseObservable> values() {
            Map<Observable, CaseObservable> found = new LinkedHashMap<>();
            for (CaseMapping.Values column : mapping.values()) {
                Optional<Table.Cell> cell = cell(column.column());
                for (String text :
                        cell.map(c -> CellTexts.split(c.text(), column.split())).orElse(List.of())) {
                    observable(column, text)
                            .ifPresent(value ->
                                    found.putIfAbsent(value, new CaseObservable(value, column.role(), column.note())));
                }
            }
            return List.copyOf(found.values());
        }

        private Optional<Observable> observable(CaseMapping.Values column, String text) {
            try {
                if (column.kind().isPresent()) {
                    return Optional.of(
                            recognition.recogniseOne(text, column.kind().get()).observable());
                }
                Optional<Observable> value = recognition.recogniseOne(text).map(RecognisedValue::observable);
                if (value.isEmpty()) {
                    fault(column.column(), ImportSentence.CASE_KIND.of());
                }
                return value;
            } catch (InvalidObservable e) {
                fault(column.column(), ImportSentence.INVALID_VALUE.of(e.kind().label(), e.reason()));
                return Optional.empty();
            }
        }

        List<Loss> losses() {
            List<Loss> found = new ArrayList<>();
            for (CaseMapping.Losses column : mapping.losses()) {
                Optional<Table.Cell> amount = cell(column.column());
                if (amount.isEmpty()) {
                    continue;
                }
                Optional<String> plain = texts.amount(amount.get());
                if (plain.isEmpty()) {
                    fault(
                            column.column(),
                            (mapping.decimal() == ','
                                            ? ImportSentence.AMOUNT_WITH_COMMA
                                            : ImportSentence.AMOUNT_WITH_POINT)
                                    .of());
                    continue;
                }
                String currency = cell(column.currencyColumn())
                        .map(c -> c.text().toUpperCase(Locale.ROOT))
                        .orElse(column.currency());
                String note = cell(column.noteColumn()).map(Table.Cell::text).orElse(column.note());
                try {
                    Loss loss = Loss.of(plain.get(), currency, note);
                    if (loss.amount().signum() > 0) {
                        found.add(loss);
                    }
                } catch (IllegalArgumentException e) {
                    fault(column.column(), Sentence.other(e.getMessage()));
                }
            }
            return found;
        }
    }
}
