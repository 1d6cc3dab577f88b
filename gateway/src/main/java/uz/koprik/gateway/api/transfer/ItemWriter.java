package uz.koprik.gateway.api.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.forms.ValueRemark;

/** Makes objects for intake of the items of a file. Safe for many threads. */
final class ItemWriter {

    private final IndicatorRows rows;
    private final ImportedObjects objects;

    /** Ids that were written and are not stored yet: the store does not know them. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    private final Map<String, LongAdder> kinds = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> remarks = new ConcurrentHashMap<>();

    ItemWriter(IndicatorRows rows, ImportedObjects objects) {
        this.rows = rows;
        this.objects = objects;
    }

    /** Intake has dealt with these ids. */
    void stored(List<String> ids) {
        ids.forEach(underWay::remove);
    }

    /** How many values were read as which kind, by the code of the kind. */
    Map<String, Long> kinds() {
        return sums(kinds);
    }

    /** Of how many values the same is to be said, such as all coins that share the form of an address. */
    Map<String, Long> remarks() {
        return sums(remarks);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> adders) {
        Map<String, Long> counts = new TreeMap<>();
        adders.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }

    ImportBatch write(List<ImportItem> items) {
        List<IncomingObject> offered = new ArrayList<>(items.size());
        List<String> fresh = new ArrayList<>(items.size());
        List<Outcome> refused = new ArrayList<>();
        List<ImportLine.NoteLine> noted = new ArrayList<>();
        WaitingObjects.Marks marks = WaitingObjects.Marks.none();
        int known = 0;
        for (ImportItem item : items) {
            switch (item) {
                case ImportItem.ObjectBytes object -> {
                    ImportedObjects.Result result = objects.of(object);
                    known += result.known() ? 1 : 0;
                    refused.addAll(result.refused());
                    noted.addAll(result.noted());
                    for (byte[] one : result.offered()) {
                        marks.add(one, offered.size());
                        offered.add(new IncomingObject(one, object.where()));
                    }
                }
                case ImportItem.RefusedRow row -> refused.add(ImportLine.refused(row));
                case ImportItem.ImportNote note -> noted.add(ImportLine.NoteLine.of(note));
                case ImportItem.Value _, ImportItem.PatternText _ -> {
                    switch (rows.of(item, underWay)) {
                        case IndicatorRows.Result.Known _ -> {
                            known++;
                            count(item);
                        }
                        case IndicatorRows.Result.LeftOut _ -> {}
                        case IndicatorRows.Result.Refused no -> refused.add(no.outcome());
                        case IndicatorRows.Result.Fresh made -> {
                            count(item);
                            fresh.add(made.id());
                            offered.add(made.object());
                        }
                    }
                }
            }
        }
        return new ImportBatch(offered, marks, fresh, known, refused, noted);
    }

    private static void add(Map<String, LongAdder> counts, String name) {
        counts.computeIfAbsent(name, one -> new LongAdder()).increment();
    }

    private void count(ImportItem item) {
        if (item instanceof ImportItem.Value value) {
            for (Observable one : value.observables()) {
                add(kinds, one.kind().code());
                ValueRemark.text(one.remarks()).ifPresent(remark -> add(remarks, remark));
            }
        }
    }
}
