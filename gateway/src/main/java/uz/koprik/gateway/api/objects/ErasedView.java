package uz.koprik.gateway.api.objects;

import java.util.TreeMap;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.retention.RuleWords;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.ErasedVersion;
import uz.koprik.indicators.store.Erasure;

/** What stays of an object whose content was erased; the schema {@code Erasure}. */
final class ErasedView {

    private ErasedView() {}

    /**
     * The answer in place of the object. Rules and names of accounts are for members of the centre.
     *
     * @param caller who may know of the erasure
     */
    static Problem problem(Caller caller, Erasure erasure) {
        boolean member = caller.may(Right.ANALYSE) || caller.may(Right.OPERATE);
        String date = erasure.at().toString().substring(0, 10);
        return new Problem(
                        410,
                        "Erased",
                        "the content of this object was erased on " + date
                                + (member ? " under: " + erasure.rule() : "")
                                + "; its id, versions, digests and signatures stay")
                .having(JsonObject.builder()
                        .put("erasure", json(member, erasure))
                        .build());
    }

    private static JsonObject json(boolean member, Erasure erasure) {
        JsonObject.Builder json = JsonObject.builder()
                .put("id", erasure.id())
                .put("erased", erasure.at().toString());
        if (member) {
            RuleWords words = RuleWords.of(erasure.rule());
            JsonObject.Builder details = JsonObject.builder();
            new TreeMap<>(words.details()).forEach(details::put);
            json.put("rule", erasure.rule())
                    .put("rule_code", words.code())
                    .put("rule_details", details.build())
                    .put("by", erasure.by());
        }
        return json.put(
                        "versions",
                        new JsonArray(erasure.versions().stream()
                                .<Json>map(version -> version(member, version))
                                .toList()))
                .build();
    }

    private static JsonObject version(boolean member, ErasedVersion version) {
        JsonObject.Builder json = JsonObject.builder().put("digest", version.digest());
        if (version.version() != StixObject.UNVERSIONED) {
            json.put("version", Times.text(version.version()));
        }
        json.put("received", Times.text(version.added()));
        version.producer().ifPresent(producer -> json.put("producer", producer));
        if (member && !version.receivedFrom().isEmpty()) {
            json.put("received_from", version.receivedFrom());
        }
        // There also when it is empty.
        return json.put(
                        "signatures",
                        new JsonArray(version.signatures().stream()
                                .<Json>map(JsonString::new)
                                .toList()))
                .build();
    }
}
