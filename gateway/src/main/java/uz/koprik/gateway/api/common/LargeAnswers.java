package uz.koprik.gateway.api.common;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses large answers for clients that take gzip: an answer to a thousand values then needs a tenth of the line.
 * Small ones go as they are; among them are all that hold a password, a token or a code, whose length says nothing so.
 */
final class LargeAnswers {

    /** Below this size, in bytes, a line gains less than the work costs. */
    private static final int LARGE = 32 << 10;

    private LargeAnswers() {}

    /**
     * Prepares an answer. Call it on a thread that may work.
     *
     * @return sends the answer; run it on the event loop
     */
    static Runnable answer(RoutingContext request, int status, String mediaType, byte[] body) {
        boolean large = body.length >= LARGE;
        boolean compressed = large && takesGzip(request.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
        byte[] sent = compressed ? gzip(body) : body;
        return () -> {
            HttpServerResponse response =
                    request.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, mediaType);
            if (large) {
                response.putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
            }
            if (compressed) {
                response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            }
            response.end(Buffer.buffer(sent));
        };
    }

    /** Whether a list of codings, as RFC 9110, section 12.5.3, has it, names gzip with a weight above 0. */
    static boolean takesGzip(String accepted) {
        return accepted != null
                && Arrays.stream(accepted.toLowerCase(Locale.ROOT).split(",", -1))
                        .map(part -> part.replaceAll("\\s", ""))
                        .anyMatch(part ->
                                (part.equals("gzip") || part.startsWith("gzip;")) && !part.matches("gzip;q=0(\\.0*)?"));
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 8);
        try (GZIPOutputStream out = new Fast(bytes)) {
            out.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory can be written", impossible);
        }
        return bytes.toByteArray();
    }

    private static final class Fast extends GZIPOutputStream {
        Fast(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
