package uz.koprik.gateway.alerts.log;

import java.util.Arrays;
import java.util.Locale;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.intake.IdConflict;
import uz.koprik.gateway.intake.IdConflict.Kind;
import uz.koprik.gateway.intake.IdConflict.Outcome;

/** A conflict as members of the JSON of an alert. */
public final class IdConflictJson {

    private static final String FOLDER = "evidence/";

    private IdConflictJson() {}

    static boolean isKind(String name) {
        return Arrays.stream(Kind.values()).anyMatch(kind -> lower(kind).equals(name));
    }

    public static JsonObject.Builder into(JsonObject.Builder json, IdConflict conflict) {
        JsonObject.Builder owner = JsonObject.builder().put("centre", conflict.ownerCentre());
        conflict.owner().ifPresent(creator -> owner.put("producer", creator));
        JsonObject.Builder submitter = JsonObject.builder()
                .put("name", conflict.submitter())
                .put("type", conflict.partner() ? "partner" : "account");
        conflict.creator().ifPresent(creator -> submitter.put("producer", creator));
        json.put("kind", lower(conflict.kind()))
                .put("object_id", conflict.objectId())
                .put("owner", owner.build())
                .put("submitter", submitter.build())
                .put("outcome", lower(conflict.outcome()))
                .put(
                        AlertJson.ENTRIES,
                        JsonObject.builder()
                                .put("known", conflict.knownSeq())
                                .put("stored", conflict.storedSeq())
                                .put("internal", conflict.internal())
                                .build());
        if (!conflict.pointer().isEmpty()) {
            json.put("pointer", conflict.pointer());
        }
        conflict.evidence().ifPresent(file -> json.put("evidence", FOLDER + file));
        return json;
    }

    /** @throws IllegalArgumentException when {@code json} is no conflict: says which part */
    public static IdConflict read(JsonObject json) {
        JsonObject owner = AlertJson.part(json, "owner");
        JsonObject submitter = AlertJson.part(json, "submitter");
        JsonObject entries = AlertJson.part(json, AlertJson.ENTRIES);
        return new IdConflict(
                Kind.valueOf(AlertJson.text(json, "kind").toUpperCase(Locale.ROOT)),
                AlertJson.text(json, "object_id"),
                AlertJson.number(entries, "known"),
                owner.string("producer"),
                AlertJson.text(owner, "centre"),
                AlertJson.text(submitter, "name"),
                AlertJson.text(submitter, "type").equals("partner"),
                submitter.string("producer"),
                Outcome.valueOf(AlertJson.text(json, "outcome").toUpperCase(Locale.ROOT)),
                json.string("pointer").orElse(""),
                AlertJson.number(entries, "stored"),
                !(entries.get("internal") instanceof JsonBoolean internal) || internal.value(),
                json.string("evidence").map(path -> path.substring(FOLDER.length())));
    }

    /** What to do, for people. */
    static String action(IdConflict conflict) {
        return switch (conflict.outcome()) {
            case REFUSED ->
                conflict.kind() == Kind.EQUIVOCATION
                        ? "Compare both objects in the evidence and ask the producer which one holds; the producer must publish a later version."
                        : "Compare both objects in the evidence and ask the owner. If the object here is wrong, withdraw it; the other one is"
                                + " accepted when it is submitted again.";
            case TAKES_PRECEDENCE ->
                "The creator signed the second object, which is shown from now on. Compare both; withdraw the first if it"
                        + " is wrong.";
            case KEPT_APART ->
                "The submitter may not see the first object, so both are kept. Compare both and withdraw the wrong one; do not"
                        + " disclose the first object to the submitter.";
        };
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
