package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListFile;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.agreements.AgreedPartners;
import uz.koprik.gateway.agreements.AgreementBook;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.partners.PartnersFile;
import uz.koprik.indicators.store.StoreUnavailable;

/** The home under examination. What is slow to read is read once. For one thread. */
final class Examined {

    private final Home home;
    private final InstantSource clock;
    private final Machine machine;
    private final Duration patience;
    private Config config;
    private CentreKeys keys;
    private TrustList trust;
    private List<PartnerAnswer> answers;
    private Optional<OwnAnswer> own;

    /** @param patience for the answer of a partner, all being asked at once */
    Examined(Home home, InstantSource clock, Machine machine, Duration patience) {
        this.home = home;
        this.clock = clock;
        this.machine = machine;
        this.patience = patience;
    }

    Home home() {
        return home;
    }

    Machine machine() {
        return machine;
    }

    InstantSource clock() {
        return clock;
    }

    Instant now() {
        return clock.instant();
    }

    Config config() throws ConfigException {
        if (config == null) {
            config = ConfigFile.read(home.config());
        }
        return config;
    }

    /** Whether the store is in files of this machine, and with it the state of feeds. */
    boolean ownStore() throws ConfigException {
        return config().store().kind() == Config.StoreKind.LUCENE;
    }

    CentreKeys keys() throws StartFailure, IOException {
        if (keys == null) {
            keys = Gateway.keys(home);
        }
        return keys;
    }

    /** The trust list, expired or not. */
    TrustList trust() throws StartFailure, IOException, TrustListRejected {
        if (trust == null) {
            trust = new TrustListFile(home.trust())
                    .loadForRenewal(keys().publicKey().kid());
        }
        return trust;
    }

    List<PartnerSettings> partners() throws ConfigException {
        return new PartnersFile(home.partners(), home.root())
                .read(config().feeds().pollInterval());
    }

    /** What both sides signed, as far as the home holds it; on a cluster the gateways share it. */
    AgreementBook agreements() throws StartFailure, IOException, TrustListRejected, StoreUnavailable {
        TrustList list = trust();
        AgreementBook book = new AgreementBook(new FileStateStore(home.state()), () -> list, clock);
        book.refresh();
        return book;
    }

    /** The settings of partners under the terms that both sides signed; those of the file where a cluster has these. */
    Partners agreed() throws StartFailure, IOException, TrustListRejected, StoreUnavailable, ConfigException {
        Partners file = new PartnersFile.Live(partners());
        return ownStore()
                ? new AgreedPartners(file, agreements(), config().agreements().required(), clock)
                : file;
    }

    /** The own card in the home; empty when it cannot be read, which the check of files reports. */
    Optional<CentreCard> card() throws IOException {
        try {
            return Files.exists(home.ownCard())
                    ? Optional.of(CentreCard.read(Files.readAllBytes(home.ownCard())))
                    : Optional.empty();
        } catch (uz.koprik.crypto.trust.CardRejected unreadable) {
            return Optional.empty();
        }
    }

    /** What the partners answered, in the order of their names. */
    List<PartnerAnswer> answers() throws IOException, ConfigException, StartFailure, TrustListRejected {
        if (answers == null) {
            answers = PartnerAnswer.all(this, patience);
        }
        return answers;
    }

    /** What the running centre says of itself; empty when it does not run. */
    Optional<OwnAnswer> own() throws IOException, StartFailure, ConfigException {
        if (own == null) {
            own = OwnAnswer.of(this, patience);
        }
        return own;
    }
}
