package uz.koprik.indicators.translate.misp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonPointer;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.stix.values.Uuid5;
import uz.koprik.indicators.translate.Untranslatable;

/** What all parts of an event share while it is translated, and how every object of it begins. For one thread. */
final class EventFrame {

    final JsonObject event;
    final String pointer;
    final Normalisation context;
    final Emitter out = new Emitter();
    /** STIX ids of attributes and objects by their MISP UUID. */
    final Map<String, String> ids = new HashMap<>();
    /** What earlier imports stored. */
    final EarlierObjects earlier;
    /** UUIDs of the attributes and objects so far: another with the same one gets another. */
    private final Set<String> claimed = new HashSet<>();
    /** The attributes so far by their UUIDs in MISP. */
    private final Map<String, List<JsonObject>> attributes = new HashMap<>();
    /** Identity of the creator organisation. */
    final Optional<String> producer;
    /** The least that the distribution demands, or null. */
    final Tlp distributed;

    /** The event as a text, once it is needed. */
    private String contents = "";

    final long day;
    final long changed;
    /** Marking of what has no tag of its own; known once the tags of the event are read. */
    Optional<Tlp> marking = Optional.empty();

    EventFrame(JsonObject event, String pointer, Normalisation context, EarlierObjects earlier) {
        this.event = event;
        this.earlier = earlier;
        this.pointer = pointer;
        this.context = context;
        this.producer = event.object("Orgc")
                .map(org -> Misp.uuid(org, "uuid"))
                .filter(Misp::isUuid)
                .map(uuid -> "identity--" + uuid);
        this.changed = Misp.micros(Misp.text(event, "timestamp"))
                .or(() -> Misp.micros(Misp.text(event, "publish_timestamp")))
                .or(() -> Misp.micros(Misp.text(event, "date") + "T00:00:00Z"))
                .orElse(0L);
        this.day = Misp.micros(Misp.text(event, "date") + "T00:00:00Z").orElse(changed);
        this.distributed = distributed(event).orElse(null);
    }

    /** The least marking that the distribution of an event or of a part of it demands. */
    static Optional<Tlp> distributed(JsonObject owner) {
        return Set.of("0", "4").contains(Misp.text(owner, "distribution"))
                ? Optional.of(Tlp.AMBER_STRICT)
                : Optional.empty();
    }

    JsonObject.Builder head(String type, String id, long time) {
        JsonObject.Builder json = JsonObject.builder()
                .put("type", type)
                .put("spec_version", "2.1")
                .put("id", id);
        producer.ifPresent(by -> json.put("created_by_ref", by));
        return json.put("created", StixTimestamp.format(Math.min(day, time)))
                .put("modified", StixTimestamp.format(time));
    }

    static JsonObject.Builder marked(JsonObject.Builder json, Optional<Tlp> tlp) {
        tlp.ifPresent(t -> json.putStrings("object_marking_refs", List.of(Markings.id(t))));
        return json;
    }

    long time(JsonObject owner) {
        return Misp.micros(Misp.text(owner, "timestamp")).orElse(changed);
    }

    void remember(JsonObject owner, String id) {
        ids.putIfAbsent(Misp.uuid(owner, "uuid"), id);
    }

    /** The UUID of the event, by which its report is known. */
    String eventUuid() {
        return uuid(event, pointer, "event", "");
    }

    /** @param contents what it says, from which a UUID is derived when it has none, the same in every import */
    private String uuid(JsonObject owner, String where, String what, String contents) {
        String uuid = Misp.uuid(owner, "uuid");
        if (Misp.isUuid(uuid)) {
            return uuid;
        }
        out.add(Untranslatable.part(where + "/uuid", "UUID of the " + what, MispNote.MISP_DERIVED_UUID.of()));
        return Uuid5.koprik("misp-content", name(), what, contents).toString();
    }

    /** As {@link #ownUuid}, for what is no attribute and no object, and may have the UUID of one. */
    String ownUuid(JsonObject owner, String where, String what, String contents, String of) {
        return claim(what + ' ', owner, where, what, of + ' ' + contents);
    }

    /**
     * The UUID of an attribute or object, which no other of the event has.
     *
     * @param contents what it says, so that the same one gets the same UUID in the next import
     */
    String ownUuid(JsonObject owner, String where, String what, String contents) {
        return claim("", owner, where, what, contents);
    }

    private String claim(String group, JsonObject owner, String where, String what, String contents) {
        String uuid = uuid(owner, where, what, contents);
        if (claimed.add(group + uuid)) {
            return uuid;
        }
        String other = uuid;
        for (int number = 2; !claimed.add(group + other); number++) {
            other = Uuid5.koprik("misp-repeated", name(), uuid, String.valueOf(number), contents)
                    .toString();
        }
        out.add(Untranslatable.part(
                where + "/uuid", "UUID of the " + what, MispNote.MISP_REPEATED_UUID.of(uuid, other)));
        return other;
    }

    /** Whether the same attribute, letter by letter, stood in the event before. */
    boolean isRepeated(JsonObject attribute) {
        String uuid = Misp.uuid(attribute, "uuid");
        if (!Misp.isUuid(uuid)) {
            return false;
        }
        List<JsonObject> before = attributes.computeIfAbsent(uuid, u -> new ArrayList<>(1));
        if (!before.isEmpty()) {
            String text = CanonicalJson.text(attribute);
            if (before.stream().anyMatch(one -> CanonicalJson.text(one).equals(text))) {
                return true;
            }
        }
        before.add(attribute);
        return false;
    }

    /** What distinguishes this event from others: its UUID, or all that it says when it has none. */
    private String name() {
        String uuid = Misp.uuid(event, "uuid");
        if (uuid.isEmpty() && contents.isEmpty()) {
            contents = CanonicalJson.text(event);
        }
        return uuid.isEmpty() ? contents : uuid;
    }

    /** In words, for what is lost of the event. */
    String inWords() {
        String uuid = Misp.uuid(event, "uuid");
        return Misp.isUuid(uuid) ? "event " + uuid : "an event without UUID";
    }

    /** An attribute in words, for what is lost: never its value. */
    String inWords(JsonObject attribute) {
        String uuid = Misp.uuid(attribute, "uuid");
        return "attribute of type " + Misp.text(attribute, "type")
                + (Misp.isUuid(uuid) ? " with UUID " + uuid : " without UUID") + " of " + inWords();
    }

    /** Lists an attribute whose value must not be kept. */
    void neverKept(JsonObject attribute, String where) {
        out.add(Untranslatable.whole(
                where,
                Misp.text(attribute, "object_relation") + ", " + inWords(attribute),
                MispNote.MISP_SECURITY_CODE.of()));
    }

    /**
     * An item of a list.
     *
     * @param where its JSON pointer
     */
    record Located(JsonObject json, String where) {}

    /** The objects in a list, or in an object whose names are numbers, as PHP writes some lists. Lists what is none. */
    List<Located> located(JsonObject owner, String name, String where, String what) {
        List<Located> found = new ArrayList<>();
        String at = where + '/' + name;
        switch (owner.get(name)) {
            case JsonArray array -> {
                for (int i = 0; i < array.items().size(); i++) {
                    locate(array.items().get(i), at + '/' + i, what, found);
                }
            }
            case JsonObject single
            when Misp.isNumbered(single) -> {
                for (int i = 0; i < single.size(); i++) {
                    locate(single.value(i), at + '/' + single.name(i), what, found);
                }
            }
            case JsonObject single -> found.add(new Located(single, at));
            case null -> {}
            case Json other when !Misp.says(other) -> {}
            case Json other -> locate(other, at, what, found);
        }
        return found;
    }

    private void locate(Json item, String where, String what, List<Located> found) {
        if (item instanceof JsonObject object) {
            found.add(new Located(object, where));
        } else {
            out.add(Untranslatable.whole(where, what + " of " + inWords(), MispNote.MISP_NO_OBJECT.of()));
        }
    }

    String masked(String text, String where) {
        String masked = CardMask.masked(text);
        if (!masked.equals(text)) {
            out.add(Untranslatable.part(where, "payment card number in the text", MispNote.MISP_CARD_NUMBER.of()));
        }
        return masked;
    }

    void notInherited(JsonObject owner, String where) {
        String distribution = Misp.text(owner, "distribution");
        if (!distribution.isEmpty()
                && !distribution.equals("5")
                && !distribution.equals(Misp.text(event, "distribution"))) {
            out.add(Untranslatable.part(
                    where + "/distribution",
                    "distribution",
                    distributed(owner).isPresent()
                            ? MispNote.MISP_MARKED_STRICT.of()
                            : MispNote.MISP_TAG_DECIDES.of()));
        }
    }

    /** Lists times that cannot be read. */
    void unreadableTimes(JsonObject owner, String where) {
        for (String field : List.of("timestamp", "first_seen", "last_seen")) {
            if (owner.get(field) != null
                    && Misp.says(owner.get(field))
                    && Misp.micros(Misp.text(owner, field)).isEmpty()) {
                out.add(Untranslatable.part(where + '/' + field, field, MispNote.MISP_NO_TIME.of()));
            }
        }
    }

    /** Lists an unknown member, unless it is empty. */
    void unknown(JsonObject owner, Set<String> known, String where, String what) {
        for (int i = 0; i < owner.size(); i++) {
            String name = owner.name(i);
            if (!known.contains(name) && Misp.says(owner.value(i))) {
                out.add(Untranslatable.part(
                        where + '/' + JsonPointer.token(name),
                        what + " field",
                        name.equals("data") ? MispNote.MISP_FILES.of() : MispNote.MISP_NO_PLACE.of()));
            }
        }
    }
}
