package uz.koprik.gateway.api.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ReportCheck;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.stix.conversion.Conversion;
import uz.koprik.indicators.stix.conversion.Stix20;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Prepares STIX objects of a file for intake: repeats of translations, conversion from STIX 2.0, values that are never
 * blocked. Safe for many threads.
 */
final class ImportedObjects {

    private final AnalystServices services;
    private final Importer.ObjectTerms terms;
    private final RepeatedTranslation repeated;
    private final boolean anyway;

    /**
     * What becomes of an object.
     *
     * @param known whether what is stored says it all
     */
    record Result(boolean known, List<byte[]> offered, List<Outcome> refused, List<ImportLine.NoteLine> noted) {}

    /** @param anyway whether values that are never blocked are taken, too */
    ImportedObjects(AnalystServices services, Caller caller, Importer.ObjectTerms terms, boolean anyway) {
        this.services = services;
        this.terms = terms;
        this.repeated = new RepeatedTranslation(services.release(), caller.recipient());
        this.anyway = anyway;
    }

    Result of(ImportItem.ObjectBytes object) {
        Optional<byte[]> current = object.translated() ? repeated(object.object()) : Optional.of(object.object());
        if (current.isEmpty()) {
            return new Result(true, List.of(), List.of(), List.of());
        }
        List<byte[]> offered = new ArrayList<>(1);
        List<Outcome> refused = new ArrayList<>(0);
        List<ImportLine.NoteLine> noted = new ArrayList<>(0);
        List<byte[]> all =
                terms.fromStix20() ? converted(current.get(), object.where(), noted) : List.of(current.get());
        for (byte[] one : all) {
            Optional<Refusal> harmful = ReportCheck.protection(
                            services.protectedValues(), one, anyway, IndicatorRows.CURE)
                    .or(() -> terms.wish().flatMap(wish -> wish.refusal(one)));
            if (harmful.isPresent()) {
                refused.add(Outcome.refused(object.where(), harmful.get()));
            } else {
                offered.add(terms.wish().map(wish -> wish.mark(one)).orElse(one));
            }
        }
        return new Result(false, offered, refused, noted);
    }

    /** What becomes of an object of STIX 2.0; any other stays as it is. */
    private static List<byte[]> converted(byte[] object, String where, List<ImportLine.NoteLine> noted) {
        JsonObject json;
        try {
            json = StrictJson.parseObject(object);
        } catch (MalformedJson refusedLater) {
            return List.of(object);
        }
        if (!Stix20.isStix20(json)) {
            return List.of(object);
        }
        Conversion conversion = Stix20.convert(json);
        noted.add(ImportLine.NoteLine.converted(where, json.string("id").orElse(""), conversion));
        return conversion.objects().stream().map(CanonicalJson::bytes).toList();
    }

    private Optional<byte[]> repeated(byte[] translated) {
        try {
            return repeated.of(translated);
        } catch (StoreUnavailable e) {
            throw new StoreGone(e);
        }
    }
}
