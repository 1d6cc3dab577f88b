package uz.koprik.indicators.store.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link ByteWriter} wrote, from a position in a buffer that others read too. */
public final class ByteReader {

    private final ByteBuffer buffer;
    private int at;

    public ByteReader(ByteBuffer buffer, int at) {
        this.buffer = buffer;
        this.at = at;
    }

    /** Where the next byte is read. */
    public int at() {
        return at;
    }

    public byte int8() {
        return buffer.get(at++);
    }

    public int int32() {
        at += 4;
        return buffer.getInt(at - 4);
    }

    public long int64() {
        at += 8;
        return buffer.getLong(at - 8);
    }

    public int count() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = int8();
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    public byte[] raw(int length) {
        byte[] value = new byte[length];
        buffer.get(at, value);
        at += length;
        return value;
    }

    public String text() {
        return new String(raw(count()), StandardCharsets.UTF_8);
    }

    public void skipText() {
        int length = count();
        at += length;
    }

    public void skipTexts() {
        for (int i = count(); i > 0; i--) {
            skipText();
        }
    }

    public List<String> texts() {
        int count = count();
        List<String> values = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            values.add(text());
        }
        return values;
    }
}
