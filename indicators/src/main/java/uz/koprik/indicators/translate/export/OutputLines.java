package uz.koprik.indicators.translate.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import uz.koprik.indicators.policy.Tlp;

/** Lines of UTF-8 text, and how a text that others wrote is kept on one. */
final class OutputLines {

    private final OutputStream out;

    OutputLines(OutputStream out) {
        this.out = new BufferedOutputStream(out, 32 << 10);
    }

    void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    void line(String text) throws IOException {
        write(text);
        out.write('\n');
    }

    void flush() throws IOException {
        out.flush();
    }

    /** Says up to which marking objects are in an export, because nobody named one. */
    static String limit(Tlp limit) {
        return "up to " + limit.label() + ", since the question named no limit (tlp)";
    }

    /**
     * {@code text} with a space for everything that any reader could take for the end of a line, or that is not seen.
     */
    static String oneLine(String text) {
        StringBuilder one = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> one.appendCodePoint(
                        switch (Character.getType(c)) {
                            case Character.CONTROL,
                                    Character.FORMAT,
                                    Character.LINE_SEPARATOR,
                                    Character.PARAGRAPH_SEPARATOR,
                                    Character.SURROGATE,
                                    Character.UNASSIGNED -> ' ';
                            default -> c;
                        }));
        return one.toString();
    }

    /** At most {@code most} characters of it, never half a character. */
    static String cut(String text, int most) {
        return text.length() <= most
                ? text
                : text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most) + "…";
    }
}
