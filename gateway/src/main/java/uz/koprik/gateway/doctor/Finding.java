package uz.koprik.gateway.doctor;

import java.util.Locale;

/**
 * What a check found.
 *
 * @param what the subject, such as {@code certificate} or {@code partner budapest}
 * @param words what was found
 * @param cure what to do; empty when nothing need be done, or when the words say it
 */
public record Finding(Level level, String what, String words, String cure) {

    /** How bad it is. */
    public enum Level {
        /** Nothing need be done. */
        OK,
        /** The centre works; something is going to fail, or fails elsewhere. */
        WARNING,
        /** The centre does not start, does not work, or is not safe. */
        ERROR;

        /** In lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String what, String words) {
        return new Finding(Level.OK, what, words, "");
    }

    static Finding warning(String what, String words, String cure) {
        return new Finding(Level.WARNING, what, words, cure);
    }

    static Finding error(String what, String words, String cure) {
        return new Finding(Level.ERROR, what, words, cure);
    }

    /** A sentence of another part of the program, which says the cure after the first of these separators. */
    static Finding sentence(Level level, String what, String sentence, String separator) {
        int cut = sentence.indexOf(separator);
        return cut < 0
                ? new Finding(level, what, sentence, "")
                : new Finding(level, what, sentence.substring(0, cut), sentence.substring(cut + separator.length()));
    }

    /** The finding as a line, without the level. */
    public String text() {
        return what + ": " + words + (cure.isEmpty() ? "" : "; " + cure);
    }
}
