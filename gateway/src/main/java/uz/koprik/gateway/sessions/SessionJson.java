package uz.koprik.gateway.sessions;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.auth.Role;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.store.state.StateStore;

/** A session as JSON of the state store. Members that this version does not know are passed over. */
final class SessionJson {

    private static final Logger LOG = LoggerFactory.getLogger(SessionJson.class);

    private SessionJson() {}

    static byte[] write(Session session) {
        JsonObject.Builder json = JsonObject.builder()
                .put("id", session.id())
                .put("sha256", session.sha256())
                .put("name", session.name())
                .put("way", session.way().code())
                .put("begun", session.begun().toString())
                .put("seen", session.seen().toString())
                .put("address", session.origin().address())
                .put("browser", session.origin().browser());
        session.account()
                .ifPresent(binding -> json.put(
                        "account",
                        JsonObject.builder()
                                .put("made", binding.made().toString())
                                .put("secret", binding.secret())
                                .build()));
        session.outside().ifPresent(outside -> json.put("outside", outside(outside)));
        return CanonicalJson.bytes(json.build());
    }

    private static JsonObject outside(OutsideIdentity outside) {
        JsonObject.Builder json = JsonObject.builder()
                .put("provider", outside.provider())
                .put("subject", outside.subject())
                .put("role", outside.role().code())
                .put("rights_until", outside.rightsUntil().toString());
        outside.sid().ifPresent(sid -> json.put("sid", sid));
        outside.units().named().ifPresent(units -> json.putStrings("units", new TreeSet<>(units)));
        outside.sealedTokens().ifPresent(tokens -> json.put("tokens", tokens));
        return json.build();
    }

    /** The session of a paper. One that cannot be read is no session: it has ended, and the log says so. */
    static Optional<Session> read(StateStore.Paper paper) {
        try {
            JsonObject json = StrictJson.parseObject(paper.content());
            return Optional.of(new Session(
                    text(json, "id"),
                    text(json, "sha256"),
                    text(json, "name"),
                    SessionWay.of(text(json, "way")),
                    Instant.parse(text(json, "begun")),
                    Instant.parse(text(json, "seen")),
                    new Session.Origin(text(json, "address"), text(json, "browser")),
                    json.object("account")
                            .map(account ->
                                    new AccountBinding(Instant.parse(text(account, "made")), text(account, "secret"))),
                    json.object("outside").map(SessionJson::outside)));
        } catch (MalformedJson | DateTimeException | IllegalArgumentException damaged) {
            LOG.warn("{} is damaged, so that this session has ended: {}", paper.name(), damaged.getMessage());
            return Optional.empty();
        }
    }

    private static OutsideIdentity outside(JsonObject json) {
        return new OutsideIdentity(
                text(json, "provider"),
                text(json, "subject"),
                json.string("sid"),
                Role.of(text(json, "role")).orElseThrow(() -> new IllegalArgumentException("no such role")),
                json.has("units") ? CaseUnits.of(new TreeSet<>(strings(json.items("units")))) : CaseUnits.ALL,
                Instant.parse(text(json, "rights_until")),
                json.string("tokens"));
    }

    private static List<String> strings(List<Json> items) {
        List<String> texts = new ArrayList<>();
        for (Json item : items) {
            if (!(item instanceof JsonString text)) {
                throw new IllegalArgumentException("a list has what is no text");
            }
            texts.add(text.value());
        }
        return texts;
    }

    private static String text(JsonObject json, String name) {
        return json.string(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }
}
