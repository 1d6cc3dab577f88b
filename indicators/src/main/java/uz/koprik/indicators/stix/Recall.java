package uz.koprik.indicators.stix;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * What the creator of an object says when it takes the object back, or narrows its marking at those who have it.
 *
 * @param id of the recall
 * @param created when it was signed
 * @param producer identity of the creator of the object, whose key signs the recall
 * @param object id of the object
 * @param version the last version that is meant, in microseconds since the epoch; earlier ones are meant as well
 * @param act what is to be done
 * @param tlp for {@link Act#NARROW}: the marking that counts from now on; empty otherwise
 * @param reason in words
 */
public record Recall(
        String id,
        Instant created,
        String producer,
        String object,
        long version,
        Act act,
        Optional<Tlp> tlp,
        String reason) {

    /** The STIX type, defined by the extension {@link #EXTENSION_ID}. */
    public static final String TYPE = "recall";

    /** Id of the extension definition, the same at every centre. */
    public static final String EXTENSION_ID = "extension-definition--9b0f6d43-51b7-4f0e-a8c2-3d7e64f1b026";

    /** Longest reason, in characters. */
    public static final int LONGEST_REASON = 1000;

    /** What is to be done. */
    public enum Act {
        /** The object is to be given up. */
        WITHDRAW,
        /** The object stays, under a narrower marking. */
        NARROW;

        /** As it stands in objects. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Act> of(String word) {
            return List.of(values()).stream()
                    .filter(act -> act.word().equals(word))
                    .findFirst();
        }
    }

    /** As an object without signatures. */
    public JsonObject json() {
        JsonObject.Builder json = JsonObject.builder()
                .put("type", TYPE)
                .put("spec_version", "2.1")
                .put("id", id)
                .put("created_by_ref", producer)
                .put("created", StixTimestamp.format(created))
                .put("modified", StixTimestamp.format(created))
                .put("object_ref", object)
                .put("object_modified", StixTimestamp.format(version))
                .put("act", act.word());
        tlp.ifPresent(marking -> json.put("tlp", marking.label()));
        return json.put("reason", reason)
                .put("extensions", ExtensionDefinitions.newSdo(EXTENSION_ID))
                .build();
    }

    /**
     * What {@code object} says.
     *
     * @throws InvalidObject with all faults at once when it is no recall or breaks a rule of recalls
     */
    public static Recall read(StixObject object) throws InvalidObject {
        JsonObject json = object.json();
        AgreementFaults at = new AgreementFaults(json, TYPE);
        at.demand(object.type().equals(TYPE), "/type", "the type " + TYPE + " is required");
        at.onlyMembers(Set.of(
                "type",
                "spec_version",
                "id",
                "created_by_ref",
                "created",
                "modified",
                "object_ref",
                "object_modified",
                "act",
                "tlp",
                "reason",
                "extensions"));
        String subject = json.string("object_ref").orElse("");
        at.demand(StixId.isId(subject), "/object_ref", "the id of an object is required");
        String producer = object.createdByRef().orElse("");
        at.demand(!producer.isEmpty(), "/created_by_ref", "the creator of the object is required");
        Optional<Act> act = json.string("act").flatMap(Act::of);
        at.demand(act.isPresent(), "/act", "withdraw or narrow is required");
        boolean narrows = act.filter(Act.NARROW::equals).isPresent();
        Optional<Tlp> tlp = json.string("tlp").flatMap(Tlp::parse);
        at.demand(
                narrows ? tlp.isPresent() : !json.has("tlp"),
                "/tlp",
                "a marking is required to narrow, and for nothing else");
        long version = StixTimestamp.micros(at.time("object_modified"));
        Instant created = at.time("created");
        String reason = at.text(json, "reason", "/reason", 1, LONGEST_REASON);
        at.end();
        return new Recall(object.id(), created, producer, subject, version, act.orElseThrow(), tlp, reason);
    }
}
