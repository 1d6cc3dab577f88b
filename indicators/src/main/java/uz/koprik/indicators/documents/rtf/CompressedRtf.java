package uz.koprik.indicators.documents.rtf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Unpacks the RTF of a mail that Outlook saved ([MS-OXRTFCP]). */
public final class CompressedRtf {

    private static final int HEADER = 16;
    private static final int COMPRESSED = 0x75465A4C;
    private static final int UNCOMPRESSED = 0x414C454D;
    private static final int WINDOW = 4096;

    /** What the window holds before the first byte (section 2.1.2.1). */
    private static final byte[] BEGINNING = ("{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}"
                    + "{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier"
                    + "{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx")
            .getBytes(StandardCharsets.US_ASCII);

    private CompressedRtf() {}

    /**
     * The RTF in a property {@code PidTagRtfCompressed}.
     *
     * @param most bytes that it may have
     * @throws IOException when the bytes are cut off or damaged, or the RTF is longer
     */
    public static byte[] unpack(byte[] packed, int most) throws IOException {
        if (packed.length < HEADER) {
            throw new IOException("the compressed RTF has no header");
        }
        ByteBuffer header = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
        int size = header.getInt(4);
        int form = header.getInt(8);
        if (size < 0 || size > most) {
            throw new IOException("the RTF is longer than " + most + " bytes");
        }
        if (form == UNCOMPRESSED) {
            return Arrays.copyOfRange(packed, HEADER, HEADER + Math.min(size, packed.length - HEADER));
        }
        if (form != COMPRESSED) {
            throw new IOException("the RTF is packed in an unknown form");
        }
        return decompressed(packed, size);
    }

    private static byte[] decompressed(byte[] packed, int size) throws IOException {
        byte[] window = Arrays.copyOf(BEGINNING, WINDOW);
        int write = BEGINNING.length;
        ByteArrayOutputStream out = new ByteArrayOutputStream(size);
        int at = HEADER;
        while (at < packed.length) {
            int control = packed[at++] & 0xFF;
            for (int bit = 0; bit < 8; bit++, control >>= 1) {
                boolean reference = (control & 1) != 0;
                if (at + (reference ? 2 : 1) > packed.length) {
                    return complete(out, size);
                }
                if (!reference) {
                    window[write] = packed[at];
                    write = (write + 1) % WINDOW;
                    out.write(packed[at++]);
                } else {
                    int token = (packed[at] & 0xFF) << 8 | (packed[at + 1] & 0xFF);
                    at += 2;
                    int from = token >> 4;
                    if (from == write) {
                        return complete(out, size);
                    }
                    for (int left = (token & 15) + 2; left > 0; left--) {
                        out.write(window[from]);
                        window[write] = window[from];
                        write = (write + 1) % WINDOW;
                        from = (from + 1) % WINDOW;
                    }
                }
                if (out.size() > size + WINDOW) {
                    throw new IOException("the RTF is longer than its header says");
                }
            }
        }
        return complete(out, size);
    }

    private static byte[] complete(ByteArrayOutputStream out, int size) throws IOException {
        if (out.size() < size) {
            throw new IOException("the compressed RTF is cut off");
        }
        return Arrays.copyOf(out.toByteArray(), size);
    }
}
