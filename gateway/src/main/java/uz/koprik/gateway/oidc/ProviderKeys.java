package uz.koprik.gateway.oidc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.JsonObject;

/**
 * The provider's keys. They are fetched again when a token names an unknown one, at most once in {@link #LEAST_PAUSE},
 * and when they are older than {@link #LONGEST_USE}. Safe for use by many threads at once.
 */
final class ProviderKeys {

    /** However many tokens with unknown keys come: the provider is not asked more often than this. */
    static final Duration LEAST_PAUSE = Duration.ofSeconds(30);

    /** A key that the provider withdrew serves no longer than this. */
    static final Duration LONGEST_USE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(ProviderKeys.class);

    private final Fetch fetch;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private List<ProviderKey> keys = List.of();
    private Instant fetched = Instant.MIN;
    private Instant tried = Instant.MIN;

    /** Gets the JWK Set of the provider (RFC 7517, section 5). */
    @FunctionalInterface
    interface Fetch {
        JsonObject get() throws ProviderAway;
    }

    ProviderKeys(Fetch fetch, InstantSource clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    /**
     * The claims of a token that one of the keys verifies.
     *
     * @throws TokenRejected when none does
     * @throws ProviderAway when there are no keys, and none can be fetched
     */
    JsonObject verified(SignedToken token) throws TokenRejected, ProviderAway {
        return token.claims(key(token));
    }

    private ProviderKey key(SignedToken token) throws TokenRejected, ProviderAway {
        fetching.lock();
        try {
            if (over(fetched, LONGEST_USE)) {
                refresh();
            }
            Optional<ProviderKey> known = find(token);
            if (known.isEmpty() && over(tried, LEAST_PAUSE)) {
                LOG.info("a token names an unknown key of the provider; its keys are fetched again");
                refresh();
                known = find(token);
            }
            return known.orElseThrow(() -> new TokenRejected("no key of the provider fits the token"));
        } finally {
            fetching.unlock();
        }
    }

    /** Old keys serve on while new ones cannot be had, but not for ever. */
    private void refresh() throws ProviderAway {
        Instant now = clock.instant();
        if (!over(tried, LEAST_PAUSE) && !keys.isEmpty()) {
            return;
        }
        tried = now;
        try {
            keys = fetch.get().items("keys").stream()
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast)
                    .flatMap(jwk -> ProviderKey.of(jwk).stream())
                    .toList();
            fetched = now;
        } catch (ProviderAway away) {
            if (keys.isEmpty() || over(fetched, LONGEST_USE.multipliedBy(2))) {
                throw away;
            }
            LOG.warn(
                    "the keys of the provider cannot be fetched; those from {} serve on: {}",
                    fetched,
                    away.getMessage());
        }
    }

    /** A token without the id of a key is verified only when one key is possible (OpenID Connect Core 1.0, 10.1). */
    private Optional<ProviderKey> find(SignedToken token) {
        List<ProviderKey> fitting = keys.stream()
                .filter(key -> token.kid().isEmpty() || key.kid().equals(token.kid()))
                .filter(key -> key.serves(token.algorithm()))
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    /** Whether that was so long ago; also when the clock went back. */
    private boolean over(Instant then, Duration span) {
        Instant now = clock.instant();
        return then.equals(Instant.MIN) || now.isBefore(then) || !now.isBefore(then.plus(span));
    }
}
