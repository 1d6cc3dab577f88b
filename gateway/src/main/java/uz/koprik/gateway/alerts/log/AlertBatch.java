package uz.koprik.gateway.alerts.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * The alerts of one record of the state store. The record is named by the number of its first alert. It grows by
 * replacement until it is full; then the next record begins. Versions before checksums wrote neither {@code covered}
 * nor {@code sealed}.
 *
 * @param alerts at least one, with consecutive numbers
 * @param covered all alerts about objects up to this sequence number are in this record and those before; -1 when
 *     unknown
 * @param sealed the record does not grow, though it has room
 */
record AlertBatch(List<Alert> alerts, long covered, boolean sealed) {

    private static final Logger LOG = LoggerFactory.getLogger(AlertBatch.class);

    /** What names of these records begin with. */
    static final String RECORDS = "alerts.log/";

    /** A record of this many bytes or alerts is full. All gateways of a centre must agree on it. */
    static final int FULL_BYTES = 64 << 10;

    static final int FULL_ALERTS = 256;

    /** Alerts that are written at once. */
    static final int MOST = 500;

    /** No record has as many alerts. */
    static final int BOUND = 1000;

    private static final String BEGIN = "{\"alerts\":[";

    AlertBatch {
        alerts = List.copyOf(alerts);
    }

    /** The name of the record whose first alert has this number. */
    static String name(long first) {
        return RECORDS + String.format(Locale.ROOT, "%019d", first);
    }

    /** The number of the first alert of a record. */
    static long first(String name) {
        return Long.parseLong(name.substring(RECORDS.length()));
    }

    /** The sequence number of the first alert of the next record. */
    long next() {
        return alerts.getLast().seq() + 1;
    }

    byte[] write() {
        return write(items(new byte[0], alerts), covered, sealed, next());
    }

    /** The items of a JSON array: those of {@code before}, then these alerts. */
    static byte[] items(byte[] before, List<Alert> alerts) {
        ByteArrayOutputStream items = new ByteArrayOutputStream(before.length + alerts.size() * 1024);
        items.writeBytes(before);
        for (Alert alert : alerts) {
            if (items.size() > 0) {
                items.write(',');
            }
            items.writeBytes(CanonicalJson.bytes(AlertJson.stored(alert)));
        }
        return items.toByteArray();
    }

    /** The record with these items. */
    static byte[] write(byte[] items, long covered, boolean sealed, long next) {
        ByteArrayOutputStream json = new ByteArrayOutputStream(items.length + 128);
        json.writeBytes(BEGIN.getBytes(StandardCharsets.US_ASCII));
        json.writeBytes(items);
        json.writeBytes(("],\"covered\":" + covered + ",\"next\":" + next + ",\"sealed\":" + sealed)
                .getBytes(StandardCharsets.US_ASCII));
        return Checksum.close(json.toByteArray());
    }

    /** The items of a record that {@link #read} accepted. No text of the members after them has a bracket. */
    static byte[] items(byte[] content) {
        int end = content.length - 1;
        while (content[end] != ']') {
            end--;
        }
        return Arrays.copyOfRange(content, BEGIN.length(), end);
    }

    /**
     * Reads a record.
     *
     * @throws IOException when it is damaged: says how
     */
    static AlertBatch read(String name, byte[] content) throws IOException {
        try {
            JsonObject json = Checksum.read(content, "covered");
            AlertBatch batch = new AlertBatch(
                    json.items("alerts").stream()
                            .map(item -> AlertJson.read((JsonObject) item))
                            .toList(),
                    json.has("covered") ? AlertJson.number(json, "covered") : -1,
                    json.get("sealed") instanceof JsonBoolean sealed && sealed.value());
            long expected = first(name);
            for (Alert alert : batch.alerts) {
                if (alert.seq() != expected++) {
                    throw new IOException("its sequence numbers do not follow one another");
                }
            }
            if (batch.alerts.isEmpty() || AlertJson.number(json, "next") != expected) {
                throw new IOException("its sequence numbers do not follow one another");
            }
            return batch;
        } catch (RuntimeException damaged) {
            throw new IOException("an alert in it cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    /**
     * A record from which content was taken.
     *
     * @param changed number of alerts that are others than before
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    record Rewritten(byte[] content, AlertBatch batch, int changed) {

        AlertTail tail(long first, String version) {
            return new AlertTail(first, version, items(content), batch.alerts.size(), content.length, batch.sealed);
        }
    }

    /**
     * A record without the content of erased objects. All other alerts stay byte by byte, also of kinds that this
     * version does not know. Empty when nothing is to be changed, or the record is damaged.
     */
    static Optional<Rewritten> rewritten(String name, byte[] content, AlertErasure erasure) {
        try {
            AlertBatch batch = read(name, content);
            ByteArrayOutputStream items = new ByteArrayOutputStream(content.length);
            int changed = 0;
            for (Json item : Checksum.read(content, "covered").items("alerts")) {
                JsonObject alert = (JsonObject) item;
                JsonObject erased = erasure.of(alert);
                changed += erased.equals(alert) ? 0 : 1;
                if (items.size() > 0) {
                    items.write(',');
                }
                items.writeBytes(CanonicalJson.bytes(erased));
            }
            return changed == 0
                    ? Optional.empty()
                    : Optional.of(new Rewritten(
                            write(items.toByteArray(), batch.covered, batch.sealed, batch.next()), batch, changed));
        } catch (IOException damaged) {
            LOG.error("the state record {} is damaged ({}): nothing is erased in it", name, damaged.getMessage());
            return Optional.empty();
        }
    }

    /** The alerts of some records, without those that were dropped meanwhile or are damaged. */
    static List<Alert> read(StateStore stateStore, Collection<AlertIndex.Range> wanted) throws StoreUnavailable {
        List<Alert> alerts = new ArrayList<>();
        for (StateStore.Paper paper :
                stateStore.read(wanted.stream().map(AlertIndex.Range::name).toList())) {
            try {
                alerts.addAll(read(paper.name(), paper.content()).alerts);
            } catch (IOException damaged) {
                LOG.error(
                        "the state record {} is damaged ({}): its alerts are passed over; restore it from a backup",
                        paper.name(),
                        damaged.getMessage());
            }
        }
        return alerts;
    }
}
