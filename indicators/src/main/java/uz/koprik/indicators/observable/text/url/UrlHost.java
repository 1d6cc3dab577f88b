package uz.koprik.indicators.observable.text.url;

import uz.koprik.indicators.observable.Ascii;

/** The user, host and port of a URL in running text. */
final class UrlHost {

    private static final int LONGEST_USER = 120;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_ADDRESS = 60;

    private final String text;
    private final int from;
    private final SureValues values;

    /** @param from where the user or the host begins */
    UrlHost(String text, int from, SureValues values) {
        this.text = text;
        this.from = from;
        this.values = values;
    }

    /** Where the path begins, or the text goes on. */
    int end() {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            char before = at == from ? 0 : text.charAt(at - 1);
            if (c == '[' && (before == 0 || before == '@')) {
                int close = text.indexOf(']', at, Math.min(text.length(), at + LONGEST_ADDRESS));
                if (close < 0) {
                    break;
                }
                at = close + 1;
            } else if (TextChars.isSymbol(c) && isLabelOfSymbols(at)) {
                at++;
            } else if (c > 0x7F
                    && (ProseEnds.isApostrophe(text, from, at) || ProseEnds.isEndingOfHost(text, from, at))) {
                break;
            } else if (TextChars.isAlnum(c) || TextChars.isMark(c) || c == '-' || c == '.' || c == '_' || c == '~') {
                if (isOtherWriting(c, before)) {
                    break;
                }
                at++;
            } else if (c == ':' || c == '@' || "%!$&+=*'(),;".indexOf(c) >= 0) {
                if (!goesOn(c, at)) {
                    break;
                }
                at++;
            } else {
                break;
            }
        }
        return at;
    }

    /** Whether a script without blanks and another one touch, so that the host ends. */
    private static boolean isOtherWriting(char c, char before) {
        if (before == 0 || TextChars.isSymbol(before)) {
            return false;
        }
        return TextChars.isUnspaced(c)
                ? !TextChars.isUnspaced(before) && before != '.'
                : TextChars.isUnspaced(before) && c != '.' && c != '-';
    }

    /** Whether the host goes on after a sign: with a port, or with a host after the user. */
    private boolean goesOn(char sign, int at) {
        if (sign == ':') {
            boolean port = at + 1 < text.length() && Ascii.isDigit(text.charAt(at + 1));
            return port || hasEmptyPort(at) || (userFollows(at) && !StolenLogins.follow(text, at, false, values));
        }
        return at + 1 < text.length() && (sign == '@' ? isHostChar(at + 1) : userFollows(at));
    }

    /** Whether a host ends here with a colon without a number, and a path follows (RFC 3986, section 3.2.3). */
    private boolean hasEmptyPort(int colon) {
        return colon > from
                && TextChars.isAlnum(text.charAt(colon - 1))
                && colon + 2 < text.length()
                && text.charAt(colon + 1) == '/'
                && TextChars.isAlnum(text.charAt(colon + 2));
    }

    /** Whether symbols begin a label of the host before its last one, as in names of pictures. */
    private boolean isLabelOfSymbols(int symbol) {
        int first = symbol;
        while (first > from && TextChars.isSymbol(text.charAt(first - 1))) {
            first--;
        }
        boolean hasDot = TextChars.lastIndexOf(text, '.', from, first) >= 0;
        if (hasDot && text.charAt(first - 1) != '.') {
            return false; // the host may be whole before them
        }
        int at = symbol;
        while (at < text.length()
                && at - symbol < LONGEST_LABEL
                && (TextChars.isSymbol(text.charAt(at))
                        || TextChars.isAlnum(text.charAt(at))
                        || text.charAt(at) == '-')) {
            at++;
        }
        return at + 1 < text.length() && text.charAt(at) == '.' && TextChars.isAlnum(text.charAt(at + 1));
    }

    private boolean isHostChar(int at) {
        return TextChars.isAlnum(text.charAt(at)) || text.charAt(at) == '[';
    }

    /** Whether the name of a user ends before the path begins. */
    private boolean userFollows(int at) {
        for (int i = at + 1; i < text.length() && i < from + LONGEST_USER; i++) {
            char c = text.charAt(i);
            if (c == '@') {
                return true;
            }
            if (c == '/' || c == '?' || c == '#' || TextChars.isBreak(c)) {
                return false;
            }
        }
        return false;
    }
}
