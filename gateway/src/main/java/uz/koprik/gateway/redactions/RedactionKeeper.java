package uz.koprik.gateway.redactions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import uz.koprik.indicators.policy.PersonalUse;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.MarkingDefinitions;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.stix.ReleaseMarking;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.stix.values.RedactionExtension;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * Lets redactions end with their originals: what its producer recalls, narrows or revokes, and what is withdrawn here,
 * takes its redactions along. So does what is erased. A later version that is stricter as a whole narrows them. It
 * compares what is there, so that a missed moment, a restart or a second gateway changes nothing.
 */
public final class RedactionKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(RedactionKeeper.class);

    /** Partners read it, and nothing of the reason that was given to those who have the original. */
    private static final String REASON = "the object of which this is a redaction was taken back, narrowed or erased";

    /** How often it looks at most while objects come in. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final KnownRedactions known;
    private final Intake intake;
    private final Release release;
    private final RecallBook recalls;
    private final RecallDesk desk;
    private final Tlp unmarked;
    private final LongSupplier lastSeq;
    private final InstantSource clock;
    private final Recipient everything;
    private long lookedAt = -1;
    private long generation = -1;
    private Instant next = Instant.EPOCH;

    /**
     * @param unmarked what an unmarked object counts as
     * @param lastSeq the end of the sequence
     */
    public RedactionKeeper(
            Intake intake,
            Release release,
            RecallBook recalls,
            RecallDesk desk,
            Tlp unmarked,
            LongSupplier lastSeq,
            InstantSource clock) {
        this.known = new KnownRedactions(release, intake.localCentre());
        this.intake = intake;
        this.release = release;
        this.recalls = recalls;
        this.desk = desk;
        this.unmarked = unmarked;
        this.lastSeq = lastSeq;
        this.clock = clock;
        this.everything = new Recipient.Analyst(intake.localCentre().name(), CaseUnits.ALL, PersonalUse.OF_CENTRE);
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
                    followEarlier(redaction);
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

    /** A recall can mean an earlier version of the original alone: then it means what was made of that. */
    private void followEarlier(KnownRedactions.Known redaction) throws StoreUnavailable, DamagedRecalls {
        if (recalls.ofObject(redaction.origin().original()).isEmpty()) {
            return;
        }
        for (Entry version : release.versions(everything, redaction.id()).reversed()) {
            Optional<RedactionExtension.Origin> origin = known.of(version);
            if (version.superseded() && origin.isPresent()) {
                List<Recall> meant = meant(origin.get());
                Optional<Tlp> narrowed =
                        meant.stream().flatMap(recall -> recall.tlp().stream()).reduce(Tlp::or);
                if (meant.stream().anyMatch(recall -> recall.act() == Recall.Act.WITHDRAW)) {
                    desk.recallEarlier(version, Optional.empty(), REASON);
                    return;
                }
                if (narrowed.filter(tlp -> tlp.compareTo(version.release().tlp()) > 0)
                        .isPresent()) {
                    desk.recallEarlier(version, narrowed, REASON);
                }
            }
        }
    }

    private void follow(KnownRedactions.Known redaction) throws StoreUnavailable, DamagedRecalls {
        String original = redaction.origin().original();
        Optional<Entry> latest = release.latest(everything, original);
        boolean withdrawn = latest.isEmpty() && intake.holds(original);
        Optional<Tlp> narrowed = Optional.empty();
        for (Recall recall : meant(redaction.origin())) {
            withdrawn |= recall.act() == Recall.Act.WITHDRAW;
            narrowed = narrowest(narrowed, recall.tlp());
        }
        if (latest.filter(entry -> known.outdated(redaction, entry)).isPresent()) {
            StixObject whole = StoredObject.stix(latest.get());
            withdrawn |= limited(whole, redaction);
            narrowed = narrowest(narrowed, Optional.of(EffectiveMarking.ofTheWhole(whole, unmarked)));
        }
        Tlp now = redaction.entry().release().tlp();
        boolean wider = narrowed.filter(tlp -> tlp.compareTo(now) > 0).isPresent();
        boolean revoked = latest.filter(entry -> entry.facts().revoked()).isPresent();
        // About a case file, a later version would go to nobody, and so not to those who have this one.
        boolean house = redaction.entry().release().house()
                || latest.filter(entry -> entry.release().house()).isPresent();
        if (withdrawn || (house && (wider || revoked))) {
            recall(redaction, Optional.empty());
        } else if (wider) {
            recall(redaction, narrowed);
        } else if (revoked) {
            revoke(redaction);
        }
    }

    /**
     * The recalls that mean the version of which this is a redaction. When that is out of view, it was withdrawn, and
     * all count.
     */
    private List<Recall> meant(RedactionExtension.Origin origin) throws StoreUnavailable {
        List<RecallRecord> all = recalls.ofObject(origin.original());
        if (all.isEmpty()) {
            return List.of();
        }
        for (Entry version : release.versions(everything, origin.original())) {
            if (known.edition(version).equals(origin.edition())) {
                return recalls.covering(version.facts());
            }
        }
        return all.stream().map(RecallRecord::recall).toList();
    }

    private static Optional<Tlp> narrowest(Optional<Tlp> one, Optional<Tlp> other) {
        return one.isEmpty() || other.isEmpty()
                ? one.or(() -> other)
                : Optional.of(one.get().or(other.get()));
    }

    /**
     * Whether a later version bears an unknown marking as a whole, or newly names recipients, a group or an embargo.
     * Two markings that name the same are alike.
     */
    private boolean limited(StixObject whole, KnownRedactions.Known redaction) throws StoreUnavailable {
        List<String> borne = StoredObject.stix(redaction.entry()).markingRefs();
        Set<ReleaseMarking> named = new HashSet<>();
        for (String ref : borne) {
            definition(ref).flatMap(ReleaseMarking::of).ifPresent(named::add);
        }
        for (String ref : whole.markingRefs()) {
            if (Markings.tlp(ref).isEmpty() && !borne.contains(ref)) {
                Optional<StixObject> definition = definition(ref).filter(MarkingDefinitions::understood);
                if (definition.isEmpty()
                        || definition
                                .flatMap(ReleaseMarking::of)
                                .filter(naming -> !named.contains(naming))
                                .isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    private Optional<StixObject> definition(String ref) throws StoreUnavailable {
        return Markings.tlp(ref).isPresent()
                ? Optional.empty()
                : release.latest(everything, ref).map(StoredObject::stix);
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
