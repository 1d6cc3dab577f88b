package uz.koprik.indicators.pattern.match;

import java.math.BigDecimal;
import java.util.Arrays;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.pattern.Constant;

/**
 * A constant of a pattern, ready to be held against values (section 9.6.1: equal types only, but for text and bytes).
 */
sealed interface Operand {

    /** What {@link #order} returns where the values are of types that are never compared. */
    int OTHER_TYPE = 2;

    /** What {@link #order} returns for a text that bytes cannot hold. */
    int NOT_BYTES = 3;

    /** What {@link #order} returns when the value is not what its property promises. */
    int MALFORMED = 4;

    /** -1, 0 or 1 as {@code value} is less than, equal to or greater than this; else one of the constants above. */
    int order(Json value, Encoding encoding, Work work);

    static Operand of(Constant constant) throws UnmatchablePattern {
        return switch (constant) {
            case Constant.StringConstant string -> new Text(string.value(), Texts.bytes(string.value()));
            case Constant.IntegerConstant integer ->
                new Numeral(
                        new BigDecimal(integer.value()),
                        integer.value().doubleValue(),
                        integer.value().bitLength() <= 53);
            case Constant.FloatConstant number ->
                new Numeral(number.value(), number.value().doubleValue(), true);
            case Constant.BooleanConstant truth -> new Truth(truth.value());
            case Constant.BytesConstant bytes -> new Bytes(bytes.bytes());
            case Constant.TimestampConstant timestamp -> new Time(moment(timestamp));
        };
    }

    static Moment moment(Constant.TimestampConstant constant) throws UnmatchablePattern {
        Moment moment = Moment.parse(constant.value());
        if (moment == null) {
            throw new UnmatchablePattern("there is no such day or leap second: t'" + constant.value() + "'");
        }
        return moment;
    }

    /** @param bytes the same as bytes, or null when a character does not fit into one */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Text(String text, byte[] bytes) implements Operand {
        @Override
        public int order(Json value, Encoding encoding, Work work) {
            if (!(value instanceof JsonString string)) {
                return OTHER_TYPE;
            }
            if (encoding == Encoding.NONE) {
                return Integer.signum(Texts.compare(string.value(), text));
            }
            byte[] decoded = encoding.decode(string.value());
            if (decoded == null) {
                encoding.malformed(work);
                return MALFORMED;
            }
            return bytes == null ? NOT_BYTES : Integer.signum(Arrays.compareUnsigned(decoded, bytes));
        }
    }

    /** @param exact whether a double holds it as doubles of JSON are held, so that doubles can be compared */
    record Numeral(BigDecimal decimal, double number, boolean exact) implements Operand {
        @Override
        public int order(Json value, Encoding encoding, Work work) {
            if (!(value instanceof JsonNumber n)) {
                return OTHER_TYPE;
            }
            return exact ? Double.compare(n.value(), number) : new BigDecimal(n.value()).compareTo(decimal);
        }
    }

    /** True or false. */
    record Truth(boolean truth) implements Operand {
        @Override
        public int order(Json value, Encoding encoding, Work work) {
            return value instanceof JsonBoolean b ? Boolean.compare(b.value(), truth) : OTHER_TYPE;
        }
    }

    /** Bytes; a plain text is compared by the bytes its characters fit into. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bytes(byte[] bytes) implements Operand {
        @Override
        public int order(Json value, Encoding encoding, Work work) {
            if (!(value instanceof JsonString string)) {
                return OTHER_TYPE;
            }
            byte[] other = encoding == Encoding.NONE ? Texts.bytes(string.value()) : encoding.decode(string.value());
            if (other == null) {
                if (encoding != Encoding.NONE) {
                    encoding.malformed(work);
                }
                return encoding == Encoding.NONE ? NOT_BYTES : MALFORMED;
            }
            return Integer.signum(Arrays.compareUnsigned(other, bytes));
        }
    }

    /** A moment; JSON has only texts for it, so a text that is none is a fault of the data and not another type. */
    record Time(Moment moment) implements Operand {
        @Override
        public int order(Json value, Encoding encoding, Work work) {
            if (!(value instanceof JsonString string) || encoding != Encoding.NONE) {
                return OTHER_TYPE;
            }
            Moment other = Moment.parse(string.value());
            if (other == null) {
                work.unknown("a value that the pattern compares with a timestamp is not a timestamp");
                return MALFORMED;
            }
            return Integer.signum(other.compareTo(moment));
        }
    }
}
