package uz.koprik.gateway.auth;

import java.util.Optional;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.store.StoreUnavailable;

/** What {@link Authentication} asks about sessions of browsers and second factors. */
public interface CookieSessions {

    /**
     * To whom the session of a token belongs. Never blocks.
     *
     * @return empty when the store must be asked: see {@link #find}
     * @throws Problem 401 when the session ended
     */
    Optional<SignedIn> held(String token);

    /**
     * As {@link #held}, from the store. Blocks.
     *
     * @throws Problem 401 when there is no such session, or it ended
     */
    SignedIn find(String token) throws StoreUnavailable;

    /** What restricts a caller who came with the password of an account. Never blocks; empty when it is not known. */
    Optional<Restriction> heldForPassword(Account account);

    /** As {@link #heldForPassword}, from the store. Blocks. */
    Restriction forPassword(Account account) throws StoreUnavailable;
}
