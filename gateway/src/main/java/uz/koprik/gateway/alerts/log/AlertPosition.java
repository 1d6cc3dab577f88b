package uz.koprik.gateway.alerts.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;

/**
 * The end of the alert log of a stopped centre, from the files of its home.
 *
 * @param last number of the last alert
 * @param covered the last searched entry of the store; -1 when the file does not say
 */
public record AlertPosition(long last, long covered) {

    /** Reads the newest file; empty when there is none. Changes nothing. */
    public static Optional<AlertPosition> read(Path folder) throws IOException {
        if (!FileAlertLog.isIn(folder)) {
            return Optional.empty();
        }
        List<Path> files = FileAlertLog.files(folder);
        byte[] text = Files.readAllBytes(files.getLast());
        long last = Long.parseLong(files.getLast().getFileName().toString().substring(7, 26)) - 1;
        long covered = -1;
        for (int from = 0; from < text.length; ) {
            int to = from;
            while (to < text.length && text[to] != '\n') {
                to++;
            }
            Optional<JsonObject> object = to == text.length ? Optional.empty() : LogLine.read(text, from, to);
            if (object.isPresent()) {
                long seq = LogLine.covered(object.get());
                if (seq >= 0) {
                    covered = seq;
                } else {
                    last = Math.max(last, AlertJson.read(object.get()).seq());
                }
            }
            from = to + 1;
        }
        return Optional.of(new AlertPosition(last, covered));
    }

    /** Continues alerts after entries were lost: new entries with the numbers of lost ones are searched. */
    public static void rewind(Path folder, long seq) throws IOException {
        if (!FileAlertLog.isIn(folder)) {
            return;
        }
        try (FileAlertLog log = FileAlertLog.open(folder)) {
            if (log.covered() > seq) {
                log.take(List.of(), seq);
            }
        }
    }
}
