package uz.koprik.gateway.oidc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.config.OidcConfig;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.sessions.Sealing;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Sign-in of people by an OpenID Connect provider: the code flow with PKCE (OpenID Connect Core 1.0, section 3.1), what
 * their claims give them, and the end of their sessions. Blocks the calling thread. Safe for use by many threads at
 * once.
 */
public final class SingleSignOn {

    private static final Logger LOG = LoggerFactory.getLogger(SingleSignOn.class);

    /** While the provider does not answer, sessions ask it no more often than this. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final OidcConfig config;
    private final Provider provider;
    private final TokenChecks checks;
    private final ClaimTable table;
    private final PersonNames names;
    private final UsedTokens usedTokens;
    private final Sealing seal;
    private final Supplier<String> redirectUri;
    private final InstantSource clock;
    private volatile Instant awaySince = Instant.MIN;

    /**
     * @param papers what all gateways of the centre share
     * @param account whether this centre has an account of that name
     * @param seal for what browsers keep
     * @param redirectUri where the provider sends browsers back to; asked for at each sign-in
     */
    SingleSignOn(
            OidcConfig config,
            Provider provider,
            StateStore papers,
            Predicate<String> account,
            Sealing seal,
            Supplier<String> redirectUri,
            InstantSource clock) {
        this.config = config;
        this.provider = provider;
        this.checks = new TokenChecks(config.issuer(), config.clientId(), config.skew(), clock);
        this.table = new ClaimTable(config);
        this.names = new PersonNames(papers, config.issuer(), account);
        this.usedTokens = new UsedTokens(
                papers, TokenChecks.LOGOUT_LIFETIME.plus(config.skew().multipliedBy(2)), clock);
        this.seal = seal;
        this.redirectUri = redirectUri;
        this.clock = clock;
    }

    /**
     * A sign-in that begins.
     *
     * @param url where the browser goes
     * @param cookie what it keeps until it comes back
     */
    record Begun(String url, String cookie) {}

    /**
     * A sign-in that is done.
     *
     * @param link by which the session asks the provider again; a secret
     * @param route where the browser was going, in the console
     */
    record Done(Person person, String link, String route) {}

    /**
     * The answer of the provider that a browser carries.
     *
     * @param cookie what the browser kept; empty for nothing
     */
    record Answer(
            Optional<String> state,
            Optional<String> code,
            Optional<String> issuer,
            Optional<String> error,
            Optional<String> cookie) {}

    /** What became of a session that was due. */
    public sealed interface Renewal {

        /** It goes on, perhaps with other rights. */
        record Renewed(Person person, String link) implements Renewal {}

        /** It has ended: the provider, or the table of the settings, does not let the person in any more. */
        record Ended(String reason) implements Renewal {}

        /**
         * The provider cannot be asked now.
         *
         * @param over whether it has been so for longer than the settings allow
         */
        record Away(boolean over) implements Renewal {}
    }

    /** The text of the button on the sign-in page. */
    public String label() {
        return config.label();
    }

    /**
     * Begins a sign-in.
     *
     * @param route where the browser is going, in the console
     */
    Begun begin(String route) {
        PendingSignIn pending = PendingSignIn.begin(route, clock.instant());
        try {
            return new Begun(provider.authorizeUrl(pending, redirectUri.get()), pending.seal(seal));
        } catch (ProviderAway away) {
            throw away(away);
        }
    }

    /** Where a browser with that answer was going, in the console; its start page when it kept nothing. */
    String route(Answer answer) {
        return pending(answer).map(PendingSignIn::route).orElse("/");
    }

    private Optional<PendingSignIn> pending(Answer answer) {
        return answer.cookie()
                .flatMap(cookie -> PendingSignIn.open(seal, cookie, clock.instant()))
                .filter(kept -> answer.state().filter(kept.state()::equals).isPresent());
    }

    /** Finishes a sign-in; a problem says why it is refused. */
    Done finish(Answer answer) throws StoreUnavailable {
        PendingSignIn pending = pending(answer)
                .orElseThrow(
                        () -> new Problem(
                                400,
                                "Sign-in expired",
                                "this sign-in took longer than 10 minutes, or began in another window or browser; begin again"));
        try {
            checkIssuer(answer);
            if (answer.error().isPresent()) {
                throw refused(answer.error().get());
            }
            String code =
                    answer.code().orElseThrow(() -> new TokenRejected("the answer has neither a code nor an error"));
            Provider.Tokens tokens = provider.exchange(code, pending, redirectUri.get());
            JsonObject claims = signInClaims(tokens, pending);
            String subject = TokenChecks.subject(claims);
            JsonObject all = withUserInfo(claims, tokens, subject);
            ClaimTable.Grant grant = table.grant(all).orElseThrow(SingleSignOn::noRole);
            String name = names.of(text(all, config.nameClaim()).orElse(""), subject);
            Optional<String> session = TokenChecks.session(claims);
            return new Done(
                    new Person(name, subject, session, grant.role(), grant.units()),
                    new ProviderLink(name, subject, session, pending.nonce(), tokens.refresh(), clock.instant()).text(),
                    pending.route());
        } catch (ProviderAway away) {
            throw away(away);
        } catch (GrantRefused refused) {
            LOG.warn("the provider refuses the code of a sign-in: {}", refused.getMessage());
            throw new Problem(
                    400, "Sign-in expired", "the sign-in provider does not know this sign-in any more; begin again");
        } catch (TokenRejected rejected) {
            throw broken(rejected);
        }
    }

    private static Problem noRole() {
        return new Problem(
                403,
                "No role here",
                "the sign-in provider knows you, but your groups there give you no role in this centre; ask an"
                        + " administrator of the centre");
    }

    /**
     * Asks the provider about a person again.
     *
     * @param linkText of the sign-in or of the last renewal
     */
    public Renewal renew(String linkText) throws StoreUnavailable {
        ProviderLink link = ProviderLink.of(linkText);
        Instant now = clock.instant();
        Instant since = awaySince;
        boolean pausing = !since.equals(Instant.MIN) && !now.isBefore(since) && now.isBefore(since.plus(PAUSE));
        if (link.refreshToken().isEmpty() || pausing) {
            return away(link, now);
        }
        try {
            Renewal renewal = renewed(link);
            awaySince = Instant.MIN;
            return renewal;
        } catch (ProviderAway away) {
            LOG.warn("the sign-in provider cannot be asked about {}: {}", link.name(), away.getMessage());
            awaySince = now;
            return away(link, now);
        } catch (GrantRefused refused) {
            return new Renewal.Ended("the provider has ended its session");
        } catch (TokenRejected rejected) {
            LOG.warn("the sign-in provider answers against a rule: {}", rejected.getMessage());
            return new Renewal.Ended("an answer of the provider breaks a rule");
        }
    }

    private Renewal away(ProviderLink link, Instant now) {
        return new Renewal.Away(!now.isBefore(link.seen().plus(config.refresh()).plus(config.away())));
    }

    private Renewal renewed(ProviderLink link) throws ProviderAway, GrantRefused, TokenRejected {
        Provider.Tokens tokens = provider.refresh(link.refreshToken().orElseThrow());
        JsonObject claims = JsonObject.builder().put("sub", link.subject()).build();
        if (tokens.id().isPresent()) {
            SignedToken token = SignedToken.parse(tokens.id().get());
            claims = provider.keys().verified(token);
            checks.refresh(token, claims, link.subject(), link.nonce(), tokens.access());
        }
        Optional<ClaimTable.Grant> grant = table.grant(withUserInfo(claims, tokens, link.subject()));
        if (grant.isEmpty()) {
            return new Renewal.Ended("the groups at the provider give no role any more");
        }
        ProviderLink next = new ProviderLink(
                link.name(),
                link.subject(),
                link.session(),
                link.nonce(),
                tokens.refresh().or(link::refreshToken),
                clock.instant());
        return new Renewal.Renewed(
                new Person(
                        link.name(),
                        link.subject(),
                        link.session(),
                        grant.get().role(),
                        grant.get().units()),
                next.text());
    }

    /**
     * Who is signed out by a logout token.
     *
     * @throws TokenRejected names the rule that it breaks
     */
    TokenChecks.Logout logout(String text) throws TokenRejected, ProviderAway, StoreUnavailable {
        SignedToken token = SignedToken.parse(text);
        TokenChecks.Logout logout = checks.logout(token, provider.keys().verified(token));
        if (usedTokens.served(logout.id())) {
            throw new TokenRejected("the token has served before");
        }
        return logout;
    }

    /** Remembers that a logout token has served: the sessions have ended. */
    void served(TokenChecks.Logout logout) throws StoreUnavailable {
        usedTokens.add(logout.id());
    }

    /** Whether the provider can be asked; says why not. */
    public Optional<String> trouble() {
        try {
            provider.probe();
            return Optional.empty();
        } catch (ProviderAway away) {
            return Optional.of(away.getMessage());
        }
    }

    private JsonObject signInClaims(Provider.Tokens tokens, PendingSignIn pending) throws TokenRejected, ProviderAway {
        SignedToken token = SignedToken.parse(
                tokens.id().orElseThrow(() -> new TokenRejected("the answer has no ID token; is openid a scope?")));
        JsonObject claims = provider.keys().verified(token);
        checks.signIn(token, claims, pending.nonce(), tokens.access());
        return claims;
    }

    /** The claims, with those of the UserInfo endpoint where the ID token lacks that of the table. */
    private JsonObject withUserInfo(JsonObject claims, Provider.Tokens tokens, String subject)
            throws ProviderAway, TokenRejected {
        if (table.knows(claims)) {
            return claims;
        }
        Optional<JsonObject> found = provider.userInfo(tokens.access());
        if (found.isEmpty()) {
            return claims;
        }
        if (!TokenChecks.subject(found.get()).equals(subject)) {
            throw new TokenRejected("sub of the UserInfo endpoint is another person");
        }
        JsonObject all = claims;
        for (String name : found.get().names()) {
            all = all.has(name) ? all : all.with(name, found.get().get(name));
        }
        return all;
    }

    /** RFC 9207, section 2.4: an answer of another provider is not taken for one of this. */
    private void checkIssuer(Answer answer) throws TokenRejected, ProviderAway {
        if (answer.issuer().isPresent()
                ? !answer.issuer().get().equals(config.issuer())
                : provider.metadata().issuerInAnswers()) {
            throw new TokenRejected("iss of the answer is not this provider");
        }
    }

    private static Optional<String> text(JsonObject claims, String path) {
        return ClaimTable.find(claims, path)
                .filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).value());
    }

    private static Problem refused(String error) {
        return switch (error) {
            case "access_denied" ->
                new Problem(403, "Sign-in refused", "the sign-in provider did not let you in; sign in there again");
            case "temporarily_unavailable", "server_error" ->
                new Problem(
                        503,
                        "Sign-in provider away",
                        "the sign-in provider is out of order; sign in with an account of this centre, or try again"
                                + " later");
            default ->
                new Problem(
                        400,
                        "Sign-in failed",
                        "the sign-in provider refused the request of this centre; its operators should compare oidc of"
                                + " koprik.yaml with the settings of the provider");
        };
    }

    private static Problem away(ProviderAway away) {
        LOG.warn("the sign-in provider cannot be asked: {}", away.getMessage());
        return Problem.later(
                503,
                "Sign-in provider away",
                "the sign-in provider cannot be reached now; sign in with an account of this centre, or try again"
                        + " later",
                PAUSE);
    }

    private static Problem broken(TokenRejected rejected) {
        LOG.warn("a sign-in by the provider is refused: {}", rejected.getMessage());
        return new Problem(
                400,
                "Sign-in failed",
                "the answer of the sign-in provider breaks a rule, which the log of this centre names; begin again, or"
                        + " ask its operators");
    }
}
