package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.access.Caller;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.store.StoreUnavailable;

/** Webhooks and digests of all subscriptions. Safe for use by many threads at once. */
final class Deliveries implements SubscriptionRoutes.Changes, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final Desk desk;
    private final Path folder;
    private final HookSender sender;
    private final Digests digests;
    private final Map<UUID, ServedFile> served = new ConcurrentHashMap<>();
    private final Map<UUID, Courier> couriers = new ConcurrentHashMap<>();

    /** @param folder where it is remembered how far each subscription was served */
    Deliveries(Desk desk, Path folder, HookSender sender, Digests digests) {
        this.desk = desk;
        this.folder = folder;
        this.sender = sender;
        this.digests = digests;
    }

    /** Takes up where it was stopped. */
    void start() throws IOException {
        for (Subscription one : desk.subscriptions().all()) {
            begin(one, desk.log().last());
        }
    }

    private synchronized void begin(Subscription one, long last) throws IOException {
        if (served.containsKey(one.id())) {
            // Made while this was starting.
            return;
        }
        Home.ownerOnlyFolder(folder);
        Served fresh = new Served(last, last, digests.due(desk.clock().instant()), List.of(), Optional.empty(), List.of());
        boolean known = Files.exists(file(one.id()));
        ServedFile file = ServedFile.open(file(one.id()), fresh);
        if (!known) {
            file.change(same -> same);
        }
        served.put(one.id(), file);
        if (one.webhook().isPresent()) {
            Courier courier = new Courier(desk, one, file, sender, digests);
            couriers.put(one.id(), courier);
            courier.start();
        }
    }

    @Override
    public void added(Subscription one, long last) throws IOException {
        begin(one, last);
    }

    @Override
    public void removed(Subscription one) throws IOException {
        Courier courier = couriers.remove(one.id());
        if (courier != null) {
            courier.close();
        }
        ServedFile file = served.remove(one.id());
        if (file != null) {
            file.remove();
        }
        digests.remove(one.id());
    }

    @Override
    public void describe(Subscription one, JsonObject.Builder view) {
        ServedFile file = served.get(one.id());
        if (file != null && one.webhook().isPresent()) {
            view.put("delivery", file.now().view(JsonObject.builder()).build());
        }
    }

    /** Makes the digests that are due. Call it now and then; each is made once. */
    synchronized void digest() {
        for (Subscription one : desk.subscriptions().all()) {
            Optional<Caller> holder =
                    desk.standing().holder(one.account(), one.accountMade()).filter(AlertAudience::mayKnow);
            ServedFile file = served.get(one.id());
            if (one.digest() && holder.isPresent() && file != null) {
                try {
                    digests.make(one, file, holder.get());
                } catch (IOException | StoreUnavailable failed) {
                    LOG.error("the digest of subscription {} is made later: {}", one.id(), failed.getMessage());
                }
            }
        }
    }

    void prune(Instant since) throws IOException {
        for (Subscription one : desk.subscriptions().all()) {
            digests.prune(one, since);
        }
    }

    /** How many subscriptions have a webhook that did not take the last delivery. */
    long failing() {
        return served.values().stream().filter(file -> file.now().trouble().isPresent()).count();
    }

    /** How many subscriptions have dead letters. */
    long withDeadLetters() {
        return served.values().stream().filter(file -> !file.now().dead().isEmpty()).count();
    }

    private Path file(UUID id) {
        return folder.resolve(id + ".json");
    }

    /** Stops; what is on its way is sent again at the next start. */
    @Override
    public void close() {
        couriers.values().forEach(Courier::close);
        sender.close();
        try {
            for (Courier courier : couriers.values()) {
                courier.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
