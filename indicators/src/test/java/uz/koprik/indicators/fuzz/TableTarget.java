package uz.koprik.indicators.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.imports.ImportOptions;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * The readers of tables, lists, feeds and workbooks: rows with a place, each a value in its normal form or a refusal
 * with a reason.
 */
public final class TableTarget {

    private static final Normalisation CENTRE =
            Normalisation.withCards(digits -> "numberisleftouthere").withPhoneRegion("UZ");
    private static final ImportOptions OPTIONS = ImportOptions.of("").withRecognition(new Recognition(CENTRE));

    private TableTarget() {}

    /** Called by Jazzer once; loads classes before the time of any input is measured. */
    public static void fuzzerInitialize() throws IOException, InvalidObservable {
        for (byte[] seed : Seeds.of(TableTarget.class)) {
            tryOut(seed);
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException, InvalidObservable {
        long begun = Findings.processorTime();
        tryOut(input);
        Findings.checkTime(begun);
    }

    private static void tryOut(byte[] input) throws IOException, InvalidObservable {
        List<ImportItem> items = new ArrayList<>();
        try (ImportReader reader = ImportReader.open(new ByteArrayInputStream(input), OPTIONS)) {
            for (ImportItem item = reader.next(); item != null; item = reader.next()) {
                items.add(item);
            }
        } catch (ImportRefused e) {
            Findings.check(!e.getMessage().isBlank(), "a refusal without a reason");
        }
        for (ImportItem item : items) {
            Findings.check(!item.where().isBlank(), "an item without a place");
            switch (item) {
                case ImportItem.Value value -> checkValue(value);
                case ImportItem.PatternText pattern -> checkTerms(pattern.terms());
                case ImportItem.RefusedRow row ->
                    Findings.check(!row.reason().isBlank(), "a refused row without a reason");
                case ImportItem.ImportNote note -> Findings.check(!note.reason().isBlank(), "a note without words");
                case ImportItem.ObjectBytes object -> Findings.check(object.object().length > 0, "an empty object");
            }
        }
    }

    private static void checkValue(ImportItem.Value value) throws InvalidObservable {
        for (Observable one : value.observables()) {
            Findings.check(one.equals(one.kind().normalise(one.value(), CENTRE)), "a normal form that is not its own");
        }
        checkTerms(value.terms());
    }

    private static void checkTerms(ImportItem.Terms terms) {
        Findings.check(terms.labels().stream().noneMatch(String::isBlank), "a label without characters");
        terms.confidence().ifPresent(c -> Findings.check(c >= 0 && c <= 100, "a confidence beyond 100"));
        terms.validFrom().ifPresent(TableTarget::checkTime);
        terms.validUntil().ifPresent(TableTarget::checkTime);
    }

    private static void checkTime(long micros) {
        Findings.check(StixTimestamp.parse(StixTimestamp.format(micros)) == micros, "a time that STIX cannot write");
    }
}
