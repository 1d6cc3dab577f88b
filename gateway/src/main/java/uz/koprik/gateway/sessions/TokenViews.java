package uz.koprik.gateway.sessions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.LastUse;
import uz.koprik.indicators.store.StoreUnavailable;

/** Bearer tokens as answers show them: never the token itself. */
final class TokenViews {

    private final LastUse uses;
    private final Duration staleAfter;
    private final InstantSource clock;

    /** @param staleAfter how long a token that is in use may be without a request */
    TokenViews(LastUse uses, Duration staleAfter, InstantSource clock) {
        this.uses = uses;
        this.staleAfter = staleAfter;
        this.clock = clock;
    }

    /**
     * A token; the schema {@code Token}.
     *
     * @param scopes rights that it gives; absent when it gives all of its account
     * @param stale {@code expired}, or {@code unused} when it was not used for long; absent otherwise
     */
    record TokenView(
            String account,
            String role,
            String label,
            List<String> scopes,
            String created,
            String expires,
            String lastUsed,
            String stale) {}

    /** Tokens by account and age; the schema {@code Tokens}. */
    record TokensView(List<TokenView> tokens, long staleAfterDays) {}

    /**
     * The tokens of accounts. Blocks.
     *
     * @param staleOnly without those that are in use
     */
    TokensView of(List<Account> accounts, boolean staleOnly) throws StoreUnavailable {
        Map<String, LastUse.Uses> last =
                uses.of(accounts.stream().map(Account::name).toList());
        List<TokenView> views = new ArrayList<>();
        for (Account account : accounts) {
            for (Account.Token token : account.tokens()) {
                Optional<Instant> used =
                        last.getOrDefault(account.name(), LastUse.Uses.NONE).of(token);
                String stale = stale(token, used);
                if (stale != null || !staleOnly) {
                    views.add(new TokenView(
                            account.name(),
                            account.role().code(),
                            token.label(),
                            token.scopeCodes().orElse(null),
                            token.created().toString(),
                            token.expires().map(Instant::toString).orElse(null),
                            used.map(Instant::toString).orElse(null),
                            stale));
                }
            }
        }
        return new TokensView(views, staleAfter.toDays());
    }

    private String stale(Account.Token token, Optional<Instant> lastUsed) {
        Instant now = clock.instant();
        if (token.expired(now)) {
            return "expired";
        }
        Instant since = lastUsed.orElse(token.created());
        return now.isBefore(since.plus(staleAfter)) ? null : "unused";
    }
}
