package uz.koprik.indicators.observable.text;

import java.util.Locale;
import java.util.Set;
import uz.koprik.indicators.observable.text.url.TextChars;

/** Names of mails, which have the form of addresses and are none: {@code Message-ID: <20260101.1@mail.example>}. */
final class MessageIds {

    private static final int LONGEST = 1000;
    private static final int LONGEST_WORD = 40;

    /** Names of headers and fields of logs, without hyphens. */
    private static final Set<String> NAMES = Set.of(
            "messageid", "msgid", "internetmessageid", "xmessageid", "inreplyto", "references", "contentid", "cid");

    private MessageIds() {}

    /** Whether the address at a position stands after the name of such a header, as one of several or alone. */
    static boolean isOne(String text, int from) {
        int first = Math.max(0, from - LONGEST);
        int at = beforeSigns(text, first, from);
        while (at > first && text.charAt(at - 1) == '>') {
            int open = at - 2;
            while (open > first && !TextChars.isBreak(text.charAt(open))) {
                open--;
            }
            if (open < first || text.charAt(open) != '<') {
                return false;
            }
            at = beforeSigns(text, first, open);
        }
        if (at == first || (text.charAt(at - 1) != ':' && text.charAt(at - 1) != '=')) {
            return false;
        }
        at--;
        while (at > first && " \"'".indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        if (at == first || "dosDOS".indexOf(text.charAt(at - 1)) < 0) {
            return false; // the last letters of the names
        }
        int word = at;
        while (word > first
                && at - word < LONGEST_WORD
                && (TextChars.isAlnum(text.charAt(word - 1)) || "-_.".indexOf(text.charAt(word - 1)) >= 0)) {
            word--;
        }
        return NAMES.contains(text.substring(word, at).toLowerCase(Locale.ROOT).replaceAll("[-_.]", ""));
    }

    /** Where the blanks and signs before a position begin; a line goes on after a break and a blank. */
    private static int beforeSigns(String text, int first, int from) {
        int at = from;
        while (at > first && " \t\r\n<,\"'".indexOf(text.charAt(at - 1)) >= 0) {
            if (text.charAt(at - 1) == '\n' && !TextChars.isBlank(text.charAt(at))) {
                return at;
            }
            at--;
        }
        return at;
    }
}
