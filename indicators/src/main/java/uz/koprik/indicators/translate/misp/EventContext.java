package uz.koprik.indicators.translate.misp;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.stix.values.Uuid5;
import uz.koprik.indicators.translate.Untranslatable;

/** What MISP says around attributes: relationships, sightings, galaxies, organisations. */
final class EventContext {

    /** How long after a wrong relationship its revocation is dated, in microseconds. */
    private static final long REVOKED_AFTER = 1000;

    private final EventFrame frame;
    private final ClusterObjects clusters;

    EventContext(EventFrame frame) {
        this.frame = frame;
        this.clusters = new ClusterObjects(frame);
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

    /** Clusters of the event as a whole. */
    void clusters(JsonObject event, String where) {
        clusters.write(event, where);
    }

    /** Galaxies and sightings of an attribute. */
    void write(JsonObject attribute, String id, String where) {
        galaxies(attribute, id, where);
        for (EventFrame.Located sighting : frame.located(attribute, "Sighting", where, "sighting")) {
            sighting(sighting.json(), id, sighting.where());
        }
    }

    /** Galaxies of an attribute or object. */
    void galaxies(JsonObject owner, String id, String where) {
        List<ClusterObjects.Made> made = clusters.write(owner, where);
        String type = id.startsWith("indicator--") ? "indicates" : "related-to";
        long time = frame.time(owner);
        for (ClusterObjects.Made cluster : made) {
            relationship(id, type, cluster.id(), uuid(id, cluster.id()), time, "", where + "/Galaxy");
        }
        for (ClusterObjects.Made cluster : made) {
            cluster.other()
                    .filter(other -> made.stream().noneMatch(one -> one.id().equals(other)))
                    .filter(other -> !frame.earlier
                            .names("relationship--" + uuid(id, other))
                            .isEmpty())
                    .ifPresent(other -> revokedRelationship(id, type, other, time, where + "/Galaxy"));
        }
    }

    private static String uuid(String id, String cluster) {
        return Uuid5.koprik("misp-galaxy", id, cluster).toString();
    }

    /** An earlier version led from here to an object that mixes several clusters. */
    private void revokedRelationship(String source, String type, String target, long time, String where) {
        JsonObject.Builder json = frame.head("relationship", "relationship--" + uuid(source, target), time)
                .put("relationship_type", type)
                .put("source_ref", source)
                .put("target_ref", target)
                .put("revoked", true);
        JsonObject revoked = EventFrame.marked(json, frame.marking)
                .build()
                .with("modified", new JsonString(StixTimestamp.format(time + REVOKED_AFTER)));
        frame.out.emit(revoked, where, "relationship");
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
                    type.equals("2") ? MispNote.MISP_EXPIRATION.of() : MispNote.MISP_OTHER_SIGHTING.of()));
            return;
        }
        long time = Misp.micros(Misp.text(sighting, "date_sighting")).orElse(frame.time(sighting));
        String uuid = frame.ownUuid(sighting, where, "sighting", CanonicalJson.text(sighting), id);
        frame.unreadableTimes(sighting, where);
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
                        where + "/source", "source of the sighting", MispNote.MISP_OPINION_SOURCE.of()));
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
}
