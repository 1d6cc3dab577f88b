package uz.koprik.gateway.alerts.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * The end of the alert log of a stopped centre, from the files of its home.
 *
 * @param last number of the last alert
 * @param covered the last searched entry of the store; -1 when it is unknown
 */
public record AlertPosition(long last, long covered) {

    /**
     * Reads the newest files; empty when there are none. Changes nothing.
     *
     * @param state the folder of the home
     */
    public static Optional<AlertPosition> read(Path state) throws IOException {
        FileStateStore files = new FileStateStore(state);
        Optional<StateStore.Paper> paper =
                files.read(List.of(AlertState.NAME)).stream().findFirst();
        if (paper.isEmpty()) {
            LegacyAlertFiles legacy = LegacyAlertFiles.in(state.resolve("alerts"));
            return legacy.isEmpty() ? Optional.empty() : Optional.of(legacy.position());
        }
        List<String> records = files.names(AlertBatch.RECORDS);
        long last = records.isEmpty() ? 0 : last(files, records.getLast());
        try {
            AlertState stored = AlertState.read(paper.get().content());
            return Optional.of(new AlertPosition(Math.max(last, stored.last()), stored.covered()));
        } catch (IOException damaged) {
            return Optional.of(new AlertPosition(last, -1)); // the start reports it
        }
    }

    private static long last(FileStateStore files, String name) {
        for (StateStore.Paper record : files.read(List.of(name))) {
            try {
                return AlertBatch.read(name, record.content()).next() - 1;
            } catch (IOException damaged) {
                break; // the start reports it
            }
        }
        return AlertBatch.first(name) - 1;
    }

    /**
     * Continues alerts after entries were lost: new entries with the numbers of lost ones are searched.
     *
     * @param state the folder of the home
     */
    public static void rewind(Path state, long seq) throws IOException {
        FileStateStore files = new FileStateStore(state);
        try {
            AlertMigration.takeOver(state, files, seq);
            if (AlertMigration.isIn(files)) {
                try (AlertLog log = AlertLog.open(files)) {
                    if (log.covered() > seq) {
                        log.append(List.of(), seq, java.time.Instant.EPOCH);
                    }
                }
            }
        } catch (StoreUnavailable unavailable) {
            throw new IOException(unavailable.getMessage(), unavailable);
        }
    }
}
