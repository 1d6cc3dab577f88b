package uz.koprik.gateway.auth;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * When accounts and their tokens were last used, to the hour: a paper for each account, which all gateways of a centre
 * share and which is written at most once an hour for each way. Safe for use by many threads at once.
 */
public final class LastUse {

    private static final Logger LOG = LoggerFactory.getLogger(LastUse.class);

    private static final long HOUR = 3600;

    /** Stands for the person: a password or a session. Labels of tokens are not empty. */
    private static final String PERSON = "";

    private final StateStore stateStore;
    private final InstantSource clock;
    private final Map<String, Long> noted = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Instant>> unwritten = new ConcurrentHashMap<>();

    public LastUse(StateStore stateStore, InstantSource clock) {
        this.stateStore = stateStore;
        this.clock = clock;
    }

    /**
     * The last uses of an account.
     *
     * @param person by its password or in a session; empty when there was none
     * @param tokens of each token that was used, by label
     */
    public record Uses(Optional<Instant> person, Map<String, Instant> tokens) {

        /** Of an account that was never used. */
        public static final Uses NONE = new Uses(Optional.empty(), Map.of());

        public Uses {
            tokens = Map.copyOf(tokens);
        }

        /** The last use of a token; what was before it was made is of an earlier one of its label. */
        public Optional<Instant> of(Account.Token token) {
            return Optional.ofNullable(tokens.get(token.label())).filter(used -> !used.isBefore(token.created()));
        }
    }

    /** Notes a request of a person. Never blocks. */
    void person(String account) {
        note(account, PERSON);
    }

    /** Notes a request with a token. Never blocks. */
    void token(String account, String label) {
        note(account, label);
    }

    private void note(String account, String way) {
        Instant now = clock.instant();
        Long hour = now.getEpochSecond() / HOUR;
        if (!hour.equals(noted.put(account + ' ' + way, hour))) {
            unwritten.merge(account, Map.of(way, now), LastUse::newest);
        }
    }

    private static Map<String, Instant> newest(Map<String, Instant> one, Map<String, Instant> other) {
        Map<String, Instant> both = new HashMap<>(one);
        other.forEach((way, at) -> both.merge(way, at, (a, b) -> a.isAfter(b) ? a : b));
        return both;
    }

    /** Writes what was noted. Call it periodically; what could not be written is written later. Blocks. */
    public void write() throws StoreUnavailable {
        for (String account : List.copyOf(unwritten.keySet())) {
            Map<String, Instant> uses = unwritten.get(account);
            boolean written = false;
            while (!written) {
                Optional<StateStore.Paper> paper = stateStore.read(name(account));
                written = stateStore
                        .replace(
                                name(account),
                                paper.map(StateStore.Paper::version).orElse(""),
                                content(newest(paper.map(LastUse::read).orElse(Map.of()), uses)))
                        .isPresent();
            }
            unwritten.remove(account, uses);
        }
    }

    /** The last uses of accounts, by name; an account that was never used is left out. Blocks. */
    public Map<String, Uses> of(Collection<String> accounts) throws StoreUnavailable {
        Map<String, Map<String, Instant>> all = new HashMap<>();
        for (StateStore.Paper paper :
                stateStore.read(accounts.stream().map(LastUse::name).toList())) {
            String account =
                    paper.name().substring(FOLDER.length(), paper.name().length() - ENDING.length());
            all.put(account, read(paper));
        }
        for (String account : accounts) {
            Map<String, Instant> here = unwritten.get(account);
            if (here != null) {
                all.merge(account, here, LastUse::newest);
            }
        }
        Map<String, Uses> uses = new HashMap<>();
        all.forEach((account, ways) -> {
            Map<String, Instant> tokens = new HashMap<>(ways);
            Optional<Instant> person = Optional.ofNullable(tokens.remove(PERSON));
            uses.put(account, new Uses(person, tokens));
        });
        return uses;
    }

    private static byte[] content(Map<String, Instant> uses) {
        JsonObject.Builder json = JsonObject.builder();
        uses.forEach((way, at) -> json.put(way, at.toString()));
        return CanonicalJson.bytes(json.build());
    }

    /** A damaged paper is none: the next uses are noted anew. */
    private static Map<String, Instant> read(StateStore.Paper paper) {
        Map<String, Instant> uses = new HashMap<>();
        try {
            JsonObject json = StrictJson.parseObject(paper.content());
            for (String way : json.names()) {
                uses.put(way, Instant.parse(json.string(way).orElse("")));
            }
        } catch (MalformedJson | DateTimeException damaged) {
            LOG.warn("{} is damaged, so that earlier uses of that account are not known", paper.name());
            return new HashMap<>();
        }
        return uses;
    }

    private static final String FOLDER = "last-use/";
    private static final String ENDING = ".json";

    private static String name(String account) {
        if (!account.matches(Account.NAME)) {
            throw new IllegalArgumentException("no account has that name");
        }
        return FOLDER + account + ENDING;
    }
}
