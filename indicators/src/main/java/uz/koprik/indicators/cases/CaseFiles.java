package uz.koprik.indicators.cases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import uz.koprik.crypto.Signer;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.ReleaseClass;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Fault;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixTimestamp;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.stix.Uuid5;

/**
 * Case files as STIX incidents (STIX 2.1, section 4.6) with a property extension that holds what STIX has no words for.
 *
 * <p>They are marked TLP:RED besides being kept in the house, so that the second lock holds should the first fail.
 */
public final class CaseFiles {

    /** Id of the extension definition, the same at every centre. */
    public static final String EXTENSION_ID = "extension-definition--71cbbc1f-a2a1-45ee-8a60-7c5de961820d";

    private static final String SECTION = "Koprik case file";

    private CaseFiles() {}

    /** The id of the case of that number at the centre of that identity. */
    public static String id(String identity, String number) {
        return "incident--" + Uuid5.koprik("case", identity, number);
    }

    /** Whether an object is a case file, and so never leaves the centre. */
    public static boolean isCase(StixObject object) {
        return object.type().equals("incident") && extension(object).isPresent();
    }

    /** The class under which case files are stored. */
    public static ReleaseClass releaseClass(CaseFile file) {
        boolean personal = file.observables().stream().anyMatch(o -> o.observable().kind().personal());
        return new ReleaseClass(Tlp.RED, true, personal, true);
    }

    /**
     * The case as a signed object.
     *
     * @param previous the version stored now, which this one follows; empty for a new case
     * @param now becomes {@code modified}, unless the previous version is not older: then a millisecond after that one
     */
    public static StixObject write(CaseFile file, String identity, Optional<StixObject> previous, Signer signer, Instant now) {
        long micros = StixTimestamp.micros(now) / 1000 * 1000;
        long modified = previous.map(p -> Math.max(micros, p.version() / 1000 * 1000 + 1000)).orElse(micros);
        long created = previous.map(StixObject::created).orElse(modified);
        JsonObject.Builder json = JsonObject.builder()
                .put("type", "incident").put("spec_version", "2.1").put("id", id(identity, file.number()))
                .put("created_by_ref", identity)
                .put("created", StixTimestamp.format(created)).put("modified", StixTimestamp.format(modified))
                .put("name", file.title());
        if (!file.summary().isEmpty()) {
            json.put("description", file.summary());
        }
        json.putStrings("object_marking_refs", List.of(Markings.id(Tlp.RED)))
                .put("extensions", JsonObject.builder().put(EXTENSION_ID, extension(file)).build());
        return StixWriter.signed(json.build(), signer, now);
    }

    /**
     * The case that an object holds.
     *
     * @throws InvalidObject when it is no case file, or a malformed one
     */
    public static CaseFile read(StixObject object) throws InvalidObject {
        JsonObject e = extension(object).filter(x -> object.type().equals("incident"))
                .orElseThrow(() -> fault(object, "", "not a case file"));
        List<CaseObservable> observables = new ArrayList<>();
        for (Json item : e.items("observables")) {
            observables.add(observable(object, item));
        }
        try {
            return new CaseFile(text(object, e, "case_number"), object.json().string("name").orElse(""),
                    text(object, e, "crime_type"), CaseFile.Status.valueOf(text(object, e, "status").toUpperCase(Locale.ROOT)),
                    object.json().string("description").orElse(""), e.string("owner_unit").orElse(""),
                    time(object, e, "opened").orElseThrow(() -> fault(object, "/opened", "the property is required")),
                    time(object, e, "closed"), observables);
        } catch (IllegalArgumentException wrong) {
            throw fault(object, "", wrong.getMessage());
        }
    }

    private static JsonObject extension(CaseFile file) {
        JsonObject.Builder e = JsonObject.builder().put("extension_type", "property-extension")
                .put("case_number", file.number()).put("crime_type", file.crimeType())
                .put("status", file.status().name().toLowerCase(Locale.ROOT))
                .put("opened", StixTimestamp.formatShort(StixTimestamp.micros(file.opened())));
        file.closed().ifPresent(closed -> e.put("closed", StixTimestamp.formatShort(StixTimestamp.micros(closed))));
        if (!file.ownerUnit().isEmpty()) {
            e.put("owner_unit", file.ownerUnit());
        }
        List<Json> observables = new ArrayList<>();
        for (CaseObservable o : file.observables()) {
            JsonObject.Builder item = JsonObject.builder().put("kind", o.observable().kind().code())
                    .put("value", o.observable().value()).put("role", o.role().word());
            if (!o.note().isEmpty()) {
                item.put("note", o.note());
            }
            observables.add(item.build());
        }
        if (!observables.isEmpty()) {
            e.put("observables", new JsonArray(observables));
        }
        return e.build();
    }

    private static CaseObservable observable(StixObject object, Json item) throws InvalidObject {
        if (!(item instanceof JsonObject o)) {
            throw fault(object, "/observables", "each observable is an object");
        }
        ObservableKind kind = ObservableKind.ofCode(text(object, o, "kind"))
                .orElseThrow(() -> fault(object, "/observables", "a kind of observable that is not known here"));
        CaseObservable.Role role = CaseObservable.Role.of(text(object, o, "role"))
                .orElseThrow(() -> fault(object, "/observables", "a role is victim, suspect, infrastructure or money-trail"));
        try {
            return new CaseObservable(new Observable(kind, text(object, o, "value")), role, o.string("note").orElse(""));
        } catch (IllegalArgumentException wrong) {
            throw fault(object, "/observables", wrong.getMessage());
        }
    }

    private static Optional<JsonObject> extension(StixObject object) {
        return object.json().object("extensions").flatMap(all -> all.object(EXTENSION_ID));
    }

    private static String text(StixObject object, JsonObject in, String name) throws InvalidObject {
        if (in.get(name) instanceof JsonString s) {
            return s.value();
        }
        throw fault(object, "/" + name, "the property is required and must be a string");
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

    private static InvalidObject fault(StixObject object, String below, String rule) {
        String pointer = below.isEmpty() ? "" : "/extensions/" + EXTENSION_ID + below;
        return new InvalidObject(new Fault(object.id(), pointer, rule, SECTION));
    }
}
