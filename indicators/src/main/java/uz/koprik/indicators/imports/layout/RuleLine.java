package uz.koprik.indicators.imports.layout;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line of a file of rules does.
 *
 * @param verdict what it does
 * @param values what it blocks, between blanks, commas or braces; empty unless it blocks something
 * @param set the list that the values are put on, whose use other rules say; empty for none
 * @param note what the line says besides
 */
record RuleLine(Verdict verdict, String values, String set, String note) {

    enum Verdict {
        BLOCKS,
        /** Lets something pass, which is then no indicator. */
        PASSES,
        /** Has no values. */
        FRAME,
        /** Has values, in a form that is not sure to block them. */
        UNREAD,
        /** Is no line of this language. */
        OTHER
    }

    static final RuleLine PASSES = new RuleLine(Verdict.PASSES, "", "", "");
    static final RuleLine FRAME = new RuleLine(Verdict.FRAME, "", "", "");
    static final RuleLine UNREAD = new RuleLine(Verdict.UNREAD, "", "", "");
    static final RuleLine OTHER = new RuleLine(Verdict.OTHER, "", "", "");

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F]*[.:][0-9a-fA-F.:/]*");
    private static final Pattern COMMENT = Pattern.compile("comment[= ]\"([^\"]*)\"");

    static RuleLine blocks(String values) {
        return new RuleLine(Verdict.BLOCKS, values, "", "");
    }

    /** Blocks what a list has, if another rule says so. */
    static RuleLine listed(String set, String values, String note) {
        return new RuleLine(Verdict.BLOCKS, values, set, note);
    }

    RuleLine noted(String said) {
        return new RuleLine(verdict, values, set, said);
    }

    /** The words of a line, in their own case. */
    static String[] words(String line) {
        return line.strip().split("\\s+", -1);
    }

    /** The word at a place, in lower case; empty beyond the end. */
    static String word(String[] words, int at) {
        return at >= 0 && at < words.length ? words[at].toLowerCase(Locale.ROOT) : "";
    }

    /** The place of the first of some words; -1 for none. */
    static int find(String[] words, String... wanted) {
        for (int i = 0; i < words.length; i++) {
            for (String one : wanted) {
                if (words[i].equalsIgnoreCase(one)) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** Whether a word looks like an address or a network. */
    static boolean isAddress(String word) {
        return word.length() > 2 && ADDRESS.matcher(word).matches();
    }

    /** The comment of a rule, as firewalls write it. */
    static String comment(String line) {
        Matcher comment = COMMENT.matcher(line);
        return comment.find() ? comment.group(1) : "";
    }
}
