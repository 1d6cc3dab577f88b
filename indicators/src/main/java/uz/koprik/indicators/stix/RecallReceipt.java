package uz.koprik.indicators.stix;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * What a centre says that it did about a {@link Recall}, signed by that centre. Of several by one centre the last one
 * counts.
 *
 * @param id of the receipt
 * @param created when it was signed
 * @param centre identity of the centre that says so
 * @param recall id of the recall
 * @param digest {@link StixObject#digest()} of the recall
 * @param object id of the object that is recalled
 * @param outcome what the centre did
 * @param handedOn to whom it may have given the object, and passes the recall on
 * @param reason why it refused; may be empty
 */
public record RecallReceipt(
        String id,
        Instant created,
        String centre,
        String recall,
        String digest,
        String object,
        Outcome outcome,
        List<HandedOn> handedOn,
        String reason) {

    /** The STIX type, defined by the extension {@link #EXTENSION_ID}. */
    public static final String TYPE = "recall-receipt";

    /** Id of the extension definition, the same at every centre. */
    public static final String EXTENSION_ID = "extension-definition--c6d1a7f8-0e35-4b9d-9f64-72b8e5a03c1d";

    private static final int LONGEST_REASON = 1000;
    private static final int MOST_PARTNERS = 1000;

    public RecallReceipt {
        handedOn = List.copyOf(handedOn);
    }

    /** What a centre did. */
    public enum Outcome {
        /** It no longer gives the object, or follows the narrower marking. */
        DONE,
        /** The object was never here. */
        ABSENT,
        /** It did nothing; the reason says why. */
        REFUSED;

        /** As it stands in objects. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Outcome> of(String word) {
            return List.of(values()).stream()
                    .filter(outcome -> outcome.word().equals(word))
                    .findFirst();
        }
    }

    /**
     * A partner of the centre that has the object, or may have it.
     *
     * @param name of the partner at that centre
     * @param identity its identity; empty for an ordinary TAXII server
     * @param sent whether the object was sent to it; otherwise it could fetch the object, and nobody records fetches
     */
    public record HandedOn(String name, Optional<String> identity, boolean sent) {}

    /** As an object without signatures. */
    public JsonObject json() {
        JsonObject.Builder json = JsonObject.builder()
                .put("type", TYPE)
                .put("spec_version", "2.1")
                .put("id", id)
                .put("created_by_ref", centre)
                .put("created", StixTimestamp.format(created))
                .put("modified", StixTimestamp.format(created))
                .put("recall_ref", recall)
                .put("recall_sha256", digest)
                .put("object_ref", object)
                .put("outcome", outcome.word());
        if (!handedOn.isEmpty()) {
            json.put(
                    "handed_on",
                    new JsonArray(
                            handedOn.stream().<Json>map(RecallReceipt::json).toList()));
        }
        if (!reason.isEmpty()) {
            json.put("reason", reason);
        }
        return json.put("extensions", ExtensionDefinitions.newSdo(EXTENSION_ID)).build();
    }

    private static JsonObject json(HandedOn one) {
        JsonObject.Builder json = JsonObject.builder().put("name", one.name);
        one.identity.ifPresent(identity -> json.put("identity_ref", identity));
        return json.put("sent", one.sent).build();
    }

    /**
     * What {@code object} says.
     *
     * @throws InvalidObject with all faults at once when it is no receipt or breaks a rule of receipts
     */
    public static RecallReceipt read(StixObject object) throws InvalidObject {
        JsonObject json = object.json();
        AgreementFaults at = new AgreementFaults(json, "receipt");
        at.demand(object.type().equals(TYPE), "/type", "the type " + TYPE + " is required");
        at.onlyMembers(Set.of(
                "type",
                "spec_version",
                "id",
                "created_by_ref",
                "created",
                "modified",
                "recall_ref",
                "recall_sha256",
                "object_ref",
                "outcome",
                "handed_on",
                "reason",
                "extensions"));
        String recall = json.string("recall_ref").orElse("");
        at.demand(
                StixId.isId(recall) && StixId.hasType(recall, Recall.TYPE),
                "/recall_ref",
                "the id of a " + Recall.TYPE + " is required");
        String digest = json.string("recall_sha256").orElse("");
        at.demand(digest.matches("[0-9a-f]{64}"), "/recall_sha256", "64 lower-case hexadecimal digits are required");
        String subject = json.string("object_ref").orElse("");
        at.demand(StixId.isId(subject), "/object_ref", "the id of an object is required");
        String centre = object.createdByRef().orElse("");
        at.demand(!centre.isEmpty(), "/created_by_ref", "the centre that says so is required");
        Optional<Outcome> outcome = json.string("outcome").flatMap(Outcome::of);
        at.demand(outcome.isPresent(), "/outcome", "done, absent or refused is required");
        List<HandedOn> handedOn = handedOn(json, at);
        Instant created = at.time("created");
        String reason = at.text(json, "reason", "/reason", 0, LONGEST_REASON);
        at.end();
        return new RecallReceipt(
                object.id(), created, centre, recall, digest, subject, outcome.orElseThrow(), handedOn, reason);
    }

    private static List<HandedOn> handedOn(JsonObject json, AgreementFaults at) {
        List<HandedOn> all = new ArrayList<>();
        List<Json> items = json.items("handed_on");
        at.demand(items.size() <= MOST_PARTNERS, "/handed_on", "at most " + MOST_PARTNERS + " partners are allowed");
        for (int i = 0; i < items.size() && i < MOST_PARTNERS; i++) {
            String pointer = "/handed_on/" + i;
            if (!(items.get(i) instanceof JsonObject one)) {
                at.demand(false, pointer, "an object is required");
                continue;
            }
            String name = at.text(one, "name", pointer + "/name", 1, 63);
            Optional<String> identity = one.string("identity_ref");
            at.demand(
                    identity.filter(id -> !StixId.isId(id) || !StixId.hasType(id, "identity"))
                            .isEmpty(),
                    pointer + "/identity_ref",
                    "the id of an identity is required");
            at.demand(one.get("sent") instanceof JsonBoolean, pointer + "/sent", "true or false is required");
            all.add(new HandedOn(name, identity, one.get("sent") instanceof JsonBoolean sent && sent.value()));
        }
        return all;
    }
}
