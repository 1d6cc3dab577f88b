package uz.koprik.gateway.alerts;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import uz.koprik.gateway.alerts.log.Acknowledgements;
import uz.koprik.gateway.alerts.log.AlertLog;
import uz.koprik.gateway.auth.AccountStatus;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * The services that the routes of alerts use.
 *
 * @param log all alerts
 * @param audience who may know of which
 * @param acknowledgements which alerts were acknowledged
 * @param subscriptions of all accounts
 * @param accountStatus whether an account is still valid
 * @param names checks the names in filters
 * @param config settings
 * @param clock the time
 */
record AlertServices(
        AlertLog log,
        AlertAudience audience,
        Acknowledgements acknowledgements,
        Subscriptions subscriptions,
        AccountStatus accountStatus,
        AlertNames names,
        Config.Alerts config,
        InstantSource clock) {

    /** The caller's own subscription of that id. */
    Subscription own(Caller caller, String id) throws StoreUnavailable, IOException {
        UUID wanted = AlertRequests.uuid(id);
        return subscriptions
                .find(wanted)
                .filter(one -> owns(caller, one))
                .orElseThrow(() -> new Problem(
                        404, "Not found", "you have no such subscription; `koprik alerts subscriptions` lists yours"));
    }

    boolean owns(Caller caller, Subscription one) {
        return one.account().equals(caller.name())
                && accountStatus
                        .made(caller.name())
                        .filter(one.accountMade()::equals)
                        .isPresent();
    }

    /** The filter of a request: from its parameters, or from a subscription of the caller. */
    AlertFilter filter(RoutingContext request, Caller caller) throws StoreUnavailable, IOException {
        Optional<String> subscription = Optional.ofNullable(request.request().getParam("subscription"));
        return subscription.isPresent() ? own(caller, subscription.get()).filter() : AlertRequests.filter(request);
    }
}
