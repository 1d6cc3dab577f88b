package uz.koprik.indicators.correlation;

import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.StoredObject;

/** How a stored object is described in a match. */
final class Description {

    private Description() {}

    static ValueMatch.MatchedObject of(Entry entry) {
        EntryMetadata facts = entry.facts();
        StixObject object = StoredObject.stix(entry);
        Optional<CaseFile> file = caseFile(object);
        return new ValueMatch.MatchedObject(
                facts.id(),
                facts.type(),
                file.map(f -> f.number() + " " + f.title()).orElseGet(() -> title(object.json(), facts)),
                file.map(CaseFile::number),
                facts.producer(),
                facts.receivedFrom(),
                entry.firstAdded(),
                facts.provenance(),
                facts.revoked(),
                ObservableExtraction.interpreted(object.json(), facts.observables()),
                file.isPresent() || facts.revoked()
                        ? Optional.empty()
                        : Optional.of(Claim.of(object, facts.provenance(), facts.receivedFrom(), entry.firstAdded())));
    }

    /** Its name; for observables, which have none, their value. */
    private static String title(JsonObject json, EntryMetadata facts) {
        return json.string("name").or(() -> json.string("value")).orElse(facts.type());
    }

    private static Optional<CaseFile> caseFile(StixObject object) {
        try {
            return CaseFiles.isCase(object) ? Optional.of(CaseFiles.read(object)) : Optional.empty();
        } catch (InvalidObject damaged) {
            throw new IllegalStateException("the store holds a case file that is none: " + object.id(), damaged);
        }
    }
}
