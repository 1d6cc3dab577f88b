package uz.koprik.gateway.auth;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.indicators.policy.PersonalUse;

/**
 * Whether an authenticated account still has its rights, for long answers and for work on behalf of an account. Safe
 * for use by many threads at once.
 */
public final class AccountStatus {

    private final LiveAccounts accounts;
    private final Supplier<Map<String, Set<String>>> purposes;
    private final InstantSource clock;

    /** @param purposes of agreements that ask members for one before they see personal values, by name of partner */
    public AccountStatus(LiveAccounts accounts, Supplier<Map<String, Set<String>>> purposes, InstantSource clock) {
        this.accounts = accounts;
        this.purposes = purposes;
        this.clock = clock;
    }

    /**
     * The caller of a request that has passed {@link Authentication}, to be asked for again while the answer lasts:
     * empty once the account was removed, its token taken back or expired, its password changed, or its session ended.
     * Partners, who come by certificate, have no answers that last.
     */
    public Supplier<Optional<Caller>> of(RoutingContext request) {
        PersonalUse said = Callers.of(request).recipient().use();
        Supplier<Optional<Caller>> holder = holder(request);
        return () -> holder.get().map(caller -> caller.using(use -> said.under(purposes.get())));
    }

    private Supplier<Optional<Caller>> holder(RoutingContext request) {
        String authorization = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return Callers.entry(request).still().orElse(Optional::empty);
        }
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            String hash = Secrets.sha256(authorization.substring(7).strip());
            return () -> Optional.ofNullable(accounts.now().byToken().get(hash))
                    .filter(owner -> !owner.token().expired(clock.instant()))
                    .map(LiveAccounts.TokenOwner::caller);
        }
        String name = Callers.of(request).name();
        Optional<String> secret = accounts.named(name).flatMap(Account::secret);
        return () -> accounts.named(name)
                .filter(account ->
                        account.secret().isPresent() && account.secret().equals(secret))
                .map(Authentication::caller);
    }

    /**
     * Whether the account of a caller is still there and may still do something: for work that goes on without its
     * request. The provider alone knows what became of its people; their work goes on.
     */
    public BooleanSupplier entitled(Caller caller, Right right) {
        Optional<Instant> made = made(caller.name());
        return () -> made.isEmpty()
                || holder(caller.name(), made.get())
                        .filter(now -> now.may(right))
                        .isPresent();
    }

    /** When the account of that name was made; a later account of the same name is another one. */
    public Optional<Instant> made(String name) {
        return accounts.named(name).map(Account::created);
    }

    /** The holder of the account of that name that was made at {@code created}, if there still is one. */
    public Optional<Caller> holder(String name, Instant created) {
        return accounts.named(name)
                .filter(account -> account.created().equals(created))
                .map(Authentication::caller)
                .map(caller -> caller.using(use -> use.under(purposes.get())));
    }
}
