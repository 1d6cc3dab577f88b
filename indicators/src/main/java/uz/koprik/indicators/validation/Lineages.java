package uz.koprik.indicators.validation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * What versions of one object must have in common (STIX 2.1, sections 3.2 and 3.6), for the objects of one file in the
 * order in which they stand there. Keeps a few dozen bytes per object. Not safe for use by several threads.
 */
final class Lineages {

    private static final String VERSIONING = "STIX 2.1, 3.6";

    private final Map<String, Lineage> lineages = new HashMap<>();

    /**
     * One version.
     *
     * @param where pointer and line of it
     * @param digest of its members in canonical form, without those that may be left out
     */
    private record KnownVersion(String where, String digest) {}

    /** The versions of one object. */
    private static final class Lineage {
        private final long created;
        private final String creator;
        private final String where;
        private final Map<Long, KnownVersion> versions = new HashMap<>();
        private long last;
        private String lastAt;
        private long revoked = Long.MAX_VALUE;
        private String revokedAt;

        Lineage(JsonObject first, String where) {
            created = micros(first, "created");
            creator = first.string("created_by_ref").orElse("");
            this.where = where;
        }
    }

    /** The faults of an object beside those that came before it; none for one that has no versions. */
    List<Fault> add(JsonObject object, String pointer, int line) {
        Optional<String> id = object.string("id");
        long modified = micros(object, "modified");
        if (id.isEmpty() || modified == StixTimestamp.INVALID) {
            return List.of(); // an object without versions; or its time is no time, and the rules have said so
        }
        String here = pointer + " (line " + line + ")";
        Lineage lineage = lineages.computeIfAbsent(id.get(), i -> new Lineage(object, here));
        List<Fault> faults = new ArrayList<>();
        if (micros(object, "created") != lineage.created) {
            faults.add(new Fault(
                    id.get(),
                    "/created",
                    "the version at " + lineage.where + " says otherwise: \"created\" is the same in every version",
                    "STIX 2.1, 3.2"));
        }
        if (!object.string("created_by_ref").orElse("").equals(lineage.creator)) {
            faults.add(new Fault(
                    id.get(),
                    "/created_by_ref",
                    "the version at " + lineage.where
                            + " says otherwise: only who created an object makes new versions of it",
                    VERSIONING));
        }
        KnownVersion seen = new KnownVersion(here, digest(object));
        KnownVersion before = lineage.versions.putIfAbsent(modified, seen);
        if (before != null && !before.digest().equals(seen.digest())) {
            faults.add(new Fault(
                    id.get(),
                    "/modified",
                    "other content stands at " + before.where()
                            + " under the same id and the same \"modified\": every change is a new version",
                    VERSIONING));
        }
        end(object, lineage, modified, here).ifPresent(faults::add);
        return faults;
    }

    /** Revoking is for ever: no version comes after it. */
    private static Optional<Fault> end(JsonObject object, Lineage lineage, long modified, String here) {
        String id = object.string("id").orElseThrow();
        Optional<Fault> fault = Optional.empty();
        boolean revokes = object.get("revoked") instanceof JsonBoolean revoked && revoked.value();
        if (modified > lineage.revoked) {
            fault = Optional.of(new Fault(
                    id,
                    "/modified",
                    "the object was revoked by the version at " + lineage.revokedAt + ": no version comes after that",
                    VERSIONING));
        } else if (revokes && lineage.lastAt != null && lineage.last > modified) {
            fault = Optional.of(new Fault(
                    id,
                    "/revoked",
                    "a later version stands at " + lineage.lastAt + ": none comes after an object was revoked",
                    VERSIONING));
        }
        if (revokes && modified < lineage.revoked) {
            lineage.revoked = modified;
            lineage.revokedAt = here;
        }
        if (lineage.lastAt == null || modified > lineage.last) {
            lineage.last = modified;
            lineage.lastAt = here;
        }
        return fault;
    }

    /** A property that has its default value may be left out (section 3.6): for booleans that is always false. */
    private static String digest(JsonObject object) {
        JsonObject.Builder rest = JsonObject.builder();
        for (int i = 0; i < object.size(); i++) {
            Json value = object.value(i);
            if (!(value instanceof JsonBoolean flag) || flag.value()) {
                rest.put(object.name(i), value);
            }
        }
        return Sha256.hex(CanonicalJson.bytes(rest.build()));
    }

    private static long micros(JsonObject object, String name) {
        return object.string(name).map(StixTimestamp::parse).orElse(StixTimestamp.INVALID);
    }
}
