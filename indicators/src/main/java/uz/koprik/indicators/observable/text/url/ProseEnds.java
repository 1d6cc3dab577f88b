package uz.koprik.indicators.observable.text.url;

import java.util.Locale;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.network.TopLevelDomains;

/** The end of a URL in a sentence: endings of words, scripts without blanks, the next sentence. */
final class ProseEnds {

    private static final int LONGEST_ENDING = 10;
    private static final int LONGEST_NAME = 60;

    private ProseEnds() {}

    /**
     * Whether an apostrophe that counts as a letter hangs an ending on the URL; after o and g it is part of a letter.
     */
    static boolean isApostrophe(String text, int hostFrom, int at) {
        char c = text.charAt(at);
        if (c != '\u02BC' && c != '\u02BB') {
            return false;
        }
        char before = text.charAt(at - 1);
        return at > hostFrom && before <= 0x7F && TextChars.isAlnum(before) && "oOgG".indexOf(before) < 0;
    }

    /** Whether letters of another script hang on a host as the ending of a language. */
    static boolean isEndingOfHost(String text, int hostFrom, int at) {
        if (at == hostFrom || !TextChars.isOfOtherScript(text.charAt(at)) || text.charAt(at - 1) > 0x7F) {
            return false;
        }
        int dot = TextChars.lastIndexOf(text, '.', hostFrom, at);
        int end = at;
        while (end < text.length() && TextChars.isOfOtherScript(text.charAt(end))) {
            end++;
        }
        boolean ends = end == text.length() || ".-_@".indexOf(text.charAt(end)) < 0;
        boolean whole = ends && dot > hostFrom && end - at <= LONGEST_ENDING && TextChars.isAscii(text, hostFrom, at);
        String last = whole ? text.substring(dot + 1, at).toLowerCase(Locale.ROOT) : "";
        return whole && (last.chars().allMatch(Ascii::isDigit) || TopLevelDomains.isKnown("x." + last));
    }

    /** Whether words of a script without blanks begin in a path at a character of it. */
    static boolean areWords(String text, int pathFrom, int at) {
        char before = text.charAt(at - 1);
        boolean first = at == pathFrom + 1;
        return (first && !isPathOfScript(text, at)) || (TextChars.isAlnum(before) && !TextChars.isUnspaced(before));
    }

    /** Whether the dot in a path ends a sentence, since the next one begins in another script. */
    static boolean isNextSentence(String text, int hostFrom, int dot) {
        char next = dot + 1 < text.length() ? text.charAt(dot + 1) : ' ';
        if (next <= 0x7F) {
            return false;
        }
        boolean capital = TextChars.isOfOtherScript(next) && Character.isUpperCase(next);
        return (capital && TextChars.isAscii(text, hostFrom, dot))
                || (TextChars.isUnspaced(next)
                        && !TextChars.isUnspaced(text.charAt(dot - 1))
                        && !isPathOfScript(text, dot + 1));
    }

    /** Whether a path in another script goes on with slashes; else words of the text follow the URL. */
    private static boolean isPathOfScript(String text, int from) {
        int at = from;
        while (at < text.length() && at < from + LONGEST_NAME && TextChars.isUnspaced(text.charAt(at))) {
            at++;
        }
        return at < text.length() && (text.charAt(at) == '/' || text.charAt(at) == '.');
    }

    /**
     * Where a URL ends without the signs of the sentence and the emphasis after it.
     *
     * @param begin where the URL begins
     * @param hostEnd where its host ends
     * @param to where it ends with the signs
     */
    static int withoutSigns(String text, int begin, int hostFrom, int hostEnd, int to) {
        int end = to;
        while (end > hostFrom) {
            char c = text.charAt(end - 1);
            if (c == '=' && text.startsWith("==", end - 2) && begin > 1 && text.startsWith("==", begin - 2)) {
                end -= 2; // marked words
                continue;
            }
            boolean emphasis = (c == '_' || c == '*' || c == '~') && begin > 0 && text.charAt(begin - 1) == c;
            if (".,;:!?*'\\".indexOf(c) < 0 && !emphasis && !(end <= hostEnd && (c == '-' || c == '_'))) {
                break;
            }
            end--;
        }
        return end;
    }
}
