package uz.koprik.gateway.auth;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failed sign-ins, in the log and as a meter. A name is written when an account has it; any other name may be a
 * password in the wrong field, so it stands nowhere. The number of meters is bounded by the number of accounts.
 */
public final class SignIns {

    /** In place of a name that no account has. */
    public static final String UNKNOWN = "unknown account";

    private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);

    private final LiveAccounts accounts;
    private final MeterRegistry meters;

    /** Why a sign-in failed. */
    public enum Reason {
        PASSWORD("password", "the password is wrong"),
        CODE("code", "the code of the second factor is wrong"),
        LOCKED("locked", "there were too many wrong passwords before"),
        TOKEN("token", "the token is not known"),
        TOKEN_EXPIRED("token_expired", "the token has expired"),
        CERTIFICATE("certificate", "the client certificate belongs to no partner");

        private final String word;
        private final String words;

        Reason(String word, String words) {
            this.word = word;
            this.words = words;
        }
    }

    public SignIns(LiveAccounts accounts, MeterRegistry meters) {
        this.accounts = accounts;
        this.meters = meters;
        for (Reason reason : Reason.values()) {
            counter(UNKNOWN, reason);
        }
    }

    /** The name that somebody tried, when it may be shown: an account has it. */
    public String shown(String tried) {
        return accounts.named(tried).map(Account::name).orElse(UNKNOWN);
    }

    /**
     * Reports a failed sign-in.
     *
     * @param tried the name that the caller sent; anything
     * @param address where the request comes from
     */
    public void failed(String tried, Reason reason, String address) {
        String account = shown(tried);
        LOG.warn("sign-in failed: {}, from {}: {}", account, address, reason.words);
        counter(account, reason).increment();
    }

    /** As {@link #failed(String, Reason, String)}, where no account is named. */
    void failed(Reason reason, String address) {
        failed("", reason, address);
    }

    private Counter counter(String account, Reason reason) {
        return Counter.builder("koprik.sign.ins.failed")
                .description("Failed sign-ins, by account that was tried and reason")
                .tag("account", account)
                .tag("reason", reason.word)
                .register(meters);
    }
}
