package uz.koprik.indicators.pattern;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/** A literal (STIX 2.1 section 9.3). */
public sealed interface Constant {

    /** {@code 'text'}, here without quotes and escapes. */
    record StringConstant(String value) implements Constant {}

    /** {@code 1280}. */
    record IntegerConstant(BigInteger value) implements Constant {}

    /** {@code 7.5}. */
    record FloatConstant(BigDecimal value) implements Constant {}

    /** {@code true} or {@code false}. */
    record BooleanConstant(boolean value) implements Constant {}

    /**
     * {@code t'2026-11-22T00:00:00Z'}, here without {@code t} and quotes. RFC 3339 in form, not checked for leap years.
     */
    record TimestampConstant(String value) implements Constant {}

    /** Bytes, written {@code b'…'} in base 64 or {@code h'…'} in hexadecimal. */
    final class BytesConstant implements Constant {
        private final byte[] bytes;
        private final boolean hex;

        /** @param hex whether it is written in hexadecimal rather than base 64 */
        public BytesConstant(byte[] bytes, boolean hex) {
            this.bytes = bytes.clone();
            this.hex = hex;
        }

        /** A copy of the bytes. */
        public byte[] bytes() {
            return bytes.clone();
        }

        /** Whether it was written in hexadecimal rather than base 64. */
        public boolean hex() {
            return hex;
        }

        /** Equal when the bytes and the way of writing are. */
        @Override
        public boolean equals(Object other) {
            return other instanceof BytesConstant that && hex == that.hex && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        /** How many bytes there are; the bytes themselves may be a whole file. */
        @Override
        public String toString() {
            return "BytesConstant[" + bytes.length + " bytes]";
        }
    }
}
