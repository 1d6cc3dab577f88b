package uz.koprik.indicators.translate.misp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.stix.values.Uuid5;
import uz.koprik.indicators.translate.Untranslatable;

/** What all parts of an event share while it is translated, and how every object of it begins. For one thread. */
final class EventFrame {

    static final String NO_TYPE = "STIX has no object for it that is known here";

    final JsonObject event;
    final String pointer;
    final Normalisation context;
    final Emitter out = new Emitter();
    /** STIX ids of attributes and objects by their MISP UUID. */
    final Map<String, String> ids = new HashMap<>();
    /** Tags that stand for clusters which are translated themselves. */
    final Set<String> clusterTags = new HashSet<>();
    /** Identity of the creator organisation. */
    final Optional<String> producer;
    /** The least that the distribution demands, or null. */
    final Tlp distributed;

    final long day;
    final long changed;
    /** Marking of what has no tag of its own; known once the tags of the event are read. */
    Optional<Tlp> marking = Optional.empty();

    EventFrame(JsonObject event, String pointer, Normalisation context) {
        this.event = event;
        this.pointer = pointer;
        this.context = context;
        this.producer = event.object("Orgc")
                .map(org -> Misp.uuid(org, "uuid"))
                .filter(Misp::isUuid)
                .map(uuid -> "identity--" + uuid);
        this.changed = Misp.micros(Misp.text(event, "timestamp")).orElse(0L);
        this.day = Misp.micros(Misp.text(event, "date") + "T00:00:00Z").orElse(changed);
        this.distributed = Set.of("0", "4").contains(Misp.text(event, "distribution")) ? Tlp.AMBER_STRICT : null;
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
        ids.put(Misp.uuid(owner, "uuid"), id);
    }

    String uuid(JsonObject owner, String where, String what) {
        String uuid = Misp.uuid(owner, "uuid");
        if (Misp.isUuid(uuid)) {
            return uuid;
        }
        out.add(Untranslatable.part(
                where + "/uuid", "UUID of the " + what, "it is missing or none; another was derived from the place"));
        return Uuid5.koprik("misp", Misp.uuid(event, "uuid"), where).toString();
    }

    String masked(String text, String where) {
        String masked = CardMask.masked(text);
        if (!masked.equals(text)) {
            out.add(Untranslatable.part(where, "payment card number in the text", "whole card numbers are never kept"));
        }
        return masked;
    }

    void notInherited(JsonObject owner, String where) {
        String distribution = Misp.text(owner, "distribution");
        if (!distribution.isEmpty()
                && !distribution.equals("5")
                && !distribution.equals(Misp.text(event, "distribution"))) {
            out.add(Untranslatable.part(
                    where + "/distribution", "distribution", "only the TLP tag says who may have it"));
        }
    }

    /** Lists an unknown member, unless it is empty. */
    void unknown(JsonObject owner, Set<String> known, String where, String what) {
        for (int i = 0; i < owner.size(); i++) {
            String name = owner.name(i);
            if (!known.contains(name) && Misp.says(owner.value(i))) {
                out.add(Untranslatable.part(
                        where + '/' + name.replace("~", "~0").replace("/", "~1"),
                        what + " field",
                        name.equals("data")
                                ? "attached files and samples are not carried over"
                                : "STIX has no place for it"));
            }
        }
    }
}
