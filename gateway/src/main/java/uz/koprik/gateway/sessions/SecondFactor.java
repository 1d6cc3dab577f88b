package uz.koprik.gateway.sessions;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.store.state.StateStore;

/**
 * The second factor of an account, as it is kept.
 *
 * @param accountMade when the account was made; a later account of the same name has none of it
 * @param sealed its secret (base32), encrypted
 * @param confirmed when its owner proved that it works; empty while it is being set up
 * @param step the last step of time whose code was used
 * @param recovery fingerprints of the recovery codes that are left
 */
record SecondFactor(Instant accountMade, String sealed, Optional<Instant> confirmed, long step, List<String> recovery) {

    private static final Logger LOG = LoggerFactory.getLogger(SecondFactor.class);

    SecondFactor {
        recovery = List.copyOf(recovery);
    }

    SecondFactor confirmedAt(Instant at, long used, List<String> codes) {
        return new SecondFactor(accountMade, sealed, Optional.of(at), used, codes);
    }

    SecondFactor withStep(long used) {
        return new SecondFactor(accountMade, sealed, confirmed, used, recovery);
    }

    SecondFactor withRecovery(List<String> codes) {
        return new SecondFactor(accountMade, sealed, confirmed, step, codes);
    }

    byte[] write() {
        JsonObject.Builder json = JsonObject.builder()
                .put("account_made", accountMade.toString())
                .put("secret", sealed)
                .put("step", step)
                .putStrings("recovery", recovery);
        confirmed.ifPresent(at -> json.put("confirmed", at.toString()));
        return CanonicalJson.bytes(json.build());
    }

    /** The second factor of a paper; empty when it is damaged, which the log says. */
    static Optional<SecondFactor> read(StateStore.Paper paper) {
        try {
            JsonObject json = StrictJson.parseObject(paper.content());
            List<String> recovery = new ArrayList<>();
            for (Json item : json.items("recovery")) {
                recovery.add(((JsonString) item).value());
            }
            return Optional.of(new SecondFactor(
                    Instant.parse(text(json, "account_made")),
                    text(json, "secret"),
                    json.string("confirmed").map(Instant::parse),
                    json.get("step") instanceof JsonNumber number ? number.longValue() : 0,
                    recovery));
        } catch (MalformedJson | DateTimeException | ClassCastException | IllegalArgumentException damaged) {
            LOG.error(
                    "{} is damaged: {}; restore it from a backup, or take the second factor away by `koprik account"
                            + " second-factor reset`",
                    paper.name(),
                    damaged.getMessage());
            return Optional.empty();
        }
    }

    private static String text(JsonObject json, String name) {
        return json.string(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }
}
