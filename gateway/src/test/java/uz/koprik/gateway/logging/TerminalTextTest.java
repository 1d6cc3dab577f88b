package uz.koprik.gateway.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {

    @Test
    void textOfAnyLanguageStaysAsItIs() {
        for (String text : new String[] {
            "", "plain ASCII ~", "Тошкент", "O‘zbekiston", "부다페스트", "Győr…", "中文", "😀", "a\u00A0b", "\\u001b"
        }) {
            assertSame(text, TerminalText.lines(text).equals(text) ? text : null, text);
            assertEquals(text, TerminalText.line(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, 8, 9, 0xA, 0xB, 0xC, 0xD, 0x1B, 0x7F, 0x80, 0x85, 0x90, 0x9B, 0x9D, 0x9F, 0xAD, 0x61C, 0x180E,
                0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060,
                0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF, 0xFFF9, 0xD800, 0xDFFF, 0x3164, 0xE000, 0xFFFF
            })
    void whatATerminalObeysIsShown(int c) {
        assertEquals("a" + String.format("\\u%04x", c) + "b", TerminalText.line("a" + (char) c + "b"));
    }

    @Test
    void charactersBeyondTheBasicPlaneAreShownAsInJson() {
        assertEquals("\\udb40\\udc41", TerminalText.line(Character.toString(0xE0041)), "a tag");
        assertEquals("\\udbff\\udfff", TerminalText.line(Character.toString(0x10FFFF)));
    }

    @Test
    void ownLinesStayLines() {
        assertEquals("one\n\ttwo\\u000d\\u001b[2J", TerminalText.lines("one\n\ttwo\r\u001b[2J"));
    }
}
