package uz.koprik.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.access.Standing;
import uz.koprik.gateway.alerts.Alerts;
import uz.koprik.gateway.clock.ClockWrong;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.exchange.CaseMatchSource;
import uz.koprik.gateway.exchange.Intake;
import uz.koprik.gateway.exchange.LiveTrust;
import uz.koprik.gateway.exchange.Offered;
import uz.koprik.gateway.exchange.Outcome;
import uz.koprik.gateway.exchange.OwnCentre;
import uz.koprik.gateway.exchange.PartnerBook;
import uz.koprik.gateway.exchange.Release;
import uz.koprik.gateway.exchange.Source;
import uz.koprik.gateway.http.TlsEngine;
import uz.koprik.indicators.observable.CardTokeniser;
import uz.koprik.indicators.stix.IdentityWriter;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.papers.Papers;

/** Opens parts of a centre; what keeps one from opening is reported as a cause, a place and a cure. */
final class PartOpener {

    private static final Logger LOG = LoggerFactory.getLogger(PartOpener.class);

    private PartOpener() {}

    /** Partners read who we are from the first object of the sequence. */
    static void publishIdentity(InternalStore store, Intake intake, OwnCentre us, Config config, Instant now)
            throws CannotStart {
        try {
            if (store.latest(us.identity()).isEmpty()) {
                StixObject identity = IdentityWriter.write(us.identity(), config.title(), "", us.signer(), now);
                Outcome outcome = intake.take(
                                List.of(new Offered(identity.bytes(), "identity of this centre")),
                                new Source.Account(us.name(), false))
                        .getFirst();
                outcome.refusal().ifPresent(refusal -> LOG.error("our own identity was refused: {}", refusal.reason()));
            }
        } catch (ClockWrong wrong) {
            throw new CannotStart(wrong.getMessage(), wrong);
        } catch (StoreUnavailable unavailable) {
            throw new CannotStart("the store cannot be used: " + unavailable.getMessage(), unavailable);
        }
    }

    static InternalStore store(Home home, Config config, boolean acceptLoss, InstantSource clock) throws CannotStart {
        try {
            return Stores.open(home, config, AcceptedLoss.policy(home, acceptLoss, clock));
        } catch (IOException unusable) {
            throw new CannotStart(
                    "the store in " + Stores.place(home, config) + " cannot be used: " + unusable.getMessage() + StartChecks.cure(unusable),
                    unusable);
        }
    }

    static Alerts alerts(
            Home home,
            Config config,
            Papers papers,
            Alerts.Seal seal,
            InternalStore store,
            CaseMatchSource matches,
            Release release,
            Standing standing,
            InstantSource clock,
            CentreThreads threads)
            throws CannotStart, InterruptedException {
        try {
            return Alerts.open(
                    home, config, papers, Stores.leases(store, config), seal, matches, release, standing, clock, threads);
        } catch (StoreUnavailable unavailable) {
            throw new CannotStart("the store cannot be used: " + unavailable.getMessage(), unavailable);
        } catch (IOException unusable) {
            throw new CannotStart("the alerts in " + home.alerts() + " cannot be used: " + unusable.getMessage()
                    + StartChecks.cure(unusable), unusable);
        }
    }

    /** The centre's own entry in its trust list is the card it gave to others. */
    static String identity(LiveTrust trust, Config config) throws CannotStart {
        return trust.centre(config.name())
                .map(TrustedCentre::identity)
                .orElseThrow(() -> new CannotStart(
                        "the trust list does not hold the centre " + config.name() + " itself; restore it from a backup", null));
    }

    static CardTokeniser cards(Home home) throws IOException {
        return CardTokeniser.keyed(new SecretKeySpec(Files.readAllBytes(home.cardKey()), "HmacSHA256"));
    }

    static PartnerBook book(Home home, Config config, CentreKeys keys, InstantSource clock)
            throws CannotStart, ConfigException, IOException {
        try {
            return new PartnerBook(home, keys.publicKey().kid(), config.feeds().pollInterval(), clock);
        } catch (TrustListRejected rejected) {
            String words = (rejected.getMessage().contains("trust.json") ? "" : home.trust() + ": ") + rejected.getMessage();
            throw new CannotStart(rejected.reason() == TrustListRejected.Reason.EXPIRED || words.contains("restore")
                    ? words
                    : words + "; restore it from a backup together with " + home.trust() + ".sequence", rejected);
        }
    }

    static TlsEngine engine(Config config) throws CannotStart {
        try {
            return TlsEngine.choose(config.tls().engine());
        } catch (IllegalStateException missing) {
            throw new CannotStart(missing.getMessage(), missing);
        }
    }
}
