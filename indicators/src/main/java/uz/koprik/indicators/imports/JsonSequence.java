package uz.koprik.indicators.imports;

import java.io.IOException;
import java.io.InputStream;

/** JSON objects that follow one another, one per line or not, as the items of a list: a comma goes between them. */
final class JsonSequence extends InputStream {

    private final InputStream in;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean any;
    /** A byte that was read and waits for the comma before it, or -1. */
    private int waiting = -1;

    /** @param in buffered; not closed here */
    JsonSequence(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        if (waiting >= 0) {
            int next = waiting;
            waiting = -1;
            return next;
        }
        int next = in.read();
        if (depth == 0 && next == '{' && any) {
            depth = 1;
            waiting = next;
            return ',';
        }
        follow(next);
        return next;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        // A comma may go before every second byte.
        byte[] chunk = new byte[Math.max(1, Math.min(length / 2, 16 << 10))];
        int at = from;
        if (waiting >= 0) {
            into[at++] = (byte) waiting;
            waiting = -1;
            return 1;
        }
        if (length == 1) {
            int one = read();
            if (one < 0) {
                return -1;
            }
            into[from] = (byte) one;
            return 1;
        }
        int count = in.read(chunk, 0, chunk.length);
        if (count < 0) {
            return -1;
        }
        for (int i = 0; i < count; i++) {
            if (depth == 0 && any && chunk[i] == '{') {
                into[at++] = ',';
            }
            follow(chunk[i]);
            into[at++] = chunk[i];
        }
        return at - from;
    }

    private void follow(int c) {
        if (inString) {
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == '"') {
                inString = false;
            }
            return;
        }
        switch (c) {
            case '"' -> inString = true;
            case '{', '[' -> {
                depth++;
                any = true;
            }
            case '}', ']' -> depth--;
            default -> {}
        }
    }
}
