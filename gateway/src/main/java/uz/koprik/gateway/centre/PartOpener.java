package uz.koprik.gateway.centre;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.trust.KeyFileRejected;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.alerts.AlertNames;
import uz.koprik.gateway.alerts.Alerts;
import uz.koprik.gateway.auth.AccountStatus;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.casematch.CaseMatchSource;
import uz.koprik.gateway.clock.ClockWrong;
import uz.koprik.gateway.clock.TrustExpired;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.http.TlsEngine;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.partners.LiveKeys;
import uz.koprik.gateway.partners.LiveTrust;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.PartnerRegistry;
import uz.koprik.gateway.recalls.RecallBook;
import uz.koprik.gateway.release.Release;
import uz.koprik.gateway.renewal.KeyRenewal;
import uz.koprik.indicators.observable.CardTokeniser;
import uz.koprik.indicators.stix.IdentityWriter;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/** Opens parts of a centre; what keeps one from opening is reported as a cause, a place and a cure. */
final class PartOpener {

    private static final Logger LOG = LoggerFactory.getLogger(PartOpener.class);

    private PartOpener() {}

    /** Partners read who we are from the first object of the sequence. */
    static void publishIdentity(InternalStore store, Intake intake, LocalCentre localCentre, Config config, Instant now)
            throws StartFailure {
        try {
            if (store.latest(localCentre.identity()).isEmpty()) {
                StixObject identity =
                        IdentityWriter.write(localCentre.identity(), config.title(), "", localCentre.signer(), now);
                Outcome outcome = intake.take(
                                List.of(new IncomingObject(identity.bytes(), "identity of this centre")),
                                new Source.Account(localCentre.name(), false))
                        .getFirst();
                outcome.refusal().ifPresent(refusal -> LOG.error("our own identity was refused: {}", refusal.reason()));
            }
        } catch (ClockWrong | TrustExpired wrong) {
            throw new StartFailure(wrong.getMessage(), wrong);
        } catch (StoreUnavailable unavailable) {
            throw new StartFailure("the store cannot be used: " + unavailable.getMessage(), unavailable);
        }
    }

    static InternalStore store(Home home, Config config, boolean acceptLoss, InstantSource clock) throws StartFailure {
        try {
            return StoreOpener.open(home, config, AcceptedLoss.policy(home, acceptLoss, clock), clock);
        } catch (IOException unusable) {
            throw new StartFailure(
                    "the store in " + StoreOpener.place(home, config) + " cannot be used: " + unusable.getMessage()
                            + StartChecks.cure(unusable),
                    unusable);
        }
    }

    static Alerts alerts(
            Home home,
            Config config,
            StateStore stateStore,
            Alerts.Seal seal,
            InternalStore store,
            CaseMatchSource matches,
            Release release,
            AccountStatus accountStatus,
            AlertNames names,
            LiveTrust trust,
            RecallBook recalls,
            InstantSource clock,
            CentreThreads threads)
            throws StartFailure, InterruptedException {
        try {
            return Alerts.open(
                    home,
                    config,
                    stateStore,
                    StoreOpener.leases(store, config),
                    seal,
                    matches,
                    release,
                    accountStatus,
                    names,
                    trust,
                    recalls,
                    clock,
                    threads);
        } catch (StoreUnavailable unavailable) {
            throw new StartFailure("the store cannot be used: " + unavailable.getMessage(), unavailable);
        } catch (IOException unusable) {
            throw new StartFailure(
                    "the alerts in " + home.alerts() + " cannot be used: " + unusable.getMessage()
                            + StartChecks.cure(unusable),
                    unusable);
        }
    }

    /** The centre's own entry in its trust list is the card it gave to others. */
    static String identity(LiveTrust trust, Config config) throws StartFailure {
        return trust.centre(config.name())
                .map(TrustedCentre::identity)
                .orElseThrow(() -> new StartFailure(
                        "the trust list does not hold the centre " + config.name()
                                + " itself; restore it from a backup",
                        null));
    }

    static CardTokeniser cards(Home home) throws IOException {
        return CardTokeniser.keyed(new SecretKeySpec(Files.readAllBytes(home.cardKey()), "HmacSHA256"));
    }

    static PartnerRegistry book(Home home, Config config, LiveKeys keys, InstantSource clock)
            throws StartFailure, ConfigException, IOException {
        try {
            return new PartnerRegistry(home, keys, config.feeds().pollInterval(), clock);
        } catch (TrustListRejected rejected) {
            String words =
                    (rejected.getMessage().contains("trust.json") ? "" : home.trust() + ": ") + rejected.getMessage();
            throw new StartFailure(
                    words.contains("restore")
                            ? words
                            : words + "; restore it from a backup together with " + home.trust() + ".sequence",
                    rejected);
        }
    }

    static TlsEngine engine(Config config) throws StartFailure {
        try {
            return TlsEngine.choose(config.tls().engine());
        } catch (IllegalStateException missing) {
            throw new StartFailure(missing.getMessage(), missing);
        }
    }

    /** What changes the signing key before it ends. */
    static KeyRenewal keyRenewal(Home home, Config config, LiveKeys keys) throws StartFailure, IOException {
        try {
            return new KeyRenewal(home, config, keys::now, Gateway.passphrase(home));
        } catch (KeyFileRejected rejected) {
            throw new StartFailure(rejected.getMessage(), rejected);
        }
    }
}
