package uz.koprik.indicators.store.elasticsearch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.InflaterInputStream;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteArrayDataOutput;
import org.apache.lucene.util.compress.LZ4;

/**
 * Records on their way to and from the log: packed by LZ4, since records of one commit are much alike, and then in
 * Base64. Before the block of LZ4 stand a sign and how many bytes it holds. What earlier versions wrote, in zlib's
 * format (RFC 1950) or not packed, is recognised by its first byte: a length never begins as one of the others. That a
 * record is whole is for its own check sum to say.
 */
final class RecordPacking {

    private static final byte LZ4_BLOCK = 'L';
    private static final byte ZLIB = 0x78;
    private static final int HEAD = 1 + Integer.BYTES;

    /** A block of LZ4 has at least one byte for 255 bytes of output. */
    private static final int BEST_RATIO = 255;

    private RecordPacking() {}

    private static byte[] pack(byte[] records) throws IOException {
        if (records.length == 0) {
            return records;
        }
        byte[] packed = new byte[HEAD + records.length + records.length / BEST_RATIO + 16];
        ByteBuffer.wrap(packed).put(LZ4_BLOCK).putInt(records.length);
        ByteArrayDataOutput block = new ByteArrayDataOutput(packed, HEAD, packed.length - HEAD);
        LZ4.compress(records, 0, records.length, block, new LZ4.FastCompressionHashTable());
        return Arrays.copyOf(packed, block.getPosition());
    }

    private static byte[] unpack(byte[] packed) throws IOException {
        return switch (packed.length == 0 ? 0 : packed[0]) {
            case LZ4_BLOCK -> unpackLz4(packed);
            case ZLIB -> inflate(packed);
            default -> packed;
        };
    }

    private static byte[] unpackLz4(byte[] packed) throws IOException {
        int size = packed.length < HEAD ? -1 : ByteBuffer.wrap(packed).getInt(1);
        if (size < 0 || size / BEST_RATIO > packed.length) {
            throw damaged(null);
        }
        byte[] records = new byte[size];
        try {
            LZ4.decompress(new ByteArrayDataInput(packed, HEAD, packed.length - HEAD), size, records, 0);
        } catch (IOException | IndexOutOfBoundsException damaged) { // it does not look where it reads
            throw damaged(damaged);
        }
        return records;
    }

    private static byte[] inflate(byte[] packed) throws IOException {
        try (InflaterInputStream records = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return records.readAllBytes();
        } catch (IOException damaged) {
            throw damaged(damaged);
        }
    }

    private static IOException damaged(Exception reason) {
        return new IOException("a commit of the log is damaged: restore the store from a snapshot", reason);
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
