package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.config.SecretFile;

/** Remembers durably how far a subscription was served. Safe for use by many threads at once. */
final class ServedFile {

    private static final Logger LOG = LoggerFactory.getLogger(ServedFile.class);

    private final Path file;
    private Served served;
    private boolean removed;

    private ServedFile(Path file, Served served) {
        this.file = file;
        this.served = served;
    }

    /** @param fresh what to begin with when nothing is remembered */
    static ServedFile open(Path file, Served fresh) throws IOException {
        Served served = fresh;
        if (Files.exists(file)) {
            try {
                served = Served.read(StrictJson.parseObject(Files.readAllBytes(file)));
            } catch (MalformedJson | RuntimeException damaged) {
                LOG.error("{} is damaged and begun anew: deliveries go on with the next alert", file, damaged);
            }
        }
        return new ServedFile(file, served);
    }

    synchronized Served now() {
        return served;
    }

    /** Durable when this returns. */
    synchronized void change(UnaryOperator<Served> change) {
        Served next = change.apply(served);
        if (removed) {
            return;
        }
        try {
            SecretFile.replace(file, CanonicalJson.bytes(next.write()));
        } catch (IOException e) {
            throw new UncheckedIOException("the state of a subscription to alerts cannot be written to " + file, e);
        }
        served = next;
    }

    /** Nothing of it is remembered any more, whoever is still at it. */
    synchronized void remove() throws IOException {
        removed = true;
        Files.deleteIfExists(file);
    }
}
