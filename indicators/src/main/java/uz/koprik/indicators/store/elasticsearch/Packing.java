package uz.koprik.indicators.store.elasticsearch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Records on their way to and from the log: in zlib's format (RFC 1950), since records of one commit are much alike, and then in
 * Base64. Records as they are, which earlier versions wrote, are told by their first byte: a length never begins as zlib does.
 */
final class Packing {

    private static final byte ZLIB = 0x78;

    private Packing() {}

    private static byte[] pack(byte[] records) {
        if (records.length == 0) {
            return records;
        }
        try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
            deflater.setInput(records);
            deflater.finish();
            byte[] packed = new byte[Math.max(256, records.length / 2)];
            int size = deflater.deflate(packed);
            while (!deflater.finished()) {
                packed = Arrays.copyOf(packed, packed.length * 2);
                size += deflater.deflate(packed, size, packed.length - size);
            }
            return Arrays.copyOf(packed, size);
        }
    }

    private static byte[] unpack(byte[] packed) throws IOException {
        if (packed.length == 0 || packed[0] != ZLIB) {
            return packed;
        }
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(packed);
            ByteArrayOutputStream records = new ByteArrayOutputStream(packed.length * 4);
            byte[] piece = new byte[1 << 16];
            while (!inflater.finished()) {
                int size = inflater.inflate(piece);
                if (size == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new IOException("a commit of the log ends too early: restore the store from a snapshot");
                }
                records.write(piece, 0, size);
            }
            return records.toByteArray();
        } catch (DataFormatException damaged) {
            throw new IOException("a commit of the log is damaged: restore the store from a snapshot", damaged);
        }
    }

    private static byte[] decoded(JsonParser from) throws IOException {
        return Base64.getDecoder().decode(from.getText()); // several times as fast as Jackson's own
    }

    /** Reads a record, which is not packed. */
    static final class Plain extends JsonDeserializer<byte[]> {
        @Override
        public byte[] deserialize(JsonParser from, DeserializationContext context) throws IOException {
            return decoded(from);
        }
    }

    /** Writes records. */
    static final class Packer extends JsonSerializer<byte[]> {
        @Override
        public void serialize(byte[] records, JsonGenerator to, SerializerProvider provider) throws IOException {
            byte[] text = Base64.getEncoder().encode(pack(records));
            to.writeRawUTF8String(text, 0, text.length);
        }
    }

    /** Reads records. */
    static final class Unpacker extends JsonDeserializer<byte[]> {
        @Override
        public byte[] deserialize(JsonParser from, DeserializationContext context) throws IOException {
            return unpack(decoded(from));
        }
    }
}
