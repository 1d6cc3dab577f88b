package uz.koprik.indicators.cases;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.jws.Signer;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.stix.values.Uuid5;

/**
 * Case files as STIX incidents (STIX 2.1, section 4.6) with the incident core extension of OASIS for what that has
 * words for, and a property extension of our own for the rest.
 *
 * <p>They are marked TLP:RED besides being kept in the house, so that the second lock holds should the first fail.
 */
public final class CaseFiles {

    /** Id of the extension definition, the same at every centre. */
    public static final String EXTENSION_ID = "extension-definition--71cbbc1f-a2a1-45ee-8a60-7c5de961820d";

    /** Id of the incident core extension (OASIS CTI TC, common object repository). */
    public static final String INCIDENT_CORE_ID = "extension-definition--ef765651-680c-498d-9894-99799f2fa126";

    private CaseFiles() {}

    /** The id of the case of that number at the centre of that identity. */
    public static String id(String identity, String number) {
        return "incident--" + Uuid5.koprik("case", identity, number);
    }

    /** Whether an object is a case file, and so never leaves the centre. */
    public static boolean isCase(StixObject object) {
        return object.type().equals("incident") && extension(object).isPresent();
    }

    /**
     * The unit that leads the case that these bytes hold, empty text for none; nothing when they hold no case.
     *
     * @param object an object that was stored
     */
    public static Optional<String> unit(byte[] object) {
        try {
            JsonObject json = StrictJson.parseObject(object);
            return json.string("type")
                    .filter("incident"::equals)
                    .flatMap(type -> json.object("extensions"))
                    .flatMap(all -> all.object(EXTENSION_ID))
                    .map(extension -> extension.string("owner_unit").orElse(""));
        } catch (MalformedJson never) {
            throw new IllegalStateException("an object was stored that is no JSON", never);
        }
    }

    /** The terms under which case files are stored. */
    public static ReleaseTerms releaseTerms(CaseFile file) {
        boolean personal =
                file.observables().stream().anyMatch(o -> o.observable().kind().personal());
        return new ReleaseTerms(Tlp.RED, true, personal, true);
    }

    /**
     * The case as a signed object.
     *
     * @param previous the version stored now, which this one follows; empty for a new case
     * @param now becomes {@code modified}, unless the previous version is not older: then a millisecond after that one
     */
    public static StixObject write(
            CaseFile file, String identity, Optional<StixObject> previous, Signer signer, Instant now) {
        return write(
                file,
                identity,
                previous.map(StixObject::id).orElseGet(() -> id(identity, file.number())),
                false,
                previous,
                signer,
                now);
    }

    /**
     * The same under an id that a new case gets; one that follows from its number in no way is found by a reference to
     * the id that does.
     *
     * @param id of the case
     * @param random whether nothing leads from the number of a new case to its id
     */
    public static StixObject write(
            CaseFile file,
            String identity,
            String id,
            boolean random,
            Optional<StixObject> previous,
            Signer signer,
            Instant now) {
        boolean numberRef = previous.map(CaseFiles::hasNumberRef).orElse(random);
        long micros = StixTimestamp.micros(now) / 1000 * 1000;
        long modified = previous.map(p -> Math.max(micros, p.version() / 1000 * 1000 + 1000))
                .orElse(micros);
        long created = previous.map(StixObject::created).orElse(modified);
        JsonObject.Builder json = JsonObject.builder()
                .put("type", "incident")
                .put("spec_version", "2.1")
                .put("id", id)
                .put("created_by_ref", identity)
                .put("created", StixTimestamp.format(created))
                .put("modified", StixTimestamp.format(modified))
                .put("name", file.title());
        if (!file.summary().isEmpty()) {
            json.put("description", file.summary());
        }
        json.put(
                "external_references",
                new JsonArray(List.<Json>of(JsonObject.builder()
                        .put("source_name", "case")
                        .put("external_id", file.number())
                        .build())));
        json.putStrings("object_marking_refs", List.of(Markings.id(Tlp.RED)))
                .put(
                        "extensions",
                        JsonObject.builder()
                                .put(EXTENSION_ID, CaseExtension.write(file, identity, numberRef))
                                .put(INCIDENT_CORE_ID, incidentCore(file))
                                .build());
        return StixWriter.signed(json.build(), signer, now);
    }

    /**
     * The case that an object holds.
     *
     * @throws InvalidObject when it is no case file, or a malformed one
     */
    public static CaseFile read(StixObject object) throws InvalidObject {
        return CaseExtension.read(
                object,
                extension(object)
                        .filter(x -> object.type().equals("incident"))
                        .orElseThrow(() -> CaseExtension.fault(object, "", "not a case file")));
    }

    /** Searchable text of a case that other objects do not have: unit, type and notes. */
    public static String searchText(CaseFile file) {
        StringBuilder text = new StringBuilder(file.ownerUnit())
                .append('\n')
                .append(file.crimeType())
                .append('\n');
        file.observables().stream()
                .map(CaseObservable::note)
                .filter(note -> !note.isEmpty())
                .forEach(note -> text.append(note).append('\n'));
        file.losses().forEach(loss -> text.append(loss.note()).append('\n'));
        file.notes().forEach(note -> text.append(note.text()).append('\n'));
        return text.toString();
    }

    /**
     * Nobody says in a case file how sure it is that something happened; "suspected" is what the vocabulary has for
     * that.
     */
    private static JsonObject incidentCore(CaseFile file) {
        return JsonObject.builder()
                .put("extension_type", "property-extension")
                .put("determination", "suspected")
                .putStrings("incident_types", List.of(file.crimeType()))
                .put("investigation_status", file.status() == CaseFile.Status.OPEN ? "open" : "closed")
                .build();
    }

    private static boolean hasNumberRef(StixObject object) {
        return extension(object)
                .filter(extension -> extension.has("number_ref"))
                .isPresent();
    }

    private static Optional<JsonObject> extension(StixObject object) {
        return object.json().object("extensions").flatMap(all -> all.object(EXTENSION_ID));
    }
}
