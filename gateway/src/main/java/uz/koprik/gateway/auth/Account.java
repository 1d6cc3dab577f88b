package uz.koprik.gateway.auth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.rules.ForgivableRule;

/**
 * A person or program known to this centre.
 *
 * @param name in lower case
 * @param role what it may do
 * @param units whose case files it works on, when its role works on case files at all
 * @param maxTlp the narrowest marking it is given, for roles that are not members of the centre
 * @param secret Argon2id hash of its password; empty when it has only tokens
 * @param oneTime whether the password is a one-time password, which serves only to set another one
 * @param tokens its bearer tokens
 * @param created when it was made
 * @param forgives rules of STIX whose breach the unsigned objects that it submits are forgiven
 * @param disabled whether it opens nothing for the time being
 */
public record Account(
        String name,
        Role role,
        CaseUnits units,
        Tlp maxTlp,
        Optional<String> secret,
        boolean oneTime,
        List<Token> tokens,
        Instant created,
        Set<ForgivableRule> forgives,
        boolean disabled) {

    /** What names look like: they appear in logs, files and URLs. */
    public static final String NAME = "[a-z][a-z0-9._-]{0,62}";

    /** What the names of people begin with who sign in by a provider; no new account of this centre has such a name. */
    public static final String PROVIDER_PREFIX = "oidc.";

    public Account {
        tokens = List.copyOf(tokens);
        forgives = Set.copyOf(forgives);
    }

    /** One that is forgiven nothing but what every source is. */
    public Account(
            String name,
            Role role,
            CaseUnits units,
            Tlp maxTlp,
            Optional<String> secret,
            boolean oneTime,
            List<Token> tokens,
            Instant created) {
        this(name, role, units, maxTlp, secret, oneTime, tokens, created, Set.of(), false);
    }

    /** One that works on the case files of all units. */
    public Account(
            String name,
            Role role,
            Tlp maxTlp,
            Optional<String> secret,
            boolean oneTime,
            List<Token> tokens,
            Instant created) {
        this(name, role, CaseUnits.ALL, maxTlp, secret, oneTime, tokens, created);
    }

    /** Whether objects of that marking are never given to accounts of that role, though it is their narrowest. */
    static boolean neverGiven(Role role, Tlp maxTlp) {
        return !role.member() && maxTlp == Tlp.RED;
    }

    /** Whether its narrowest marking promises what it is never given. */
    public boolean promisesTooMuch() {
        return neverGiven(role, maxTlp);
    }

    /** This account for other units. */
    public Account withUnits(CaseUnits others) {
        return new Account(name, role, others, maxTlp, secret, oneTime, tokens, created, forgives, disabled);
    }

    /**
     * Whether two names can be those of one person: the account of this centre and the one of the provider have the
     * same name. Who may sign in by both is no second person.
     */
    public static boolean onePerson(String one, String other) {
        return one.equals(other) || isPersonOf(one, other) || isPersonOf(other, one);
    }

    private static boolean isPersonOf(String provided, String name) {
        return provided.startsWith(PROVIDER_PREFIX)
                && !name.startsWith(PROVIDER_PREFIX)
                && provided.substring(PROVIDER_PREFIX.length())
                        .replaceFirst("\\.[0-9a-f]{8}$", "")
                        .equals(name);
    }

    /** This account in another role, for other units. */
    Account withRole(Role other, CaseUnits others) {
        return new Account(name, other, others, maxTlp, secret, oneTime, tokens, created, forgives, disabled);
    }

    /** This account, disabled or not. */
    Account withDisabled(boolean now) {
        return new Account(name, role, units, maxTlp, secret, oneTime, tokens, created, forgives, now);
    }

    /** This account, forgiven the breach of other rules. */
    public Account withForgives(Set<ForgivableRule> others) {
        return new Account(name, role, units, maxTlp, secret, oneTime, tokens, created, others, disabled);
    }

    /** This account with another password. */
    public Account withSecret(String hash, boolean givenOut) {
        return new Account(name, role, units, maxTlp, Optional.of(hash), givenOut, tokens, created, forgives, disabled);
    }

    /** This account with other tokens. */
    public Account withTokens(List<Token> others) {
        return new Account(name, role, units, maxTlp, secret, oneTime, others, created, forgives, disabled);
    }

    /**
     * A bearer token; the token itself is never kept.
     *
     * @param label what it is for
     * @param sha256 of the token, as {@link uz.koprik.crypto.trust.Secrets#sha256} gives it
     * @param expires first moment at which it no longer holds; empty for one without end
     * @param scopes the rights of the account that it gives; empty for all that the account has at the moment of use
     */
    public record Token(
            String label, String sha256, Instant created, Optional<Instant> expires, Optional<Set<Right>> scopes) {

        public Token {
            scopes = scopes.map(Set::copyOf);
        }

        /** One that gives all rights of the account. */
        public Token(String label, String sha256, Instant created, Optional<Instant> expires) {
            this(label, sha256, created, expires, Optional.empty());
        }

        /** Whether it gives a right that its account has. */
        boolean allows(Right right) {
            return scopes.isEmpty() || scopes.get().contains(right);
        }

        /** Its scopes in the order of the table of rights; empty when it has none. */
        public Optional<List<String>> scopeCodes() {
            return scopes.map(
                    rights -> rights.stream().sorted().map(Right::code).toList());
        }

        /** Its scopes for sentences. */
        String scopeWords() {
            return scopeCodes().map(codes -> String.join(", ", codes)).orElse("of all rights");
        }

        /** Whether it no longer holds. */
        public boolean expired(Instant now) {
            return expires.filter(end -> !now.isBefore(end)).isPresent();
        }
    }
}
