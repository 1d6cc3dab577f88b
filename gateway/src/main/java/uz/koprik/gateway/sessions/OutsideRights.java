package uz.koprik.gateway.sessions;

import java.util.Optional;
import uz.koprik.indicators.store.StoreUnavailable;

/** Keeps role and units of outside identities as their provider has them. */
public interface OutsideRights {

    /** For a centre without a provider: sessions of outside identities have ended. */
    OutsideRights NONE = session -> Optional.empty();

    /**
     * Asks the provider again, when {@link OutsideIdentity#rightsUntil()} is over. Blocks.
     *
     * @return the session with the rights of now; empty when the provider ended it
     */
    Optional<Session> renew(Session session) throws StoreUnavailable;
}
