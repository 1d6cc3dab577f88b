package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.alerts.log.Alert;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.concurrent.CentreThread;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Config;
import uz.koprik.indicators.stix.values.Uuid5;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Delivers to the webhook of one subscription in order: the next delivery begins when the one before succeeded or was
 * abandoned. A delivery may arrive twice, under the same id. Nothing is sent while the account may not see alerts.
 */
final class DeliveryWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);

    /** Period of checks whether the account may see alerts again, and for digests. */
    private static final Duration IDLE = Duration.ofSeconds(5);

    private static final int BATCH = 100;

    /** Skipped alerts after which progress is written, so that a restart does not read them again. */
    private static final long MARK_EVERY = 1000;

    private final AlertServices alertServices;
    private final Subscription subscription;
    private final DeliveryRecord served;
    private final WebhookClient sender;
    private final Digests digests;
    private final BooleanSupplier ours;
    private final Config.Webhooks config;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private long passed;
    private volatile boolean closed;
    private final CentreThreads threads;
    private CentreThread thread;

    /** @param ours whether this gateway is the leader */
    DeliveryWorker(
            AlertServices alertServices,
            Subscription subscription,
            DeliveryRecord served,
            WebhookClient sender,
            Digests digests,
            BooleanSupplier ours,
            CentreThreads threads) {
        this.alertServices = alertServices;
        this.subscription = subscription;
        this.served = served;
        this.sender = sender;
        this.digests = digests;
        this.ours = ours;
        this.threads = threads;
        this.config = alertServices.config().webhooks();
    }

    void start() {
        thread = threads.start("the deliveries of a subscription", "alerts-" + subscription.id(), this::run);
    }

    /** Stops after the current delivery. */
    @Override
    public void close() {
        closed = true;
        alertServices.log().wake();
        synchronized (this) {
            notifyAll();
        }
    }

    /** Waits until it has stopped. */
    void join() throws InterruptedException {
        if (thread != null) {
            thread.join();
        }
    }

    private void run() throws InterruptedException {
        while (!closed) {
            try {
                step();
            } catch (StoreUnavailable | IOException | RuntimeException failed) {
                LOG.error("deliveries of subscription {} wait and are tried again", subscription.id(), failed);
                pause(IDLE);
            }
        }
    }

    /**
     * A delivery.
     *
     * @param since when the alert was emitted, or the digest made
     * @param what the number of an alert, its id for a caller who does not see everything, or the date of a digest
     * @param done changes the delivery record after success
     */
    private record Delivery(
            UUID id,
            String type,
            JsonObject content,
            Instant since,
            String what,
            UnaryOperator<DeliveryPosition> done) {}

    private void step() throws StoreUnavailable, IOException, InterruptedException {
        long wakes = alertServices.log().wakes();
        if (closed) {
            return;
        }
        Optional<Caller> holder =
                alertServices.accountStatus().holder(subscription.account(), subscription.accountMade());
        if (holder.filter(AlertAudience::mayKnow).isEmpty()) {
            pause(IDLE);
            return;
        }
        Optional<Delivery> next = next(holder.get());
        if (next.isEmpty()) {
            if (subscription.immediate()) {
                alertServices.log().await(passed, wakes, IDLE);
            } else {
                pause(IDLE);
            }
            return;
        }
        if (!ours.getAsBoolean()) {
            pause(IDLE);
            return;
        }
        Delivery delivery = next.get();
        Optional<String> failure = sender.send(
                subscription.webhook().orElseThrow(), delivery.id, subscription.id(), delivery.type, delivery.content);
        if (closed && failure.isPresent()) {
            return;
        }
        if (failure.isEmpty()) {
            served.change(delivery.done);
            return;
        }
        Instant now = alertServices.clock().instant();
        if (now.isBefore(delivery.since.plus(config.giveUp()))) {
            served.change(before -> before.withTrouble(failure.get(), now));
            pause(wait(served.now().trouble().orElseThrow().failures()));
        } else {
            DeliveryPosition.Dead letter = new DeliveryPosition.Dead(delivery.id, delivery.what, now, failure.get());
            served.change(before -> delivery.done.apply(before).withDead(letter).withTrouble(failure.get(), now));
            LOG.warn(
                    "{} {} of subscription {} was abandoned: {}; look at `koprik alerts subscriptions`",
                    delivery.type,
                    delivery.what,
                    subscription.id(),
                    failure.get());
            // Later deliveries are as old. They must not overload the receiver.
            pause(wait(1));
        }
    }

    private Optional<Delivery> next(Caller holder) throws StoreUnavailable, IOException {
        for (LocalDate date : served.now().due()) {
            Optional<Digests.Digest> digest = digests.read(subscription, date, holder);
            if (digest.isPresent() && digest.get().total() > 0) {
                return Optional.of(new Delivery(
                        Uuid5.koprik("alert-delivery", subscription.id().toString(), date.toString()),
                        "digest",
                        digest.get().json(),
                        digest.get().made(),
                        date.toString(),
                        before -> before.withoutDue(date)));
            }
            served.change(before -> before.withoutDue(date));
        }
        if (!subscription.immediate()) {
            return Optional.empty();
        }
        passed = Math.max(passed, served.now().sent());
        while (true) {
            List<Alert> some = alertServices.log().after(passed, BATCH);
            for (Alert alert : some) {
                if (alertServices.audience().shows(holder, subscription.filter(), alert)) {
                    return Optional.of(new Delivery(
                            Uuid5.koprik(
                                    "alert-delivery",
                                    subscription.id().toString(),
                                    alert.id().toString()),
                            "alert",
                            alertServices.audience().view(holder, alert),
                            alert.time(),
                            holder.seesAll()
                                    ? Long.toString(alert.seq())
                                    : alert.id().toString(),
                            before -> before.withSent(alert.seq())));
                }
                passed = alert.seq();
            }
            if (passed - served.now().sent() >= MARK_EVERY) {
                served.change(before -> before.withSent(passed));
            }
            if (some.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    /** Doubles with each failure up to a cap, with jitter, so that a receiver that comes back is not overloaded. */
    private Duration wait(int failures) {
        long doubled = config.backoffFirst().toMillis() << Math.min(failures - 1, 30);
        long capped = Math.min(
                doubled <= 0 ? Long.MAX_VALUE : doubled, config.backoffMax().toMillis());
        return Duration.ofMillis(capped / 2 + random.nextLong(capped / 2 + 1));
    }

    private synchronized void pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis(); !closed && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }
}
