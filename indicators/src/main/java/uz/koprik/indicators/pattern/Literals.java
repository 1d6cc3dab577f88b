package uz.koprik.indicators.pattern;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** What the tokens of literals stand for (STIX 2.1 section 9.3). */
final class Literals {

    private static final java.util.regex.Pattern TIMESTAMP = java.util.regex.Pattern.compile(
            "[0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)"
                    + "(\\.[0-9]+)?Z");

    /** Hexadecimal digits of each hash, by its name without hyphens (STIX 2.1 section 10.7). */
    private static final Map<String, Integer> HASH_DIGITS = Map.ofEntries(
            Map.entry("MD5", 32),
            Map.entry("RIPEMD160", 40),
            Map.entry("SHA1", 40),
            Map.entry("SHA224", 56),
            Map.entry("SHA256", 64),
            Map.entry("SHA384", 96),
            Map.entry("SHA512", 128),
            Map.entry("SHA3224", 56),
            Map.entry("SHA3256", 64),
            Map.entry("SHA3384", 96),
            Map.entry("SHA3512", 128),
            Map.entry("WHIRLPOOL", 128));

    private Literals() {}

    static String string(Lexer lexer) {
        String inner = lexer.text.substring(lexer.start + 1, lexer.end - 1);
        if (!lexer.escaped) {
            return inner;
        }
        StringBuilder out = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            out.append(c == '\\' ? inner.charAt(++i) : c);
        }
        return out.toString();
    }

    static Constant.BytesConstant hex(Lexer lexer) throws PatternSyntaxError {
        try {
            return new Constant.BytesConstant(HexFormat.of().parseHex(inner(lexer)), true);
        } catch (IllegalArgumentException e) {
            throw lexer.error("pairs of hexadecimal digits, h'ffd8'", "something else in the quotes");
        }
    }

    static Constant.BytesConstant base64(Lexer lexer) throws PatternSyntaxError {
        String inner = inner(lexer);
        try {
            // The grammar has padding and no empty literal; the decoder would take less.
            if (!inner.isEmpty() && inner.length() % 4 == 0) {
                return new Constant.BytesConstant(Base64.getDecoder().decode(inner), false);
            }
        } catch (IllegalArgumentException e) {
            throw notBase64(lexer);
        }
        throw notBase64(lexer);
    }

    private static PatternSyntaxError notBase64(Lexer lexer) {
        return lexer.error("padded base 64, b'dGVzdA=='", "something else in the quotes");
    }

    static Constant.TimestampConstant timestamp(Lexer lexer) throws PatternSyntaxError {
        String inner = inner(lexer);
        if (!TIMESTAMP.matcher(inner).matches()) {
            throw lexer.error("a timestamp such as t'2026-01-31T12:00:00Z'", "something else in the quotes");
        }
        return new Constant.TimestampConstant(inner);
    }

    /** A hash of the wrong length can never be observed, so it is an error and not a pattern without matches. */
    static void checkHash(Lexer lexer, ObjectPath path, String value) throws PatternSyntaxError {
        int last = path.steps().size() - 1;
        if (last < 1
                || !(path.steps().get(last) instanceof ObjectPath.Key name)
                || !(path.steps().get(last - 1) instanceof ObjectPath.Key parent)
                || !parent.name().equals("hashes")) {
            return;
        }
        Integer digits =
                HASH_DIGITS.get(name.name().toUpperCase(java.util.Locale.ROOT).replace("-", ""));
        if (digits != null && (value.length() != digits || !value.chars().allMatch(Literals::isHexDigit))) {
            throw lexer.error(digits + " hexadecimal digits of a " + name.name() + " hash", "another string");
        }
    }

    private static boolean isHexDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static String inner(Lexer lexer) {
        return lexer.text.substring(lexer.start + 2, lexer.end - 1);
    }
}
