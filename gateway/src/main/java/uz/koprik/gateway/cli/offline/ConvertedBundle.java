package uz.koprik.gateway.cli.offline;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.cli.FileFailures;
import uz.koprik.indicators.stix.conversion.Conversion;
import uz.koprik.indicators.validation.ObjectVerdict;

/** The bundle that valid objects are written to as they come. A file appears under its name only when it is whole. */
final class ConvertedBundle implements Closeable {

    private final Optional<Writer> out;
    private final Optional<Path> part;
    private final Optional<Path> file;
    /** Observables written: two sightings of one value make one object. */
    private final Set<String> observables = new HashSet<>();

    private boolean any;

    private ConvertedBundle(Optional<Writer> out, Optional<Path> part, Optional<Path> file) {
        this.out = out;
        this.part = part;
        this.file = file;
    }

    /** Takes nothing. */
    static ConvertedBundle none() {
        return new ConvertedBundle(Optional.empty(), Optional.empty(), Optional.empty());
    }

    static ConvertedBundle to(Writer out) {
        return new ConvertedBundle(Optional.of(out), Optional.empty(), Optional.empty());
    }

    static ConvertedBundle to(Path file) throws IOException {
        FileFailures.requireTarget(file);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        return new ConvertedBundle(
                Optional.of(Files.newBufferedWriter(part, StandardCharsets.UTF_8)),
                Optional.of(part),
                Optional.of(file));
    }

    void add(ObjectVerdict verdict) throws IOException {
        if (out.isEmpty()
                || !verdict.valid()
                || verdict.object().isEmpty()
                || verdict.type().equals("bundle")) {
            return;
        }
        List<JsonObject> objects = verdict.conversion()
                .map(Conversion::objects)
                .orElseGet(() -> List.of(verdict.object().get()));
        for (JsonObject object : objects) {
            if (object.has("created") || observables.add(object.string("id").orElse(""))) {
                out.get()
                        .write(
                                any
                                        ? ",\n"
                                        : "{\"type\":\"bundle\",\"id\":\"bundle--" + UUID.randomUUID()
                                                + "\",\"objects\":[\n");
                out.get().write(CanonicalJson.text(object));
                any = true;
            }
        }
    }

    /** Ends the bundle, and gives the file its name. */
    void finish() throws IOException {
        if (out.isEmpty()) {
            return;
        }
        out.get().write(any ? "\n]}\n" : "{\"type\":\"bundle\",\"id\":\"bundle--" + UUID.randomUUID() + "\"}\n");
        out.get().flush();
        if (part.isPresent()) {
            out.get().close();
            Files.move(part.get(), file.orElseThrow(), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Removes an unfinished file. */
    @Override
    public void close() throws IOException {
        if (part.isPresent()) {
            try {
                out.orElseThrow().close();
            } finally {
                Files.deleteIfExists(part.get());
            }
        }
    }
}
