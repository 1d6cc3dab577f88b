package uz.koprik.indicators.observable.text;

import java.util.regex.Pattern;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;

/** Registry keys of Windows in a text. */
final class RegistryKeys {

    private static final Pattern HIVE =
            Pattern.compile("(?:HKLM|HKCU|HKCR|HKU|HKCC|HKEY_[A-Z_]+):?", Pattern.CASE_INSENSITIVE);

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
        if (hive < 0 || !HIVE.matcher(text.substring(at, hive)).matches()) {
            return -1;
        }
        int end;
        int limit = Math.min(text.length(), at + 1024);
        if (before == '"' || before == '\'' || before == '[' || before == '`') {
            char close = before == '[' ? ']' : before;
            end = at;
            while (end < limit && text.charAt(end) != close && text.charAt(end) >= ' ') {
                end++;
            }
            if (end < limit && text.charAt(end) == close && acceptKey(at, end)) {
                return end;
            }
        }
        end = keyWordEnd(at, limit);
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
        return acceptKey(at, end) ? end : -1;
    }

    private boolean acceptKey(int from, int to) {
        int mark = text.indexOf('\\', from, to);
        Observable key =
                mark < 0 || mark + 1 == to ? null : cell.attempt(text.substring(from, to), ObservableKind.REGISTRY_KEY);
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

    /** Whether a word after a blank can be a part of a key: neither another key, nor a path, nor a small word. */
    private boolean goesOn(int from, int to) {
        char first = text.charAt(from);
        boolean drive = to - from > 1 && text.charAt(from + 1) == ':';
        return (Character.isUpperCase(first) || Ascii.isDigit(first))
                && !drive
                && !text.regionMatches(true, from, "HK", 0, 2)
                && text.charAt(to - 1) != ':';
    }
}
