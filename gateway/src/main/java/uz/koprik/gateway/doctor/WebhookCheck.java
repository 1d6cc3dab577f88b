package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.gateway.alerts.DeliveryTroubles;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.indicators.store.StoreUnavailable;

/** Alerts arrive at webhooks. */
final class WebhookCheck implements DoctorCheck {

    @Override
    public String what() {
        return "webhooks";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, ConfigException, StoreUnavailable {
        if (!examined.ownStore()) {
            return List.of(Finding.ok(what(), "their state is in the cluster: see /metrics while the centre runs"));
        }
        List<Finding> found = new ArrayList<>();
        for (DeliveryTroubles.FailingWebhook one :
                DeliveryTroubles.of(new FileStateStore(examined.home().state()))) {
            String whose = "the webhook of " + one.account() + " at " + one.host();
            if (one.failures() > 0) {
                found.add(Finding.warning(
                        what(),
                        whose + " failed " + one.failures() + " times in succession: " + one.reason(),
                        "mend the receiver, or remove the subscription; see `koprik alerts subscriptions`"));
            }
            if (one.dead() > 0) {
                found.add(Finding.warning(
                        what(),
                        whose + " did not get " + one.dead() + " alerts or digests, which are abandoned",
                        "read them by `koprik alerts`, and mend the receiver"));
            }
        }
        if (found.isEmpty()) {
            found.add(Finding.ok(what(), "no delivery fails"));
        }
        return found;
    }
}
