package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * The subscriptions of all accounts, in one record of the state store. Each call reads the record, so that changes by
 * other gateways apply at once. Thread-safe.
 */
final class Subscriptions {

    private static final String NAME = "alerts/subscriptions.json";

    private final StateStore stateStore;
    private volatile int count;

    private Subscriptions(StateStore stateStore) {
        this.stateStore = stateStore;
    }

    /** @throws IOException when the record is damaged: says what to do */
    static Subscriptions open(StateStore stateStore) throws IOException, StoreUnavailable {
        Subscriptions subscriptions = new Subscriptions(stateStore);
        Optional<StateStore.Paper> paper = stateStore.read(NAME);
        if (paper.isPresent()) {
            subscriptions.count = read(paper.get().content()).size();
        }
        return subscriptions;
    }

    private static List<Subscription> read(byte[] content) throws IOException {
        try {
            List<Subscription> all = new ArrayList<>();
            for (Json item : StrictJson.parseObject(content).items("subscriptions")) {
                all.add(Subscription.read((JsonObject) item));
            }
            return all;
        } catch (MalformedJson | RuntimeException damaged) {
            throw new IOException(
                    NAME + " is damaged (" + damaged.getMessage() + "); restore it from a backup, or remove it"
                            + " and with it all subscriptions to alerts",
                    damaged);
        }
    }

    List<Subscription> all() throws StoreUnavailable, IOException {
        Optional<StateStore.Paper> paper = stateStore.read(NAME);
        List<Subscription> all = paper.isPresent() ? read(paper.get().content()) : List.of();
        count = all.size();
        return all;
    }

    /** The number of subscriptions at the last read. */
    int count() {
        return count;
    }

    Optional<Subscription> find(UUID id) throws StoreUnavailable, IOException {
        return all().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** Durable when this returns. */
    void add(Subscription one) throws StoreUnavailable, IOException {
        // Replaces one of the same id, which exists already when an answer was lost.
        change(all -> {
            List<Subscription> more = new ArrayList<>(
                    all.stream().filter(other -> !other.id().equals(one.id())).toList());
            more.add(one);
            return more;
        });
    }

    /** Durable when this returns. */
    void remove(UUID id) throws StoreUnavailable, IOException {
        change(all -> all.stream().filter(one -> !one.id().equals(id)).toList());
    }

    private void change(UnaryOperator<List<Subscription>> change) throws StoreUnavailable, IOException {
        Optional<String> written = Optional.empty();
        while (written.isEmpty()) {
            Optional<StateStore.Paper> there = stateStore.read(NAME);
            List<Subscription> next =
                    change.apply(there.isPresent() ? read(there.get().content()) : List.of());
            JsonArray items =
                    new JsonArray(next.stream().<Json>map(Subscription::write).toList());
            written = stateStore.replace(
                    NAME,
                    there.map(StateStore.Paper::version).orElse(""),
                    CanonicalJson.bytes(
                            JsonObject.builder().put("subscriptions", items).build()));
            count = next.size();
        }
    }
}
