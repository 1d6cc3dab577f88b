package uz.koprik.indicators.translate.misp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.stix.values.Uuid5;
import uz.koprik.indicators.translate.Untranslatable;

/** What MISP says around attributes: relationships, sightings, galaxies, organisations. */
final class EventContext {

    private final EventFrame frame;

    EventContext(EventFrame frame) {
        this.frame = frame;
    }

    /** Writes the identity of an organisation, unless it has no UUID to be known by; returns its id. */
    Optional<String> organisation(JsonObject org, String where) {
        String uuid = Misp.uuid(org, "uuid");
        if (!Misp.isUuid(uuid)) {
            return Optional.empty();
        }
        String id = "identity--" + uuid;
        frame.out.emit(
                JsonObject.builder()
                        .put("type", "identity")
                        .put("spec_version", "2.1")
                        .put("id", id)
                        .put("created_by_ref", id)
                        .put("created", Misp.NO_TIME)
                        .put("modified", Misp.NO_TIME)
                        .put("name", Misp.text(org, "name").isBlank() ? "MISP organisation" : Misp.text(org, "name"))
                        .put("identity_class", "organization")
                        .putStrings("object_marking_refs", List.of(Markings.id(Tlp.CLEAR)))
                        .build(),
                where,
                "organisation");
        return Optional.of(id);
    }

    /** Galaxies and sightings of an attribute. */
    void write(JsonObject attribute, String id, String where) {
        for (String actor : clusters(attribute, where)) {
            relationship(
                    id,
                    id.startsWith("indicator--") ? "indicates" : "related-to",
                    actor,
                    Uuid5.koprik("misp-galaxy", id, actor).toString(),
                    frame.time(attribute),
                    "",
                    where + "/Galaxy");
        }
        List<JsonObject> sightings = Misp.objects(attribute, "Sighting");
        for (int i = 0; i < sightings.size(); i++) {
            sighting(sightings.get(i), id, where + "/Sighting/" + i);
        }
    }

    void relationship(String source, String type, String target, String uuid, long time, String comment, String where) {
        JsonObject.Builder json = frame.head("relationship", "relationship--" + uuid, time)
                .put("relationship_type", type)
                .put("source_ref", source)
                .put("target_ref", target);
        if (!comment.isEmpty()) {
            json.put("description", comment);
        }
        frame.out.emit(EventFrame.marked(json, frame.marking).build(), where, "relationship");
    }

    void sighting(JsonObject sighting, String id, String where) {
        String type = Misp.text(sighting, "type");
        if (!Set.of("", "0", "1").contains(type) || id.startsWith("note--")) {
            frame.out.add(Untranslatable.whole(
                    where,
                    "sighting",
                    type.equals("2")
                            ? "an expiration is one organisation's word and does not end an indicator"
                            : "it is of no kind STIX has"));
            return;
        }
        long time = Misp.micros(Misp.text(sighting, "date_sighting")).orElse(frame.time(sighting));
        String uuid = frame.uuid(sighting, where, "sighting");
        boolean wrong = type.equals("1");
        String source = Misp.text(sighting, "source");
        JsonObject.Builder json;
        if (wrong) {
            json = frame.head("opinion", "opinion--" + uuid, time)
                    .put("opinion", "strongly-disagree")
                    .put("explanation", "sighted as a false positive")
                    .putStrings("object_refs", List.of(id));
            if (!source.isBlank()) {
                frame.out.add(Untranslatable.part(
                        where + "/source", "source of the sighting", "an opinion has no place for it"));
            }
        } else {
            json = frame.head("sighting", "sighting--" + uuid, time)
                    .put("sighting_of_ref", id)
                    .put("first_seen", StixTimestamp.formatShort(time))
                    .put("last_seen", StixTimestamp.formatShort(time))
                    .put("count", 1);
            if (!source.isBlank()) {
                json.put("description", frame.masked(source, where + "/source"));
            }
            Optional<String> org =
                    sighting.object("Organisation").flatMap(o -> organisation(o, where + "/Organisation"));
            if (org.isPresent()) {
                json.putStrings("where_sighted_refs", List.of(org.get()));
            }
        }
        frame.out.emit(EventFrame.marked(json, frame.marking).build(), where, wrong ? "opinion" : "sighting");
    }

    void collectTags(JsonObject owner) {
        for (JsonObject galaxy : Misp.objects(owner, "Galaxy")) {
            if (GalaxyTypes.stixType(Misp.text(galaxy, "type")).isPresent()) {
                Misp.objects(galaxy, "GalaxyCluster").forEach(c -> frame.clusterTags.add(Misp.text(c, "tag_name")));
            }
        }
    }

    /** The objects of the galaxy clusters of an frame.event or attribute. */
    List<String> clusters(JsonObject owner, String where) {
        List<String> found = new ArrayList<>();
        List<JsonObject> galaxies = Misp.objects(owner, "Galaxy");
        for (int g = 0; g < galaxies.size(); g++) {
            String galaxy = Misp.text(galaxies.get(g), "type");
            Optional<String> type = GalaxyTypes.stixType(galaxy);
            if (type.isEmpty()) {
                frame.out.add(Untranslatable.whole(where + "/Galaxy/" + g, "galaxy " + galaxy, EventFrame.NO_TYPE));
                continue;
            }
            List<JsonObject> clusters = Misp.objects(galaxies.get(g), "GalaxyCluster");
            for (int c = 0; c < clusters.size(); c++) {
                cluster(clusters.get(c), galaxy, type.get(), where + "/Galaxy/" + g + "/GalaxyCluster/" + c)
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    Optional<String> cluster(JsonObject cluster, String galaxy, String type, String where) {
        String uuid = Misp.uuid(cluster, "uuid");
        // The clusters of some galaxies have the UUIDs of MITRE's own objects: a copy must not pass for a newer version
        // of those.
        String id = type + "--"
                + Uuid5.koprik(
                        "misp-galaxy",
                        frame.producer.orElse(""),
                        galaxy,
                        uuid.isEmpty() ? Misp.text(cluster, "value") : uuid);
        long version = Misp.micros(Misp.text(cluster, "version")).orElse(0L);
        JsonObject meta =
                cluster.object("meta").orElseGet(() -> JsonObject.builder().build());
        JsonObject.Builder json = JsonObject.builder()
                .put("type", type)
                .put("spec_version", "2.1")
                .put("id", id);
        frame.producer.ifPresent(by -> json.put("created_by_ref", by));
        json.put("created", Misp.NO_TIME)
                .put("modified", StixTimestamp.format(version))
                .put("name", Misp.text(cluster, "value"));
        if (!Misp.text(cluster, "description").isBlank()) {
            json.put("description", frame.masked(Misp.text(cluster, "description"), where + "/description"));
        }
        if (type.equals("malware")) {
            json.put("is_family", true);
        }
        json.putStrings(
                "aliases",
                meta.items("synonyms").stream()
                        .filter(JsonString.class::isInstance)
                        .map(s -> ((JsonString) s).value())
                        .filter(s -> !s.isBlank())
                        .distinct()
                        .toList());
        JsonObject.Builder reference = JsonObject.builder().put("source_name", "misp-galaxy:" + galaxy);
        if (!uuid.isEmpty()) {
            reference.put("external_id", uuid);
        }
        json.put("external_references", new JsonArray(List.of(reference.build())));
        for (int i = 0; i < meta.size(); i++) {
            if (!meta.name(i).equals("synonyms") && Misp.says(meta.value(i))) {
                frame.out.add(Untranslatable.part(
                        where + "/meta",
                        "what the galaxy says of the cluster",
                        "it stands in the galaxy under the UUID that is kept"));
                break;
            }
        }
        return frame.out.emit(EventFrame.marked(json, Optional.of(Tlp.CLEAR)).build(), where, "galaxy cluster")
                ? Optional.of(id)
                : Optional.empty();
    }
}
