package uz.koprik.gateway.recalls;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.clock.Admission;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.RecalledObjects;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.stix.RecallReceipt;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.stix.Tombstone;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * Does at this centre what recalls ask, and signs the receipts. Everything may be done again: at each start, when the
 * producer asks again, and for a while after a recall came, for what was on its way in at that moment.
 */
public final class RecallKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(RecallKeeper.class);

    private final RecallBook book;
    private final RecallReach reach;
    private final Intake intake;
    private final LocalCentre centre;
    private final Admission admission;

    RecallKeeper(RecallBook book, RecallReach reach, Intake intake, LocalCentre centre, Admission admission) {
        this.book = book;
        this.reach = reach;
        this.intake = intake;
        this.centre = centre;
        this.admission = admission;
    }

    /**
     * Puts a recall in force here; durable when this returns. One at a time: who comes second would not find what the
     * first withdrew, and say that it was never here.
     */
    synchronized RecallRecord settle(RecallRecord record) throws StoreUnavailable, DamagedRecalls {
        admission.require();
        RecallRecord now = book.find(record.recall().id()).orElse(record);
        return book.ours(now) ? settleOurs(now) : settleReceived(now);
    }

    /** The last version of an object of this centre that anybody can have. */
    long newest(EntryMetadata object) throws StoreUnavailable {
        return intake.recalledObjects().newest(object);
    }

    private RecallRecord settleOurs(RecallRecord record) throws StoreUnavailable, DamagedRecalls {
        Recall recall = record.recall();
        RecalledObjects objects = intake.recalledObjects();
        List<Entry> covered = objects.covered(recall);
        if (covered.isEmpty()) {
            return record;
        }
        Entry latest = objects.latest(recall).orElseThrow();
        boolean withdraws = recall.act() == Recall.Act.WITHDRAW;
        RecallRecord known = record;
        if (latest.facts().version() <= recall.version()) {
            List<RecallRecord.Target> targets = reach.ofOurs(covered);
            known = book.change(record, now -> now.withTargets(targets));
            StixObject stored = StoredObject.stix(latest);
            if (withdraws) {
                publish(Tombstone.of(stored, book.now()));
            } else if (EffectiveMarking.own(stored)
                    .filter(tlp -> tlp.or(recall.tlp().orElseThrow()) == tlp)
                    .isEmpty()) {
                publish(Tombstone.narrowed(stored, recall.tlp().orElseThrow(), book.now()));
            }
        } else {
            known = settleEarlier(record, covered);
        }
        if (withdraws) {
            objects.withdraw(recall, covered, centre.name());
        }
        return known;
    }

    /** There is a later version, which the recall does not mean. */
    private RecallRecord settleEarlier(RecallRecord record, List<Entry> covered)
            throws StoreUnavailable, DamagedRecalls {
        List<Entry> open = wider(covered, record.recall());
        if (open.isEmpty()) {
            return record;
        }
        List<RecallRecord.Target> targets = reach.ofOurs(open);
        RecallRecord known = book.change(record, now -> now.withTargets(targets));
        if (record.recall().tlp().isPresent()) {
            intake.recalledObjects().narrow(open, record.recall().tlp().get());
        }
        return known;
    }

    /** Those on which a recall still has to act. */
    private static List<Entry> wider(List<Entry> covered, Recall recall) {
        return covered.stream()
                .filter(entry -> recall.tlp()
                        .filter(tlp -> entry.release().tlp().compareTo(tlp) >= 0)
                        .isEmpty())
                .toList();
    }

    private void publish(JsonObject version) throws StoreUnavailable {
        Outcome outcome = intake.take(
                        List.of(new IncomingObject(CanonicalJson.bytes(version), "recall")),
                        new Source.Account(centre.name(), true))
                .getFirst();
        if (outcome.refusal().isPresent()) {
            throw new StoreUnavailable(
                    "the version that follows a recall was refused: "
                            + outcome.refusal().get().reason(),
                    null);
        }
    }

    private RecallRecord settleReceived(RecallRecord record) throws StoreUnavailable, DamagedRecalls {
        Recall recall = record.recall();
        RecalledObjects objects = intake.recalledObjects();
        List<Entry> covered = objects.covered(recall);
        List<Entry> open = wider(covered, recall);
        RecallRecord known = record;
        if (!open.isEmpty()) {
            List<RecallRecord.Target> targets = reach.of(open, upstream(record));
            known = book.change(record, now -> now.withTargets(targets));
            if (recall.act() == Recall.Act.WITHDRAW) {
                objects.withdraw(recall, open, book.producer(record));
            } else {
                objects.narrow(open, recall.tlp().orElseThrow());
            }
            LOG.info(
                    "{} recalled {} ({}): {} versions here follow it",
                    book.producer(record),
                    recall.object(),
                    recall.act().word(),
                    open.size());
        }
        return receipted(known, !covered.isEmpty());
    }

    private Set<String> upstream(RecallRecord record) {
        Set<String> names = new HashSet<>(Set.of(record.from()));
        book.speaker(record.recall().producer()).map(TrustedCentre::name).ifPresent(names::add);
        return names;
    }

    /** What is in the book decides, also when another gateway settled the recall meanwhile: done stays done. */
    private RecallRecord receipted(RecallRecord record, boolean found) throws StoreUnavailable, DamagedRecalls {
        return book.change(record, now -> {
            Optional<RecallReceipt> before = now.receipt(centre.identity()).map(RecallRecord.SignedReceipt::receipt);
            boolean done = found
                    || before.filter(old -> old.outcome() == RecallReceipt.Outcome.DONE)
                            .isPresent();
            RecallReceipt.Outcome outcome = done ? RecallReceipt.Outcome.DONE : RecallReceipt.Outcome.ABSENT;
            List<RecallReceipt.HandedOn> handedOn = now.targets().stream()
                    .map(target -> new RecallReceipt.HandedOn(target.name(), target.identity(), target.sent()))
                    .toList();
            boolean same = before.filter(
                            old -> old.outcome() == outcome && old.handedOn().equals(handedOn))
                    .isPresent();
            Instant least = before.map(old -> old.created().plusMillis(1)).orElse(Instant.EPOCH);
            return same
                    ? now
                    : now.withReceipt(
                            signed(now.object().digest(), now.recall(), outcome, handedOn, "", least), book::proves);
        });
    }

    /** A receipt of this centre that it did nothing. */
    RecallRecord.SignedReceipt refusal(String digest, Recall recall, String reason) throws StoreUnavailable {
        admission.require();
        return signed(digest, recall, RecallReceipt.Outcome.REFUSED, List.of(), reason, Instant.EPOCH);
    }

    private RecallRecord.SignedReceipt signed(
            String digest,
            Recall recall,
            RecallReceipt.Outcome outcome,
            List<RecallReceipt.HandedOn> handedOn,
            String reason,
            Instant least) {
        Instant now = book.now();
        Instant created = now.truncatedTo(ChronoUnit.MILLIS);
        RecallReceipt receipt = new RecallReceipt(
                RecallReceipt.TYPE + "--" + UUID.randomUUID(),
                created.isBefore(least) ? least : created,
                centre.identity(),
                recall.id(),
                digest,
                recall.object(),
                outcome,
                handedOn,
                reason);
        return new RecallRecord.SignedReceipt(
                StixWriter.signed(receipt.json(), centre.signer(), now), receipt, now, "", true);
    }

    /** Puts in force again what is in the book, since a restored store may have it in view. For the start. */
    public void settleAll() {
        book.all().forEach(this::settleQuietly);
    }

    /** The same for recalls that came since {@code moment}. */
    void settleSince(Instant moment) {
        book.all().stream().filter(record -> record.firstSeen().isAfter(moment)).forEach(this::settleQuietly);
    }

    private void settleQuietly(RecallRecord record) {
        try {
            settle(record);
        } catch (StoreUnavailable away) {
            LOG.warn("the recall {} waits: {}", record.recall().id(), away.getMessage());
        } catch (DamagedRecalls damaged) {
            LOG.error("the recall {} waits: {}", record.recall().id(), damaged.getMessage());
        }
    }
}
