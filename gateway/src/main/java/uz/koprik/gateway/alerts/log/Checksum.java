package uz.koprik.gateway.alerts.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/** A CRC-32C as the last member of a JSON object: over all bytes before this member. */
final class Checksum {

    private static final String MEMBER = "crc";
    private static final int LENGTH = ",\"crc\":\"01234567\"}".length();

    private Checksum() {}

    /** @param object the bytes of an object with at least one member, without the closing brace */
    static byte[] close(byte[] object) {
        byte[] end = (",\"crc\":\"" + of(object, 0, object.length) + "\"}").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(object.length + end.length)
                .put(object)
                .put(end)
                .array();
    }

    /**
     * Reads an object and checks the checksum.
     *
     * @param member a member that only versions with checksums write
     * @throws IOException when the object is damaged
     */
    static JsonObject read(byte[] content, String member) throws IOException {
        try {
            JsonObject json = StrictJson.parseObject(content);
            if (json.has(MEMBER) || json.has(member)) {
                String expected = of(content, 0, Math.max(0, content.length - LENGTH));
                if (!json.string(MEMBER).orElse("").equals(expected)) {
                    throw new IOException("its checksum does not match");
                }
            }
            return json;
        } catch (MalformedJson malformed) {
            throw new IOException(content.length == 0 ? "it is empty" : malformed.getMessage(), malformed);
        }
    }

    /** Eight hexadecimal digits. */
    static String of(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
