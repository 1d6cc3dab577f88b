package uz.koprik.gateway.recalls;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.crypto.trust.Verifier;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.stix.RecallReceipt;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/** Takes signed recalls and receipts that a partner sends. Each is judged alone; one that is refused stops no other. */
final class RecallIntake {

    private static final Logger LOG = LoggerFactory.getLogger(RecallIntake.class);

    /** Longest recall or receipt, in bytes. */
    static final int MOST_BYTES = 256 << 10;

    private static final int MOST_UNPROVEN = 500;

    private final RecallBook book;
    private final RecallKeeper keeper;
    private final Release release;
    private final Trust trust;
    private final Partners partners;

    RecallIntake(RecallBook book, RecallKeeper keeper, Release release, Trust trust, Partners partners) {
        this.book = book;
        this.keeper = keeper;
        this.release = release;
        this.trust = trust;
        this.partners = partners;
    }

    /**
     * Takes what is new of these pieces; durable and in force when this returns.
     *
     * @param sender proven by its TLS key
     * @return receipts of this centre for recalls that it refused and keeps nothing of
     */
    List<StixObject> take(TrustedCentre sender, List<byte[]> pieces) throws StoreUnavailable, DamagedRecalls {
        List<StixObject> refusals = new ArrayList<>();
        List<StixObject> receipts = new ArrayList<>();
        for (byte[] bytes : pieces) {
            try {
                if (bytes.length > MOST_BYTES) {
                    throw refused("a recall or receipt has at most " + MOST_BYTES + " bytes");
                }
                StixObject object = StixReader.read(bytes);
                if (object.type().equals(RecallReceipt.TYPE)) {
                    receipts.add(object);
                } else {
                    recall(sender, object).ifPresent(refusals::add);
                }
            } catch (InvalidObject invalid) {
                LOG.warn("{}: a part of a recall is refused: {}", sender.name(), invalid.getMessage());
            } catch (RecallRefused wrong) {
                LOG.warn("{}: a part of a recall is refused: {}", sender.name(), wrong.getMessage());
            }
        }
        for (StixObject object : receipts) {
            try {
                receipt(sender, object);
            } catch (InvalidObject invalid) {
                LOG.warn("{}: {} is refused: {}", sender.name(), object.id(), invalid.getMessage());
            } catch (RecallRefused wrong) {
                LOG.warn("{}: {} is refused: {}", sender.name(), object.id(), wrong.getMessage());
            }
        }
        return refusals;
    }

    /** @return a receipt when the recall is refused */
    private Optional<StixObject> recall(TrustedCentre sender, StixObject object)
            throws InvalidObject, RecallRefused, StoreUnavailable, DamagedRecalls {
        Recall recall = Recall.read(object);
        Optional<RecallRecord> known = book.find(recall.id());
        if (known.isPresent() && known.get().object().digest().equals(object.digest())) {
            reachedBy(known.get(), sender);
            return Optional.empty();
        }
        try {
            if (known.isPresent()) {
                throw refused(RecallDetail.CHANGED);
            }
            RecallRecord record = judged(sender, object, recall);
            keeper.settle(book.add(record));
            return Optional.empty();
        } catch (RecallRefused wrong) {
            LOG.warn("{}: the recall {} is refused: {}", sender.name(), recall.id(), wrong.getMessage());
            return Optional.of(
                    keeper.refusal(object.digest(), recall, wrong.getMessage()).object());
        }
    }

    /** A partner that shows this centre's own recall has it, also when a restored book did not say so. */
    private void reachedBy(RecallRecord record, TrustedCentre sender) throws StoreUnavailable, DamagedRecalls {
        if (book.ours(record) && !record.goesTo(sender.identity())) {
            book.change(record, now -> now.withTargets(List.of(target(sender))));
        }
    }

    private static RecallRecord.Target target(TrustedCentre centre) {
        return new RecallRecord.Target(centre.name(), Optional.of(centre.identity()), true);
    }

    private RecallRecord judged(TrustedCentre sender, StixObject object, Recall recall)
            throws RecallRefused, StoreUnavailable {
        Instant now = book.now();
        if (recall.created().isAfter(now.plus(Verifier.CLOCK_SKEW))) {
            throw refused(RecallDetail.FUTURE);
        }
        if (book.size() >= RecallBook.MOST_RECALLS) {
            throw refused(RecallDetail.FULL, RecallBook.MOST_RECALLS);
        }
        if (!proven(object, recall.producer(), now)) {
            throw refused(RecallDetail.UNKNOWN_PRODUCER);
        }
        boolean ours = book.speaker(recall.producer())
                .filter(centre -> centre.name().equals(book.own().name()))
                .isPresent();
        if (!ours && madeByAnother(sender, recall)) {
            throw refused(RecallDetail.NOT_ITS_OBJECT);
        }
        return new RecallRecord(
                object,
                recall,
                now,
                ours ? "" : sender.name(),
                ours ? List.of(target(sender)) : List.of(),
                List.of(),
                Map.of());
    }

    /** Whether a key of the identity signed; false when that centre is unknown here. */
    private boolean proven(StixObject object, String identity, Instant now) throws RecallRefused {
        if (book.speaker(identity).isEmpty()) {
            return false;
        }
        try {
            new Verifier(book.trust()).verify(object.signedPayload(), object.signatures(), now, identity);
            return true;
        } catch (SignatureRejected rejected) {
            throw refused(RecallDetail.SIGNATURE, rejected.getMessage());
        }
    }

    /** Only as far as the sender may know of the object: a refusal must not disclose one. */
    private boolean madeByAnother(TrustedCentre sender, Recall recall) throws StoreUnavailable {
        Recipient recipient =
                trust.recipient(sender.name(), partners.partner(sender.name()).agreement());
        List<Entry> shown = release.versions(recipient, recall.object());
        return !shown.isEmpty()
                && shown.stream().noneMatch(entry -> entry.facts()
                        .producer()
                        .filter(recall.producer()::equals)
                        .isPresent());
    }

    private void receipt(TrustedCentre sender, StixObject object)
            throws InvalidObject, RecallRefused, StoreUnavailable, DamagedRecalls {
        RecallReceipt receipt = RecallReceipt.read(object);
        RecallRecord record =
                book.find(receipt.recall()).orElseThrow(() -> refused("this centre knows no recall with that id"));
        if (receipt.centre().equals(book.own().identity())) {
            return;
        }
        boolean own = receipt.centre().equals(sender.identity());
        if (!own && !record.goesTo(sender.identity())) {
            throw refused("the recall did not go to " + sender.name());
        }
        if (!record.object().digest().equals(receipt.digest())
                || !record.recall().object().equals(receipt.object())) {
            throw refused("it speaks of another recall");
        }
        if (receipt.created().isAfter(book.now().plus(Verifier.CLOCK_SKEW))) {
            throw refused("it is of the future; one of the two clocks is wrong");
        }
        boolean proven = proven(object, receipt.centre(), book.now());
        if (!proven && record.receipt(receipt.centre()).isEmpty() && full(record)) {
            throw refused("there are " + MOST_UNPROVEN + " receipts of unknown centres for this recall already");
        }
        RecallRecord.SignedReceipt signed =
                new RecallRecord.SignedReceipt(object, receipt, book.now(), sender.name(), proven);
        book.change(record, now -> now.withReceipt(signed, book::proves));
    }

    /** Anybody can make up receipts of centres that are unknown here. The trust list bounds the others. */
    private boolean full(RecallRecord record) {
        return record.receipts().size() >= MOST_UNPROVEN
                && record.receipts().stream().filter(one -> !book.proves(one)).count() >= MOST_UNPROVEN;
    }

    private static RecallRefused refused(RecallDetail detail, Object... values) {
        return refused(detail.of(values).text());
    }

    private static RecallRefused refused(String reason) {
        return new RecallRefused(RecallRefused.Kind.INVALID, reason);
    }
}
