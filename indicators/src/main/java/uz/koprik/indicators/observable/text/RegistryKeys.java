package uz.koprik.indicators.observable.text;

import java.util.Set;
import java.util.regex.Pattern;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.url.TextChars;

/** Registry keys of Windows in a text. */
final class RegistryKeys {

    private static final Pattern HIVE =
            Pattern.compile("(?:HKLM|HKCU|HKCR|HKU|HKCC|HKEY_[A-Z_]+):?", Pattern.CASE_INSENSITIVE);

    private static final Set<String> JOINING =
            Set.of("and or by to of for from in on at via with under as is was user account key value".split(" ", -1));

    /** What quotes a key, and what ends the quotation. */
    private static final String OPENING = "\"'[`\u201C\u00AB\u2018\u201E";

    private static final String CLOSING = "\"']`\u201D\u00BB\u2019\u201C";

    private static final int LONGEST_ENDING = 5;

    private final String text;
    private final TextFindings found;
    private final KindGuesser cell;

    RegistryKeys(TextFindings found, KindGuesser cell) {
        this.text = found.text();
        this.found = found;
        this.cell = cell;
    }

    /** A registry key, over blanks as far as words with backslashes follow; never over the next key. */
    int at(int at) {
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        int hive = text.indexOf('\\', at, Math.min(text.length(), at + 22));
        boolean angles = hive > at && before == '<' && text.charAt(hive - 1) == '>'; // <HKCU>\Software
        if (hive < 0
                || !HIVE.matcher(text.substring(at, angles ? hive - 1 : hive)).matches()) {
            return -1;
        }
        int end;
        int limit = Math.min(text.length(), at + 1024);
        int quote = OPENING.indexOf(before);
        if (quote >= 0) {
            char close = CLOSING.charAt(quote);
            end = at;
            while (end < limit && text.charAt(end) != close && text.charAt(end) >= ' ') {
                end++;
            }
            if (end < limit && text.charAt(end) == close && acceptKey(at, end)) {
                return end;
            }
        }
        end = keyWordEnd(angles ? hive : at, limit);
        for (int words = 0, next = end; words < 5 && next < limit && text.charAt(next) == ' '; words++) {
            int stop = keyWordEnd(next + 1, limit);
            if (stop == next + 1 || !goesOn(next + 1, stop)) {
                break;
            }
            if (text.substring(next + 1, stop).indexOf('\\') > 0) {
                end = stop;
            }
            next = stop;
        }
        while (end > at && ".,;:!?)\\".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        int ending = end;
        while (ending > at && end - ending < LONGEST_ENDING && isOfEnding(text.charAt(ending - 1))) {
            ending--;
        }
        boolean hangs = ending < end && text.charAt(ending - 1) <= 0x7F && TextChars.isAlnum(text.charAt(ending - 1));
        return acceptKey(at, hangs ? ending : end) ? end : -1;
    }

    private static boolean isOfEnding(char c) {
        return TextChars.isOfOtherScript(c) || TextChars.isUnspaced(c);
    }

    private boolean acceptKey(int from, int to) {
        int mark = text.indexOf('\\', from, to);
        String written = text.substring(from, to).replaceFirst("^(\\w+)>", "$1").replace("\\\\", "\\");
        boolean open = written.chars().filter(c -> c == '<').count()
                != written.chars().filter(c -> c == '>').count();
        Observable key = mark < 0 || mark + 1 == to || open ? null : cell.attempt(written, ObservableKind.REGISTRY_KEY);
        if (key != null) {
            found.add(TextFindings.plainValue(key, from, to), from, to);
        }
        return key != null;
    }

    private int keyWordEnd(int from, int limit) {
        int at = from;
        while (at < limit && !TextChars.isBreak(text.charAt(at)) && ",;]'".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Whether the word after a small one has a backslash, and the small one is none of those that join sentences. */
    private boolean isFollowedByKey(int from, int to) {
        int next = to + 1;
        if (next >= text.length() || text.charAt(to) != ' ' || JOINING.contains(text.substring(from, to))) {
            return false;
        }
        int stop = keyWordEnd(next, Math.min(text.length(), next + 255));
        return text.indexOf('\\', next, stop) > next && text.charAt(next + 1) != ':' && !text.startsWith("HK", next);
    }

    /** Whether a word after a blank can be a part of a key: neither another key, nor a path, nor a small word. */
    private boolean goesOn(int from, int to) {
        char first = text.charAt(from);
        boolean drive = to - from > 1 && text.charAt(from + 1) == ':';
        boolean inside = text.indexOf('\\', from, to) > from || isFollowedByKey(from, to);
        return (Character.isUpperCase(first) || Ascii.isDigit(first) || inside)
                && !drive
                && !text.regionMatches(true, from, "HK", 0, 2)
                && text.charAt(to - 1) != ':';
    }
}
