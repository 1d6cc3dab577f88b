package uz.koprik.gateway.redactions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.recalls.DamagedRecalls;
import uz.koprik.gateway.recalls.RecallBook;
import uz.koprik.gateway.recalls.RecallDesk;
import uz.koprik.gateway.recalls.RecallRecord;
import uz.koprik.gateway.recalls.RecallRefused;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.MarkingDefinitions;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.stix.ReleaseMarking;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * Lets redactions end with their originals: what its producer recalls, narrows or revokes, and what is withdrawn here,
 * takes its redactions along. A later version that is stricter as a whole narrows them. It compares what is there, so
 * that a missed moment, a restart or a second gateway changes nothing.
 */
public final class RedactionKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(RedactionKeeper.class);

    /** Partners read it, and nothing of the reason that was given to those who have the original. */
    private static final String REASON = "the object of which this is a redaction was taken back or narrowed";

    /** How often it looks at most while objects come in. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final KnownRedactions known;
    private final Intake intake;
    private final Release release;
    private final RecallBook recalls;
    private final RecallDesk desk;
    private final LongSupplier lastSeq;
    private final InstantSource clock;
    private final Recipient everything;
    private long lookedAt = -1;
    private long generation = -1;
    private Instant next = Instant.EPOCH;

    /** @param lastSeq the end of the sequence */
    public RedactionKeeper(
            Intake intake,
            Release release,
            RecallBook recalls,
            RecallDesk desk,
            LongSupplier lastSeq,
            InstantSource clock) {
        this.known = new KnownRedactions(release, intake.localCentre());
        this.intake = intake;
        this.release = release;
        this.recalls = recalls;
        this.desk = desk;
        this.lastSeq = lastSeq;
        this.clock = clock;
        this.everything = new Recipient.Analyst(intake.localCentre().name(), CaseUnits.ALL);
    }

    /** Does what is due; call it every second. Blocks. */
    public synchronized void look() {
        long seq = lastSeq.getAsLong();
        long recalled = recalls.generation();
        Instant now = clock.instant();
        if (recalled == generation && (seq == lookedAt || now.isBefore(next))) {
            return;
        }
        try {
            for (KnownRedactions.Known redaction : known.all(everything)) {
                if (!redaction.revoked()) {
                    follow(redaction);
                }
            }
            lookedAt = seq;
            generation = recalled;
            next = now.plus(PAUSE);
        } catch (StoreUnavailable away) {
            LOG.warn("redactions do not follow their originals now: {}", away.getMessage());
        } catch (DamagedRecalls damaged) {
            LOG.error("redactions do not follow their originals: {}", damaged.getMessage());
        }
    }

    private void follow(KnownRedactions.Known redaction) throws StoreUnavailable, DamagedRecalls {
        String original = redaction.origin().original();
        Optional<Entry> latest = release.latest(everything, original);
        boolean withdrawn = latest.isEmpty() && intake.holds(original);
        Optional<Tlp> narrowed = Optional.empty();
        for (RecallRecord record : recalls.ofObject(original)) {
            if (covers(record.recall(), redaction)) {
                withdrawn |= record.recall().act() == Recall.Act.WITHDRAW;
                narrowed = narrowest(narrowed, record.recall().tlp());
            }
        }
        if (latest.filter(entry -> known.outdated(redaction, entry)).isPresent()) {
            StixObject whole = StoredObject.stix(latest.get());
            withdrawn |= limited(whole, redaction);
            narrowed = narrowest(narrowed, ofTheWhole(whole));
        }
        Tlp now = redaction.entry().release().tlp();
        if (withdrawn) {
            recall(redaction, Optional.empty());
        } else if (narrowed.filter(tlp -> tlp.compareTo(now) > 0).isPresent()) {
            recall(redaction, narrowed);
        } else if (latest.filter(entry -> entry.facts().revoked()).isPresent()) {
            revoke(redaction);
        }
    }

    /**
     * Whether a recall is about the version of which this is a redaction; that is out of view when it was withdrawn.
     */
    private boolean covers(Recall recall, KnownRedactions.Known redaction) throws StoreUnavailable {
        for (Entry version : release.versions(everything, recall.object())) {
            if (known.edition(version).equals(redaction.origin().edition())) {
                return version.facts().version() <= recall.version()
                        && version.facts()
                                .producer()
                                .filter(recall.producer()::equals)
                                .isPresent();
            }
        }
        return true;
    }

    private static Optional<Tlp> narrowest(Optional<Tlp> one, Optional<Tlp> other) {
        return one.isEmpty() || other.isEmpty()
                ? one.or(() -> other)
                : Optional.of(one.get().or(other.get()));
    }

    private static Optional<Tlp> ofTheWhole(StixObject whole) {
        return whole.markingRefs().stream()
                .flatMap(ref -> Markings.tlp(ref).stream())
                .reduce(Tlp::or);
    }

    /**
     * Whether a later version bears a marking as a whole, and more than a statement, that the redaction does not bear.
     */
    private boolean limited(StixObject whole, KnownRedactions.Known redaction) throws StoreUnavailable {
        List<String> borne = StoredObject.stix(redaction.entry()).markingRefs();
        for (String ref : whole.markingRefs()) {
            if (Markings.tlp(ref).isEmpty() && !borne.contains(ref)) {
                Optional<StixObject> definition =
                        release.latest(everything, ref).map(StoredObject::stix);
                if (definition.filter(MarkingDefinitions::understood).isEmpty()
                        || definition.flatMap(ReleaseMarking::of).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    private void recall(KnownRedactions.Known redaction, Optional<Tlp> narrow) throws StoreUnavailable, DamagedRecalls {
        try {
            desk.recall(List.of(redaction.id()), narrow, REASON, everything);
        } catch (RecallRefused refused) {
            LOG.warn("the redaction {} is not recalled with its original: {}", redaction.id(), refused.getMessage());
        }
    }

    private void revoke(KnownRedactions.Known redaction) throws StoreUnavailable {
        Entry entry = redaction.entry();
        byte[] revoked = CanonicalJson.bytes(StixWriter.nextVersion(StoredObject.stix(entry), clock.instant())
                .with("revoked", new JsonBoolean(true)));
        Outcome outcome = intake.take(
                        List.of(new IncomingObject(
                                revoked,
                                "revocation of a redaction",
                                Optional.of(entry.facts().version()))),
                        new Source.Account(intake.localCentre().name(), true))
                .getFirst();
        outcome.refusal()
                .ifPresent(refusal -> LOG.warn(
                        "the redaction {} is not revoked with its original: {}", redaction.id(), refusal.reason()));
    }
}
