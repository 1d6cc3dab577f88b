package uz.koprik.gateway.cases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/**
 * The outcome of a file of a watched folder: {@code NAME.report.json} for machines, {@code NAME.report.txt} for people.
 */
final class ImportReport {

    static final String DONE = "done";
    static final String FAILED = "failed";

    private static final String JSON = ".report.json";
    private static final String TEXT = ".report.txt";
    private static final int MAX_FAULTS = 10_000;

    private final String file;
    private final long size;
    private final Instant modified;
    private final Instant begun;
    private final List<CaseImport.Fault> faults = new ArrayList<>();
    private CaseImport.Tally tally = new CaseImport.Tally(0, 0, 0, 0, 0);
    private Optional<String> refused = Optional.empty();

    ImportReport(String file, long size, Instant modified, Instant begun) {
        this.file = file;
        this.size = size;
        this.modified = modified;
        this.begun = begun;
    }

    void told(CaseImport.Tally now, List<CaseImport.Fault> more) {
        tally = now;
        more.stream().limit(MAX_FAULTS - faults.size()).forEach(faults::add);
    }

    void refused(String reason) {
        refused = Optional.of(reason);
    }

    String inShort() {
        return tally.created() + " created, " + tally.updated() + " updated, " + tally.unchanged() + " unchanged, "
                + tally.refused() + " rows refused"
                + refused.map(reason -> "; not read to its end: " + reason).orElse("");
    }

    /** Writes both forms, each whole or not at all. */
    void write(Path folder, String name, Instant ended) throws IOException {
        Files.createDirectories(folder);
        replace(folder, name + TEXT, text().getBytes(StandardCharsets.UTF_8));
        replace(folder, name + JSON, CanonicalJson.bytes(json(ended)));
    }

    /** Whether a report in {@code folder} is about exactly this file, which was then not moved any more. */
    static boolean tellsOf(Path folder, String name, long size, Instant modified) throws IOException {
        Path report = folder.resolve(name + JSON);
        if (!Files.exists(report) || Files.exists(folder.resolve(name))) {
            return false;
        }
        try {
            JsonObject told = StrictJson.parseObject(Files.readAllBytes(report));
            return told.string("file").equals(Optional.of(name))
                    && told.get("size") instanceof JsonNumber number
                    && number.longValue() == size
                    && told.string("modified").equals(Optional.of(modified.toString()));
        } catch (MalformedJson damaged) {
            return false; // somebody else's; ours are whole
        }
    }

    private static void replace(Path folder, String name, byte[] content) throws IOException {
        Path fresh = folder.resolve("." + name + ".tmp");
        try {
            Files.write(fresh, content);
            Files.move(
                    fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private JsonObject json(Instant ended) {
        List<Json> items = new ArrayList<>();
        for (CaseImport.Fault fault : faults) {
            JsonObject.Builder item = JsonObject.builder().put("line", fault.line());
            if (!fault.column().isEmpty()) {
                item.put("column", fault.column());
            }
            items.add(item.put("reason", fault.reason())
                    .put("left_out", !fault.row())
                    .build());
        }
        JsonObject.Builder report = JsonObject.builder()
                .put("file", file)
                .put("size", size)
                .put("modified", modified.toString())
                .put("begun", begun.toString())
                .put("ended", ended.toString())
                .put("created", tally.created())
                .put("updated", tally.updated())
                .put("unchanged", tally.unchanged())
                .put("refused", tally.refused())
                .put("cells_left_out", tally.leftOut())
                .put("done", refused.isEmpty())
                .put("faults", new JsonArray(items));
        refused.ifPresent(reason -> report.put("error", reason));
        return report.build();
    }

    private String text() {
        StringBuilder text =
                new StringBuilder(file).append(": ").append(inShort()).append('\n');
        for (CaseImport.Fault fault : faults) {
            text.append("line ").append(fault.line());
            if (!fault.column().isEmpty()) {
                text.append(", column ").append(fault.column());
            }
            text.append(fault.row() ? ": " : ": left out: ")
                    .append(fault.reason())
                    .append('\n');
        }
        return text.toString();
    }
}
