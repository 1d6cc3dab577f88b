package uz.koprik.gateway.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Checks a query before anything is read from it: its percent-encoding, and the names of its parameters. */
final class QueryNames {

    private static final int SHOWN = 60;

    private QueryNames() {}

    /**
     * Checks that each parameter is known and there once.
     *
     * @param query of the request line, without the question mark; null when there is none
     * @param repeatable those of {@code known} that may be there several times
     * @throws Problem 400 that names the parameter, and those that are known
     */
    static void check(String query, Set<String> known, Set<String> repeatable) {
        if (query == null || query.isEmpty()) {
            return;
        }
        Set<String> seen = new HashSet<>();
        // A semicolon separates as well: the decoder of the server reads it so.
        for (String part : query.split("[&;]", -1)) {
            int end = part.indexOf('=');
            String name = decoded(end < 0 ? part : part.substring(0, end), "query");
            if (part.isEmpty()) {
                continue;
            }
            if (!known.contains(name)) {
                throw bad("there is no query parameter " + quoted(name) + " here; " + list(known));
            }
            if (!seen.add(name) && !repeatable.contains(name)) {
                throw bad(
                        "the query parameter " + quoted(name)
                                + " is there twice; write it once, and separate several values by commas where it takes several");
            }
        }
    }

    /**
     * Checks the percent-encoding (RFC 3986, section 2.1) of a request line.
     *
     * @throws Problem 400 when an escape is malformed, or the bytes are not UTF-8
     */
    static void checkEncoding(String path, String query) {
        if (path != null && path.indexOf('%') >= 0) {
            decoded(path, "path");
        }
        if (query != null && query.indexOf('%') >= 0) {
            decoded(query, "query");
        }
    }

    private static String list(Set<String> known) {
        return known.isEmpty() ? "this resource takes none" : "known ones are " + String.join(", ", known);
    }

    private static String decoded(String text, String where) {
        if (text.indexOf('%') < 0) {
            return text.replace('+', ' ');
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes.put(String.valueOf(c == '+' ? ' ' : c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw bad("the " + where
                        + " has a % that no two hexadecimal digits follow; write %25 for the sign itself");
            }
            bytes.put((byte) ((high << 4) | low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            throw bad("the " + where + " is not UTF-8 after percent-decoding");
        }
    }

    private static String quoted(String name) {
        StringBuilder plain = new StringBuilder();
        name.codePoints().limit(SHOWN).forEach(c -> plain.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return '"' + plain.toString() + (name.length() > plain.length() ? "…" : "") + '"';
    }

    private static Problem bad(String detail) {
        return new Problem(400, "Bad request", detail);
    }
}
