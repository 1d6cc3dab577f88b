package uz.koprik.indicators.stix;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonPointer;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.rules.AgreementRule;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * The text of an agreement between two centres or a group of them, as its proposer signs it. It has no
 * {@code created_by_ref}: each party may propose the next version, and {@code proposed_by_ref} names who proposed this
 * one.
 *
 * @param id the same in all versions
 * @param created of the first version
 * @param modified of this version
 * @param proposer identity of the party that proposed this version
 * @param parties article 1 and 10, 2 to {@value #MOST_PARTIES}
 * @param purposes article 2, at least one
 * @param purposeOnUse article 2: whether members of a party who look up personal values of the other name one of the
 *     purposes and a case first; a text without the member does not ask for it
 * @param kinds article 3: code of a kind of observables, and whether it is covered; others are not covered
 * @param maxTlp article 4: the narrowest marking that either gives the other; never RED
 * @param relay article 5: whether what one gave, the other may give to third parties
 * @param retentionDays article 6
 * @param validFrom article 7: first moment
 * @param validUntil article 7: first moment after it
 * @param noticeDays article 8: the least number of days between a notice of termination and its date
 * @param legalBasis article 9, in words
 * @param reference article 9: where the paper lies; may be empty
 */
public record SharingAgreement(
        String id,
        Instant created,
        Instant modified,
        String proposer,
        List<Party> parties,
        List<String> purposes,
        boolean purposeOnUse,
        Map<String, Boolean> kinds,
        Tlp maxTlp,
        boolean relay,
        int retentionDays,
        Instant validFrom,
        Instant validUntil,
        int noticeDays,
        String legalBasis,
        String reference) {

    /** The STIX type, defined by the extension {@link #EXTENSION_ID}. */
    public static final String TYPE = "sharing-agreement";

    /** Id of the extension definition, the same at every centre. */
    public static final String EXTENSION_ID = "extension-definition--5b0d8a0e-9a2c-4b57-8f0b-6c1f7a3e2d94";

    /** The largest group that signs one text. */
    public static final int MOST_PARTIES = 20;

    private static final int MOST_KINDS = 200;

    private static final String PURPOSE_ON_USE = "purpose_on_use";

    /**
     * A centre that is bound.
     *
     * @param identity id of its STIX identity
     * @param name short name
     * @param title what people call it
     * @param contacts URIs of its contact points, at least one
     */
    public record Party(String identity, String name, String title, List<String> contacts) {

        public Party {
            contacts = List.copyOf(contacts);
        }
    }

    public SharingAgreement {
        parties = List.copyOf(parties);
        purposes = List.copyOf(purposes);
        kinds = Map.copyOf(kinds);
    }

    /** Codes of the kinds that are covered. */
    public Set<String> covered() {
        return kinds.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The party of that identity; empty when that is no party. */
    public Optional<Party> party(String identity) {
        return parties.stream()
                .filter(party -> party.identity().equals(identity))
                .findFirst();
    }

    /** Whether more than two parties sign it. */
    public boolean group() {
        return parties.size() > 2;
    }

    /** Identities of all parties. */
    public Set<String> identities() {
        return parties.stream().map(Party::identity).collect(Collectors.toUnmodifiableSet());
    }

    /** As an object without signatures. */
    public JsonObject json() {
        JsonObject.Builder covers = JsonObject.builder();
        new TreeMap<>(kinds).forEach((kind, yes) -> covers.put(kind, yes));
        JsonObject.Builder text = JsonObject.builder()
                .put("type", TYPE)
                .put("spec_version", "2.1")
                .put("id", id)
                .put("created", StixTimestamp.format(created))
                .put("modified", StixTimestamp.format(modified))
                .put("proposed_by_ref", proposer)
                .put(
                        "parties",
                        new JsonArray(parties.stream()
                                .<Json>map(party -> JsonObject.builder()
                                        .put("identity_ref", party.identity())
                                        .put("name", party.name())
                                        .put("title", party.title())
                                        .putStrings("contacts", party.contacts())
                                        .build())
                                .toList()))
                .putStrings("purposes", purposes);
        if (purposeOnUse) {
            // Versions that do not know the member refuse it: they would sign what they cannot keep.
            text.put(PURPOSE_ON_USE, true);
        }
        return text.put("kinds", covers.build())
                .put("max_tlp", maxTlp.label())
                .put("relay", relay)
                .put("retention_days", retentionDays)
                .put("valid_from", StixTimestamp.format(validFrom))
                .put("valid_until", StixTimestamp.format(validUntil))
                .put("notice_days", noticeDays)
                .put("legal_basis", legalBasis)
                .put("reference", reference)
                .put("extensions", ExtensionDefinitions.newSdo(EXTENSION_ID))
                .build();
    }

    /**
     * What {@code object} says.
     *
     * @throws InvalidObject with all faults at once when it is no agreement or breaks a rule of agreements
     */
    public static SharingAgreement read(StixObject object) throws InvalidObject {
        return read(object.json());
    }

    /** As {@link #read(StixObject)}, for a text that nobody signed yet. */
    public static SharingAgreement read(JsonObject json) throws InvalidObject {
        AgreementFaults at = new AgreementFaults(json);
        at.demand(json.string("type").filter(TYPE::equals).isPresent(), "/type", "the type " + TYPE + " is required");
        at.demand(!json.has("created_by_ref"), "/created_by_ref", "parties stand in /parties; leave this out");
        at.onlyMembers(Set.of(
                "type",
                "spec_version",
                "id",
                "created",
                "modified",
                "proposed_by_ref",
                "parties",
                "purposes",
                PURPOSE_ON_USE,
                "kinds",
                "max_tlp",
                "relay",
                "retention_days",
                "valid_from",
                "valid_until",
                "notice_days",
                "legal_basis",
                "reference",
                "extensions"));
        at.demand(
                json.object("extensions")
                        .filter(extensions -> extensions.has(EXTENSION_ID))
                        .isPresent(),
                "/extensions",
                "the extension " + EXTENSION_ID + " is required");
        List<Party> parties = at.parties();
        String proposer = json.string("proposed_by_ref").orElse("");
        at.demand(
                parties.stream().anyMatch(party -> party.identity().equals(proposer)),
                "/proposed_by_ref",
                "one of the parties is required");
        Instant from = at.time("valid_from");
        Instant until = at.time("valid_until");
        at.demand(until.isAfter(from), "/valid_until", AgreementRule.END_AFTER_BEGIN.of());
        Tlp most = json.string("max_tlp").flatMap(Tlp::parse).orElse(Tlp.RED);
        at.demand(most != Tlp.RED, "/max_tlp", AgreementRule.CEILING.of());
        SharingAgreement read = new SharingAgreement(
                json.string("id").orElse(""),
                at.time("created"),
                at.time("modified"),
                proposer,
                parties,
                at.texts("purposes", 1, 10, 500),
                json.get(PURPOSE_ON_USE) instanceof JsonBoolean asks && asks.value(),
                kinds(json, at),
                most,
                json.get("relay") instanceof JsonBoolean relay && relay.value(),
                at.number("retention_days", 1, 36_500),
                from,
                until,
                at.number("notice_days", 0, 3650),
                at.text(json, "legal_basis", "/legal_basis", 1, 2000),
                at.text(json, "reference", "/reference", 0, 500));
        at.demand(json.get("relay") instanceof JsonBoolean, "/relay", AgreementRule.TRUE_OR_FALSE.of());
        at.demand(
                !json.has(PURPOSE_ON_USE) || json.get(PURPOSE_ON_USE) instanceof JsonBoolean,
                "/" + PURPOSE_ON_USE,
                AgreementRule.TRUE_OR_FALSE.of());
        at.end();
        return read;
    }

    private static Map<String, Boolean> kinds(JsonObject json, AgreementFaults at) {
        Map<String, Boolean> kinds = new TreeMap<>();
        Optional<JsonObject> found = json.object("kinds");
        at.demand(found.isPresent(), "/kinds", "an object of kinds of observables with true or false is required");
        found.ifPresent(all -> {
            for (String kind : all.names()) {
                // A kind of a later version is kept: it is covered there, and unknown here.
                at.demand(
                        kind.matches("[a-z0-9][a-z0-9_-]{0,39}"),
                        "/kinds/" + JsonPointer.token(kind),
                        AgreementRule.KIND.of());
                if (all.get(kind) instanceof JsonBoolean yes) {
                    kinds.put(kind, yes.value());
                } else {
                    at.demand(false, "/kinds/" + JsonPointer.token(kind), AgreementRule.TRUE_OR_FALSE.of());
                }
            }
            at.demand(kinds.size() <= MOST_KINDS, "/kinds", AgreementRule.MANY_KINDS.of(MOST_KINDS));
        });
        return kinds;
    }
}
