package uz.koprik.indicators.cases;

import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;

/** {@link CaseMerge} in the extension of a case file. */
final class MergeJson {

    private MergeJson() {}

    static JsonObject write(CaseMerge one) {
        JsonObject.Builder item = JsonObject.builder()
                .put("number", one.number())
                .put("case", one.id())
                .put("by", one.by())
                .put("at", CaseExtension.time(one.at()));
        if (!one.values().isEmpty()) {
            item.putStrings("values", one.values());
        }
        span(item, "notes", one.notes());
        span(item, "shares", one.shares());
        if (!one.remarks().isEmpty()) {
            item.putStrings("remarks", one.remarks());
        }
        return item.build();
    }

    static CaseMerge read(StixObject object, JsonObject item) throws InvalidObject {
        return new CaseMerge(
                CaseExtension.text(object, item, "number"),
                CaseExtension.text(object, item, "case"),
                CaseExtension.text(object, item, "by"),
                CaseExtension.required(object, item, "at"),
                CaseExtension.strings(object, item, "values"),
                span(object, item, "notes"),
                span(object, item, "shares"),
                CaseExtension.strings(object, item, "remarks"));
    }

    private static void span(JsonObject.Builder item, String name, CaseMerge.Span span) {
        if (span.count() > 0) {
            item.put(
                    name,
                    JsonObject.builder()
                            .put("from", span.from())
                            .put("count", span.count())
                            .build());
        }
    }

    private static CaseMerge.Span span(StixObject object, JsonObject item, String name) throws InvalidObject {
        if (!item.has(name)) {
            return CaseMerge.Span.NONE;
        }
        if (item.get(name) instanceof JsonObject span
                && span.get("from") instanceof JsonNumber from
                && span.get("count") instanceof JsonNumber count) {
            return new CaseMerge.Span((int) from.longValue(), (int) count.longValue());
        }
        throw CaseExtension.fault(object, "/merged", "from and count are whole numbers");
    }
}
