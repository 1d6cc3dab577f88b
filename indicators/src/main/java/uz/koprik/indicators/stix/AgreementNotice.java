package uz.koprik.indicators.stix;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * What one party says of one version of a {@link SharingAgreement}, signed by that party alone.
 *
 * @param id of the notice
 * @param created when it was signed
 * @param party identity of the party that says so
 * @param agreement id of the agreement
 * @param digest {@link StixObject#digest()} of the version
 * @param act what it says
 * @param effective for a termination: the first moment at which the agreement no longer holds; empty otherwise
 * @param reason in words; may be empty
 */
public record AgreementNotice(
        String id,
        Instant created,
        String party,
        String agreement,
        String digest,
        Act act,
        Optional<Instant> effective,
        String reason) {

    /** The STIX type, defined by the extension {@link #EXTENSION_ID}. */
    public static final String TYPE = "agreement-notice";

    /** Id of the extension definition, the same at every centre. */
    public static final String EXTENSION_ID = "extension-definition--e3c4a1d6-7f25-4d0c-9b8e-2a6f50c7d318";

    private static final int LONGEST_REASON = 1000;

    /** What a party says. */
    public enum Act {
        /** Another party countersigns what was proposed. */
        ACCEPT,
        /** Another party does not want what was proposed. */
        DECLINE,
        /** The proposer no longer proposes it. */
        WITHDRAW,
        /** A party ends the agreement at a date, in a group for itself. */
        TERMINATE;

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
                .put("created_by_ref", party)
                .put("created", StixTimestamp.format(created))
                .put("modified", StixTimestamp.format(created))
                .put("agreement_ref", agreement)
                .put("agreement_sha256", digest)
                .put("act", act.word());
        effective.ifPresent(at -> json.put("effective", StixTimestamp.format(at)));
        if (!reason.isEmpty()) {
            json.put("reason", reason);
        }
        return json.put("extensions", ExtensionDefinitions.newSdo(EXTENSION_ID)).build();
    }

    /**
     * What {@code object} says.
     *
     * @throws InvalidObject with all faults at once when it is no notice or breaks a rule of notices
     */
    public static AgreementNotice read(StixObject object) throws InvalidObject {
        JsonObject json = object.json();
        AgreementFaults at = new AgreementFaults(json);
        at.demand(object.type().equals(TYPE), "/type", "the type " + TYPE + " is required");
        at.onlyMembers(Set.of(
                "type",
                "spec_version",
                "id",
                "created_by_ref",
                "created",
                "modified",
                "agreement_ref",
                "agreement_sha256",
                "act",
                "effective",
                "reason",
                "extensions"));
        String agreement = json.string("agreement_ref").orElse("");
        at.demand(
                StixId.isId(agreement) && StixId.hasType(agreement, SharingAgreement.TYPE),
                "/agreement_ref",
                "the id of a " + SharingAgreement.TYPE + " is required");
        String digest = json.string("agreement_sha256").orElse("");
        at.demand(digest.matches("[0-9a-f]{64}"), "/agreement_sha256", "64 lower-case hexadecimal digits are required");
        String party = object.createdByRef().orElse("");
        at.demand(!party.isEmpty(), "/created_by_ref", "the party that says so is required");
        Optional<Act> act = json.string("act").flatMap(Act::of);
        at.demand(act.isPresent(), "/act", "accept, decline, withdraw or terminate is required");
        boolean ends = act.filter(Act.TERMINATE::equals).isPresent();
        at.demand(
                json.has("effective") == ends,
                "/effective",
                "a date is required for a termination, and for nothing else");
        Optional<Instant> effective = ends ? Optional.of(at.time("effective")) : Optional.empty();
        Instant created = at.time("created");
        String reason = at.text(json, "reason", "/reason", 0, LONGEST_REASON);
        at.end();
        return new AgreementNotice(
                object.id(), created, party, agreement, digest, act.orElseThrow(), effective, reason);
    }
}
