package uz.koprik.indicators.documents.rtf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Unpacking by the examples of [MS-OXRTFCP], section 3, and the text of RTF. */
class RtfTest {

    private static final byte[] HELLO = HexFormat.of()
            .parseHex("2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
                    + "0af32068656c090020627705b06c647d0a800fa0");
    private static final byte[] REPEATED =
            HexFormat.of().parseHex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0");

    private static RtfText text(String rtf) {
        return RtfText.of(rtf.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void unpacksTheExamplesOfTheSpecification() throws IOException {
        assertEquals("{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n", ascii(CompressedRtf.unpack(HELLO, 1000)));
        assertEquals("{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}", ascii(CompressedRtf.unpack(REPEATED, 1000)));
        assertEquals(
                "hello world", text(ascii(CompressedRtf.unpack(HELLO, 1000))).text());
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    @Test
    void damagedRtfIsAnError() {
        assertThrows(IOException.class, () -> CompressedRtf.unpack(Arrays.copyOf(HELLO, 30), 1000), "cut off");
        assertThrows(IOException.class, () -> CompressedRtf.unpack(new byte[7], 1000), "no header");
        assertThrows(IOException.class, () -> CompressedRtf.unpack(new byte[40], 1000), "another form");
        assertThrows(IOException.class, () -> CompressedRtf.unpack(HELLO, 10), "too long");
    }

    @Test
    void readsCodePagesUnicodeAndLines() {
        RtfText read = text("{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0\\fcharset204 A;}{\\f1\\fcharset238 B;}}"
                + "{\\*\\generator x;}\\f0\\'ce\\'f2\\par\\f1\\'f5\\line\\u44032?\\{a\\}\\tab b}");
        assertEquals("\u041e\u0442\n\u0151\n\uac00{a}\tb", read.text());
        assertFalse(read.html());
    }

    @Test
    void findsTargetsOfLinks() {
        RtfText read =
                text("{\\rtf1 see {\\field{\\*\\fldinst { HYPERLINK \"http://a.example/x\" }}{\\fldrslt this}}.}");
        assertEquals(List.of("http://a.example/x"), read.links());
        assertEquals("see this.", read.text());
    }

    @Test
    void takesTheHtmlThatRtfEncapsulates() {
        RtfText read = text(
                "{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf {\\b x\\htmlrtf0 "
                        + "bold {\\*\\htmltag84 <a href=\"http://a.example/\">}here{\\*\\htmltag92 </a>}\\htmlrtf }\\htmlrtf0 }");
        assertTrue(read.html());
        assertEquals("<p>bold <a href=\"http://a.example/\">here</a>", read.text());
    }

    @Test
    void deepGroupsAreNotFollowed() {
        assertEquals("", text("{".repeat(1_000_000)).text());
    }

    @Property
    void anyBytesAreReadWithoutAnException(@ForAll @Size(max = 300) byte[] bytes) {
        String rtf = new String(bytes, StandardCharsets.ISO_8859_1);
        assertTrue(text("{\\rtf1" + rtf + "\\u-\\'").text().length() <= bytes.length + 100);
        byte[] packed = HELLO.clone();
        System.arraycopy(bytes, 0, packed, 16, Math.min(bytes.length, packed.length - 16));
        try {
            assertEquals(43, CompressedRtf.unpack(packed, 1000).length);
        } catch (IOException e) {
            assertFalse(e.getMessage().isEmpty());
        }
    }
}
