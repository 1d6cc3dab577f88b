package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Webhooks and digests of all subscriptions. Any gateway reports the state of deliveries. Only the leader delivers,
 * between {@link #begin} and {@link #end}. Thread-safe.
 */
final class Deliveries implements SubscriptionRoutes.Changes {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final AlertServices alertServices;
    private final StateStore stateStore;
    private final WebhookClient sender;
    private final Digests digests;
    private final BooleanSupplier ours;
    private final CentreThreads threads;
    private final Map<UUID, DeliveryRecord> served = new ConcurrentHashMap<>();
    private final Map<UUID, DeliveryWorker> couriers = new ConcurrentHashMap<>();
    private boolean begun;

    /**
     * @param stateStore the state store, with one delivery record per subscription
     * @param ours whether this gateway is the leader; checked before each delivery
     */
    Deliveries(
            AlertServices alertServices,
            StateStore stateStore,
            WebhookClient sender,
            Digests digests,
            BooleanSupplier ours,
            CentreThreads threads) {
        this.alertServices = alertServices;
        this.stateStore = stateStore;
        this.sender = sender;
        this.digests = digests;
        this.ours = ours;
        this.threads = threads;
    }

    /** Continues where this or another gateway stopped. */
    synchronized void begin() {
        begun = true;
    }

    /**
     * Begins with new subscriptions and stops with removed ones, also when another gateway changed them. Call it
     * periodically.
     */
    synchronized void reconcile() throws StoreUnavailable, IOException {
        if (!begun) {
            return;
        }
        Set<UUID> gone = new HashSet<>(served.keySet());
        for (Subscription one : alertServices.subscriptions().all()) {
            if (!gone.remove(one.id())) {
                begin(one);
            }
        }
        gone.forEach(this::forget);
    }

    private void begin(Subscription one) throws StoreUnavailable {
        DeliveryRecord paper = DeliveryRecord.open(
                stateStore, one.id(), fresh(alertServices.log().last()));
        served.put(one.id(), paper);
        if (one.webhook().isPresent()) {
            DeliveryWorker deliveryWorker =
                    new DeliveryWorker(alertServices, one, paper, sender, digests, ours, threads);
            couriers.put(one.id(), deliveryWorker);
            deliveryWorker.start();
        }
    }

    private void forget(UUID id) {
        served.remove(id);
        DeliveryWorker deliveryWorker = couriers.remove(id);
        if (deliveryWorker != null) {
            deliveryWorker.close();
        }
    }

    private DeliveryPosition fresh(long last) {
        return new DeliveryPosition(
                last, last, digests.due(alertServices.clock().instant()), List.of(), Optional.empty(), List.of());
    }

    @Override
    public void prepare(Subscription one, long last) throws StoreUnavailable {
        DeliveryRecord.open(stateStore, one.id(), fresh(last));
    }

    @Override
    public void changed() throws StoreUnavailable, IOException {
        reconcile();
    }

    @Override
    public void removed(Subscription one) throws StoreUnavailable, IOException {
        reconcile();
        DeliveryRecord.remove(stateStore, one.id());
        digests.remove(one.id());
    }

    @Override
    public void describe(Subscription one, JsonObject.Builder view) throws StoreUnavailable {
        if (one.webhook().isPresent()) {
            DeliveryRecord.look(stateStore, one.id())
                    .ifPresent(now ->
                            view.put("delivery", now.view(JsonObject.builder()).build()));
        }
    }

    /** Makes the digests that are due, each once. Call it periodically. */
    synchronized void digest() throws StoreUnavailable, IOException {
        if (!begun) {
            return;
        }
        for (Subscription one : alertServices.subscriptions().all()) {
            Optional<Caller> holder = alertServices
                    .accountStatus()
                    .holder(one.account(), one.accountMade())
                    .filter(AlertAudience::mayKnow);
            DeliveryRecord paper = served.get(one.id());
            if (one.digest() && holder.isPresent() && paper != null && ours.getAsBoolean()) {
                try {
                    digests.make(one, paper, holder.get());
                } catch (IOException | StoreUnavailable failed) {
                    LOG.error("the digest of subscription {} waits: {}", one.id(), failed.getMessage());
                }
            }
        }
    }

    /** Drops digests from before {@code since}. */
    void prune(Instant since) throws StoreUnavailable, IOException {
        for (Subscription one : alertServices.subscriptions().all()) {
            digests.prune(one, since);
        }
    }

    /** Subscriptions served by this gateway whose last delivery failed. */
    long failing() {
        return served.values().stream()
                .filter(paper -> paper.now().trouble().isPresent())
                .count();
    }

    /** Subscriptions served by this gateway that have dead letters. */
    long withDeadLetters() {
        return served.values().stream()
                .filter(paper -> !paper.now().dead().isEmpty())
                .count();
    }

    /** Aborts current deliveries; the next leader sends them again. */
    void abort() {
        couriers.values().forEach(DeliveryWorker::close);
        sender.close();
    }

    /** Waits until all deliveries have ended. */
    synchronized void end() {
        begun = false;
        couriers.values().forEach(DeliveryWorker::close);
        try {
            for (DeliveryWorker deliveryWorker : couriers.values()) {
                deliveryWorker.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        couriers.clear();
        served.clear();
    }
}
