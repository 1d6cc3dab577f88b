package uz.koprik.gateway.alerts.log;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/**
 * A line of the alert log: eight hexadecimal digits of CRC-32C, a space, a JSON object, a line feed. The object is an
 * alert, or {@code {"covered":n}}: the sequence of objects was searched up to that number.
 */
final class LogLine {

    private static final int HEAD = 9;
    private static final HexFormat HEX = HexFormat.of();

    private LogLine() {}

    static byte[] alert(Alert alert) {
        return line(AlertJson.write(alert));
    }

    static byte[] covered(long seq) {
        return line(JsonObject.builder().put("covered", seq).build());
    }

    private static byte[] line(JsonObject object) {
        byte[] json = CanonicalJson.bytes(object);
        byte[] line = new byte[HEAD + json.length + 1];
        System.arraycopy(sum(json, 0, json.length).getBytes(StandardCharsets.US_ASCII), 0, line, 0, HEAD - 1);
        line[HEAD - 1] = ' ';
        System.arraycopy(json, 0, line, HEAD, json.length);
        line[line.length - 1] = '\n';
        return line;
    }

    /**
     * The object of the line from {@code from} to its line feed at {@code to}; empty when the line is incomplete or
     * damaged.
     */
    static Optional<JsonObject> read(byte[] text, int from, int to) {
        int start = from + HEAD;
        if (to <= start
                || !new String(text, from, HEAD - 1, StandardCharsets.ISO_8859_1)
                        .equals(sum(text, start, to - start))) {
            return Optional.empty();
        }
        try {
            return StrictJson.parse(text, start, to) instanceof JsonObject object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (MalformedJson written) {
            throw new IllegalStateException("a line of the alert log with a correct checksum is not JSON", written);
        }
    }

    /** The searched sequence number of a line; -1 for the line of an alert. */
    static long covered(JsonObject object) {
        return object.get("covered") instanceof JsonNumber n ? n.longValue() : -1;
    }

    private static String sum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return HEX.toHexDigits((int) crc.getValue());
    }
}
