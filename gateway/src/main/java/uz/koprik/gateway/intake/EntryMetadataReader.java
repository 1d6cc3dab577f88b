package uz.koprik.gateway.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.auth.Source;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.RedactionExtension;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.words.SearchedText;

/** What is known of an accepted object, as the store wants it. */
final class EntryMetadataReader {

    private EntryMetadataReader() {}

    static EntryMetadata of(Candidate candidate, Source source, Claimant claimant) {
        StixObject object = candidate.object;
        boolean partner = source instanceof Source.Partner;
        return new EntryMetadata(
                object.id(),
                object.type(),
                object.specVersion(),
                object.version(),
                object.created(),
                object.createdByRef(),
                partner ? source.name() : "",
                partner ? "" : source.name(),
                candidate.digest,
                candidate.provenance,
                candidate.release,
                object.revoked(),
                candidate.observables.stream().map(Observable::key).toList(),
                refs(candidate),
                candidate.isCase ? cut(text(object.json()) + candidate.caseText) : text(object.json()),
                candidate.unit,
                source.member()
                        ? EntryMetadata.ALL_CLASSES
                        : claimant.audience().classes());
    }

    /** A redaction is found by its original, to which it does not refer. */
    private static List<String> refs(Candidate candidate) {
        if (candidate.origin.isEmpty()) {
            return List.copyOf(candidate.refs());
        }
        List<String> refs = new ArrayList<>(candidate.refs());
        refs.add(RedactionExtension.mark(candidate.origin.get().original()));
        refs.add(RedactionExtension.mark());
        return refs;
    }

    private static String text(JsonObject json) {
        return SearchedText.of(json).stream().map(field -> field.text() + '\n').collect(Collectors.joining());
    }

    private static String cut(String text) {
        return text.length() > SearchedText.LONGEST ? text.substring(0, SearchedText.LONGEST) : text;
    }
}
