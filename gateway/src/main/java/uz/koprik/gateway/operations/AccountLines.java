package uz.koprik.gateway.operations;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.LastUse;
import uz.koprik.gateway.auth.LiveAccounts;
import uz.koprik.indicators.store.StoreUnavailable;

/** All accounts as operators see them, without secrets. */
public final class AccountLines {

    private final LiveAccounts accounts;
    private final LastUse uses;
    private final InstantSource clock;

    public AccountLines(LiveAccounts accounts, LastUse uses, InstantSource clock) {
        this.accounts = accounts;
        this.uses = uses;
        this.clock = clock;
    }

    /** An account; the schema {@code AccountLine}. */
    record AccountLine(
            String name,
            String role,
            List<String> units,
            String maxTlp,
            boolean disabled,
            boolean password,
            boolean oneTime,
            String created,
            String lastUsed,
            List<TokenLine> tokens) {}

    /** A token of an account: what it is for, never the token. */
    record TokenLine(String label, String created, String expires, boolean expired, String lastUsed) {}

    /** All of them by name. Blocks. */
    List<AccountLine> all() throws StoreUnavailable {
        Map<String, Account> all = accounts.now().all();
        Map<String, LastUse.Uses> used = uses.of(all.keySet());
        Instant now = clock.instant();
        return all.values().stream()
                .sorted(Comparator.comparing(Account::name))
                .map(account -> line(account, used.getOrDefault(account.name(), LastUse.Uses.NONE), now))
                .toList();
    }

    /** Uses before an account was made are those of an earlier one of its name. */
    private static AccountLine line(Account account, LastUse.Uses used, Instant now) {
        return new AccountLine(
                account.name(),
                account.role().code(),
                account.units()
                        .named()
                        .map(units -> units.stream().sorted().toList())
                        .orElse(null),
                account.role().member() ? null : account.maxTlp().label(),
                account.disabled(),
                account.secret().isPresent(),
                account.oneTime(),
                account.created().toString(),
                used.person()
                        .filter(at -> !at.isBefore(account.created()))
                        .map(Instant::toString)
                        .orElse(null),
                account.tokens().stream()
                        .map(token -> line(token, used.of(token), now))
                        .toList());
    }

    private static TokenLine line(Account.Token token, Optional<Instant> used, Instant now) {
        return new TokenLine(
                token.label(),
                token.created().toString(),
                token.expires().map(Instant::toString).orElse(null),
                token.expired(now),
                used.map(Instant::toString).orElse(null));
    }
}
