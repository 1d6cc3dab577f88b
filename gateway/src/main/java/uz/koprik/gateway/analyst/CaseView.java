package uz.koprik.gateway.analyst;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;

/** A case file; the schema {@code CaseFile} says what each part is. */
record CaseView(
        String number,
        String title,
        String type,
        String status,
        String summary,
        String unit,
        String opened,
        String closed,
        String id,
        String version,
        List<CaseValueView> values) {

    /** A value of a case; the schema {@code CaseValue}. */
    record CaseValueView(String kind, String value, String role, String note) {

        static CaseValueView of(CaseObservable observable) {
            return new CaseValueView(
                    observable.observable().kind().code(),
                    observable.observable().value(),
                    observable.role().word(),
                    observable.note().isEmpty() ? null : observable.note());
        }
    }

    /** Case files; the schema {@code CaseList}. */
    record Many(List<CaseView> cases, String next) {}

    /** A case after a change; the schema {@code CaseAnswer}. */
    record Changed(@JsonProperty("case") CaseView file, List<MatchView> matches, List<RefusedValue> refused) {}

    /** A value that was not taken; the schema {@code RefusedValue}. */
    record RefusedValue(String where, String reason) {}

    static CaseView of(StixObject object) {
        CaseFile file = file(object);
        return new CaseView(
                file.number(),
                file.title(),
                file.crimeType(),
                file.status().name().toLowerCase(Locale.ROOT),
                file.summary().isEmpty() ? null : file.summary(),
                file.ownerUnit().isEmpty() ? null : file.ownerUnit(),
                file.opened().toString(),
                file.closed().map(Object::toString).orElse(null),
                object.id(),
                Times.text(object.version()),
                file.observables().stream().map(CaseValueView::of).toList());
    }

    static CaseFile file(StixObject object) {
        try {
            return CaseFiles.read(object);
        } catch (InvalidObject e) {
            throw new IllegalStateException("a case file was stored though it is malformed: " + object.id(), e);
        }
    }
}
