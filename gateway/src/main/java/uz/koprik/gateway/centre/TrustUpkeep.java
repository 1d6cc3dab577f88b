package uz.koprik.gateway.centre;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.clock.Admission;
import uz.koprik.gateway.clock.ClockGuard;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.partners.PartnerRegistry;
import uz.koprik.gateway.renewal.CardFindings;
import uz.koprik.gateway.renewal.KeyRenewal;
import uz.koprik.gateway.renewal.OwnTrust;
import uz.koprik.gateway.renewal.TrustGate;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/**
 * The card and the trust list of a running centre: made current at the start, renewed long before they end. Never while
 * the clock is wrong, since they would have false dates.
 */
final class TrustUpkeep implements Admission {

    private static final Logger LOG = LoggerFactory.getLogger(TrustUpkeep.class);
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final OwnTrust own;
    private final KeyRenewal keyRenewal;
    private final PartnerRegistry book;
    private final CentreKeys keys;
    private final ClockGuard guard;
    private final InstantSource clock;
    private final TrustGate gate;
    private final boolean lastingAddress;
    private boolean begun;

    /** @param lastingAddress whether the address is the same at each start, so that the card should name a good one */
    TrustUpkeep(
            OwnTrust own,
            KeyRenewal keyRenewal,
            PartnerRegistry book,
            CentreKeys keys,
            ClockGuard guard,
            InstantSource clock,
            boolean lastingAddress) {
        this.lastingAddress = lastingAddress;
        this.own = own;
        this.keyRenewal = keyRenewal;
        this.book = book;
        this.keys = keys;
        this.guard = guard;
        this.clock = clock;
        this.gate = new TrustGate(book.trust()::list, clock);
    }

    /**
     * Has the card follow the settings, and renews what is due. Leaves all as it is while the clock is wrong;
     * {@link #tend} does it later then.
     *
     * @throws StartFailure when a file cannot be used: says what to do
     */
    synchronized void begin() throws StartFailure {
        try {
            refresh();
        } catch (IOException | TrustListRejected | StoreUnavailable unusable) {
            throw new StartFailure(
                    "the trust list and the card of this centre cannot be renewed: " + unusable.getMessage(), unusable);
        }
    }

    /** Renews what is due. Call it every minute. */
    synchronized void tend() throws IOException, TrustListRejected, StoreUnavailable {
        refresh();
    }

    private void refresh() throws IOException, TrustListRejected, StoreUnavailable {
        if (guard.trouble().isPresent()) {
            return;
        }
        Instant now = clock.instant();
        if (begun) {
            renewKey(now);
        }
        if (begun && !own.isShared() && !OwnTrust.due(book.trust().list(), now)) {
            return;
        }
        OwnTrust.Current current = begun ? own.renew(now) : own.follow(Optional.empty(), now);
        current.done().forEach(sentence -> LOG.info("{}", sentence));
        current.warnings().forEach(sentence -> LOG.warn("{}", sentence));
        if (!current.done().isEmpty()) {
            book.refresh();
        }
        if (!begun && lastingAddress) {
            CardFindings.ofAddress(current.card(), keys.tlsCertificate()).forEach(finding -> LOG.warn("{}", finding));
        }
        if (!begun) {
            renewKey(now);
        }
        begun = true;
    }

    private void renewKey(Instant now) throws IOException, TrustListRejected {
        if (!own.isShared() && keyRenewal.tend(now)) {
            book.refresh();
        }
    }

    /** Why this centre may not sign and take in objects; empty when it may. Does not wait. */
    Optional<Sentence> trouble() {
        return guard.trouble().or(gate::trouble);
    }

    @Override
    public void require() throws StoreUnavailable {
        guard.requireRight();
        gate.require();
    }

    /**
     * For requests of partners, which the list identifies.
     *
     * @throws Problem 503 while the list has expired
     */
    void requireList() {
        gate.trouble().ifPresent(expired -> {
            throw Problem.later(503, "Trust list expired", expired.text(), RETRY);
        });
    }
}
