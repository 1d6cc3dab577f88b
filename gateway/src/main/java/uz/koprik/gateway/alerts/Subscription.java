package uz.koprik.gateway.alerts;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;

/**
 * The alerts that an account wants, and how they are delivered.
 *
 * @param account its name
 * @param accountMade when that account was made; a later account of the same name does not inherit the subscription
 * @param created when the subscription was made
 * @param name for people; empty for none
 * @param filter which alerts
 * @param webhook where they are sent
 * @param immediate whether each alert is sent there when it is emitted; otherwise only digests are
 * @param digest whether a digest is made of them daily
 */
record Subscription(
        UUID id,
        String account,
        Instant accountMade,
        Instant created,
        String name,
        AlertFilter filter,
        Optional<URI> webhook,
        boolean immediate,
        boolean digest) {

    private static final int LONGEST_NAME = 200;

    /** @throws IllegalArgumentException which says what is wrong */
    Subscription {
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("\"name\" has at most " + LONGEST_NAME + " characters");
        }
    }

    /** As the API shows it: the schema {@code AlertSubscription}. */
    JsonObject.Builder view() {
        JsonObject.Builder json = JsonObject.builder().put("id", id.toString()).put("created", created.toString());
        if (!name.isEmpty()) {
            json.put("name", name);
        }
        webhook.ifPresent(url -> json.put("webhook", url.toString()));
        return filter.into(json.put("immediate", immediate).put("digest", digest));
    }

    /** As it is stored. */
    JsonObject write() {
        return view().put("account", account)
                .put("account_made", accountMade.toString())
                .build();
    }

    /** @throws IllegalArgumentException when {@code json} is no subscription */
    static Subscription read(JsonObject json) {
        return new Subscription(
                UUID.fromString(json.string("id").orElse("")),
                json.string("account").orElseThrow(() -> new IllegalArgumentException("account is missing")),
                Instant.parse(json.string("account_made").orElse("")),
                Instant.parse(json.string("created").orElse("")),
                json.string("name").orElse(""),
                AlertFilter.read(json),
                json.string("webhook").map(URI::create),
                flag(json, "immediate", true),
                flag(json, "digest", true));
    }

    /** @throws IllegalArgumentException when the member exists and is neither true nor false */
    static boolean flag(JsonObject json, String name, boolean preset) {
        return switch (json.get(name)) {
            case null -> preset;
            case JsonBoolean flag -> flag.value();
            default -> throw new IllegalArgumentException("\"" + name + "\" must be true or false");
        };
    }
}
