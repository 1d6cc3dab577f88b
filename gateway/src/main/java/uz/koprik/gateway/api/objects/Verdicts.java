package uz.koprik.gateway.api.objects;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.api.common.VerdictView;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.VerdictIds;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * What this centre's analysts found out of a value in an object. Kept as what STIX has for it: a confirmation is a
 * sighting (STIX 2.1, section 5.2), a dismissal an opinion (section 4.14); shared when the analyst says so, else marked
 * TLP:RED. The id follows from object and value, so there is one verdict at a time.
 */
final class Verdicts {

    private static final long MILLI = 1000;

    /** What is there already decides on the times of the next version, for every caller. */
    private static final Recipient EVERYTHING = new Recipient.Analyst("verdicts");

    private final AnalystServices services;
    private final VerdictIds ids;

    Verdicts(AnalystServices services) {
        this.services = services;
        this.ids = new VerdictIds(services.localCentre());
    }

    /** The verdicts there are. */
    enum Kind {
        CONFIRMED("confirmed", "sighting"),
        DISMISSED("dismissed", VerdictIds.DISMISSAL);

        private final String word;
        private final String type;

        Kind(String word, String type) {
            this.word = word;
            this.type = type;
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
            Optional<Entry> entry = stored(kind, object, value);
            if (entry.isPresent()
                    && !entry.get().facts().revoked()
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
        JsonObject.Builder said = begun(kind, id, value);
        switch (kind) {
            case CONFIRMED ->
                said.put("sighting_of_ref", id)
                        .put("count", 1)
                        .putStrings(
                                "where_sighted_refs",
                                List.of(services.localCentre().identity()));
            case DISMISSED -> said.put("opinion", "strongly-disagree").putStrings("object_refs", List.of(id));
        }
        if (!note.isEmpty()) {
            said.put(kind == Kind.CONFIRMED ? "description" : "explanation", note);
        }
        written.add(said.putStrings("object_marking_refs", List.of(Markings.id(tlp)))
                .build());
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

    /** The verdict that is stored, in force or revoked, for any reader. */
    private Optional<Entry> stored(Kind kind, String object, Observable value) throws StoreUnavailable {
        for (String id : ids.all(kind.type, object, value)) {
            Optional<Entry> entry = services.release().latest(EVERYTHING, id).filter(stored -> stored.facts()
                    .producer()
                    .filter(services.localCentre().identity()::equals)
                    .isPresent());
            if (entry.isPresent()) {
                return entry;
            }
        }
        return Optional.empty();
    }

    private JsonObject.Builder begun(Kind kind, String object, Observable value) throws StoreUnavailable {
        long now = StixTimestamp.micros(services.clock().instant()) / MILLI * MILLI;
        Optional<Entry> before = stored(kind, object, value);
        long created = before.isPresent() ? before.get().facts().created() : now;
        long modified = before.isPresent() ? Math.max(now, before.get().facts().version() + MILLI) : now;
        String id = before.isPresent() ? before.get().facts().id() : ids.of(kind.type, object, value);
        return JsonObject.builder()
                .put("type", kind.type)
                .put("spec_version", "2.1")
                .put("id", id)
                .put("created_by_ref", services.localCentre().identity())
                .put("created", StixTimestamp.format(created))
                .put("modified", StixTimestamp.format(modified));
    }

    private Optional<JsonObject> revoked(Kind kind, String object, Observable value) throws StoreUnavailable {
        Optional<Entry> before = stored(kind, object, value);
        if (before.isEmpty() || before.get().facts().revoked()) {
            return Optional.empty();
        }
        JsonObject.Builder again = begun(kind, object, value).put("revoked", true);
        JsonObject json = StoredObject.json(before.get());
        for (String kept : List.of(
                "sighting_of_ref", "where_sighted_refs", "count", "opinion", "object_refs", "object_marking_refs")) {
            if (json.has(kept)) {
                again.put(kept, json.get(kept));
            }
        }
        return Optional.of(again.build());
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

    private static VerdictView view(Kind kind, Entry entry) {
        JsonObject json = StoredObject.json(entry);
        return new VerdictView(
                kind.word,
                entry.facts().id(),
                entry.facts().submittedBy(),
                Times.text(entry.facts().version()),
                json.string("description").or(() -> json.string("explanation")).orElse(null),
                EffectiveMarking.own(StoredObject.stix(entry)).orElse(Tlp.RED).label());
    }
}
