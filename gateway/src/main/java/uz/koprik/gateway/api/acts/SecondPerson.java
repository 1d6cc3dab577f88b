package uz.koprik.gateway.api.acts;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.LiveAccounts;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.RouteRights;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * The two-person rule: a dangerous act is carried out when another administrator sends the very same request within a
 * time. The first request is refused and waits; both are in the access record.
 */
public final class SecondPerson {

    private static final Logger LOG = LoggerFactory.getLogger(SecondPerson.class);

    /** More than people look through. */
    private static final int MOST = 200;

    private final boolean on;
    private final PendingActs acts;
    private final InstantSource clock;

    /** @param accounts who asks must be able to ask for the same still when somebody confirms it */
    public SecondPerson(Config.Accounts config, StateStore stateStore, LiveAccounts accounts, InstantSource clock) {
        this.on = config.twoPersons();
        this.acts = new PendingActs(
                stateStore,
                config.confirmWithin(),
                act -> RouteRights.of(act.method(), act.path())
                        .flatMap(needed -> accounts.gone(act.by(), act.at(), needed)),
                clock);
        this.clock = clock;
    }

    /** Routes by which people see what waits. */
    public List<Routes> routes() {
        return List.of(new PendingActRoutes(acts));
    }

    /** Ends the acts of accounts that could not ask for them any more; call it when accounts were changed. Blocks. */
    public void endThoseOfGone() throws StoreUnavailable {
        if (on) {
            acts.all();
        }
    }

    /**
     * An act that needs a second person, when the settings say so.
     *
     * @param act is carried out for the second of two, with the rights of that one
     */
    public Blocking.Work of(Blocking.Work act) {
        return of(act, request -> true, request -> "");
    }

    /**
     * An act that needs a second person in some cases.
     *
     * @param act is carried out for the second of two, with the rights of that one
     * @param waits whether a request is such a case
     * @param basis what the request would change, as it is now: what was asked for on another basis is not confirmed
     */
    public Blocking.Work of(
            Blocking.Work act, Predicate<RoutingContext> waits, Function<RoutingContext, String> basis) {
        return request -> {
            if (on && waits.test(request)) {
                require(request, basis.apply(request));
            }
            return act.run(request);
        };
    }

    /** @throws Problem 409 until another administrator has asked for the same */
    private void require(RoutingContext request, String basis) throws StoreUnavailable {
        Caller caller = Callers.of(request);
        String method = request.request().method().name();
        String path = request.request().uri();
        Buffer sent = request.body().buffer();
        String body = sent == null ? "" : sent.toString();
        String id = PendingActs.id(method, path, body);
        Optional<PendingActs.Found> found = acts.find(id);
        String changed =
                found.map(PendingActs.Found::act).map(act -> ended(act, basis)).orElse("");
        if (!changed.isEmpty()) {
            acts.renew(found.get(), new PendingAct(id, method, path, body, caller.name(), clock.instant(), basis, ""));
            found = acts.find(id);
        }
        if (changed.isEmpty()
                && found.isPresent()
                && confirms(caller, found.get().act())) {
            AccessNotes.of(request)
                    .asked("confirms", id + " of account " + found.get().act().by());
            if (!acts.take(found.get())) {
                throw new Problem(409, "Not possible", "somebody else confirmed or withdrew this a moment ago");
            }
            LOG.info(
                    "account {} confirmed {} {} of account {}",
                    caller.name(),
                    method,
                    path,
                    found.get().act().by());
            return;
        }
        PendingAct waits = found.map(PendingActs.Found::act).orElse(null);
        if (waits == null) {
            if (acts.all().size() >= MOST) {
                throw new Problem(
                        409, "Not possible", MOST + " acts wait for a second administrator; confirm or withdraw some");
            }
            waits = new PendingAct(id, method, path, body, caller.name(), clock.instant(), basis, "");
            acts.add(waits);
            LOG.info("account {} asks for {} {}, which waits for another administrator", caller.name(), method, path);
        }
        AccessNotes.of(request).asked("waits", id);
        throw new Problem(
                409,
                "Second person needed",
                changed + waits.by() + " asked for this at " + waits.at()
                        + "; it is done when another administrator confirms it before " + acts.until(waits)
                        + ": `koprik act confirm " + id + "`, or the same request");
    }

    /** Why an act waits anew, in place of what was asked for; empty when it does not. */
    private static String ended(PendingAct act, String basis) {
        if (!act.ended().isEmpty()) {
            return act.by() + " asked for this, and that ended: " + act.ended() + ". It waits anew: ";
        }
        return act.basis().equals(basis)
                ? ""
                : act.by() + " asked for this before what it concerns was changed, so that it waits anew: ";
    }

    private static boolean confirms(Caller caller, PendingAct act) {
        return caller.may(Right.ADMINISTER) && !Account.onePerson(caller.name(), act.by());
    }
}
