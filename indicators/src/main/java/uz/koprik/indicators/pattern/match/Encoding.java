package uz.koprik.indicators.pattern.match;

import java.util.Base64;
import java.util.HexFormat;

/** What the name of a property says about its value: section 3.1 keeps {@code _hex} and {@code _bin} for bytes. */
enum Encoding {
    NONE,
    HEX,
    BASE64;

    static Encoding of(String property) {
        return property.endsWith("_hex") ? HEX : property.endsWith("_bin") ? BASE64 : NONE;
    }

    /** The bytes; null when {@code text} is not so encoded. */
    byte[] decode(String text) {
        try {
            return switch (this) {
                case HEX -> HexFormat.of().parseHex(text);
                case BASE64 -> Base64.getDecoder().decode(text);
                case NONE -> throw new IllegalStateException("plain text is not decoded");
            };
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    Verdict malformed(Work work) {
        return work.unknown(
                "a value of a property named …" + (this == HEX ? "_hex is not hexadecimal" : "_bin is not base 64"));
    }
}
