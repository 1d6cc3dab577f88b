package uz.koprik.gateway.sessions;

import java.time.Instant;
import java.util.Optional;

/**
 * A session of a browser, as it is kept. Exactly one of {@code account} and {@code outside} is there.
 *
 * @param id by which people name it; says nothing about the token
 * @param sha256 of the token, as {@link uz.koprik.crypto.trust.Secrets#sha256} gives it
 * @param name of the account, or the name that an outside identity has here
 * @param begun when it began
 * @param seen the last request, to the minute
 * @param origin from where it began
 */
public record Session(
        String id,
        String sha256,
        String name,
        SessionWay way,
        Instant begun,
        Instant seen,
        Origin origin,
        Optional<AccountBinding> account,
        Optional<OutsideIdentity> outside) {

    /**
     * From where a session began.
     *
     * @param address of the client
     * @param browser the header {@code User-Agent}, shortened
     */
    public record Origin(String address, String browser) {

        private static final int MOST = 300;

        public Origin {
            browser = browser.length() > MOST ? browser.substring(0, MOST) : browser;
        }
    }

    Session seenAt(Instant at) {
        return new Session(id, sha256, name, way, begun, at, origin, account, outside);
    }

    /** The same session of an identity whose role, units or tokens changed. */
    public Session withOutside(OutsideIdentity identity) {
        return new Session(id, sha256, name, way, begun, seen, origin, account, Optional.of(identity));
    }
}
