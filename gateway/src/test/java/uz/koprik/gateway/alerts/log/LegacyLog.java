package uz.koprik.gateway.alerts.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.indicators.store.state.StateStore;

/** Writes the alert log as versions before records of the state store did. */
public final class LegacyLog {

    private LegacyLog() {}

    static String name(long first) {
        return String.format(java.util.Locale.ROOT, "alerts-%019d.log", first);
    }

    static byte[] lines(List<Alert> alerts, long covered) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        alerts.forEach(alert -> line(AlertJson.write(alert), all));
        line(JsonObject.builder().put("covered", covered).build(), all);
        return all.toByteArray();
    }

    private static void line(JsonObject object, ByteArrayOutputStream all) {
        byte[] json = CanonicalJson.bytes(object);
        all.writeBytes((Checksum.of(json, 0, json.length) + " ").getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(json);
        all.write('\n');
    }

    /** Turns the log of a stopped centre into that of an earlier version. */
    public static void putBack(Path state) throws Exception {
        FileStateStore files = new FileStateStore(state);
        AlertLog log = AlertLog.open(files);
        Files.createDirectories(state.resolve("alerts"));
        Files.write(
                state.resolve("alerts").resolve(name(log.first())),
                lines(log.after(log.first() - 1, Integer.MAX_VALUE), log.covered()));
        ByteArrayOutputStream given = new ByteArrayOutputStream();
        for (String name : files.names(AlertLoader.GIVEN)) {
            given.writeBytes(files.read(name).map(StateStore.Paper::content).orElseThrow());
            files.remove(name);
        }
        Files.write(state.resolve("alerts/given"), given.toByteArray());
        for (String name : files.names(AlertBatch.RECORDS)) {
            files.remove(name);
        }
        files.remove(AlertState.NAME);
    }
}
