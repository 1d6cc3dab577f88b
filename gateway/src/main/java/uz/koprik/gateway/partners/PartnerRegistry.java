package uz.koprik.gateway.partners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.trust.KeyFileRejected;
import uz.koprik.crypto.trust.OtherKey;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListFile;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;

/**
 * The trust list and the settings of partners as a running centre uses them: read at start, and again when an operator
 * changed one of the files. A changed file that cannot be used is reported in the log, and what was read before stays
 * in force.
 */
public final class PartnerRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(PartnerRegistry.class);

    private final TrustListFile trustFile;
    private final Path trustPath;
    private final PartnersFile partnersFile;
    private final Path partnersPath;
    private final LiveKeys keys;
    private final Duration pullInterval;
    private final InstantSource clock;
    private final LiveTrust trust;
    private final PartnersFile.Live partners;
    private Optional<Stamp> trustStamp;
    private Optional<Stamp> partnersStamp;
    private final Path keyPath;
    private Optional<Stamp> keyStamp;

    /**
     * By what a changed file is recognised; files are replaced, never written into, so the key alone is nearly always
     * enough.
     */
    private record Stamp(Object fileKey, long size, long modified) {}

    /**
     * Reads both files. The trust list may have expired: {@code TrustGate} refuses until it is renewed.
     *
     * @param keys of this centre; the signing key signs the trust list
     * @param pullInterval for partners whose settings do not say
     */
    public PartnerRegistry(Home home, LiveKeys keys, Duration pullInterval, InstantSource clock)
            throws IOException, TrustListRejected, ConfigException {
        this.trustPath = home.trust();
        this.partnersPath = home.partners();
        this.trustFile = new TrustListFile(trustPath);
        this.partnersFile = new PartnersFile(partnersPath, home.root());
        this.keys = keys;
        this.pullInterval = pullInterval;
        this.clock = clock;
        this.keyPath = home.keyFile();
        this.keyStamp = stamp(keyPath);
        this.trustStamp = stamp(trustPath);
        this.partnersStamp = stamp(partnersPath);
        this.trust = new LiveTrust(load());
        List<PartnerSettings> read = partnersFile.read(pullInterval);
        this.partners = new PartnersFile.Live(read);
        warnOfEndedAgreements(read);
    }

    /** Whom this centre believes. */
    public LiveTrust trust() {
        return trust;
    }

    /** How it deals with partners. */
    public Partners partners() {
        return partners;
    }

    /**
     * Reads what has changed since the last look. Cheap when nothing has.
     *
     * @return whether anything was taken over
     */
    public synchronized boolean refresh() {
        boolean changed = false;
        Optional<Stamp> trustNow = stamp(trustPath);
        if (!Objects.equals(trustNow, trustStamp)) {
            trustStamp = trustNow;
            changed |= refreshTrust();
        }
        Optional<Stamp> partnersNow = stamp(partnersPath);
        if (!Objects.equals(partnersNow, partnersStamp)) {
            partnersStamp = partnersNow;
            changed |= refreshPartners();
        }
        return changed;
    }

    private boolean refreshTrust() {
        try {
            trust.replace(changed());
            LOG.info(
                    "the trust list changed: number {}, {} centres",
                    trust.list().sequence(),
                    trust.list().centres().size());
            return true;
        } catch (IOException | TrustListRejected | KeyFileRejected unusable) {
            LOG.error(
                    "the changed trust list cannot be used, the one read before stays in force: {}",
                    unusable.getMessage());
            return false;
        }
    }

    /** The list in the file. Commands that change keys write the key file first, then the list. */
    private TrustList changed() throws IOException, TrustListRejected, KeyFileRejected {
        Optional<Stamp> keysNow = stamp(keyPath);
        if (!keysNow.equals(keyStamp)) {
            keyStamp = keysNow;
            String before = keys.kid();
            if (keys.reread()) {
                LOG.warn("the signing key {} was replaced by {}, which signs from now on", before, keys.kid());
            }
        }
        return load();
    }

    /** A former key may have signed the list, when a change of keys was interrupted; the next renewal signs it anew. */
    private TrustList load() throws IOException, TrustListRejected {
        try {
            return trustFile.loadForRenewal(keys.kid());
        } catch (TrustListRejected rejected) {
            if (rejected.reason() == TrustListRejected.Reason.BAD_SIGNATURE) {
                for (OtherKey other : keys.now().otherSigning()) {
                    if (other.kind() == OtherKey.Kind.FORMER) {
                        try {
                            return trustFile.loadForRenewal(other.kid());
                        } catch (TrustListRejected another) {
                            LOG.debug("key {} did not sign the trust list", other.kid(), another);
                        }
                    }
                }
            }
            throw rejected;
        }
    }

    private boolean refreshPartners() {
        try {
            List<PartnerSettings> read = partnersFile.read(pullInterval);
            partners.replace(read);
            LOG.info("the settings of partners changed: {} partners", read.size());
            warnOfEndedAgreements(read);
            return true;
        } catch (ConfigException unusable) {
            LOG.error("{}; the settings of partners read before stay in force", unusable.getMessage());
            return false;
        }
    }

    private void warnOfEndedAgreements(List<PartnerSettings> read) {
        for (PartnerSettings partner : read) {
            if (!partner.agreement().inForce(clock.instant())) {
                LOG.warn(
                        "{}: the agreement with {} ended on {}, so it is given nothing; if it goes on, correct valid_until",
                        partnersPath.getFileName(),
                        partner.name(),
                        partner.agreement().validUntil().orElseThrow());
            }
        }
    }

    private static Optional<Stamp> stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(
                    attributes.fileKey(),
                    attributes.size(),
                    attributes.lastModifiedTime().toMillis()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
