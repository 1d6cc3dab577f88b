package uz.koprik.indicators.translate.misp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.stix.values.Uuid5;
import uz.koprik.indicators.translate.Untranslatable;

/**
 * The domain objects of galaxy clusters: actors, techniques, malware. The value is a part of their identity, since the
 * clusters of older events share the UUID of their galaxy.
 */
final class ClusterObjects {

    private static final Pattern TAG = Pattern.compile("misp-galaxy:([^=]+)=\"(.*)\"", Pattern.DOTALL);

    private final EventFrame frame;
    private final Map<String, Set<String>> names = new LinkedHashMap<>();

    ClusterObjects(EventFrame frame) {
        this.frame = frame;
    }

    /**
     * A cluster that became an object.
     *
     * @param id of the object
     * @param other id of the object that earlier versions took for this cluster; empty when it is this one or none
     */
    record Made(String id, Optional<String> other) {}

    /** Who a cluster is. */
    private record Name(String galaxy, String value) {

        String tag() {
            return "misp-galaxy:" + galaxy + "=\"" + value + '"';
        }
    }

    /** The tags that stand for the clusters of {@code owner} which become objects. */
    static Set<String> tags(JsonObject owner) {
        Set<String> tags = new HashSet<>();
        for (JsonObject galaxy : Misp.objects(owner, "Galaxy")) {
            for (JsonObject cluster : Misp.objects(galaxy, "GalaxyCluster")) {
                Name name = name(galaxy, cluster);
                if (GalaxyTypes.stixType(name.galaxy).isPresent() && !name.value.isEmpty()) {
                    tags.add(Misp.text(cluster, "tag_name"));
                    tags.add(name.tag());
                }
            }
        }
        return tags;
    }

    /** Writes the objects of the clusters of an event, an attribute or an object. */
    List<Made> write(JsonObject owner, String where) {
        List<Made> found = new ArrayList<>();
        for (EventFrame.Located galaxy : frame.located(owner, "Galaxy", where, "galaxy")) {
            String type = Misp.text(galaxy.json(), "type");
            List<EventFrame.Located> clusters =
                    frame.located(galaxy.json(), "GalaxyCluster", galaxy.where(), "galaxy cluster");
            if (clusters.isEmpty() && GalaxyTypes.stixType(type).isEmpty()) {
                unknown(type, galaxy.where());
            }
            Set<String> listed = new HashSet<>();
            for (EventFrame.Located cluster : clusters) {
                Name name = name(galaxy.json(), cluster.json());
                Optional<String> stixType = GalaxyTypes.stixType(name.galaxy);
                if (stixType.isPresent()) {
                    one(cluster.json(), name, stixType.get(), cluster.where()).ifPresent(found::add);
                } else if (listed.add(name.galaxy)) {
                    unknown(name.galaxy, galaxy.where());
                }
            }
        }
        return found;
    }

    private void unknown(String galaxy, String where) {
        frame.out.add(Untranslatable.whole(where, "galaxy " + galaxy, MispNote.MISP_UNKNOWN_GALAXY.of(galaxy)));
    }

    private static Name name(JsonObject galaxy, JsonObject cluster) {
        Matcher tag = TAG.matcher(Misp.text(cluster, "tag_name").strip());
        boolean tagged = tag.matches();
        String type = first(Misp.text(galaxy, "type"), Misp.text(cluster, "type"), tagged ? tag.group(1) : "");
        return new Name(type, first(Misp.text(cluster, "value"), tagged ? tag.group(2) : ""));
    }

    private static String first(String... texts) {
        for (String text : texts) {
            if (!text.isBlank()) {
                return text.strip();
            }
        }
        return "";
    }

    private Optional<Made> one(JsonObject cluster, Name name, String type, String where) {
        if (name.value.isEmpty()) {
            frame.out.add(Untranslatable.whole(where, "galaxy cluster", MispNote.MISP_NAMELESS_CLUSTER.of()));
            return Optional.empty();
        }
        String uuid = Misp.uuid(cluster, "uuid");
        boolean real = Misp.isUuid(uuid);
        if (!uuid.isEmpty() && !real) {
            frame.out.add(Untranslatable.part(
                    where + "/uuid", "UUID of the galaxy cluster", MispNote.MISP_CLUSTER_UUID.of()));
        }
        Made made = identity(name, type, uuid, real, where);
        long version = Misp.micros(Misp.text(cluster, "version")).orElse(0L);
        JsonObject meta =
                cluster.object("meta").orElseGet(() -> JsonObject.builder().build());
        JsonObject.Builder json = JsonObject.builder()
                .put("type", type)
                .put("spec_version", "2.1")
                .put("id", made.id());
        frame.producer.ifPresent(by -> json.put("created_by_ref", by));
        json.put("created", Misp.NO_TIME)
                .put("modified", StixTimestamp.format(version))
                .put("name", name.value);
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
        JsonObject reference = JsonObject.builder()
                .put("source_name", "misp-galaxy:" + name.galaxy)
                .put("external_id", real ? uuid : name.tag())
                .build();
        json.put("external_references", new JsonArray(List.of(reference)));
        for (int i = 0; i < meta.size(); i++) {
            if (!meta.name(i).equals("synonyms") && Misp.says(meta.value(i))) {
                frame.out.add(Untranslatable.part(
                        where + "/meta", "what the galaxy says of the cluster", MispNote.MISP_CLUSTER_META.of()));
                break;
            }
        }
        return frame.out.emit(EventFrame.marked(json, Optional.of(Tlp.CLEAR)).build(), where, "galaxy cluster")
                ? Optional.of(made)
                : Optional.empty();
    }

    /**
     * The id of a cluster. Earlier versions derived it from the UUID alone: an object that is stored under such an id
     * keeps it while every version of it has the name of this cluster.
     *
     * <p>The clusters of some galaxies have the UUIDs of MITRE's own objects: a copy must not pass for a newer version
     * of those, so that no id has such a UUID itself.
     */
    private Made identity(Name name, String type, String uuid, boolean real, String where) {
        String producer = frame.producer.orElse("");
        String id = type + "--" + Uuid5.koprik("misp-cluster", producer, name.galaxy, real ? uuid : "", name.value);
        if (uuid.isEmpty()) {
            return new Made(id, Optional.empty());
        }
        String earlier = EarlierObjects.clusterId(type, producer, name.galaxy, uuid);
        Set<String> stored = names.computeIfAbsent(earlier, frame.earlier::names);
        if (stored.isEmpty()) {
            return new Made(id, Optional.empty());
        }
        if (stored.stream().allMatch(one -> one.strip().equals(name.value))) {
            return new Made(earlier, Optional.empty());
        }
        frame.out.add(Untranslatable.part(where, "galaxy cluster", MispNote.MISP_MIXED_CLUSTERS.of(earlier, id)));
        return new Made(id, Optional.of(earlier));
    }
}
