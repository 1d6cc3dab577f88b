package uz.koprik.gateway.recalls;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.stix.RecallReceipt;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Looks whether partners that signed a receipt still show the object that this centre withdrew. It sees what they show
 * to this centre, and nothing else.
 */
public final class RecallProbe {

    private static final Logger LOG = LoggerFactory.getLogger(RecallProbe.class);

    /** From a receipt to each look. Receipts older than the last one are not looked at any more. */
    private static final List<Duration> LOOKS =
            List.of(Duration.ZERO, Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7));

    private final RecallBook book;
    private final RecallExchange exchange;
    private final Pages pages;
    private final Map<Looked, Integer> looks = new HashMap<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean closed;

    /** The pages of partners. */
    @FunctionalInterface
    public interface Pages {

        /**
         * The versions of an object that a partner shows to this centre.
         *
         * @throws IOException when there is no answer
         */
        List<byte[]> versions(String partner, String id) throws IOException;
    }

    /** One receipt. */
    private record Looked(String receipt, String recall) {}

    RecallProbe(RecallBook book, RecallExchange exchange, Pages pages) {
        this.book = book;
        this.exchange = exchange;
        this.pages = pages;
    }

    /** Begins the looks that are due. Returns at once; call it every few seconds. */
    void look() {
        if (!closed && running.compareAndSet(false, true)) {
            ThreadPools.virtualOnce("recall-probe", () -> {
                try {
                    round();
                } finally {
                    running.set(false);
                }
            });
        }
    }

    private void round() {
        Instant now = book.now();
        for (RecallRecord record : book.all()) {
            if (record.recall().act() != Recall.Act.WITHDRAW || !book.ours(record)) {
                continue;
            }
            for (RecallRecord.SignedReceipt receipt : record.receipts()) {
                Optional<TrustedCentre> centre = book.speaker(receipt.receipt().centre())
                        .filter(found -> !found.endpoint().isEmpty())
                        .filter(found -> record.goesTo(found.identity()));
                if (centre.isPresent()
                        && receipt.receipt().outcome() != RecallReceipt.Outcome.REFUSED
                        && due(record, receipt, now)
                        && !closed) {
                    look(record, centre.get());
                }
            }
        }
    }

    private boolean due(RecallRecord record, RecallRecord.SignedReceipt receipt, Instant now) {
        Looked one = new Looked(receipt.receipt().id(), record.recall().id());
        Duration age = Duration.between(receipt.firstSeen(), now);
        int passed =
                (int) LOOKS.stream().filter(look -> look.compareTo(age) <= 0).count();
        boolean due = passed > looks.getOrDefault(one, passed == LOOKS.size() ? passed : 0);
        looks.put(one, passed);
        return due;
    }

    private void look(RecallRecord record, TrustedCentre centre) {
        try {
            boolean shown = pages.versions(centre.name(), record.recall().object()).stream()
                    .anyMatch(object -> covers(record.recall(), object));
            exchange.contradict(record, centre.identity(), shown ? Optional.of(book.now()) : Optional.empty());
        } catch (IOException | StoreUnavailable later) {
            LOG.debug("what {} shows is not known: {}", centre.name(), later.getMessage());
        } catch (RuntimeException bug) {
            LOG.error(
                    "what {} shows of {} is not known",
                    centre.name(),
                    record.recall().object(),
                    bug);
        }
    }

    private static boolean covers(Recall recall, byte[] bytes) {
        try {
            StixObject object = StixReader.read(bytes);
            boolean revoked = object.json().get("revoked") instanceof JsonBoolean yes && yes.value();
            return object.id().equals(recall.object()) && object.version() <= recall.version() && !revoked;
        } catch (InvalidObject other) {
            return false;
        }
    }

    void close() {
        closed = true;
    }
}
