package uz.koprik.indicators.cases.tables;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.indicators.cases.CaseDraft;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.cases.CrimeTypes;
import uz.koprik.indicators.cases.Loss;

/**
 * What one row says of one case. What it does not say stays as it is; values, losses and links are added, or put right,
 * and never taken out.
 *
 * @param line of the row
 * @param number of the case
 * @param texts title, type, status, unit and summary, as far as said
 * @param opened when said
 * @param closed when said
 * @param values each once
 * @param losses each with its note
 * @param cases numbers of other cases
 * @param incidents ids of STIX objects
 */
public record CaseRow(
        long line,
        String number,
        Map<CaseMapping.Field, String> texts,
        Optional<Instant> opened,
        Optional<Instant> closed,
        List<CaseObservable> values,
        List<Loss> losses,
        List<String> cases,
        List<String> incidents) {

    public CaseRow {
        texts = texts.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(texts));
        values = List.copyOf(values);
        losses = List.copyOf(losses);
        cases = List.copyOf(cases);
        incidents = List.copyOf(incidents);
    }

    /**
     * The case with what this row says; the same case when that is nothing new.
     *
     * @param before empty when there is none yet
     * @param now when a new case was opened, or one was closed, that does not say so
     * @throws IllegalArgumentException when the outcome is no case: says what is wrong
     */
    public CaseFile merge(Optional<CaseFile> before, Instant now) {
        CaseFile file = before.orElseGet(() -> CaseFile.open(
                number,
                text(CaseMapping.Field.TITLE).orElse("Case " + number),
                text(CaseMapping.Field.TYPE).orElse(CrimeTypes.OTHER),
                opened.orElse(now)));
        CaseDraft draft = file.draft();
        text(CaseMapping.Field.TITLE).ifPresent(draft::title);
        text(CaseMapping.Field.TYPE).ifPresent(draft::crimeType);
        text(CaseMapping.Field.UNIT).ifPresent(draft::ownerUnit);
        text(CaseMapping.Field.SUMMARY).ifPresent(draft::summary);
        opened.ifPresent(draft::opened);
        status(file, draft, now);
        draft.observe(values);
        losses.forEach(draft::loss);
        draft.cases(union(file.cases(), cases));
        draft.incidents(union(file.incidents(), incidents));
        return draft.build();
    }

    private void status(CaseFile file, CaseDraft draft, Instant now) {
        Optional<String> status = text(CaseMapping.Field.STATUS).map(word -> word.toLowerCase(Locale.ROOT));
        if (status.equals(Optional.of("open"))) {
            draft.reopened();
        } else if (closed.isPresent()) {
            draft.closed(closed.get());
        } else if (status.equals(Optional.of("closed")) && file.status() == CaseFile.Status.OPEN) {
            draft.closed(now);
        }
    }

    private Optional<String> text(CaseMapping.Field field) {
        return Optional.ofNullable(texts.get(field));
    }

    private static List<String> union(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }
}
