package uz.koprik.gateway.exchange;

import java.util.List;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.EntryFacts;

/** What is known of an accepted object, as the store wants it. */
final class Facts {

    /** Properties whose values people search by; whatever else an object has is found by its observables. */
    private static final Set<String> SEARCHED = Set.of(
            "name", "description", "abstract", "content", "explanation", "aliases", "labels", "pattern", "value", "title",
            "number", "goals", "sectors", "roles", "objective", "contact_information", "x_mitre_aliases", "display_name",
            "account_login", "subject", "path", "key", "product", "vendor", "malware_types", "indicator_types", "authors",
            "iban", "account_number", "relationship_type", "tool_types", "threat_actor_types", "report_types", "country",
            "region", "city", "identity_class");

    /** Longest text kept for searching; what is behind that is rarely searched for and costs every merge. */
    private static final int MAX_TEXT = 32 * 1024;

    private Facts() {}

    static EntryFacts of(Candidate candidate, Source source) {
        StixObject object = candidate.object;
        boolean partner = source instanceof Source.Partner;
        return new EntryFacts(
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
                List.copyOf(candidate.refs()),
                candidate.isCase ? cut(text(object.json()) + candidate.caseText) : text(object.json()));
    }

    private static String text(JsonObject json) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < json.size() && text.length() < MAX_TEXT; i++) {
            String name = json.name(i);
            if (SEARCHED.contains(name)) {
                add(json.value(i), text);
            } else if (name.equals("external_references") && json.value(i) instanceof JsonArray references) {
                for (Json reference : references.items()) {
                    if (reference instanceof JsonObject r) {
                        r.string("external_id").ifPresent(id -> text.append(id).append('\n'));
                    }
                }
            }
        }
        return cut(text.toString());
    }

    private static String cut(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }

    private static void add(Json value, StringBuilder text) {
        switch (value) {
            case JsonString s -> text.append(s.value()).append('\n');
            case JsonArray array -> array.items().forEach(item -> add(item, text));
            default -> { }
        }
    }
}
