package uz.koprik.gateway.auth;

import io.vertx.ext.web.RoutingContext;
import uz.koprik.indicators.store.StoreUnavailable;

/** What follows when somebody has set an own password. */
public interface AfterSecret {

    /**
     * Ends the sessions that began with the password before. Blocks.
     *
     * @param account with the new password
     * @return what to do with the answer, on the event loop
     */
    Runnable changed(Account account, RoutingContext request) throws StoreUnavailable;
}
