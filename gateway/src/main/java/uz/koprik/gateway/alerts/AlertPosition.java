package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;

/**
 * How far the alerts of a stopped centre got, in the files of its home.
 *
 * @param last number of the last alert
 * @param covered the last entry of the store that was looked at; -1 when the file does not say
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
        for (int from = 0; from < text.length;) {
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

    /** Lets alerts go on after entries were lost: new ones with the numbers of lost ones are looked at. */
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
