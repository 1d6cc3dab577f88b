package uz.koprik.indicators.observable.text;

import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.url.TextChars;

/** Paths of files in a text. */
final class PathScan {

    private final String text;
    private final TextFindings found;
    private final TextNumbers numbers;
    private final Pieces pieces;
    private final SchemelessUrls schemeless;

    PathScan(TextFindings found, TextNumbers numbers, Pieces pieces, SchemelessUrls schemeless) {
        this.text = found.text();
        this.found = found;
        this.numbers = numbers;
        this.pieces = pieces;
        this.schemeless = schemeless;
    }

    boolean begins(int from, int to) {
        char c = text.charAt(from);
        if (c == '\\') {
            return to > from + 1 && "nrt".indexOf(text.charAt(from + 1)) < 0;
        }
        if (c == '/') {
            return to > from + 1;
        }
        if (c == '~' || c == '.') {
            return text.startsWith("~/", from)
                    || text.startsWith("./", from)
                    || text.startsWith("../", from)
                    || text.startsWith(".\\", from)
                    || text.startsWith("..\\", from);
        }
        int first = from;
        while (first < to && "[('{".indexOf(text.charAt(first)) >= 0) {
            first++;
        }
        if (text.regionMatches(true, first, "HK", 0, 2)) {
            return false;
        }
        boolean drive = to > from + 2
                && Ascii.isLetter(c)
                && text.charAt(from + 1) == ':'
                && (text.charAt(from + 2) == '\\' || text.charAt(from + 2) == '/');
        if (drive) {
            return true;
        }
        int back = text.indexOf('\\', from, to);
        if (back > from && text.startsWith("HKEY_", back + 1)) {
            return false; // Computer\HKEY_LOCAL_MACHINE
        }
        boolean inside = back > from
                && back + 2 < to
                && Character.isLetter(text.charAt(back + 1))
                && TextChars.isAlnum(text.charAt(back + 2))
                && (TextChars.isAlnum(text.charAt(back - 1)) || text.charAt(back - 1) == '%')
                && !("nrt".indexOf(text.charAt(back + 1)) >= 0 && !Ascii.isLetter(text.charAt(back + 2)));
        return inside;
    }

    /** The path of a file: only an address or the host of a share in it is a value. */
    int at(int from, int to) {
        int at = from;
        while (at < to && (text.charAt(at) == '\\' || text.charAt(at) == '/')) {
            at++;
        }
        int slashes = at - from;
        if (at == to) {
            return to;
        }
        if (slashes == 1 && text.charAt(from) == '/') {
            RecognisedValue number = numbers.at(at);
            if (number != null && (number.observable().kind() != ObservableKind.PHONE || text.charAt(at) == '+')) {
                found.add(number);
                return Math.max(number.end(), at);
            }
            for (int slash = text.indexOf('/', at, to), parts = 0; slash > 0 && parts < Pieces.MAX_SPLITS; parts++) {
                RecognisedValue field = slash + 1 < to ? numbers.at(slash + 1) : null;
                if (field != null && field.observable().kind() == ObservableKind.IBAN) {
                    found.add(field);
                    return field.end();
                }
                slash = text.indexOf('/', slash + 1, to);
            }
            if (text.startsWith("dev/tcp/", at) || text.startsWith("dev/udp/", at)) {
                pieces.afterSlash(at + 8, to);
                return to;
            }
            int end = at;
            while (end < to && (Ascii.isDigit(text.charAt(end)) || ".:".indexOf(text.charAt(end)) >= 0)) {
                end++;
            }
            if (end - at > 6) {
                return pieces.piece(at, end, 0) > 0 && end < to ? (TextChars.isAlnum(text.charAt(end)) ? to : end) : to;
            }
            return to;
        }
        if (slashes >= 2) {
            int end = at;
            while (end < to && text.charAt(end) != '\\' && text.charAt(end) != '/') {
                end++;
            }
            if (text.charAt(from) == '/') {
                int used = schemeless.at(at, to);
                return used > 0 ? used : to;
            }
            int sign = text.indexOf('@', at, end);
            pieces.piece(at, sign > at && end < to ? sign : end, Pieces.MAX_SPLITS); // \\host@SSL@443\folder
        }
        return to;
    }
}
