package uz.koprik.indicators.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts UTF-8 text into lines, ended by LF or CRLF, or by CR where the text has no LF; a byte order mark at the
 * beginning is skipped.
 */
final class InputLines {

    /** Result of reading a line. */
    enum State {
        TEXT,
        TOO_LONG,
        NOT_UTF8,
        END
    }

    private final InputStream in;
    private final int maxBytes;
    private byte[] buffer = new byte[128 << 10];
    private int at;
    private int end;
    private long number;
    private String text = "";
    private boolean carriageReturn;
    private byte lineEnd = '\n';

    InputLines(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** Number of the line last read, from 1. */
    long number() {
        return number;
    }

    /** The line last read; empty unless {@link #next} said that it is text. */
    String text() {
        return text;
    }

    /** Whether the line last read ended with CRLF. */
    boolean endedByCrLf() {
        return carriageReturn;
    }

    /** Reads one line. */
    State next() throws IOException {
        text = "";
        boolean tooLong = false;
        int scanned = at;
        while (true) {
            int to = indexOf(lineEnd, scanned);
            if (to >= 0) {
                number++;
                int from = at;
                at = to + 1;
                return tooLong || to - from > maxBytes ? State.TOO_LONG : decode(from, to);
            }
            if (end - at > maxBytes) {
                if (endsLinesByCr()) {
                    scanned = at;
                    continue;
                }
                tooLong = true;
                at = end;
            }
            int kept = end - at;
            if (!fill()) {
                if (endsLinesByCr()) {
                    scanned = at;
                    continue;
                }
                if (kept == 0 && !tooLong) {
                    return State.END;
                }
                number++;
                int from = at;
                at = end;
                return tooLong ? State.TOO_LONG : decode(from, end);
            }
            scanned = at + kept;
        }
    }

    /** Whether the text has no LF where its first line should end, and a CR: as old systems and spreadsheets write. */
    private boolean endsLinesByCr() {
        if (number > 0 || lineEnd == '\r' || indexOf((byte) '\r', at) < 0) {
            return false;
        }
        lineEnd = '\r';
        return true;
    }

    private int indexOf(byte wanted, int from) {
        byte[] b = buffer;
        for (int i = from; i < end; i++) {
            if (b[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        if (at > 0) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read <= 0) {
            return false;
        }
        end += read;
        return true;
    }

    private State decode(int lineFrom, int lineTo) {
        carriageReturn = lineTo > lineFrom && buffer[lineTo - 1] == '\r';
        int to = carriageReturn ? lineTo - 1 : lineTo;
        boolean mark = number == 1
                && to - lineFrom >= 3
                && buffer[lineFrom] == (byte) 0xEF
                && buffer[lineFrom + 1] == (byte) 0xBB
                && buffer[lineFrom + 2] == (byte) 0xBF;
        int from = mark ? lineFrom + 3 : lineFrom;
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum |= buffer[i];
        }
        if (sum >= 0) { // no byte has its highest bit set: plain ASCII
            text = new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
            return State.TEXT;
        }
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(buffer, from, to - from))
                    .toString();
            return State.TEXT;
        } catch (CharacterCodingException e) {
            return State.NOT_UTF8; // the caller refuses the line by its number
        }
    }
}
