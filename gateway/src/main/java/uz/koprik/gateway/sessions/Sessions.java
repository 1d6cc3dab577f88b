package uz.koprik.gateway.sessions;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.config.PeopleConfig;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * The sessions of a centre: a paper each in the state store, so that they hold at every gateway and after a restart.
 * Only the SHA-256 of a token is kept. A session that was ended at one gateway has ended at all of them within two
 * seconds. Safe for use by many threads at once.
 */
public final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private static final String FOLDER = "sessions/";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    /** Sessions of one account; the one that was not used for the longest time ends for another. */
    private static final int MOST = 50;

    private static final Duration WRITTEN = Duration.ofMinutes(1);

    private final StateStore stateStore;
    private final PeopleConfig config;
    private final InstantSource clock;
    private final Duration written;
    private final PaperCopies<Optional<Session>> copies;
    private final Map<String, Instant> seen = new ConcurrentHashMap<>();

    public Sessions(StateStore stateStore, PeopleConfig config, InstantSource clock) {
        this.stateStore = stateStore;
        this.config = config;
        this.clock = clock;
        Duration tenth = config.idle().dividedBy(10);
        this.written = tenth.compareTo(WRITTEN) < 0 ? tenth : WRITTEN;
        this.copies = new PaperCopies<>(stateStore, SessionJson::read, false, System::nanoTime);
    }

    /**
     * A session that has just begun.
     *
     * @param token for the cookie; kept nowhere else
     */
    public record Opened(String token, Session session) {}

    /** Begins a session of an account. Durable when this returns. Blocks. */
    public Opened open(Account account, SessionWay way, Session.Origin origin) throws StoreUnavailable {
        return open(account.name(), way, origin, Optional.of(AccountBinding.of(account)), Optional.empty());
    }

    /**
     * Begins a session of somebody who has no account here. Durable when this returns. Blocks.
     *
     * @param name that it has here; as {@link Account#NAME} says
     */
    public Opened open(String name, OutsideIdentity identity, Session.Origin origin) throws StoreUnavailable {
        return open(name, SessionWay.OIDC, origin, Optional.empty(), Optional.of(identity));
    }

    private Opened open(
            String name,
            SessionWay way,
            Session.Origin origin,
            Optional<AccountBinding> account,
            Optional<OutsideIdentity> outside)
            throws StoreUnavailable {
        List<Session> others = of(name);
        for (Session surplus : others.subList(Math.min(others.size(), MOST - 1), others.size())) {
            end(surplus.id());
        }
        String token = Secrets.random();
        Instant now = clock.instant();
        Session session = new Session(id(token), Secrets.sha256(token), name, way, now, now, origin, account, outside);
        PaperCopies.Copy<Optional<Session>> none = new PaperCopies.Copy<>(Optional.empty(), "");
        if (!copies.replace(paper(session.id()), none, Optional.of(session), SessionJson.write(session))) {
            throw new StoreUnavailable("the session could not be written", null);
        }
        return new Opened(token, session);
    }

    /** The session of a token, when it is in memory. Never blocks. Counts as a request in it. */
    public Optional<Session> held(String token) {
        return TOKEN.matcher(token).matches()
                ? copies.held(paper(id(token)))
                        .flatMap(copy -> copy.value().flatMap(session -> session))
                        .flatMap(session -> use(session, token))
                : Optional.empty();
    }

    /** The session of a token; empty when there is none, or it ended. Blocks. Counts as a request in it. */
    public Optional<Session> find(String token) throws StoreUnavailable {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        return copies.read(paper(id(token)))
                .value()
                .flatMap(session -> session)
                .flatMap(session -> use(session, token));
    }

    private Optional<Session> use(Session session, String token) {
        boolean same = MessageDigest.isEqual(
                session.sha256().getBytes(StandardCharsets.US_ASCII),
                Secrets.sha256(token).getBytes(StandardCharsets.US_ASCII));
        if (!same || over(session)) {
            return Optional.empty();
        }
        seen.put(session.id(), clock.instant());
        return Optional.of(session);
    }

    /** The session of that id as it is in memory, for answers that last. Does not count as a request. */
    public Optional<Session> current(String id) {
        return copies.held(paper(id))
                .flatMap(copy -> copy.value().flatMap(session -> session))
                .filter(session -> !over(session));
    }

    /** The session of that id, when it has not ended. Blocks. */
    public Optional<Session> byId(String id) throws StoreUnavailable {
        return ID.matcher(id).matches()
                ? copies.readAgain(paper(id))
                        .value()
                        .flatMap(session -> session)
                        .filter(session -> !over(session))
                : Optional.empty();
    }

    /** Whether idle or absolute time of a session is over. */
    private boolean over(Session session) {
        Instant now = clock.instant();
        return !now.isBefore(session.begun().plus(config.absolute()))
                || !now.isBefore(lastSeen(session).plus(config.idle()));
    }

    /** The last request in a session, as far as this gateway knows. */
    public Instant lastSeen(Session session) {
        Instant here = seen.getOrDefault(session.id(), session.seen());
        return here.isAfter(session.seen()) ? here : session.seen();
    }

    /** All sessions under a name, the one used last first. Blocks. */
    public List<Session> of(String name) throws StoreUnavailable {
        return where(session -> session.name().equals(name));
    }

    /** All sessions for which {@code which} holds, such as those of a subject or {@code sid} of a provider. Blocks. */
    public List<Session> where(Predicate<Session> which) throws StoreUnavailable {
        return all().filter(session -> !over(session) && which.test(session))
                .sorted(Comparator.comparing(this::lastSeen).reversed())
                .toList();
    }

    private Stream<Session> all() throws StoreUnavailable {
        return copies.all(FOLDER).values().stream().flatMap(Optional::stream);
    }

    /**
     * Changes a session: for outside identities whose tokens were refreshed. Blocks.
     *
     * @return the session now; empty when it has ended
     */
    public Optional<Session> update(String id, UnaryOperator<Session> change) throws StoreUnavailable {
        while (true) {
            PaperCopies.Copy<Optional<Session>> there = copies.readAgain(paper(id));
            Optional<Session> session = there.value().flatMap(one -> one);
            if (session.isEmpty()) {
                return Optional.empty();
            }
            Session next = change.apply(session.get());
            if (copies.replace(paper(id), there, Optional.of(next), SessionJson.write(next))) {
                return Optional.of(next);
            }
        }
    }

    /** Ends a session. At this gateway it has ended when this returns. Blocks. */
    public void end(String id) throws StoreUnavailable {
        copies.remove(paper(id));
        seen.remove(id);
    }

    /**
     * Ends all sessions for which {@code which} holds. Blocks.
     *
     * @return which
     */
    public List<Session> endWhere(Predicate<Session> which) throws StoreUnavailable {
        List<Session> ending = where(which);
        for (Session session : ending) {
            end(session.id());
        }
        return ending;
    }

    /**
     * What is done every second: reads what other gateways changed, and writes when sessions were seen last. Blocks.
     */
    public void tend() throws StoreUnavailable {
        copies.refresh();
        for (Map.Entry<String, Instant> one : Map.copyOf(seen).entrySet()) {
            String id = one.getKey();
            Instant at = one.getValue();
            Optional<PaperCopies.Copy<Optional<Session>>> copy = copies.peek(paper(id));
            Optional<Session> session = copy.flatMap(there -> there.value().flatMap(known -> known));
            if (session.isEmpty()) {
                seen.remove(id, at);
            } else if (at.isAfter(session.get().seen().plus(written))) {
                Session next = session.get().seenAt(at);
                // When another gateway wrote first, the next turn compares again.
                copies.replace(paper(id), copy.get(), Optional.of(next), SessionJson.write(next));
            }
        }
    }

    /** What is done now and then: removes what has ended or cannot be read. Blocks. */
    public void sweep() throws StoreUnavailable {
        for (Map.Entry<String, Optional<Session>> one : copies.all(FOLDER).entrySet()) {
            if (one.getValue().isEmpty() || over(one.getValue().get())) {
                stateStore.remove(one.getKey());
                LOG.debug("{} has ended", one.getKey());
            }
        }
    }

    private static String id(String token) {
        return HexFormat.of().formatHex(Sha256.of(("session " + token).getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    private static String paper(String id) {
        return FOLDER + id + ".json";
    }
}
