package uz.koprik.crypto.pkcs11;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Attributes of an object of a token (PKCS #11, section 4): what it has, or what is looked for. For one thread. */
final class TokenTemplate {

    static final long CLASS = 0x0;
    static final long TOKEN = 0x1;
    static final long PRIVATE = 0x2;
    static final long LABEL = 0x3;
    static final long KEY_TYPE = 0x100;
    static final long ID = 0x102;
    static final long SENSITIVE = 0x103;
    static final long SIGN = 0x108;
    static final long VERIFY = 0x10A;
    static final long EXTRACTABLE = 0x162;
    static final long EC_PARAMS = 0x180;
    static final long EC_POINT = 0x181;

    static final long PUBLIC_KEY = 2;
    static final long PRIVATE_KEY = 3;
    static final long EC = 3;

    /** Bytes of a {@code CK_ATTRIBUTE}: type, pointer, length. */
    static final long ATTRIBUTE = 24;

    private final List<Long> types = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();

    /** An object of that class. */
    static TokenTemplate of(long objectClass) {
        return new TokenTemplate().with(CLASS, objectClass);
    }

    TokenTemplate with(long type, byte[] value) {
        types.add(type);
        values.add(value);
        return this;
    }

    TokenTemplate with(long type, String text) {
        return with(type, text.getBytes(StandardCharsets.UTF_8));
    }

    TokenTemplate with(long type, boolean value) {
        return with(type, new byte[] {(byte) (value ? 1 : 0)});
    }

    TokenTemplate with(long type, long value) {
        byte[] bytes = new byte[Long.BYTES];
        MemorySegment.ofArray(bytes).set(ValueLayout.JAVA_LONG_UNALIGNED, 0, value);
        return with(type, bytes);
    }

    int size() {
        return types.size();
    }

    /** The array of {@code CK_ATTRIBUTE}. */
    MemorySegment in(Arena arena) {
        MemorySegment array = arena.allocate(Math.max(1, size()) * ATTRIBUTE, Long.BYTES);
        for (int i = 0; i < size(); i++) {
            byte[] bytes = values.get(i);
            MemorySegment value = arena.allocate(Math.max(1, bytes.length), Long.BYTES);
            MemorySegment.copy(bytes, 0, value, ValueLayout.JAVA_BYTE, 0, bytes.length);
            array.set(ValueLayout.JAVA_LONG, i * ATTRIBUTE, types.get(i));
            array.set(ValueLayout.ADDRESS, i * ATTRIBUTE + 8, value);
            array.set(ValueLayout.JAVA_LONG, i * ATTRIBUTE + 16, bytes.length);
        }
        return array;
    }
}
