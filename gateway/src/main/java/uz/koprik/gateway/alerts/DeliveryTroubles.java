package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/** Deliveries of alerts that do not arrive, as the state of a home says, for people who look at it from outside. */
public final class DeliveryTroubles {

    private DeliveryTroubles() {}

    /**
     * A webhook with failures.
     *
     * @param account whose subscription it is
     * @param host of the webhook
     * @param failures in succession; 0 when the last delivery arrived
     * @param reason of the last one; empty when there is none
     * @param dead deliveries that were abandoned
     */
    public record FailingWebhook(String account, String host, int failures, String reason, int dead) {}

    /** All webhooks that fail or have dead letters. Changes nothing. */
    public static List<FailingWebhook> of(StateStore stateStore) throws StoreUnavailable, IOException {
        List<FailingWebhook> found = new ArrayList<>();
        for (Subscription one : Subscriptions.open(stateStore).all()) {
            if (one.webhook().isEmpty()) {
                continue;
            }
            DeliveryRecord.look(stateStore, one.id())
                    .filter(now -> now.trouble().isPresent() || !now.dead().isEmpty())
                    .ifPresent(now -> found.add(new FailingWebhook(
                            one.account(),
                            String.valueOf(one.webhook().get().getHost()),
                            now.trouble()
                                    .map(DeliveryPosition.Trouble::failures)
                                    .orElse(0),
                            now.trouble().map(DeliveryPosition.Trouble::reason).orElse(""),
                            now.dead().size())));
        }
        return found;
    }
}
