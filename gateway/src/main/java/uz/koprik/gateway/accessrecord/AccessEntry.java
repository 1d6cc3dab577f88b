package uz.koprik.gateway.accessrecord;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;

/**
 * One entry of the access record. Holds no passwords, no tokens and no whole card numbers.
 *
 * @param number in its stream, from 1; 0 before it is written
 * @param at when it was written
 * @param by who, such as {@code account anna}, {@code partner seoul} or {@code local user root}
 * @param from address of the client; empty for this machine without a connection
 * @param what route with its method, such as {@code GET /api/objects/:id}, or command, such as {@code koprik backup}
 * @param ids what the path names, in its order
 * @param asked query parameters, by name
 * @param values values that were looked up or shown, as {@code kind:normal form}
 * @param use for what personal values of partners are used, when the caller said so
 * @param answers how many answers there were; empty when that is not known
 * @param refused HTTP status of a refusal; 0 when the request was answered
 * @param request id of the request
 * @param localUser user of the machine of a command, as the command says
 * @param ends number of the entry with which the same request began; 0 when this is its only entry
 */
public record AccessEntry(
        long number,
        Instant at,
        String by,
        String from,
        String what,
        List<String> ids,
        Map<String, String> asked,
        List<String> values,
        Optional<Use> use,
        Optional<Long> answers,
        int refused,
        String request,
        String localUser,
        long ends) {

    /**
     * For what personal values are used that partners gave under an agreement that asks for it.
     *
     * @param purpose one of the purposes of the agreement
     * @param number of the case
     * @param caseId STIX id of the case, since several units can have a case of one number
     */
    public record Use(String purpose, String number, String caseId) {}

    /** One of a caller who did not say for what. */
    public AccessEntry(
            long number,
            Instant at,
            String by,
            String from,
            String what,
            List<String> ids,
            Map<String, String> asked,
            List<String> values,
            Optional<Long> answers,
            int refused,
            String request,
            String localUser,
            long ends) {
        this(
                number,
                at,
                by,
                from,
                what,
                ids,
                asked,
                values,
                Optional.empty(),
                answers,
                refused,
                request,
                localUser,
                ends);
    }

    public AccessEntry {
        ids = List.copyOf(ids);
        asked = new TreeMap<>(asked);
        values = List.copyOf(values);
    }

    /** An entry of a command that reads or changes the home itself. */
    public static AccessEntry ofCommand(
            Instant at, String user, String command, List<String> arguments, Map<String, String> about) {
        return new AccessEntry(
                0, at, "local user " + user, "", command, arguments, about, List.of(), Optional.empty(), 0, "", "", 0);
    }

    /** An entry of what the centre does by itself. */
    static AccessEntry ofCentre(Instant at, String what, Map<String, String> about) {
        return new AccessEntry(
                0, at, "this centre", "", what, List.of(), about, List.of(), Optional.empty(), 0, "", "", 0);
    }

    /** The same as number {@code other}. */
    AccessEntry numbered(long other) {
        return new AccessEntry(
                other, at, by, from, what, ids, asked, values, use, answers, refused, request, localUser, ends);
    }

    /** The same, as what ends entry {@code begun}. */
    AccessEntry ending(long begun) {
        return new AccessEntry(
                number, at, by, from, what, ids, asked, values, use, answers, refused, request, localUser, begun);
    }

    /** This entry with what the entry says that ends it. */
    AccessEntry ended(AccessEntry end) {
        return new AccessEntry(
                number,
                at,
                by,
                from,
                what,
                ids,
                asked,
                values,
                use,
                end.answers.or(() -> answers),
                Math.max(end.refused, refused),
                request,
                localUser,
                0);
    }

    /** As JSON, absent parts left out: the schema {@code AccessEntry}. */
    public JsonObject json() {
        JsonObject.Builder json = JsonObject.builder()
                .put("n", number)
                .put("at", at.toString())
                .put("by", by)
                .put("what", what);
        text(json, "from", from);
        if (!ids.isEmpty()) {
            json.putStrings("ids", ids);
        }
        if (!asked.isEmpty()) {
            JsonObject.Builder parameters = JsonObject.builder();
            asked.forEach(parameters::put);
            json.put("asked", parameters.build());
        }
        if (!values.isEmpty()) {
            json.putStrings("values", values);
        }
        use.ifPresent(said ->
                json.put("purpose", said.purpose()).put("case", said.number()).put("case_id", said.caseId()));
        answers.ifPresent(count -> json.put("answers", count.longValue()));
        if (refused > 0) {
            json.put("refused", refused);
        }
        text(json, "request", request);
        text(json, "local_user", localUser);
        if (ends > 0) {
            json.put("ends", ends);
        }
        return json.build();
    }

    private static void text(JsonObject.Builder json, String name, String text) {
        if (!text.isEmpty()) {
            json.put(name, text);
        }
    }

    /** As it is written, without the chain. */
    String text() {
        return CanonicalJson.text(json());
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static AccessEntry of(JsonObject json) {
        Map<String, String> asked = new LinkedHashMap<>();
        json.object("asked").ifPresent(parameters -> parameters
                .names()
                .forEach(name -> asked.put(name, parameters.string(name).orElse(""))));
        return new AccessEntry(
                number(json, "n"),
                Instant.parse(required(json, "at")),
                required(json, "by"),
                json.string("from").orElse(""),
                required(json, "what"),
                strings(json, "ids"),
                asked,
                strings(json, "values"),
                json.string("purpose")
                        .map(purpose -> new Use(
                                purpose,
                                json.string("case").orElse(""),
                                json.string("case_id").orElse(""))),
                json.has("answers") ? Optional.of(number(json, "answers")) : Optional.empty(),
                (int) number(json, "refused"),
                json.string("request").orElse(""),
                json.string("local_user").orElse(""),
                number(json, "ends"));
    }

    private static String required(JsonObject json, String name) {
        return json.string(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    static long number(JsonObject json, String name) {
        return json.get(name) instanceof JsonNumber number ? number.longValue() : 0;
    }

    private static List<String> strings(JsonObject json, String name) {
        return json.get(name) instanceof JsonArray
                ? json.items(name).stream().map(AccessEntry::string).toList()
                : List.of();
    }

    private static String string(Json item) {
        return item instanceof JsonString text ? text.value() : "";
    }
}
