package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.config.SecretFile;

/** The subscriptions of all accounts, in one file that is replaced as a whole. Safe for use by many threads at once. */
final class Subscriptions {

    private final Path file;
    private volatile List<Subscription> all;

    private Subscriptions(Path file, List<Subscription> all) {
        this.file = file;
        this.all = List.copyOf(all);
    }

    /** @throws IOException when the file cannot be read, or is damaged: says which */
    static Subscriptions open(Path file) throws IOException {
        List<Subscription> all = new ArrayList<>();
        if (Files.exists(file)) {
            try {
                for (Json item : StrictJson.parseObject(Files.readAllBytes(file)).items("subscriptions")) {
                    all.add(Subscription.read((JsonObject) item));
                }
            } catch (MalformedJson | RuntimeException damaged) {
                throw new IOException(file + " is damaged (" + damaged.getMessage() + "); restore it from a backup, or remove it"
                        + " and with it all subscriptions to alerts", damaged);
            }
        }
        return new Subscriptions(file, all);
    }

    List<Subscription> all() {
        return all;
    }

    Optional<Subscription> find(UUID id) {
        return all.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** Durable when this returns. */
    synchronized void add(Subscription one) throws IOException {
        List<Subscription> more = new ArrayList<>(all);
        more.add(one);
        replace(more);
    }

    /** Durable when this returns. */
    synchronized void remove(UUID id) throws IOException {
        replace(all.stream().filter(one -> !one.id().equals(id)).toList());
    }

    private void replace(List<Subscription> others) throws IOException {
        JsonArray items = new JsonArray(others.stream().<Json>map(Subscription::write).toList());
        SecretFile.replace(file, CanonicalJson.bytes(JsonObject.builder().put("subscriptions", items).build()));
        all = List.copyOf(others);
    }
}
