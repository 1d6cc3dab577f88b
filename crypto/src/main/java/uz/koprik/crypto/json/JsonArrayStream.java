package uz.koprik.crypto.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Cuts the items of one array out of a JSON object of any size, with bounded memory: the {@code objects} of a TAXII
 * envelope or of a STIX bundle.
 *
 * <p>Items come out as the producer's untouched bytes and are not parsed here, only measured by their brackets and
 * strings: the caller parses each with {@link StrictJson}, so that one bad item does not stop the others. Everything
 * around the array is read strictly; a fault after the array is found only when its items were returned. Not safe for
 * use by several threads.
 */
public final class JsonArrayStream {

    /** Bytes that all members beside the array may take together. */
    public static final int MAX_HEADER_BYTES = 64 * 1024;

    private static final int CHUNK = 128 * 1024;
    private static final byte QUOTE = 1;
    private static final byte OPEN = 2;
    private static final byte CLOSE = 3;
    private static final byte NEWLINE = 4;
    /** What a byte outside a string means for the scan; 0 for nothing. */
    private static final byte[] MEANING = new byte[256];

    static {
        MEANING['"'] = QUOTE;
        MEANING['{'] = OPEN;
        MEANING['['] = OPEN;
        MEANING['}'] = CLOSE;
        MEANING[']'] = CLOSE;
        MEANING['\n'] = NEWLINE;
    }

    private enum State {
        START,
        IN_ARRAY,
        BETWEEN_MEMBERS,
        END,
        BROKEN
    }

    private final InputStream in;
    private final String member;
    private final int maxItemBytes;
    private final JsonObject.Builder header = JsonObject.builder();
    private final Set<String> names = new HashSet<>();

    private byte[] buffer = new byte[CHUNK];
    private int at;
    private int end;
    /** Offset of {@code buffer[0]} in the whole text. */
    private long base;
    /** Where the bytes begin that must survive the next refill, or -1. */
    private int keepFrom = -1;

    private State state = State.START;
    private MalformedJson fault;
    private int headerBytes;
    private int index = -1;
    private int line = 1;
    private int itemLine = 1;
    private long lineStart;

    /**
     * @param in the text, UTF-8; not closed here
     * @param member name of the top-level array whose items are wanted
     * @param maxItemBytes longest item that is handed out
     */
    public JsonArrayStream(InputStream in, String member, int maxItemBytes) {
        if (maxItemBytes < 1 || maxItemBytes > Integer.MAX_VALUE - 2 * CHUNK) {
            throw new IllegalArgumentException("the longest item must have a length that memory can hold");
        }
        this.in = in;
        this.member = member;
        this.maxItemBytes = maxItemBytes;
    }

    /**
     * The bytes of the next item, or null when the whole text was read and found sound.
     *
     * @throws MalformedJson when an item is longer than the limit (then {@link #resumable()}, and the next call
     *     continues after it), or when the text around the items is malformed (then every further call throws the same)
     * @throws IOException when {@code in} does
     */
    public byte[] next() throws IOException, MalformedJson {
        if (fault != null) {
            throw fault;
        }
        if (state == State.START) {
            expect('{', "an object is expected here");
            state = State.BETWEEN_MEMBERS;
            if (peek() == '}') {
                at++;
                finish();
            } else if (!members()) {
                finish();
            }
        }
        return state == State.IN_ARRAY ? item() : null;
    }

    /** Whether {@link #next()} may be called again after it threw. */
    public boolean resumable() {
        return fault == null;
    }

    /** Position in the array of the item last handed out or refused, from 0; -1 before the first. */
    public int index() {
        return index;
    }

    /** Line on which the item last handed out or refused begins, from 1. */
    public int line() {
        return itemLine;
    }

    /**
     * All members beside the array.
     *
     * @throws IllegalStateException before {@link #next()} has returned null, since members may follow the array
     */
    public JsonObject header() {
        if (state != State.END) {
            throw new IllegalStateException("the members around the array are known only after its last item");
        }
        return header.build();
    }

    /** Whether the text had the array at all; after the end. */
    public boolean found() {
        return names.contains(member);
    }

    /** Reads members until the array begins (true) or the object has ended (false). */
    private boolean members() throws IOException, MalformedJson {
        while (true) {
            if (peek() != '"') {
                throw broken("a name in double quotes is expected here", "");
            }
            int nameLine = line;
            String name = ((JsonString) parsed(headerPart(), "", nameLine)).value();
            String pointer = "/" + JsonPointer.token(name);
            if (!names.add(name)) {
                throw broken("the object has this name twice", pointer);
            }
            expect(':', "a colon is expected after the name");
            int c = peek();
            if (name.equals(member)) {
                if (c != '[') {
                    throw broken("an array is expected here", pointer);
                }
                at++;
                if (peek() != ']') {
                    state = State.IN_ARRAY;
                    return true;
                }
                at++;
            } else {
                int valueLine = line;
                header.put(name, parsed(headerPart(), pointer, valueLine));
            }
            if (!anotherMember()) {
                return false;
            }
        }
    }

    /** After a member: reads the comma (true) or the end of the object (false). */
    private boolean anotherMember() throws IOException, MalformedJson {
        int c = peek();
        if (c != ',' && c != '}') {
            throw broken("a comma or the end of the object is expected here", "");
        }
        at++;
        peek();
        return c == ',';
    }

    private byte[] item() throws IOException, MalformedJson {
        index++;
        peek();
        itemLine = line;
        byte[] item = value(maxItemBytes, "/" + member + "/" + index);
        int c = peek();
        if (c == ']') {
            at++;
            state = State.BETWEEN_MEMBERS;
            if (!anotherMember() || !members()) {
                finish();
            }
        } else if (c == ',') {
            at++;
        } else {
            throw broken("a comma or the end of the array is expected here", "/" + member + "/" + index);
        }
        if (item == null) {
            throw new MalformedJson(
                    "item " + index + " is longer than the " + maxItemBytes + " bytes that are allowed",
                    "/" + member + "/" + index,
                    clamp(base + at),
                    itemLine,
                    1);
        }
        return item;
    }

    private void finish() throws IOException, MalformedJson {
        if (peek() != -1) {
            throw broken("data after the end of the value", "");
        }
        state = State.END;
    }

    private byte[] headerPart() throws IOException, MalformedJson {
        byte[] part = value(MAX_HEADER_BYTES - headerBytes, "");
        if (part == null) {
            throw broken(
                    "the members beside " + member + " take more than the " + MAX_HEADER_BYTES
                            + " bytes that are allowed",
                    "");
        }
        headerBytes += part.length;
        return part;
    }

    private Json parsed(byte[] part, String pointer, int partLine) throws MalformedJson {
        try {
            return StrictJson.parse(part);
        } catch (MalformedJson e) {
            fault = e.within(pointer, partLine);
            state = State.BROKEN;
            throw fault;
        }
    }

    /** The value that begins here; null when it is longer than {@code max}, and then it has been passed over. */
    private byte[] value(int max, String pointer) throws IOException, MalformedJson {
        int first = peek();
        long from = base + at;
        keepFrom = at;
        switch (first) {
            case '{', '[', '"' -> brackets(max, pointer);
            case -1, ',', ']', '}', ':' -> throw broken("a value is expected here", pointer);
            default -> scalar(max);
        }
        byte[] value = keepFrom < 0 || base + at - from > max ? null : Arrays.copyOfRange(buffer, keepFrom, at);
        keepFrom = -1;
        return value;
    }

    /**
     * Passes over an array, an object or a string: the hot loop. Which closer fits which opener is the parser's matter.
     */
    private void brackets(int max, String pointer) throws IOException, MalformedJson {
        int depth = 0;
        boolean inString = false;
        boolean escaped = false;
        while (true) {
            byte[] b = buffer;
            int n = end;
            int i = at;
            if (escaped && i < n) {
                i++;
                escaped = false;
            }
            while (i < n) {
                if (inString) {
                    byte c = b[i];
                    while (c != '"' && c != '\\' && ++i < n) {
                        c = b[i];
                    }
                    if (i == n) {
                        break;
                    }
                    i++;
                    if (c == '\\') {
                        if (i == n) {
                            escaped = true;
                            break;
                        }
                        i++;
                        continue;
                    }
                    inString = false;
                    if (depth == 0) {
                        at = i;
                        return;
                    }
                    continue;
                }
                switch (MEANING[b[i++] & 0xFF]) {
                    case QUOTE -> inString = true;
                    case OPEN -> depth++;
                    case CLOSE -> {
                        if (--depth == 0) {
                            at = i;
                            return;
                        }
                    }
                    case NEWLINE -> {
                        line++;
                        lineStart = base + i;
                    }
                    default -> {}
                }
            }
            at = i;
            if (!fill(max)) {
                throw broken(inString ? "the text ends inside a string" : "the text ends inside a value", pointer);
            }
        }
    }

    private void scalar(int max) throws IOException {
        while (at < end || fill(max)) {
            switch (buffer[at]) {
                case ',', ']', '}', ' ', '\t', '\r', '\n', ':', '"', '{', '[' -> {
                    return;
                }
                default -> at++;
            }
        }
    }

    private void expect(char wanted, String reason) throws IOException, MalformedJson {
        if (peek() != wanted) {
            throw broken(reason, "");
        }
        at++;
    }

    /** Skips white space and returns the next byte without taking it; -1 at the end of the text. */
    private int peek() throws IOException {
        while (at < end || fill(0)) {
            byte b = buffer[at];
            if (b == '\n') {
                line++;
                lineStart = base + at + 1;
            } else if (b != ' ' && b != '\t' && b != '\r') {
                return b & 0xFF;
            }
            at++;
        }
        return -1;
    }

    /**
     * Reads more, keeping the value that has begun; gives up keeping it once it is longer than {@code max}.
     *
     * @return false at the end of the text
     */
    private boolean fill(int max) throws IOException {
        if (keepFrom >= 0 && at - keepFrom > max) {
            keepFrom = -1;
        }
        if (keepFrom < 0) {
            base += at;
            at = 0;
            end = 0;
        } else if (end == buffer.length) {
            int kept = end - keepFrom;
            byte[] target = kept > buffer.length / 2
                    ? new byte[(int) Math.min(buffer.length * 2L, (long) max + CHUNK + 1)]
                    : buffer;
            System.arraycopy(buffer, keepFrom, target, 0, kept);
            buffer = target;
            base += keepFrom;
            at -= keepFrom;
            end = kept;
            keepFrom = 0;
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read <= 0) {
            return false;
        }
        end += read;
        return true;
    }

    private MalformedJson broken(String reason, String pointer) {
        state = State.BROKEN;
        fault = new MalformedJson(reason, pointer, clamp(base + at), line, clamp(base + at - lineStart + 1));
        return fault;
    }

    private static int clamp(long n) {
        return (int) Math.min(n, Integer.MAX_VALUE);
    }
}
