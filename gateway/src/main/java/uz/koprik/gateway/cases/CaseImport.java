package uz.koprik.gateway.cases;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.tables.CaseRow;
import uz.koprik.indicators.cases.tables.CaseRowReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/**
 * Imports a table of cases in batches. Importing it again changes only cases that differ, so an interrupted import is
 * simply repeated.
 */
public final class CaseImport {

    /** Rows of a batch; the rows of one case that follow one another are never parted. */
    private static final int BATCH = 1000;

    private final CaseService book;
    private final Caller caller;
    private final Instant now;
    private final Map<String, List<CaseRow>> batch = new LinkedHashMap<>();
    private int batched;
    private Tally tally = new Tally(0, 0, 0, 0, 0);

    public CaseImport(CaseService book, Caller caller, InstantSource clock) {
        this.book = book;
        this.caller = caller;
        this.now = clock.instant();
    }

    /**
     * How it goes.
     *
     * @param created cases that were opened
     * @param updated cases that were changed
     * @param unchanged cases that were as the table says already
     * @param refused rows that were refused
     * @param leftOut cells that were left out of rows that were taken
     */
    public record Tally(long created, long updated, long unchanged, long refused, long leftOut) {}

    /**
     * A row that was refused, wholly or in part.
     *
     * @param line of the row
     * @param column its name; empty for the row as a whole
     * @param sentence why; it does not quote the cell
     * @param row whether the whole row was refused; else only this cell was left out
     */
    public record Fault(long line, String column, Sentence sentence, boolean row) {

        /** The sentence in English. */
        public String reason() {
            return sentence.text();
        }
    }

    /** Receives the progress of an import. */
    public interface Sink {
        /** Called periodically, with the faults since the last call. */
        void told(Tally tally, List<Fault> faults) throws IOException;
    }

    /**
     * Imports all rows.
     *
     * @throws ImportRefused when the rest of the file cannot be read; reported rows are stored
     * @throws IOException when the progress cannot be reported
     */
    public Tally run(CaseRowReader rows, Sink sink) throws IOException, ImportRefused, StoreUnavailable {
        List<Fault> faults = new ArrayList<>();
        String last = "";
        try {
            for (CaseRowReader.Item item = rows.next(); item != null; item = rows.next()) {
                faults.addAll(faults(item));
                count(
                        0,
                        0,
                        0,
                        item.row().isEmpty() ? 1 : 0,
                        item.row().isEmpty() ? 0 : item.faults().size());
                if (item.row().isPresent()) {
                    CaseRow row = item.row().get();
                    if (batched >= BATCH && !row.number().equals(last)) {
                        flush(faults, sink);
                    }
                    last = row.number();
                    batch.computeIfAbsent(last, n -> new ArrayList<>()).add(row);
                    batched++;
                }
                if (faults.size() >= BATCH) {
                    tell(faults, sink);
                }
            }
        } catch (ImportRefused e) {
            flush(faults, sink);
            throw e;
        }
        flush(faults, sink);
        return tally;
    }

    private void tell(List<Fault> faults, Sink sink) throws IOException {
        sink.told(tally, List.copyOf(faults));
        faults.clear();
    }

    static List<Fault> faults(CaseRowReader.Item item) {
        return item.faults().stream()
                .map(fault -> new Fault(
                        item.line(),
                        fault.column(),
                        fault.sentence(),
                        item.row().isEmpty()))
                .toList();
    }

    private void flush(List<Fault> faults, Sink sink) throws IOException, StoreUnavailable {
        List<CaseService.Brought> all = book.bring(
                caller, List.copyOf(batch.keySet()), (number, before) -> merged(batch.get(number), before, now));
        for (CaseService.Brought brought : all) {
            switch (brought.what()) {
                case CREATED -> count(1, 0, 0, 0, 0);
                case UPDATED -> count(0, 1, 0, 0, 0);
                case UNCHANGED -> count(0, 0, 1, 0, 0);
                case REFUSED -> {
                    List<CaseRow> rows = batch.get(brought.number());
                    count(0, 0, 0, rows.size(), 0);
                    rows.forEach(row -> faults.add(new Fault(row.line(), "", Sentence.other(brought.reason()), true)));
                }
            }
        }
        batch.clear();
        batched = 0;
        tell(faults, sink);
    }

    static CaseFile merged(List<CaseRow> rows, Optional<CaseFile> before, Instant now) {
        Optional<CaseFile> file = before;
        for (CaseRow row : rows) {
            file = Optional.of(row.merge(file, now));
        }
        return file.orElseThrow();
    }

    private void count(long created, long updated, long unchanged, long refused, long leftOut) {
        tally = new Tally(
                tally.created() + created,
                tally.updated() + updated,
                tally.unchanged() + unchanged,
                tally.refused() + refused,
                tally.leftOut() + leftOut);
    }
}
