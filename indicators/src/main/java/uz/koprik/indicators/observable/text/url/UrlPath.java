package uz.koprik.indicators.observable.text.url;

import uz.koprik.indicators.observable.Ascii;

/** The path, query and fragment of a URL in running text, up to the first sign that ends them. */
final class UrlPath {

    private final String text;
    private final SureValues values;
    private final int begin;
    private final int hostFrom;
    private final int from;
    private final boolean backslashes;
    private boolean query;
    private int round;
    private int curly;

    /** Where the next {@code ://} stands; -1 for nowhere, -2 when not yet looked for. */
    private int mark = -2;

    /**
     * @param begin where the URL begins
     * @param hostFrom where its host begins
     * @param from where its host ends
     * @param slashes whether the text has backslashes for slashes
     */
    UrlPath(String text, int begin, int hostFrom, int from, boolean slashes, SureValues values) {
        this.text = text;
        this.values = values;
        this.begin = begin;
        this.hostFrom = hostFrom;
        this.from = from;
        // One more backslash before a slash is JSON.
        this.backslashes = slashes && text.startsWith("\\", from) && from + 1 < text.length() && next(from) != '/';
    }

    /** One past the last character, signs of the sentence included; where the host ends when there is no path. */
    int end() {
        if (from >= text.length()) {
            return from;
        }
        char first = text.charAt(from);
        boolean begins = first == '\\'
                ? backslashes || text.startsWith("\\/", from)
                : first == '/' || first == '?' || first == '#';
        int at = from;
        while (begins && at < text.length()) {
            int next = step(at);
            if (next < 0) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private char next(int at) {
        return at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    }

    /** Where to go on after a character, or -1 when the URL ends before it. */
    private int step(int at) {
        char c = text.charAt(at);
        if (Ascii.isLetter(c)) {
            return isNextUrl(c, at) ? -1 : at + 1;
        }
        if (c == '|' && query && !TextChars.isBreak(next(at)) && !MarkupEnds.isBarOfCell(text, begin, at)) {
            return values.valueFollows(text, at + 1) ? -1 : at + 1;
        }
        if (round > 0 && TextChars.isSymbol(c)) {
            return at + 1;
        }
        if (TextChars.isBreak(c)) {
            return -1;
        }
        if (c > 0x7F) {
            boolean ends = ProseEnds.isApostrophe(text, hostFrom, at)
                    || (TextChars.isUnspaced(c) && ProseEnds.areWords(text, from, at));
            return ends ? -1 : at + 1;
        }
        return switch (c) {
            case '[' -> query ? afterIndex(at) : -1;
            case '\\' -> UrlEscapes.isSign(text, at) ? at + UrlEscapes.LENGTH : goOn(at, endsAt(c, at));
            default -> goOn(at, endsAt(c, at));
        };
    }

    private static int goOn(int at, boolean ends) {
        return ends ? -1 : at + 1;
    }

    private int afterIndex(int open) {
        int close = MarkupEnds.indexEnd(text, open);
        return close < 0 ? -1 : close + 1;
    }

    /** Whether another URL begins at a letter, since a separator was lost. */
    private boolean isNextUrl(char letter, int at) {
        char small = (char) (letter | 0x20);
        if (small != 'h' && small != 'f') {
            return false;
        }
        if (mark == -2 || (mark >= 0 && mark < at)) {
            mark = text.indexOf("://", at);
        }
        return mark > at && mark - at <= 5 && UrlScheme.isUrlAt(text, at, mark);
    }

    /** Whether the URL ends before a sign of ASCII. */
    private boolean endsAt(char c, int at) {
        return switch (c) {
            case '?' -> {
                query = true;
                yield false;
            }
            case '\'', ']' -> true;
            case '(' -> {
                round++;
                yield at == from || !MarkupEnds.isOfPath(text, at, ')', values);
            }
            case ')' -> --round < 0;
            case '{' -> {
                curly++;
                yield !MarkupEnds.isOfPath(text, at, '}', values) || MarkupEnds.isMacro(text, at);
            }
            case '}' -> --curly < 0;
            case ':' ->
                StolenLogins.follow(text, at, true, values)
                        || StolenLogins.isListed(text, begin, at)
                        || LogEnds.isAddressOrHash(text, at + 1, values);
            case ',', ';' -> LogEnds.separates(text, begin, at, values);
            case '\\' -> !backslashes && UrlEscapes.endsUrl(text, at);
            case '-', '=' -> next(at) == '>'; // an arrow
            case '.' -> ProseEnds.isNextSentence(text, hostFrom, at);
            case '&' ->
                MarkupEnds.isEntity(text, at) || (!query && (next(at) == '&' || LogEnds.isField(text, at + 1, values)));
            case '*' -> next(at) == '*';
            default -> false;
        };
    }
}
