package uz.koprik.crypto.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A reader of JSON (RFC 8259) that refuses every text that two readers could read differently (RFC 7493, I-JSON, and beyond).
 *
 * <p>It refuses, besides malformed text: duplicate names, lone surrogates, invalid UTF-8, a byte order mark, integers beyond
 * ±(2^53−1), negative zero, numbers with more digits than a double preserves, nesting over {@value #MAX_DEPTH}, trailing data.
 *
 * <p>Jackson splits the text into tokens. This class builds the tree and applies the rules that Jackson does not know;
 * {@link FaultFinder} says what is wrong with a text that Jackson refuses, and where.
 */
public final class StrictJson {

    /** Deepest nesting of arrays and objects that is read. */
    public static final int MAX_DEPTH = 64;

    /** Longest number that is read, in characters: longer ones cost more to parse than any real number is worth. */
    public static final int MAX_NUMBER_LENGTH = 400;

    /** Longest integer in characters, with its sign, that a long holds. */
    private static final int LONG_LENGTH = 18;
    /** Up to this many names a scan finds a duplicate faster than a set. */
    private static final int SCAN_LIMIT = 32;
    /** Longest name, in characters, that Jackson may keep for later texts. */
    private static final int SHARED_NAME_LENGTH = 256;

    /** Depth is limited here, one level before Jackson does; the caller limits the text, and so its strings. */
    private static final JsonFactory TOKENS = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH + 1)
                    .maxNumberLength(MAX_NUMBER_LENGTH).maxStringLength(Integer.MAX_VALUE).maxNameLength(Integer.MAX_VALUE).build())
            .build();

    private final byte[] text;
    private final int from;
    private final ByteScan scan;
    private final FaultFinder faults;
    private final JsonParser tokens;
    /** End of the last token that is part of the tree. */
    private int done;
    private int longestName;

    private StrictJson(byte[] text, int from, int to) throws MalformedJson {
        this.text = text;
        this.from = from;
        this.done = from;
        this.scan = new ByteScan(text, from, to);
        this.faults = new FaultFinder(text, from, to, scan.readable());
        try {
            tokens = TOKENS.createParser(text, from, scan.readable() - from);
        } catch (IOException e) {
            throw faults.whole();
        }
    }

    /**
     * Reads one value that fills the whole text.
     *
     * @param text UTF-8
     * @throws MalformedJson when the text is not JSON, or JSON that can be read in more than one way
     */
    public static Json parse(byte[] text) throws MalformedJson {
        return parse(text, 0, text.length);
    }

    /** As {@link #parse(byte[])}, for the part of {@code text} from {@code from} to {@code to} (exclusive). */
    public static Json parse(byte[] text, int from, int to) throws MalformedJson {
        StrictJson reader = new StrictJson(text, from, to);
        if (!reader.next()) {
            throw reader.faults.whole();
        }
        Json value = reader.value();
        reader.faults.expectEnd(value.end());
        reader.close();
        return value;
    }

    /** As {@link #parse(byte[])}, for a text that must be an object. */
    public static JsonObject parseObject(byte[] text) throws MalformedJson {
        Json value = parse(text);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new FaultFinder(text, 0, text.length, text.length)
                .fault(value.start(), "an object is expected here, not a value of kind " + value.kind());
    }

    /**
     * Gives back the buffers, and with them the names of this text, which Jackson keeps for later texts. A parser that saw a
     * long name, or that failed, is left to the garbage collector: so no text can fill the memory with names.
     */
    private void close() {
        if (longestName <= SHARED_NAME_LENGTH) {
            try {
                tokens.close();
            } catch (IOException e) {
                throw new IllegalStateException("a parser of bytes has nothing to close", e);
            }
        }
    }

    private boolean next() throws MalformedJson {
        try {
            return tokens.nextToken() != null;
        } catch (IOException e) {
            throw faults.whole();
        }
    }

    /** The value that begins with the current token. */
    private Json value() throws MalformedJson {
        int start = from + (int) tokens.currentTokenLocation().getByteOffset();
        return switch (tokens.currentTokenId()) {
            case JsonTokenId.ID_START_OBJECT -> object(start);
            case JsonTokenId.ID_START_ARRAY -> array(start);
            case JsonTokenId.ID_STRING -> string(start);
            case JsonTokenId.ID_NUMBER_INT -> number(start, true);
            case JsonTokenId.ID_NUMBER_FLOAT -> number(start, false);
            case JsonTokenId.ID_TRUE -> new JsonBoolean(true, start, end());
            case JsonTokenId.ID_FALSE -> new JsonBoolean(false, start, end());
            case JsonTokenId.ID_NULL -> new JsonNull(start, end());
            default -> throw new IllegalStateException("no value begins with " + tokens.currentToken());
        };
    }

    private JsonObject object(int start) throws MalformedJson {
        done = start + 1;
        faults.enter(done);
        String[] names = new String[8];
        Json[] values = new Json[8];
        int size = 0;
        Set<String> seen = null;
        // One bit per name, by its hash code, which the String caches: Jackson returns the same String for the same name.
        long bits = 0;
        for (String name = member(size, names); name != null; name = member(size, names)) {
            if (seen == null && size == SCAN_LIMIT) {
                seen = new HashSet<>(Arrays.asList(names).subList(0, size));
            }
            long bit = 1L << name.hashCode();
            if (seen != null ? !seen.add(name) : (bits & bit) != 0 && FaultFinder.contains(names, size, name)) {
                throw faults.member(done, size, names, name);
            }
            bits |= bit;
            if (size == names.length) {
                names = Arrays.copyOf(names, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            faults.at(name);
            names[size] = name;
            values[size++] = value();
        }
        faults.leave();
        return new JsonObject(Arrays.copyOf(names, size), Arrays.copyOf(values, size), start, end());
    }

    /** Passes on to the value of the next member and returns its name; null at the end of the object. */
    private String member(int size, String[] names) throws MalformedJson {
        try {
            String name = tokens.nextFieldName();
            if (name != null) {
                tokens.nextToken();
                longestName = Math.max(longestName, name.length());
                if (scan.escapes() && ByteScan.hasLoneSurrogate(name)) {
                    throw faults.member(done, size, names, name);
                }
            }
            return name;
        } catch (IOException e) {
            throw faults.member(done, size, names, name());
        }
    }

    /** The name that Jackson read last. */
    private String name() {
        try {
            return tokens.currentName();
        } catch (IOException e) {
            throw new IllegalStateException("a name that was read is at hand", e);
        }
    }

    private JsonArray array(int start) throws MalformedJson {
        done = start + 1;
        faults.enter(done);
        List<Json> items = new ArrayList<>();
        while (item(items.size())) {
            faults.at(items.size());
            items.add(value());
        }
        faults.leave();
        return new JsonArray(items, start, end());
    }

    /** Passes on to the next item; false at the end of the array. */
    private boolean item(int size) throws MalformedJson {
        try {
            return tokens.nextToken() != JsonToken.END_ARRAY;
        } catch (IOException e) {
            throw faults.item(done, size);
        }
    }

    private JsonString string(int start) throws MalformedJson {
        int quote = scan.endOfPlain(start + 1);
        if (quote >= 0) {
            done = quote + 1;
            return new JsonString(new String(text, start + 1, quote - start - 1, scan.charset()), start, done);
        }
        String value;
        try {
            value = tokens.getText();
        } catch (IOException e) {
            throw faults.scalar(start);
        }
        if (scan.escapes() && ByteScan.hasLoneSurrogate(value)) {
            throw faults.scalar(start);
        }
        return new JsonString(value, start, end());
    }

    private JsonNumber number(int start, boolean integer) throws MalformedJson {
        try {
            done = start + tokens.getTextLength();
            String fault;
            double value;
            if (integer && done - start <= LONG_LENGTH) {
                value = tokens.getLongValue();
                fault = NumberRules.fault(value, text[start] == '-');
            } else {
                String literal = tokens.getText();
                value = Double.parseDouble(literal);
                fault = NumberRules.fault(literal, value, integer);
            }
            if (fault != null) {
                throw faults.fault(start, fault);
            }
            return new JsonNumber(value, integer, start, done);
        } catch (IOException e) {
            throw faults.scalar(start);
        }
    }

    /** The end of the current token, which is now part of the tree. */
    private int end() {
        done = from + (int) tokens.currentLocation().getByteOffset();
        return done;
    }
}
