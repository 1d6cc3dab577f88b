package uz.koprik.indicators.documents;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks the compressed streams of a PDF once to nowhere and counts, before the parser reads them: it unpacks one
 * stream at a time into memory, of any size.
 */
final class PdfStreams {

    /** Bytes of one stream; pictures are not unpacked for text, but this cannot be seen here. */
    private static final long LARGEST = 128L << 20;

    /** A stream compressed more than this is no text and no usual picture. */
    private static final int RATIO = 500;

    /** Output that every stream may have: an empty page of a large picture packs well. */
    private static final long FREE = 32L << 20;

    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 64 << 10;

    private PdfStreams() {}

    /** @throws DocumentRefused when a stream unpacks to suspiciously much */
    static void check(Path file, DocumentBudget budget) throws IOException, DocumentRefused {
        try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            while (find(in)) {
                skipEndOfLine(in);
                inflate(in, budget);
            }
        }
    }

    /** Goes to the end of the next word {@code stream}; of {@code endstream} too, which no stream follows. */
    private static boolean find(InputStream in) throws IOException {
        int matched = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            matched = b == STREAM[matched] ? matched + 1 : b == STREAM[0] ? 1 : 0;
            if (matched == STREAM.length) {
                return true;
            }
        }
        return false;
    }

    private static void skipEndOfLine(BufferedInputStream in) throws IOException {
        for (int i = 0; i < 2; i++) {
            in.mark(1);
            int b = in.read();
            if (b != '\r' && b != '\n' && b != ' ') {
                in.reset();
                return;
            }
        }
    }

    /** Unpacks what follows, if it looks like zlib (RFC 1950). Bytes behind it are read again as the file. */
    private static void inflate(BufferedInputStream in, DocumentBudget budget) throws IOException, DocumentRefused {
        in.mark(2);
        int first = in.read();
        int second = in.read();
        in.reset();
        if (first < 0 || second < 0 || (first & 0x0F) != 8 || (first << 8 | second) % 31 != 0) {
            return;
        }
        Inflater inflater = new Inflater();
        byte[] packed = new byte[BUFFER];
        byte[] out = new byte[BUFFER];
        long unpacked = 0;
        try {
            while (!inflater.finished()) {
                in.mark(BUFFER);
                int n = in.read(packed);
                if (n < 0) {
                    return;
                }
                inflater.setInput(packed, 0, n);
                while (!inflater.needsInput() && !inflater.finished()) {
                    int some = inflater.inflate(out);
                    unpacked += some;
                    check(unpacked, inflater.getBytesRead());
                    if (some == 0 && (inflater.needsDictionary() || inflater.needsInput())) {
                        break;
                    }
                }
                budget.time();
                if (inflater.needsDictionary()) {
                    return;
                }
                if (inflater.finished()) {
                    in.reset();
                    in.skipNBytes(n - inflater.getRemaining());
                }
            }
        } catch (DataFormatException damaged) {
            in.reset(); // the parser says more about it
        } finally {
            inflater.end();
        }
    }

    private static void check(long unpacked, long packed) throws DocumentRefused {
        if (unpacked > LARGEST || (unpacked > FREE && unpacked / RATIO > packed)) {
            throw new DocumentRefused(DocumentFault.PDF_UNPACKS_TO_MUCH.of());
        }
    }
}
