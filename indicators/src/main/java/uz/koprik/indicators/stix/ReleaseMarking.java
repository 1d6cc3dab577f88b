package uz.koprik.indicators.stix;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * A marking that says to whom what it marks goes, and when: a marking definition with a property extension of Koprik
 * (STIX 2.1, sections 7.2.1 and 7.3). It says at least one of these.
 *
 * @param recipients ids of the identity objects of centres that get it and no others, at least one; empty for all
 * @param group id of the sharing group whose members get it and no others; empty for all
 * @param embargoUntil first moment at which it may leave its centre; empty for any
 */
public record ReleaseMarking(Optional<Set<String>> recipients, Optional<String> group, Optional<Instant> embargoUntil) {

    /** Of the extension. */
    public static final String EXTENSION_ID = "extension-definition--7d1c4e0b-5f0a-4a86-9c3e-2f7a90c1b5d4";

    private static final String RECIPIENTS = "recipients";
    private static final String GROUP = "group_ref";
    private static final String EMBARGO = "embargo_until";
    private static final Set<String> MEMBERS = Set.of("extension_type", RECIPIENTS, GROUP, EMBARGO);

    public ReleaseMarking {
        recipients = recipients.map(Set::copyOf);
    }

    /**
     * What a definition says. Empty for other markings, and for one that says more than this version knows: its whole
     * meaning is not known then.
     */
    public static Optional<ReleaseMarking> of(StixObject definition) {
        JsonObject json = SignatureExtension.strip(definition.json());
        Optional<JsonObject> extensions = json.object("extensions");
        Optional<JsonObject> extension = extensions.flatMap(all -> all.object(EXTENSION_ID));
        boolean alone = definition.type().equals("marking-definition")
                && extension.isPresent()
                && extensions.get().size() == 1
                && json.string("definition_type").map("statement"::equals).orElse(true)
                && extension.get().size() > 1
                && MEMBERS.containsAll(extension.get().names())
                && extension.get().string("extension_type").equals(Optional.of("property-extension"));
        return alone ? read(extension.get()) : Optional.empty();
    }

    private static Optional<ReleaseMarking> read(JsonObject extension) {
        Optional<Set<String>> recipients = recipients(extension.items(RECIPIENTS));
        Optional<String> group = extension.string(GROUP).filter(id -> isIdOf(SharingGroup.TYPE, id));
        Optional<Instant> embargo = extension
                .string(EMBARGO)
                .map(StixTimestamp::parse)
                .filter(micros -> micros != StixTimestamp.INVALID)
                .map(StixTimestamp::instant);
        boolean understood = recipients.isPresent() == extension.has(RECIPIENTS)
                && group.isPresent() == extension.has(GROUP)
                && embargo.isPresent() == extension.has(EMBARGO);
        return understood ? Optional.of(new ReleaseMarking(recipients, group, embargo)) : Optional.empty();
    }

    private static Optional<Set<String>> recipients(List<Json> items) {
        Set<String> recipients = new TreeSet<>();
        for (Json item : items) {
            if (!(item instanceof JsonString id) || !isIdOf("identity", id.value())) {
                return Optional.empty();
            }
            recipients.add(id.value());
        }
        return recipients.isEmpty() ? Optional.empty() : Optional.of(recipients);
    }

    private static boolean isIdOf(String type, String id) {
        return StixId.isId(id) && StixId.hasType(id, type);
    }

    /** The extension of a definition that says so. */
    public JsonObject extension() {
        JsonObject.Builder json = JsonObject.builder().put("extension_type", "property-extension");
        recipients.ifPresent(ids -> json.putStrings(RECIPIENTS, List.copyOf(new TreeSet<>(ids))));
        group.ifPresent(id -> json.put(GROUP, id));
        embargoUntil.ifPresent(end -> json.put(EMBARGO, StixTimestamp.format(end)));
        return json.build();
    }
}
