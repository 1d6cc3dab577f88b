package uz.koprik.indicators.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** What programs put around STIX objects in a file besides bundles: a byte order mark, or nothing but a list. */
public final class ObjectText {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final Pattern LIST = Pattern.compile("\\[\\s*\\{");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"[a-z0-9-]+--[0-9A-Fa-f]{8}-");

    private ObjectText() {}

    /**
     * Skips the UTF-8 byte order mark at the beginning of a file. JSON over the wire has none (RFC 8259, section 8.1),
     * and a reader of a file may ignore it.
     *
     * @param text supports marks
     */
    public static void skipMark(InputStream text) throws IOException {
        text.mark(MARK.length);
        if (!startsWithMark(text.readNBytes(MARK.length))) {
            text.reset();
        }
    }

    /** Whether a text begins with the UTF-8 byte order mark. */
    public static boolean startsWithMark(byte[] head) {
        return head.length >= MARK.length && head[0] == MARK[0] && head[1] == MARK[1] && head[2] == MARK[2];
    }

    /** Whether the beginning of a JSON text, without blanks before it, is that of a list of STIX objects. */
    public static boolean isList(String head) {
        return LIST.matcher(head).lookingAt() && ID.matcher(head).find();
    }

    /** A list of objects as the text of an envelope, so that one reader cuts both. */
    public static InputStream envelope(InputStream list) {
        return new SequenceInputStream(Collections.enumeration(List.of(ascii("{\"objects\":"), list, ascii("}"))));
    }

    private static InputStream ascii(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
