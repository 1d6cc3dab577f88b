package uz.koprik.gateway.auth;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import uz.koprik.crypto.trust.SecretHash;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.rules.ForgivableRule;

/** Everything that can be done to accounts. A running centre notices within a second. */
public final class AccountChanges {

    /** Behind the name of who passed by the two-person rule, since the files of the home are theirs. */
    public static final String ALONE = ", without a second person";

    private static final int LONGEST_LABEL = 100;

    private final AccountsFile file;
    private final InstantSource clock;
    private final String by;

    /** @param by who makes the changes, such as {@code account anna} or {@code local user root} */
    public AccountChanges(AccountsFile file, InstantSource clock, String by) {
        this.file = file;
        this.clock = clock;
        this.by = by;
    }

    /** The same changes, made by the holder of an account. */
    public AccountChanges byAccount(String name) {
        return new AccountChanges(file, clock, "account " + name);
    }

    /** A change that cannot be made: a sentence that says why. */
    public static final class NotPossible extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotPossible(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /**
     * Adds an account.
     *
     * @return its one-time password
     */
    public String add(String name, Role role, Tlp maxTlp) throws IOException, ConfigException {
        return add(name, role, maxTlp, CaseUnits.ALL);
    }

    /**
     * Adds an account.
     *
     * @param units whose case files it works on
     * @return its one-time password
     */
    public String add(String name, Role role, Tlp maxTlp, CaseUnits units) throws IOException, ConfigException {
        check(role, units);
        if (!name.matches(Account.NAME)) {
            throw new NotPossible(
                    "a name is 1 to 63 lower-case letters, digits, dots, hyphens and underscores, beginning with a"
                            + " letter");
        }
        if (name.startsWith(Account.PROVIDER_PREFIX)) {
            throw new NotPossible("names that begin with " + Account.PROVIDER_PREFIX
                    + " are those of people who sign in by OpenID Connect; choose another name");
        }
        if (Account.neverGiven(role, maxTlp)) {
            throw new NotPossible("a " + role.code()
                    + " is never given TLP:RED, which goes to named recipients only; the narrowest marking"
                    + " is amber+strict");
        }
        String secret = Secrets.random().substring(0, 24);
        String hash = SecretHash.hash(secret.toCharArray());
        Account account = new Account(name, role, units, maxTlp, Optional.of(hash), true, List.of(), clock.instant());
        update(name, "added as " + role.code() + ", up to " + maxTlp.label() + unitWords(units), accounts -> {
            if (accounts.putIfAbsent(name, account) != null) {
                throw new NotPossible("there is an account " + name + " already");
            }
            return accounts;
        });
        return secret;
    }

    /** Says of which units an account may work on the case files. In force within a second. */
    public void setUnits(String name, CaseUnits units) throws IOException, ConfigException {
        change(name, "case files" + unitWords(units), account -> {
            check(account.role(), units);
            return account.withUnits(units);
        });
    }

    /**
     * What an account may be set to; what is absent stays.
     *
     * @param units whose case files it works on. When absent, those stay that the role can have
     * @param disabled a disabled account opens nothing, and keeps password and tokens
     */
    public record Wish(Optional<Role> role, Optional<CaseUnits> units, Optional<Boolean> disabled) {

        private Account of(Account account) {
            Role wanted = role.orElse(account.role());
            CaseUnits kept = wanted.worksForUnits() ? account.units() : CaseUnits.ALL;
            return account.withRole(wanted, units.orElse(kept)).withDisabled(disabled.orElse(account.disabled()));
        }
    }

    /** Sets all that is wished, or nothing. In force within a second. The last administrator stays one. */
    public void set(String name, Wish wish) throws IOException, ConfigException {
        List<String> words = new ArrayList<>();
        update(name, () -> String.join("; ", words), accounts -> {
            Account before = present(accounts, name);
            Account after = wish.of(before);
            if (after.role() != before.role() || !after.units().equals(before.units())) {
                check(after.role(), after.units());
                words.add("role " + after.role().code() + unitWords(after.units()));
            }
            if (Account.neverGiven(after.role(), after.maxTlp()) && after.role() != before.role()) {
                throw new NotPossible("a " + after.role().code()
                        + " is never given TLP:RED, which this account was made for; add another account with a"
                        + " narrower marking");
            }
            if (after.disabled() != before.disabled()) {
                words.add(after.disabled() ? "disabled" : "enabled");
            }
            accounts.put(name, after);
            return before.role() == Role.ADMIN ? withAdministrator(name, accounts) : accounts;
        });
    }

    /** Disables an account, or enables it again. */
    public void setDisabled(String name, boolean disabled) throws IOException, ConfigException {
        set(name, new Wish(Optional.empty(), Optional.empty(), Optional.of(disabled)));
    }

    private static Map<String, Account> withAdministrator(String name, Map<String, Account> accounts) {
        if (accounts.values().stream().noneMatch(one -> one.role() == Role.ADMIN && !one.disabled())) {
            throw new NotPossible(name + " is the last administrator; add another one first");
        }
        return accounts;
    }

    /** Sets the rules of STIX whose breach unsigned objects of an account are forgiven. In force within a second. */
    public void setForgiven(String name, Set<ForgivableRule> rules) throws IOException, ConfigException {
        String forgiven = rules.isEmpty()
                ? "nothing"
                : rules.stream().map(ForgivableRule::word).sorted().collect(Collectors.joining(", "));
        change(name, "is forgiven " + forgiven, account -> {
            if (!rules.isEmpty() && !account.role().rights().contains(Right.WRITE)) {
                throw new NotPossible(
                        "a role of " + account.role().code() + " submits no objects, so there is nothing to forgive");
            }
            return account.withForgives(rules);
        });
    }

    private static void check(Role role, CaseUnits units) {
        if (units.all() && role == Role.CASEWORKER) {
            throw new NotPossible("a caseworker works on the case files of named units: name them, or add an analyst");
        }
        if (!units.all() && !role.worksForUnits()) {
            throw new NotPossible("only analysts and caseworkers can be limited to the case files of some units: "
                    + (role == Role.ADMIN
                            ? "an administrator sees them all"
                            : "a role of " + role.code() + " sees none"));
        }
        for (String unit : units.named().orElse(Set.of())) {
            if (unit.isBlank() || !unit.equals(unit.strip())) {
                throw new NotPossible("a unit is written as it is in the case files, and is not blank");
            }
        }
    }

    /** Removes an account; its password and tokens are void at once. The last administrator stays. */
    public void remove(String name) throws IOException, ConfigException {
        update(name, "removed", accounts -> {
            Account removed = present(accounts, name);
            accounts.remove(name);
            return removed.role() == Role.ADMIN ? withAdministrator(name, accounts) : accounts;
        });
    }

    /**
     * Sets a password that its owner chose.
     *
     * @param minLength fewest characters
     */
    public void setSecret(String name, char[] secret, int minLength) throws IOException, ConfigException {
        if (secret.length < minLength) {
            throw new NotPossible("a password has at least " + minLength + " characters");
        }
        if (secret.length > 1000) {
            throw new NotPossible("a password has at most 1000 characters");
        }
        String hash = SecretHash.hash(secret);
        change(name, "password set", account -> account.withSecret(hash, false));
    }

    /** Gives out a new one-time password in place of the one that was lost. */
    public String resetSecret(String name) throws IOException, ConfigException {
        String secret = Secrets.random().substring(0, 24);
        String hash = SecretHash.hash(secret.toCharArray());
        change(name, "password reset to a one-time password", account -> account.withSecret(hash, true));
        return secret;
    }

    /** Makes a bearer token that gives all rights of the account. */
    public String addToken(String name, String label, Optional<Duration> lifetime) throws IOException, ConfigException {
        return addToken(name, label, lifetime, Optional.empty());
    }

    /**
     * Makes a bearer token.
     *
     * @param label what it is for; unique in the account
     * @param lifetime empty for one without end
     * @param scopes the rights of the account that it gives; empty for all
     * @return the token, which is kept nowhere
     */
    public String addToken(String name, String label, Optional<Duration> lifetime, Optional<Set<Right>> scopes)
            throws IOException, ConfigException {
        if (label.isBlank() || label.length() > LONGEST_LABEL || label.chars().anyMatch(Character::isISOControl)) {
            throw new NotPossible(
                    "a label has 1 to " + LONGEST_LABEL + " characters, none of them a control character");
        }
        String token = Secrets.random();
        Instant now = clock.instant();
        Account.Token made = new Account.Token(label, Secrets.sha256(token), now, lifetime.map(now::plus), scopes);
        String until = made.expires().map(end -> ", until " + end).orElse(", without end");
        String which = made.scopeCodes()
                .map(codes -> ", scopes " + String.join(", ", codes))
                .orElse("");
        change(name, "token \"" + label + "\" made" + until + which, account -> {
            checkScopes(account, scopes);
            if (account.tokens().stream().anyMatch(t -> t.label().equals(label))) {
                throw new NotPossible(name + " has a token \"" + label + "\" already");
            }
            List<Account.Token> tokens = new ArrayList<>(account.tokens());
            tokens.add(made);
            return account.withTokens(tokens);
        });
        return token;
    }

    private static void checkScopes(Account account, Optional<Set<Right>> scopes) {
        if (scopes.filter(Set::isEmpty).isPresent()) {
            throw new NotPossible("a token needs a scope, or none is named and it gives all rights of the account");
        }
        for (Right scope : scopes.orElse(Set.of())) {
            if (!account.role().rights().contains(scope)) {
                throw new NotPossible("a role of " + account.role().code() + " has no right to " + scope.inWords()
                        + ", so a token cannot give it; `koprik role show` has the table");
            }
        }
    }

    /** Takes a token back. */
    public void removeToken(String name, String label) throws IOException, ConfigException {
        change(name, "token \"" + label + "\" taken back", account -> {
            List<Account.Token> rest = account.tokens().stream()
                    .filter(t -> !t.label().equals(label))
                    .toList();
            if (rest.size() == account.tokens().size()) {
                throw new NotPossible(name + " has no token \"" + label + "\"");
            }
            return account.withTokens(rest);
        });
    }

    /**
     * Records what is done to an account elsewhere than in the file of accounts, before it is done.
     *
     * @param words what is done, such as {@code second factor removed}
     */
    public void record(String name, String words) throws IOException, ConfigException {
        change(name, words, account -> account);
    }

    private void change(String name, String words, UnaryOperator<Account> how) throws IOException, ConfigException {
        update(name, words, accounts -> {
            accounts.put(name, how.apply(present(accounts, name)));
            return accounts;
        });
    }

    private void update(String name, String words, UnaryOperator<Map<String, Account>> how)
            throws IOException, ConfigException {
        update(name, () -> words, how);
    }

    /**
     * The record says what is done before it is done: no change is without its line, on a full disk as well.
     *
     * @param words what is done, asked for once {@code how} has returned; blank when nothing changes
     */
    private void update(String name, Supplier<String> words, UnaryOperator<Map<String, Account>> how)
            throws IOException, ConfigException {
        AccountRecord record = AccountRecord.of(file);
        file.update(how, () -> {
            String said = words.get();
            if (said.isEmpty()) {
                return () -> {};
            }
            long before = record.add(clock.instant(), by, name, said);
            return () -> record.takeBack(before);
        });
    }

    private static String unitWords(CaseUnits units) {
        return units.named()
                .map(named -> ", units: " + (named.isEmpty() ? "none" : String.join(", ", new TreeSet<>(named))))
                .orElse(", all units");
    }

    private static Account present(Map<String, Account> accounts, String name) {
        Account account = accounts.get(name);
        if (account == null) {
            throw new NotPossible("there is no account " + name + "; `koprik account list` names them");
        }
        return account;
    }
}
