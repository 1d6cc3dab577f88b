package uz.koprik.gateway.recalls;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.stix.RecallReceipt;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;

/** A {@link RecallRecord} as a paper of the state store. */
final class RecallPaper {

    /** Papers of this centre: the id of the recall and {@code .json} follow. */
    static final String FOLDER = "recalls/";

    private static final long FORMAT = 1;

    private RecallPaper() {}

    /** Name of the paper of a recall. */
    static String name(String id) {
        return FOLDER + id + ".json";
    }

    static byte[] write(RecallRecord record) {
        return CanonicalJson.bytes(JsonObject.builder()
                .put("format", FORMAT)
                .put("recall", record.object().json())
                .put("first_seen", record.firstSeen().toString())
                .put("from", record.from())
                .put(
                        "targets",
                        new JsonArray(record.targets().stream()
                                .<Json>map(RecallPaper::target)
                                .toList()))
                .put(
                        "receipts",
                        new JsonArray(record.receipts().stream()
                                .<Json>map(RecallPaper::receipt)
                                .toList()))
                .put(
                        "contradicted",
                        new JsonArray(record.contradicted().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .<Json>map(one -> JsonObject.builder()
                                        .put("identity", one.getKey())
                                        .put("seen", one.getValue().toString())
                                        .build())
                                .toList()))
                .build());
    }

    private static JsonObject target(RecallRecord.Target target) {
        JsonObject.Builder json = JsonObject.builder().put("name", target.name());
        target.identity().ifPresent(identity -> json.put("identity", identity));
        return json.put("sent", target.sent()).build();
    }

    private static JsonObject receipt(RecallRecord.SignedReceipt receipt) {
        return JsonObject.builder()
                .put("object", receipt.object().json())
                .put("first_seen", receipt.firstSeen().toString())
                .put("via", receipt.via())
                .put("proven", receipt.proven())
                .build();
    }

    /** @throws DamagedRecalls when the paper is not what {@link #write} wrote, or a later version wrote it */
    static RecallRecord read(String name, byte[] content) throws DamagedRecalls {
        try {
            JsonObject json = StrictJson.parseObject(content);
            if (!(json.get("format") instanceof JsonNumber format) || format.longValue() != FORMAT) {
                throw new DamagedRecalls(name + " has a format of a later version; run that version", null);
            }
            StixObject object = object(json, "recall");
            List<RecallRecord.Target> targets = new ArrayList<>();
            for (Json item : json.items("targets")) {
                JsonObject target = (JsonObject) item;
                targets.add(new RecallRecord.Target(
                        target.string("name").orElseThrow(), target.string("identity"), is(target, "sent")));
            }
            List<RecallRecord.SignedReceipt> receipts = new ArrayList<>();
            for (Json item : json.items("receipts")) {
                JsonObject one = (JsonObject) item;
                StixObject receipt = object(one, "object");
                receipts.add(new RecallRecord.SignedReceipt(
                        receipt,
                        RecallReceipt.read(receipt),
                        moment(one, "first_seen"),
                        one.string("via").orElse(""),
                        is(one, "proven")));
            }
            Map<String, Instant> contradicted = new LinkedHashMap<>();
            for (Json item : json.items("contradicted")) {
                JsonObject one = (JsonObject) item;
                contradicted.put(one.string("identity").orElseThrow(), moment(one, "seen"));
            }
            return new RecallRecord(
                    object,
                    Recall.read(object),
                    moment(json, "first_seen"),
                    json.string("from").orElse(""),
                    targets,
                    receipts,
                    contradicted);
        } catch (MalformedJson | InvalidObject | RuntimeException damaged) {
            throw new DamagedRecalls(
                    name + " is damaged; restore it from a backup, or remove it: the partners send what they hold",
                    damaged);
        }
    }

    private static StixObject object(JsonObject json, String name) throws InvalidObject {
        return StixReader.again(CanonicalJson.bytes(json.object(name).orElseThrow()));
    }

    private static Instant moment(JsonObject json, String name) {
        return Instant.parse(json.string(name).orElseThrow());
    }

    private static boolean is(JsonObject json, String name) {
        return json.get(name) instanceof JsonBoolean yes && yes.value();
    }
}
