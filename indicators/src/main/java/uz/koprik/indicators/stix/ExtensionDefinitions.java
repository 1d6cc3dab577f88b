package uz.koprik.indicators.stix;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.observable.StixForm;
import uz.koprik.indicators.stix.values.RedactionExtension;
import uz.koprik.indicators.stix.values.SignatureExtension;

/**
 * The extension definitions (STIX 2.1, section 7.3) of all types and properties that Koprik adds to STIX, and the
 * identity that published them. The same bytes at every centre, unsigned: their ids are fixed in the program.
 */
public final class ExtensionDefinitions {

    private static final String PHONE = "extension-definition--14faed18-70df-4a2b-a564-50928ee3c682";
    private static final String BANK_ACCOUNT = "extension-definition--23b8ce04-9be4-48bc-8a16-0ee3c2a6790e";
    private static final String WALLET = "extension-definition--18b363a6-f481-4f90-895f-43ea6c299f79";
    private static final String PAYMENT_CARD = "extension-definition--569e48ee-e220-4837-97a6-ec0e162148e9";
    private static final String MOBILE_DEVICE = "extension-definition--a684f592-4ec0-48d1-8d45-ffe125b81857";

    private static final String AUTHOR = "identity--ce11ec23-e57f-4f9e-9c21-987062d9c4a2";
    private static final String PUBLISHED = "2026-11-22T00:00:00.000Z";
    private static final String REVISED = "2026-11-29T00:00:00.000Z";

    /** The identity first, then every definition; each valid, canonical and in UTF-8. */
    public static final List<byte[]> ALL = List.of(
            CanonicalJson.bytes(common("identity", AUTHOR)
                    .put("name", "Koprik")
                    .put("identity_class", "system")
                    .build()),
            definition(
                    SignatureExtension.ID,
                    "Signatures",
                    "property-extension",
                    "signatures: a list, each item an object of two strings: protected, the base64url protected header of a JWS"
                            + " (RFC 7515), and signature, its base64url signature. The detached payload is the object without this"
                            + " extension (and without extensions, when empty), in canonical form (RFC 8785)."),
            definition(
                    Countersignature.EXTENSION_ID,
                    "Countersignature",
                    "new-sdo",
                    "A centre vouches for an object. object_ref: its identifier. object_modified: its modified, or created where"
                            + " it has no modified; left out where it has neither. object_sha256: SHA-256, lower-case hex, of its"
                            + " canonical form (RFC 8785) without signatures. role: importer, witness or national."),
            definition(
                    SharingAgreement.EXTENSION_ID,
                    "Sharing agreement",
                    "new-sdo",
                    "An agreement between two parties on what each gives the other. No created_by_ref. proposed_by_ref: the party that"
                            + " proposed this version. parties: two objects with identity_ref, name, title and contacts. purposes: a list"
                            + " of strings. kinds: an object, code of a kind of observables to boolean. max_tlp: a label of TLP 2.0, never"
                            + " TLP:RED. relay: boolean. retention_days, notice_days: integers. valid_from, valid_until: timestamps."
                            + " legal_basis, reference: strings."),
            definition(
                    AgreementNotice.EXTENSION_ID,
                    "Agreement notice",
                    "new-sdo",
                    "One party speaks of one version of a sharing agreement. agreement_ref: its identifier. agreement_sha256: SHA-256,"
                            + " lower-case hex, of its canonical form (RFC 8785) without signatures. act: accept, decline, withdraw or"
                            + " terminate. effective: the date of a termination. reason: a string."),
            definition(
                    Recall.EXTENSION_ID,
                    "Recall",
                    "new-sdo",
                    "The creator of an object takes it back. object_ref: its identifier. object_modified: the last version that is"
                            + " meant; earlier ones are meant as well. act: withdraw or narrow. tlp: for narrow, a label of TLP 2.0."
                            + " reason: a string."),
            definition(
                    RecallReceipt.EXTENSION_ID,
                    "Recall receipt",
                    "new-sdo",
                    "A centre says what it did about a recall. recall_ref: its identifier. recall_sha256: SHA-256, lower-case hex,"
                            + " of its canonical form (RFC 8785) without signatures. object_ref: the object. outcome: done, absent or"
                            + " refused. handed_on: a list of objects with name, identity_ref and sent (boolean). reason: a string."),
            definition(
                    "extension-definition--71cbbc1f-a2a1-45ee-8a60-7c5de961820d",
                    "Case file",
                    "property-extension",
                    "Makes an incident a case file. case_number, crime_type, owner_unit: strings. status: open or closed. opened,"
                            + " closed: timestamps. observables: a list of objects with kind, value, role (victim, suspect,"
                            + " infrastructure, money-trail) and note. losses: a list of objects with amount (a string: decimal digits"
                            + " with at most one point), currency (ISO 4217) and note. incident_refs, case_refs: lists of identifiers."
                            + " case_numbers: a list of strings. notes: a list of objects with author, written (timestamp) and text."
                            + " shares: a list of objects with by, at (timestamp), tlp, parts: strings, and object_refs."),
            revised(
                    ReleaseMarking.EXTENSION_ID,
                    "Recipients",
                    "property-extension",
                    "Of marking-definition; at least one of these. recipients: a list of identifiers of identities, at least one. What"
                            + " bears the marking goes to these and to nobody else. group_ref: the identifier of a sharing-group, to"
                            + " whose members it goes and to nobody else. embargo_until: a timestamp before which it goes to nobody"
                            + " outside its centre. An object bears it that has the creator of the definition. Of several such"
                            + " markings, an object goes to those to whom all of them release it, and when all of them do."),
            definition(
                    SharingGroup.EXTENSION_ID,
                    "Sharing group",
                    "new-sdo",
                    "Centres to which markings release objects together. created_by_ref: the centre that says who is a member. name,"
                            + " description: strings. past: boolean, whether members get what went to the group before they joined."
                            + " members: a list of objects with identity_ref, from and until (timestamps; no until: no end)."),
            definition(
                    RedactionExtension.ID,
                    "Redaction",
                    "property-extension",
                    "The object is another one without the parts whose markings are stricter, made by the centre in created_by_ref."
                            + " original_ref: the identifier of that object, which is no reference by which markings are inherited."
                            + " edition: a string that stands for the version of the original, for the maker alone."),
            definition(
                    PHONE, "Phone number", "new-sco", "Type phone-number. value: the number in E.164, with the plus."),
            definition(
                    BANK_ACCOUNT,
                    "Bank account",
                    "new-sco",
                    "Type bank-account. iban: an IBAN without spaces. bic: the bank. account_number: a number that is no IBAN."),
            definition(
                    WALLET,
                    "Cryptocurrency wallet",
                    "new-sco",
                    "Type cryptocurrency-wallet. value: the address as its currency writes it."),
            revised(
                    PAYMENT_CARD,
                    "Payment card",
                    "new-sco",
                    "Type payment-card. card_number: first six digits, last four digits and a keyed token, with hyphens; or,"
                            + " where only a mask is known, the first six digits, an asterisk for each hidden digit (one for"
                            + " an unknown number of them), and the last four digits. Never the number itself."),
            definition(
                    MOBILE_DEVICE,
                    "Mobile device",
                    "new-sco",
                    "Type mobile-device. imei: the identity of the device, fifteen digits."),
            definition(
                    StixForm.FINGERPRINTS,
                    "Fingerprints of TLS and SSH",
                    "property-extension",
                    "Of network-traffic. ja3, ja3s, ja4, jarm, hassh, hassh_server: strings in lower case, as their authors"
                            + " define them."),
            definition(
                    "extension-definition--8a5dfd2b-2d7f-4a4e-9d0a-5d6f2c1c3b90",
                    "MISP object",
                    "property-extension",
                    "The MISP object that a STIX object was translated from. template, template_uuid, template_version,"
                            + " description: strings. attributes: a list of objects with uuid, object_relation, type, category, value,"
                            + " comment, timestamp, first_seen, last_seen: strings; to_ids, deleted: booleans."));

    private static final Map<String, String> OBSERVABLES = Map.of(
            "phone-number",
            PHONE,
            "bank-account",
            BANK_ACCOUNT,
            "cryptocurrency-wallet",
            WALLET,
            "payment-card",
            PAYMENT_CARD,
            "mobile-device",
            MOBILE_DEVICE);

    private ExtensionDefinitions() {}

    /** The definition of an observable's type; empty for the types of STIX itself. */
    static Optional<String> ofObservable(String type) {
        return Optional.ofNullable(OBSERVABLES.get(type));
    }

    /** The extensions of an object whose type the definition {@code id} adds (STIX 2.1, section 7.3). */
    static JsonObject newSdo(String id) {
        return JsonObject.builder()
                .put(id, JsonObject.builder().put("extension_type", "new-sdo").build())
                .build();
    }

    private static byte[] definition(String id, String name, String kind, String schema) {
        return CanonicalJson.bytes(common("extension-definition", id)
                .put("name", name)
                .put("schema", schema)
                .put("version", "1.0.0")
                .putStrings("extension_types", List.of(kind))
                .build());
    }

    /** One whose definition said less before. */
    private static byte[] revised(String id, String name, String kind, String schema) {
        return CanonicalJson.bytes(common("extension-definition", id)
                .put("name", name)
                .put("schema", schema)
                .put("version", "1.1.0")
                .putStrings("extension_types", List.of(kind))
                .build()
                .with("modified", new JsonString(REVISED)));
    }

    private static JsonObject.Builder common(String type, String id) {
        return JsonObject.builder()
                .put("type", type)
                .put("spec_version", "2.1")
                .put("id", id)
                .put("created_by_ref", AUTHOR)
                .put("created", PUBLISHED)
                .put("modified", PUBLISHED);
    }
}
