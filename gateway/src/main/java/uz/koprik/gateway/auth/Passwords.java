package uz.koprik.gateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import uz.koprik.crypto.trust.SecretHash;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.http.Problem;

/**
 * Checks passwords. One check costs tens of milliseconds and 19 MiB on purpose, so a verified one is remembered for a
 * short while: as HMAC under a key that lives in this process only, and only until the accounts change.
 */
public final class Passwords {

    /** Hashes worked out at one time; more would only make each slower, and let strangers fill the memory. */
    private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

    /** Compared with when there is no such account, so that the response time does not show this. */
    private final String nobody = SecretHash.ofNothing();

    private final LiveAccounts accounts;
    private final SignIns signIns;
    private final Throttle throttle;
    private final Cache<String, Long> verified;
    private final SecretKeySpec key = new SecretKeySpec(Secrets.randomBytes(32), "HmacSHA256");
    private final Semaphore atOnce = new Semaphore(AT_ONCE, true);

    public Passwords(LiveAccounts accounts, Config.Accounts config, SignIns signIns, InstantSource clock) {
        this.accounts = accounts;
        this.signIns = signIns;
        this.throttle = new Throttle(config.attempts(), config.lockout(), clock);
        this.verified = Caffeine.newBuilder()
                .maximumSize(config.remember().isZero() ? 0 : 10_000)
                .expireAfterWrite(config.remember())
                .build();
    }

    /** The account when its password was verified a short while ago. Never blocks. */
    Optional<Account> remembered(String name, String password) {
        LiveAccounts.Snapshot now = accounts.now();
        Long generation = verified.getIfPresent(mac(name, password));
        return generation == null || generation != now.generation()
                ? Optional.empty()
                : Optional.ofNullable(now.byName().get(name));
    }

    /**
     * Works out whether the password is right. Blocks.
     *
     * @param address where the request comes from
     * @throws Problem 401 when it is wrong, 429 when there were too many wrong ones
     */
    public Account verify(String name, String password, String address) throws InterruptedException {
        Optional<Duration> wait = throttle.wait(name, address);
        if (wait.isPresent()) {
            signIns.failed(name, SignIns.Reason.LOCKED, address);
            throw Problem.later(
                    429,
                    "Too many wrong passwords",
                    "there were too many wrong passwords for this account from this address; try again later",
                    wait.get());
        }
        LiveAccounts.Snapshot now = accounts.now();
        Account account = now.byName().get(name);
        String hash = account == null ? nobody : account.secret().orElse(nobody);
        boolean right;
        atOnce.acquire();
        try {
            right = SecretHash.verify(password.toCharArray(), hash) && !hash.equals(nobody);
        } finally {
            atOnce.release();
        }
        if (!right || account == null) {
            throttle.failed(name, address);
            signIns.failed(name, SignIns.Reason.PASSWORD, address);
            throw new Problem(401, "Not authenticated", "there is no such account, or the password is wrong");
        }
        throttle.succeeded(name, address);
        verified.put(mac(name, password), now.generation());
        return account;
    }

    private String mac(String name, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }
}
