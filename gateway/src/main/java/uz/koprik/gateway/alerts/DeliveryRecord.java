package uz.koprik.gateway.alerts;

import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * The stored delivery record of a subscription. When another gateway wrote it meanwhile, a change applies to the newer
 * record. Thread-safe.
 */
final class DeliveryRecord {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryRecord.class);

    private final StateStore stateStore;
    private final String name;
    private final DeliveryPosition fresh;
    private String version = "";
    private DeliveryPosition served;
    private boolean removed;

    private DeliveryRecord(StateStore stateStore, UUID subscription, DeliveryPosition fresh) {
        this.stateStore = stateStore;
        this.name = name(subscription);
        this.fresh = fresh;
        this.served = fresh;
    }

    private static String name(UUID subscription) {
        return "alerts/served/" + subscription + ".json";
    }

    /**
     * Opens the record, or creates it.
     *
     * @param fresh the record to create
     */
    static DeliveryRecord open(StateStore stateStore, UUID subscription, DeliveryPosition fresh)
            throws StoreUnavailable {
        DeliveryRecord paper = new DeliveryRecord(stateStore, subscription, fresh);
        synchronized (paper) {
            if (!paper.find()) {
                paper.put(fresh);
            }
        }
        return paper;
    }

    /** The current record of a subscription, also when another gateway serves it. */
    static Optional<DeliveryPosition> look(StateStore stateStore, UUID subscription) throws StoreUnavailable {
        Optional<StateStore.Paper> there = stateStore.read(name(subscription));
        return there.isPresent() ? read(there.get()) : Optional.empty();
    }

    private static Optional<DeliveryPosition> read(StateStore.Paper paper) {
        try {
            return Optional.of(DeliveryPosition.read(StrictJson.parseObject(paper.content())));
        } catch (MalformedJson | RuntimeException damaged) {
            LOG.error(
                    "{} is damaged and is created anew: deliveries continue with the next alert",
                    paper.name(),
                    damaged);
            return Optional.empty();
        }
    }

    private boolean find() throws StoreUnavailable {
        Optional<StateStore.Paper> there = stateStore.read(name);
        if (there.isEmpty()) {
            return false;
        }
        served = read(there.get()).orElse(fresh);
        version = there.get().version();
        return true;
    }

    private boolean put(DeliveryPosition next) throws StoreUnavailable {
        Optional<String> written = stateStore.replace(name, version, CanonicalJson.bytes(next.write()));
        if (written.isPresent()) {
            version = written.get();
            served = next;
        }
        return written.isPresent();
    }

    synchronized DeliveryPosition now() {
        return served;
    }

    /** Durable when this returns. Writes nothing when the subscription was removed. */
    synchronized void change(UnaryOperator<DeliveryPosition> change) throws StoreUnavailable {
        while (!removed && !put(change.apply(served))) {
            removed = !find();
        }
    }

    /** Removes the record; a delivery that still runs cannot write it again. */
    static void remove(StateStore stateStore, UUID subscription) throws StoreUnavailable {
        stateStore.remove(name(subscription));
    }
}
