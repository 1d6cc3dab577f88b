package uz.koprik.gateway.console;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A file as browsers get it.
 *
 * @param mediaType for the header Content-Type
 * @param plain its content
 * @param gzip the same, compressed; empty where compression saves nothing
 */
record StaticFile(String mediaType, Buffer plain, Optional<Buffer> gzip) {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml");

    /**
     * The file of that name; empty when browsers are not given files of its kind.
     *
     * @param name ends with its extension
     */
    static Optional<StaticFile> of(String name, byte[] content) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Optional.ofNullable(TYPES.get(extension))
                .map(type -> new StaticFile(type, Buffer.buffer(content), compressed(content)));
    }

    private static Optional<Buffer> compressed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new SmallestGzip(bytes)) {
            out.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.size() < content.length ? Optional.of(Buffer.buffer(bytes.toByteArray())) : Optional.empty();
    }

    /** Compresses once, so as well as it can. */
    private static final class SmallestGzip extends GZIPOutputStream {
        SmallestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
