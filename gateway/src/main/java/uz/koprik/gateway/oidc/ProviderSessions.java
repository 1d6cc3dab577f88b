package uz.koprik.gateway.oidc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.config.OidcConfig;
import uz.koprik.gateway.sessions.OutsideIdentity;
import uz.koprik.gateway.sessions.OutsideRights;
import uz.koprik.gateway.sessions.Sealing;
import uz.koprik.gateway.sessions.Session;
import uz.koprik.gateway.sessions.Sessions;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Sessions of people whom the provider knows: they begin with a sign-in, follow its groups, and end with it. Blocks the
 * calling thread. Safe for use by many threads at once.
 */
public final class ProviderSessions implements OutsideRights {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderSessions.class);

    /** While the provider is away, a session asks it again after this time. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final int LOCKS = 64;

    private final OidcConfig config;
    private final SingleSignOn signOn;
    private final Sessions sessions;
    private final Sealing sealing;
    private final OidcMeters meters;
    private final InstantSource clock;

    /** One request of a session renews it; others wait and go by what it found. */
    private final ReentrantLock[] renewing =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

    ProviderSessions(
            OidcConfig config,
            SingleSignOn signOn,
            Sessions sessions,
            Sealing sealing,
            OidcMeters meters,
            InstantSource clock) {
        this.config = config;
        this.signOn = signOn;
        this.sessions = sessions;
        this.sealing = sealing;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Begins a session.
     *
     * @return the token of its cookie
     */
    String open(SingleSignOn.Done done, Session.Origin origin) throws StoreUnavailable {
        Person person = done.person();
        LOG.info(
                "{} signed in by the provider from {}, as {}",
                person.name(),
                origin.address(),
                person.role().code());
        return sessions.open(person.name(), identity(person, done.link(), fresh()), origin)
                .token();
    }

    /**
     * Ends the sessions that a logout token names.
     *
     * @return which
     */
    List<Session> end(TokenChecks.Logout logout) throws StoreUnavailable {
        return sessions.endWhere(session -> session.outside()
                .filter(identity -> identity.provider().equals(config.issuer()))
                .filter(identity ->
                        logout.subject().isEmpty() || logout.subject().get().equals(identity.subject()))
                .filter(identity ->
                        logout.session().isEmpty() || logout.session().equals(identity.sid()))
                .isPresent());
    }

    @Override
    public Optional<Session> renew(Session session) throws StoreUnavailable {
        ReentrantLock lock = renewing[Math.floorMod(session.id().hashCode(), LOCKS)];
        lock.lock();
        try {
            Optional<Session> now = sessions.byId(session.id());
            if (now.isEmpty() || !due(now.get())) {
                return now;
            }
            return renewed(now.get());
        } finally {
            lock.unlock();
        }
    }

    private boolean due(Session session) {
        return session.outside()
                .filter(identity -> !clock.instant().isBefore(identity.rightsUntil()))
                .isPresent();
    }

    private Optional<Session> renewed(Session session) throws StoreUnavailable {
        OutsideIdentity identity = session.outside().orElseThrow();
        Optional<String> link = identity.provider().equals(config.issuer())
                ? identity.sealedTokens().flatMap(tokens -> sealing.open(tokens, identity.subject()))
                : Optional.empty();
        if (link.isEmpty()) {
            return ended(session, "it is of another provider, or of another home");
        }
        return switch (signOn.renew(link.get())) {
            case SingleSignOn.Renewal.Renewed next -> {
                meters.renewals(OidcMeters.Outcome.DONE).increment();
                if (next.person().role() != identity.role()
                        || !next.person().units().equals(identity.units())) {
                    LOG.info(
                            "{} has other groups at the provider: now {}",
                            session.name(),
                            next.person().role().code());
                }
                OutsideIdentity changed = identity(next.person(), next.link(), fresh());
                yield sessions.update(session.id(), before -> before.withOutside(changed));
            }
            case SingleSignOn.Renewal.Ended end -> {
                Optional<Session> other = sessions.byId(session.id());
                if (other.isPresent() && !due(other.get())) {
                    yield other; // another gateway renewed it, and its refresh token served once
                }
                meters.renewals(OidcMeters.Outcome.REFUSED).increment();
                yield ended(session, end.reason());
            }
            case SingleSignOn.Renewal.Away away -> {
                meters.renewals(OidcMeters.Outcome.AWAY).increment();
                if (away.over()) {
                    yield ended(session, "the provider was away for longer than oidc.away of koprik.yaml");
                }
                Instant later = clock.instant().plus(PAUSE);
                yield sessions.update(
                        session.id(),
                        before -> before.withOutside(new OutsideIdentity(
                                identity.provider(),
                                identity.subject(),
                                identity.sid(),
                                identity.role(),
                                identity.units(),
                                later,
                                identity.sealedTokens())));
            }
        };
    }

    private Optional<Session> ended(Session session, String reason) throws StoreUnavailable {
        LOG.info("the session of {} has ended: {}", session.name(), reason);
        sessions.end(session.id());
        return Optional.empty();
    }

    private Instant fresh() {
        return clock.instant().plus(config.refresh());
    }

    private OutsideIdentity identity(Person person, String link, Instant until) {
        return new OutsideIdentity(
                config.issuer(),
                person.subject(),
                person.session(),
                person.role(),
                person.units(),
                until,
                Optional.of(sealing.seal(link, person.subject())));
    }
}
