package uz.koprik.gateway.alerts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;

/**
 * The delivery record of a subscription.
 *
 * @param sent alerts up to this number were sent to the webhook, or do not match the filter
 * @param digested alerts up to this number are in a digest
 * @param digestDate the day of the last digest
 * @param due digests that wait for the webhook
 * @param trouble why the next delivery fails; empty when the last attempt succeeded or none was made
 * @param dead abandoned deliveries, newest last
 */
record DeliveryPosition(
        long sent,
        long digested,
        LocalDate digestDate,
        List<LocalDate> due,
        Optional<Trouble> trouble,
        List<Dead> dead) {

    /** Dead letters kept at most. */
    private static final int MOST_DEAD = 100;

    DeliveryPosition {
        due = List.copyOf(due);
        dead = List.copyOf(dead);
    }

    /**
     * Consecutive failures.
     *
     * @param failures how many
     * @param reason of the last one
     * @param at when that was
     */
    record Trouble(int failures, String reason, Instant at) {}

    /**
     * An abandoned delivery.
     *
     * @param delivery its id
     * @param what the number of the alert, or the date of the digest
     * @param at when it was abandoned
     * @param reason of the last failure
     */
    record Dead(UUID delivery, String what, Instant at, String reason) {}

    DeliveryPosition withSent(long seq) {
        return new DeliveryPosition(Math.max(sent, seq), digested, digestDate, due, Optional.empty(), dead);
    }

    /** The record after the digest of that day was sent, or had nothing to send. */
    DeliveryPosition withoutDue(LocalDate date) {
        return new DeliveryPosition(
                sent,
                digested,
                digestDate,
                due.stream().filter(one -> !one.equals(date)).toList(),
                Optional.empty(),
                dead);
    }

    DeliveryPosition withDigest(LocalDate date, long seq, boolean send) {
        List<LocalDate> more = new ArrayList<>(due);
        if (send && !more.contains(date)) {
            more.add(date);
        }
        return new DeliveryPosition(sent, seq, date, more, trouble, dead);
    }

    DeliveryPosition withTrouble(String reason, Instant at) {
        return new DeliveryPosition(
                sent,
                digested,
                digestDate,
                due,
                Optional.of(new Trouble(trouble.map(Trouble::failures).orElse(0) + 1, reason, at)),
                dead);
    }

    DeliveryPosition withDead(Dead one) {
        List<Dead> more = new ArrayList<>(dead);
        more.add(one);
        return new DeliveryPosition(
                sent,
                digested,
                digestDate,
                due,
                trouble,
                more.subList(Math.max(0, more.size() - MOST_DEAD), more.size()));
    }

    JsonObject write() {
        JsonObject.Builder json = JsonObject.builder()
                .put("sent", sent)
                .put("digested", digested)
                .put("digest_date", digestDate.toString())
                .putStrings("due", due.stream().map(LocalDate::toString).toList());
        return view(json).build();
    }

    /** Adds what explains failed deliveries. */
    JsonObject.Builder view(JsonObject.Builder json) {
        trouble.ifPresent(one -> json.put(
                "trouble",
                JsonObject.builder()
                        .put("failures", one.failures())
                        .put("reason", one.reason())
                        .put("at", one.at().toString())
                        .build()));
        List<Json> letters = new ArrayList<>();
        dead.forEach(one -> letters.add(JsonObject.builder()
                .put("delivery", one.delivery().toString())
                .put("what", one.what())
                .put("at", one.at().toString())
                .put("reason", one.reason())
                .build()));
        return json.put("dead", new JsonArray(letters));
    }

    /** @throws RuntimeException when {@code json} is no delivery record */
    static DeliveryPosition read(JsonObject json) {
        List<LocalDate> due = new ArrayList<>();
        json.items("due").forEach(item -> due.add(LocalDate.parse(((uz.koprik.crypto.json.JsonString) item).value())));
        List<Dead> dead = new ArrayList<>();
        for (Json item : json.items("dead")) {
            JsonObject one = (JsonObject) item;
            dead.add(new Dead(
                    UUID.fromString(text(one, "delivery")),
                    text(one, "what"),
                    Instant.parse(text(one, "at")),
                    text(one, "reason")));
        }
        Optional<Trouble> trouble = json.object("trouble")
                .map(one -> new Trouble(
                        (int) number(one, "failures"), text(one, "reason"), Instant.parse(text(one, "at"))));
        return new DeliveryPosition(
                number(json, "sent"),
                number(json, "digested"),
                LocalDate.parse(text(json, "digest_date")),
                due,
                trouble,
                dead);
    }

    private static String text(JsonObject json, String name) {
        return json.string(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    private static long number(JsonObject json, String name) {
        if (json.get(name) instanceof JsonNumber n) {
            return n.longValue();
        }
        throw new IllegalArgumentException(name + " is missing");
    }
}
