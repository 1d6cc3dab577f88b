package uz.koprik.indicators.cases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** The property extension that makes an incident a case file: what STIX has no words for. */
final class CaseExtension {

    private static final String SECTION = "Koprik case file";

    private CaseExtension() {}

    /** @param numberRef whether it names the id of its number, by which it is found then */
    static JsonObject write(CaseFile file, String identity, boolean numberRef) {
        JsonObject.Builder e = JsonObject.builder()
                .put("extension_type", "property-extension")
                .put("case_number", file.number())
                .put("crime_type", file.crimeType())
                .put("status", file.status().name().toLowerCase(Locale.ROOT))
                .put("opened", time(file.opened()));
        if (numberRef) {
            e.put("number_ref", CaseFiles.id(identity, file.number()));
        }
        file.closed().ifPresent(closed -> e.put("closed", time(closed)));
        if (!file.ownerUnit().isEmpty()) {
            e.put("owner_unit", file.ownerUnit());
        }
        list(
                e,
                "observables",
                file.observables().stream().map(CaseExtension::observable).toList());
        list(e, "losses", file.losses().stream().map(CaseExtension::loss).toList());
        list(
                e,
                "incident_refs",
                file.incidents().stream().map(ref -> (Json) new JsonString(ref)).toList());
        list(
                e,
                "case_numbers",
                file.cases().stream()
                        .map(number -> (Json) new JsonString(number))
                        .toList());
        // Names the same cases once more, for readers that follow references.
        list(
                e,
                "case_refs",
                file.cases().stream()
                        .map(number -> (Json) new JsonString(CaseFiles.id(identity, number)))
                        .toList());
        list(e, "notes", file.notes().stream().map(CaseExtension::note).toList());
        list(e, "shares", file.shares().stream().map(CaseExtension::share).toList());
        list(e, "merged", file.merged().stream().map(MergeJson::write).toList());
        file.mergedInto().ifPresent(other -> e.put("merged_into", MergeJson.write(other)));
        return e.build();
    }

    static CaseFile read(StixObject object, JsonObject e) throws InvalidObject {
        List<CaseObservable> observables = new ArrayList<>();
        for (JsonObject item : objects(object, e, "observables")) {
            observables.add(observable(object, item));
        }
        List<Loss> losses = new ArrayList<>();
        for (JsonObject item : objects(object, e, "losses")) {
            losses.add(loss(object, item));
        }
        List<CaseNote> notes = new ArrayList<>();
        for (JsonObject item : objects(object, e, "notes")) {
            notes.add(note(object, item));
        }
        List<CaseShare> shares = new ArrayList<>();
        for (JsonObject item : objects(object, e, "shares")) {
            shares.add(share(object, item));
        }
        List<CaseMerge> merged = new ArrayList<>();
        for (JsonObject item : objects(object, e, "merged")) {
            merged.add(MergeJson.read(object, item));
        }
        Optional<JsonObject> mergedInto = e.object("merged_into");
        Optional<CaseMerge> other =
                mergedInto.isPresent() ? Optional.of(MergeJson.read(object, mergedInto.get())) : Optional.empty();
        try {
            return new CaseFile(
                    text(object, e, "case_number"),
                    object.json().string("name").orElse(""),
                    text(object, e, "crime_type"),
                    CaseFile.Status.valueOf(text(object, e, "status").toUpperCase(Locale.ROOT)),
                    object.json().string("description").orElse(""),
                    e.string("owner_unit").orElse(""),
                    required(object, e, "opened"),
                    time(object, e, "closed"),
                    observables,
                    losses,
                    strings(object, e, "incident_refs"),
                    strings(object, e, "case_numbers"),
                    notes,
                    shares,
                    merged,
                    other);
        } catch (IllegalArgumentException wrong) {
            throw fault(object, "", wrong.getMessage());
        }
    }

    private static JsonObject observable(CaseObservable o) {
        JsonObject.Builder item = JsonObject.builder()
                .put("kind", o.observable().kind().code())
                .put("value", o.observable().value());
        o.role().ifPresent(role -> item.put("role", role.word()));
        if (!o.note().isEmpty()) {
            item.put("note", o.note());
        }
        return item.build();
    }

    private static CaseObservable observable(StixObject object, JsonObject o) throws InvalidObject {
        ObservableKind kind = ObservableKind.ofCode(text(object, o, "kind"))
                .orElseThrow(() -> fault(object, "/observables", "a kind of observable that is not known here"));
        Optional<CaseObservable.Role> role = Optional.empty();
        if (o.has("role")) {
            role = CaseObservable.Role.of(text(object, o, "role"));
            if (role.isEmpty()) {
                throw fault(object, "/observables", "a role is victim, suspect, infrastructure or money-trail");
            }
        }
        try {
            return new CaseObservable(
                    new Observable(kind, text(object, o, "value")),
                    role,
                    o.string("note").orElse(""));
        } catch (IllegalArgumentException wrong) {
            throw fault(object, "/observables", wrong.getMessage());
        }
    }

    /** The amount is a text: a JSON number would become a binary fraction on its way. */
    private static JsonObject loss(Loss loss) {
        JsonObject.Builder item = JsonObject.builder()
                .put("amount", loss.amount().toPlainString())
                .put("currency", loss.currency());
        if (!loss.note().isEmpty()) {
            item.put("note", loss.note());
        }
        return item.build();
    }

    private static Loss loss(StixObject object, JsonObject item) throws InvalidObject {
        try {
            return Loss.of(
                    text(object, item, "amount"),
                    text(object, item, "currency"),
                    item.string("note").orElse(""));
        } catch (IllegalArgumentException wrong) {
            throw fault(object, "/losses", wrong.getMessage());
        }
    }

    private static JsonObject note(CaseNote note) {
        return JsonObject.builder()
                .put("author", note.author())
                .put("written", time(note.written()))
                .put("text", note.text())
                .build();
    }

    private static CaseNote note(StixObject object, JsonObject item) throws InvalidObject {
        try {
            return new CaseNote(
                    text(object, item, "author"), required(object, item, "written"), text(object, item, "text"));
        } catch (IllegalArgumentException wrong) {
            throw fault(object, "/notes", wrong.getMessage());
        }
    }

    private static JsonObject share(CaseShare share) {
        JsonObject.Builder item = JsonObject.builder()
                .put("by", share.by())
                .put("at", time(share.at()))
                .put("tlp", share.tlp().name().toLowerCase(Locale.ROOT))
                .put("parts", share.parts())
                .putStrings("object_refs", share.objects());
        list(
                item,
                "withdrawals",
                share.withdrawals().stream().map(CaseExtension::withdrawal).toList());
        return item.build();
    }

    private static JsonObject withdrawal(CaseShare.Withdrawal one) {
        return JsonObject.builder()
                .put("by", one.by())
                .put("at", time(one.at()))
                .putStrings("object_refs", one.objects())
                .build();
    }

    private static CaseShare share(StixObject object, JsonObject item) throws InvalidObject {
        Tlp tlp = Tlp.parse(text(object, item, "tlp")).orElseThrow(() -> fault(object, "/shares", "not a marking"));
        List<CaseShare.Withdrawal> withdrawals = new ArrayList<>();
        for (JsonObject one : objects(object, item, "withdrawals")) {
            withdrawals.add(new CaseShare.Withdrawal(
                    text(object, one, "by"), required(object, one, "at"), strings(object, one, "object_refs")));
        }
        return new CaseShare(
                text(object, item, "by"),
                required(object, item, "at"),
                tlp,
                text(object, item, "parts"),
                strings(object, item, "object_refs"),
                withdrawals);
    }

    static void list(JsonObject.Builder e, String name, List<? extends Json> items) {
        if (!items.isEmpty()) {
            e.put(name, new JsonArray(List.copyOf(items)));
        }
    }

    private static List<JsonObject> objects(StixObject object, JsonObject in, String name) throws InvalidObject {
        if (!in.has(name)) {
            return List.of();
        }
        List<JsonObject> objects = new ArrayList<>();
        for (Json item : in.items(name)) {
            if (!(item instanceof JsonObject o)) {
                throw fault(object, "/" + name, "each item is an object");
            }
            objects.add(o);
        }
        return objects;
    }

    static List<String> strings(StixObject object, JsonObject in, String name) throws InvalidObject {
        if (!in.has(name)) {
            return List.of();
        }
        List<String> strings = new ArrayList<>();
        for (Json item : in.items(name)) {
            if (!(item instanceof JsonString s)) {
                throw fault(object, "/" + name, "each item is a string");
            }
            strings.add(s.value());
        }
        return strings;
    }

    static String text(StixObject object, JsonObject in, String name) throws InvalidObject {
        if (in.get(name) instanceof JsonString s) {
            return s.value();
        }
        throw fault(object, "/" + name, "the property is required and must be a string");
    }

    static String time(Instant moment) {
        return StixTimestamp.formatShort(StixTimestamp.micros(moment));
    }

    static Instant required(StixObject object, JsonObject in, String name) throws InvalidObject {
        return time(object, in, name).orElseThrow(() -> fault(object, "/" + name, "the property is required"));
    }

    private static Optional<Instant> time(StixObject object, JsonObject in, String name) throws InvalidObject {
        if (!in.has(name)) {
            return Optional.empty();
        }
        long micros = StixTimestamp.parse(text(object, in, name));
        if (micros == StixTimestamp.INVALID) {
            throw fault(object, "/" + name, "a timestamp is expected");
        }
        return Optional.of(StixTimestamp.instant(micros));
    }

    static InvalidObject fault(StixObject object, String below, String rule) {
        String pointer = below.isEmpty() ? "" : "/extensions/" + CaseFiles.EXTENSION_ID + below;
        return new InvalidObject(new Fault(object.id(), pointer, rule, SECTION));
    }
}
