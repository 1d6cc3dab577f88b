package uz.koprik.gateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Slows down guessing: after some wrong secrets for one account from one address, further ones from there are not even
 * looked at for a while, doubling each time. Others who use the same account from elsewhere are not locked out.
 */
public final class Throttle {

    private static final int MAX_DOUBLINGS = 6;

    private final int attempts;
    private final Duration lockout;
    private final InstantSource clock;
    private final Cache<String, Failures> failures = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofDays(1))
            .build();

    private record Failures(int count, Instant until) {}

    /** @param attempts wrong ones before {@code lockout}, which doubles with each further one */
    public Throttle(int attempts, Duration lockout, InstantSource clock) {
        this.attempts = attempts;
        this.lockout = lockout;
        this.clock = clock;
    }

    /** How long an account must not be tried from that address; empty when it may be. */
    public Optional<Duration> wait(String account, String address) {
        Failures known = failures.getIfPresent(key(account, address));
        Instant now = clock.instant();
        return known == null || !now.isBefore(known.until())
                ? Optional.empty()
                : Optional.of(Duration.between(now, known.until()));
    }

    /** Counts a wrong one. */
    public void failed(String account, String address) {
        failures.asMap().compute(key(account, address), (key, known) -> {
            int count = known == null ? 1 : known.count() + 1;
            int over = count - attempts;
            Instant until = over < 0
                    ? Instant.EPOCH
                    : clock.instant().plus(lockout.multipliedBy(1L << Math.min(over, MAX_DOUBLINGS)));
            return new Failures(count, until);
        });
    }

    /** Forgets the wrong ones. */
    public void succeeded(String account, String address) {
        failures.invalidate(key(account, address));
    }

    private static String key(String account, String address) {
        return address + ' ' + account;
    }
}
