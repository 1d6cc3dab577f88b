package uz.koprik.indicators.documents;

/** The sentence around a place of a text. */
final class Sentences {

    static final int LONGEST = 300;

    /** How far from a value its sentence is looked for. */
    private static final int REACH = 600;

    /**
     * Text is wrapped at this width or a larger one; a line that ends before it ends a sentence, but before a small
     * letter.
     */
    private static final int NARROWEST = 40;

    private Sentences() {}

    /** The sentence that has the characters from {@code start} to {@code end}, in one line, cut when it is long. */
    static String around(String text, int start, int end) {
        int from = start;
        int least = Math.max(0, start - REACH);
        while (from > least && !endsBefore(text, from)) {
            from--;
        }
        int to = end;
        int most = Math.min(text.length(), end + REACH);
        while (to < most && !endsAt(text, to)) {
            to++;
        }
        String before = inOneLine(text.substring(from, start));
        String value = inOneLine(text.substring(start, end));
        String after = inOneLine(text.substring(end, to));
        String gapBefore =
                start > from && Character.isWhitespace(text.charAt(start - 1)) && !before.isEmpty() ? " " : "";
        String gapAfter = end < to && Character.isWhitespace(text.charAt(end)) && !after.isEmpty() ? " " : "";
        before += gapBefore;
        after = gapAfter + after;
        if (before.length() + value.length() + after.length() <= LONGEST) {
            return before + value + after;
        }
        int room = Math.max(0, LONGEST - value.length());
        int left = Math.min(before.length(), Math.max(room / 2, room - after.length()));
        int right = Math.min(after.length(), room - left);
        String cut = cutStart(before, left) + value + cutEnd(after, right);
        return cut.length() <= LONGEST + 2 ? cut : cutEnd(cut, LONGEST);
    }

    private static String cutStart(String text, int kept) {
        return kept >= text.length() ? text : "…" + text.substring(whole(text, text.length() - kept));
    }

    private static String cutEnd(String text, int kept) {
        return kept >= text.length() ? text : text.substring(0, whole(text, kept)) + "…";
    }

    /** The index, or the next one when it parts a pair of surrogates. */
    private static int whole(String text, int at) {
        boolean parts = at > 0
                && at < text.length()
                && Character.isLowSurrogate(text.charAt(at))
                && Character.isHighSurrogate(text.charAt(at - 1));
        return parts ? at + 1 : at;
    }

    static String inOneLine(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), 2 * REACH));
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isISOControl(c) || Character.isSpaceChar(c)) {
                gap = line.length() > 0;
            } else {
                if (gap) {
                    line.append(' ');
                    gap = false;
                }
                line.append(c);
            }
        }
        return line.toString();
    }

    /** Whether a sentence ends before the character at {@code at}. */
    private static boolean endsBefore(String text, int at) {
        char before = text.charAt(at - 1);
        if (before == '\n') {
            return (at >= 2 && isStop(text, at - 2)) || isBreak(text, at - 1);
        }
        return at >= 2 && Character.isWhitespace(before) && isStop(text, at - 2);
    }

    /** Whether a sentence ends at {@code at}, which is no longer a part of it. */
    private static boolean endsAt(String text, int at) {
        char c = text.charAt(at);
        if (c == '\n') {
            return (at >= 1 && isStop(text, at - 1)) || isBreak(text, at);
        }
        return at >= 1 && Character.isWhitespace(c) && isStop(text, at - 1);
    }

    private static boolean isStop(String text, int at) {
        char c = text.charAt(at);
        return c == '.' || c == '!' || c == '?' || c == '。' || c == '…';
    }

    /**
     * Whether the end of a line ends a sentence: beside an empty line, a line without spaces, an item of a list or a
     * row of a table, and where the next word had room.
     */
    private static boolean isBreak(String text, int newline) {
        int before = text.lastIndexOf('\n', newline - 1) + 1;
        int after = text.indexOf('\n', newline + 1);
        String line = text.substring(Math.max(before, newline - REACH), newline).strip();
        String next = text.substring(newline + 1, Math.min(after < 0 ? text.length() : after, newline + REACH))
                .strip();
        return alone(line)
                || alone(next)
                || isItem(next)
                || (isItem(line) && line.endsWith("|"))
                || (line.length() + 1 + firstWord(next) <= NARROWEST && !Character.isLowerCase(next.codePointAt(0)));
    }

    /** The length of the first word, in UTF-16 units. */
    private static int firstWord(String line) {
        int end = 0;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean alone(String line) {
        return line.isEmpty() || line.chars().noneMatch(Character::isWhitespace) || line.startsWith("#");
    }

    private static boolean isItem(String line) {
        char first = line.isEmpty() ? ' ' : line.charAt(0);
        return "-*•|–·>".indexOf(first) >= 0 || (Character.isDigit(first) && line.matches("\\d{1,3}[.)]\\s.*"));
    }
}
