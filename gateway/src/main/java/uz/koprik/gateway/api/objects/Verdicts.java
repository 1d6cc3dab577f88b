package uz.koprik.gateway.api.objects;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.api.common.UnprovenView;
import uz.koprik.gateway.api.common.VerdictView;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.VerdictIds;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.PersonalUse;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * What this centre's analysts found out of a value in an object. Kept as what STIX has for it: a confirmation is a
 * sighting (STIX 2.1, section 5.2), a dismissal an opinion (section 4.14); shared when the analyst says so, else marked
 * TLP:RED. The id follows from object, value and number, so there is one verdict at a time.
 */
final class Verdicts {

    private static final long MILLI = 1000;

    /** What is there already decides on the times of the next version, for every caller. */
    private static final Recipient EVERYTHING = new Recipient.Analyst("verdicts", CaseUnits.ALL, PersonalUse.OF_CENTRE);

    private final AnalystServices services;
    private final VerdictIds ids;

    Verdicts(AnalystServices services) {
        this.services = services;
        this.ids = new VerdictIds(services.localCentre());
    }

    /** The verdicts there are. */
    enum Kind {
        CONFIRMED("confirmed", "sighting", "description"),
        DISMISSED("dismissed", VerdictIds.DISMISSAL, "explanation");

        private final String word;
        private final String type;
        /** The property that holds the analyst's note. */
        private final String note;

        Kind(String word, String type, String note) {
            this.word = word;
            this.type = type;
            this.note = note;
        }

        static Optional<Kind> of(String word) {
            return List.of(values()).stream()
                    .filter(kind -> kind.word.equals(word))
                    .findFirst();
        }

        private Kind other() {
            return this == CONFIRMED ? DISMISSED : CONFIRMED;
        }
    }

    /** The verdict in force; empty when there is none that the caller may see. */
    Optional<VerdictView> find(Caller caller, String object, Observable value) throws StoreUnavailable {
        for (Kind kind : Kind.values()) {
            Optional<Entry> entry = stored(kind, object, value).inForce();
            if (entry.isPresent()
                    && services.release()
                            .latest(caller.recipient(), entry.get().facts().id())
                            .isPresent()) {
                return Optional.of(view(kind, entry.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * Stores a verdict, and replaces an earlier one.
     *
     * @param tlp how far it is shared; TLP:RED for not at all
     */
    VerdictView give(Caller caller, Entry object, Observable value, Kind kind, String note, Tlp tlp)
            throws StoreUnavailable {
        String id = object.facts().id();
        List<JsonObject> written = new ArrayList<>(2);
        JsonObject said = begun(kind, id, value);
        said = switch (kind) {
            case CONFIRMED ->
                said.with("sighting_of_ref", new JsonString(id))
                        .with("count", new JsonNumber(1))
                        .with(
                                "where_sighted_refs",
                                strings(services.localCentre().identity()));
            case DISMISSED ->
                said.with("opinion", new JsonString("strongly-disagree")).with("object_refs", strings(id));
        };
        said = said.with("object_marking_refs", strings(Markings.id(tlp)));
        written.add(note.isEmpty() ? said.without(kind.note) : said.with(kind.note, new JsonString(note)));
        revoked(kind.other(), id, value).ifPresent(written::add);
        store(caller, written);
        return find(caller, id, value)
                .orElseThrow(() -> new IllegalStateException("a verdict was stored and is not there"));
    }

    /** Takes a verdict back; false when there is none. */
    boolean takeBack(Caller caller, String object, Observable value) throws StoreUnavailable {
        List<JsonObject> written = new ArrayList<>(1);
        for (Kind kind : Kind.values()) {
            revoked(kind, object, value).ifPresent(written::add);
        }
        store(caller, written);
        return !written.isEmpty();
    }

    /** The verdicts that are stored, in force or revoked, for any reader. */
    private VerdictIds.StoredVerdicts stored(Kind kind, String object, Observable value) throws StoreUnavailable {
        return ids.find(kind.type, object, value, id -> services.release()
                .latest(EVERYTHING, id)
                .filter(stored -> stored.facts()
                        .producer()
                        .filter(services.localCentre().identity()::equals)
                        .isPresent()));
    }

    /** The next version of the verdict in force, or a new object. */
    private JsonObject begun(Kind kind, String object, Observable value) throws StoreUnavailable {
        Instant now = services.clock().instant();
        VerdictIds.StoredVerdicts stored = stored(kind, object, value);
        Optional<Entry> before = stored.inForce();
        if (before.isPresent()) {
            return StixWriter.nextVersion(StoredObject.stix(before.get()), now);
        }
        String created = StixTimestamp.format(StixTimestamp.micros(now) / MILLI * MILLI);
        return JsonObject.builder()
                .put("type", kind.type)
                .put("spec_version", "2.1")
                .put("id", stored.free())
                .put("created_by_ref", services.localCentre().identity())
                .put("created", created)
                .put("modified", created)
                .build();
    }

    private Optional<JsonObject> revoked(Kind kind, String object, Observable value) throws StoreUnavailable {
        return stored(kind, object, value).inForce().map(before -> StixWriter.nextVersion(
                        StoredObject.stix(before), services.clock().instant())
                .without(kind.note)
                .with("revoked", new JsonBoolean(true)));
    }

    private static JsonArray strings(String only) {
        return new JsonArray(List.of(new JsonString(only)));
    }

    private void store(Caller caller, List<JsonObject> written) throws StoreUnavailable {
        List<IncomingObject> offered = written.stream()
                .map(json -> new IncomingObject(CanonicalJson.bytes(json), "verdict"))
                .toList();
        for (Outcome outcome : services.intake().take(offered, caller.source())) {
            if (outcome.refusal().isPresent()) {
                throw new Problem(422, "Refused", outcome.refusal().get().reason());
            }
        }
    }

    private VerdictView view(Kind kind, Entry entry) {
        JsonObject json = StoredObject.json(entry);
        return new VerdictView(
                kind.word,
                entry.facts().id(),
                entry.facts().submittedBy(),
                Times.text(entry.facts().version()),
                json.string("description").or(() -> json.string("explanation")).orElse(null),
                EffectiveMarking.own(StoredObject.stix(entry)).orElse(Tlp.RED).label(),
                UnprovenView.of(services.trust(), entry));
    }
}
