package uz.koprik.indicators.store.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A growing byte array, big-endian. */
public final class ByteWriter {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int size;

    public ByteWriter(int expected) {
        bytes = new byte[expected];
    }

    public int size() {
        return size;
    }

    public byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    public static void putInt(byte[] into, int at, int value) {
        INT.set(into, at, value);
    }

    public static void putLong(byte[] into, int at, long value) {
        LONG.set(into, at, value);
    }

    private int claim(int length) {
        int at = size;
        int end = Math.addExact(size, length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length + (bytes.length >> 1)));
        }
        size = end;
        return at;
    }

    public void int8(int value) {
        int at = claim(1); // before the array is looked at, since it may become another
        bytes[at] = (byte) value;
    }

    public void int32(int value) {
        int at = claim(4);
        INT.set(bytes, at, value);
    }

    public void int64(long value) {
        int at = claim(8);
        LONG.set(bytes, at, value);
    }

    /** Seven bits a byte, lowest first. */
    public void count(int value) {
        int rest = value;
        while (rest >= 0x80) {
            int8(rest | 0x80);
            rest >>>= 7;
        }
        int8(rest);
    }

    public void raw(byte[] value) {
        int at = claim(value.length);
        System.arraycopy(value, 0, bytes, at, value.length);
    }

    public void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        count(utf8.length);
        raw(utf8);
    }

    public void texts(List<String> values) {
        count(values.size());
        values.forEach(this::text);
    }
}
