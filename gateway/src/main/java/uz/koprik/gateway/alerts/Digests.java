package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.alerts.log.Alert;
import uz.koprik.gateway.alerts.log.AlertErasure;
import uz.koprik.gateway.alerts.log.AlertJson;
import uz.koprik.gateway.alerts.log.CaseMatchAlert;
import uz.koprik.gateway.alerts.log.OperatorAlert;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Daily digests: the alerts of a subscription since the digest before, by case. Each is one record of the state store.
 * Thread-safe.
 */
final class Digests {

    /** Alerts listed in one digest; further ones are only counted. */
    private static final int MOST_TOLD = 1000;

    private static final int BATCH = 500;

    /** Folder of all digests. */
    private static final String ALL = "alerts/digests/";

    /** Alerts that belong to no case; absent in digests of earlier versions. */
    private static final String CONFLICTS = "conflicts";

    /** Alerts for operators; absent in digests of earlier versions. */
    private static final String NOTICES = "notices";

    private final StateStore stateStore;
    private final AlertServices alertServices;
    private final LocalTime at;
    private final ZoneId zone;

    Digests(StateStore stateStore, AlertServices alertServices) {
        this.stateStore = stateStore;
        this.alertServices = alertServices;
        this.at = LocalTime.parse(alertServices.config().digestAt());
        this.zone = ZoneId.of(alertServices.config().digestZone());
    }

    /**
     * A digest as its reader may see it.
     *
     * @param total number of alerts
     */
    record Digest(LocalDate date, Instant made, long total, JsonObject json) {}

    /** The day of the latest digest that is due. */
    LocalDate due(Instant now) {
        ZonedDateTime local = now.atZone(zone);
        return local.toLocalTime().isBefore(at) ? local.toLocalDate().minusDays(1) : local.toLocalDate();
    }

    /** Makes the digest of the day of a subscription, unless it exists. {@code holder} owns the subscription. */
    void make(Subscription subscription, DeliveryRecord served, Caller holder) throws IOException, StoreUnavailable {
        Instant now = alertServices.clock().instant();
        LocalDate date = due(now);
        DeliveryPosition before = served.now();
        if (!before.digestDate().isBefore(date)) {
            return;
        }
        DigestContent gathering = new DigestContent();
        long place = before.digested();
        for (List<Alert> some = alertServices.log().after(place, BATCH);
                !some.isEmpty();
                some = alertServices.log().after(place, BATCH)) {
            alertServices.audience().of(holder, subscription.filter(), some).forEach(gathering::add);
            place = some.getLast().seq();
        }
        String name = name(subscription.id(), date);
        // A gateway that stopped before it wrote the delivery record can have made one; it is replaced.
        String there = stateStore.read(name).map(StateStore.Paper::version).orElse("");
        if (stateStore
                .replace(name, there, CanonicalJson.bytes(gathering.json(subscription, date, now)))
                .isEmpty()) {
            throw new StoreUnavailable("another gateway makes the same digest", null);
        }
        long reached = place;
        boolean send = subscription.webhook().isPresent() && gathering.total > 0;
        served.change(one -> one.digestDate().isBefore(date) ? one.withDigest(date, reached, send) : one);
    }

    /** The content of one digest. */
    private static final class DigestContent {
        private final Map<String, JsonObject> cases = new LinkedHashMap<>();
        private final Map<String, List<Json>> told = new LinkedHashMap<>();
        private final Map<String, Long> counts = new LinkedHashMap<>();
        private final List<Json> conflicts = new ArrayList<>();
        private final List<Json> notices = new ArrayList<>();
        private long total;

        void add(Alert alert) {
            JsonObject json = AlertJson.write(alert);
            if (!(alert instanceof CaseMatchAlert match)) {
                if (total++ < MOST_TOLD) {
                    (alert instanceof OperatorAlert ? notices : conflicts).add(json);
                }
                return;
            }
            String id = match.file().id();
            // With the latest title of the case.
            cases.put(id, json.object("case").orElseThrow());
            counts.merge(id, 1L, Long::sum);
            List<Json> some = told.computeIfAbsent(id, none -> new ArrayList<>());
            if (total++ < MOST_TOLD) {
                some.add(json);
            }
        }

        JsonObject json(Subscription subscription, LocalDate date, Instant now) {
            List<Json> groups = new ArrayList<>();
            cases.forEach((id, file) -> groups.add(group(file, counts.get(id), told.get(id))));
            JsonObject.Builder json =
                    JsonObject.builder().put("subscription", subscription.id().toString());
            if (!subscription.name().isEmpty()) {
                json.put("name", subscription.name());
            }
            return json.put("date", date.toString())
                    .put("made", now.toString())
                    .put("total", total)
                    .put("cases", new JsonArray(groups))
                    .put(CONFLICTS, new JsonArray(conflicts))
                    .put(NOTICES, new JsonArray(notices))
                    .build();
        }
    }

    private static JsonObject group(JsonObject file, long count, List<Json> alerts) {
        return JsonObject.builder()
                .put("case", file)
                .put("count", count)
                .put("alerts", new JsonArray(alerts))
                .build();
    }

    /** The digests of a subscription as its owner may see them now, newest first. */
    List<Digest> list(Subscription subscription, Caller holder, int limit) throws IOException, StoreUnavailable {
        List<Digest> all = new ArrayList<>();
        for (LocalDate date : dates(subscription.id()).reversed()) {
            if (all.size() < limit) {
                read(subscription, date, holder).ifPresent(all::add);
            }
        }
        return all;
    }

    /** One digest as the owner may see it now, without alerts whose objects were withdrawn or hidden since. */
    Optional<Digest> read(Subscription subscription, LocalDate date, Caller holder)
            throws IOException, StoreUnavailable {
        Optional<StateStore.Paper> paper = stateStore.read(name(subscription.id(), date));
        if (paper.isEmpty()) {
            return Optional.empty();
        }
        JsonObject json = parsed(paper.get());
        long total = 0;
        List<Json> groups = new ArrayList<>();
        for (Json item : json.items("cases")) {
            JsonObject group = (JsonObject) item;
            List<Json> seen = seen(holder, group.items("alerts"));
            int hidden = group.items("alerts").size() - seen.size();
            long count = ((JsonNumber) group.get("count")).longValue() - hidden;
            if (!seen.isEmpty()) {
                groups.add(group(group.object("case").orElseThrow(), count, seen));
                total += count;
            }
        }
        List<Json> conflicts = seen(holder, json.items(CONFLICTS));
        List<Json> notices = seen(holder, json.items(NOTICES));
        total += conflicts.size() + notices.size();
        JsonObject shown = json.with("total", new JsonNumber(total))
                .with("cases", new JsonArray(groups))
                .with(CONFLICTS, new JsonArray(conflicts))
                .with(NOTICES, new JsonArray(notices));
        return Optional.of(new Digest(date, Instant.parse(json.string("made").orElseThrow()), total, shown));
    }

    private List<Json> seen(Caller holder, List<Json> alerts) throws StoreUnavailable {
        List<Json> seen = new ArrayList<>();
        for (Json alert : alerts) {
            Alert read = AlertJson.read((JsonObject) alert);
            if (alertServices.audience().sees(holder, read)) {
                seen.add(alertServices.audience().view(holder, read, (JsonObject) alert));
            }
        }
        return seen;
    }

    /** Drops digests from before {@code since}. */
    void prune(Subscription subscription, Instant since) throws StoreUnavailable {
        LocalDate oldest = since.atZone(zone).toLocalDate();
        for (LocalDate date : dates(subscription.id())) {
            if (date.isBefore(oldest)) {
                stateStore.remove(name(subscription.id(), date));
            }
        }
    }

    /** Takes the content of erased objects out of all digests; durable when this returns. */
    void erase(AlertErasure erasure) throws StoreUnavailable, IOException {
        for (String name : stateStore.names(ALL)) {
            Optional<StateStore.Paper> paper = stateStore.read(name);
            while (paper.isPresent()) {
                JsonObject before = parsed(paper.get());
                JsonObject after = erased(before, erasure);
                boolean written = after.equals(before)
                        || stateStore
                                .replace(name, paper.get().version(), CanonicalJson.bytes(after))
                                .isPresent();
                paper = written ? Optional.empty() : stateStore.read(name);
            }
        }
    }

    private static JsonObject erased(JsonObject digest, AlertErasure erasure) {
        return digest.with(
                "cases",
                new JsonArray(digest.items("cases").stream()
                        .<Json>map(item -> {
                            JsonObject group = (JsonObject) item;
                            return group.with(
                                    "alerts",
                                    new JsonArray(group.items("alerts").stream()
                                            .<Json>map(alert -> erasure.of((JsonObject) alert))
                                            .toList()));
                        })
                        .toList()));
    }

    private static JsonObject parsed(StateStore.Paper paper) throws IOException {
        try {
            return StrictJson.parseObject(paper.content());
        } catch (MalformedJson damaged) {
            throw new IOException("the digest " + paper.name() + " is damaged", damaged);
        }
    }

    /** Drops all digests of a subscription. */
    void remove(UUID subscription) throws StoreUnavailable {
        for (LocalDate date : dates(subscription)) {
            stateStore.remove(name(subscription, date));
        }
    }

    private List<LocalDate> dates(UUID subscription) throws StoreUnavailable {
        return stateStore.names(folder(subscription)).stream()
                .map(name -> name.substring(folder(subscription).length()))
                .filter(name -> name.matches("\\d{4}-\\d{2}-\\d{2}\\.json"))
                .map(name -> LocalDate.parse(name.substring(0, 10)))
                .toList();
    }

    private static String folder(UUID subscription) {
        return ALL + subscription + "/";
    }

    private static String name(UUID subscription, LocalDate date) {
        return folder(subscription) + date + ".json";
    }
}
