package uz.koprik.gateway.api.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import uz.koprik.gateway.http.Problem;

class ReasonsTest {

    private static void refused(String words, String text, boolean lines) {
        Problem problem = assertThrows(
                Problem.class,
                () -> assertEquals("", lines ? Reasons.lines(text, 5, "why?") : Reasons.line(text, 5, "why?")));
        assertEquals(400, problem.status());
        assertEquals(words, problem.getMessage());
    }

    @Test
    void aReasonIsThereAndStripped() {
        assertEquals("a b c", Reasons.line("  a b c\n", 5, "why?"));
        assertEquals("a\nb", Reasons.lines("\na\nb ", 5, "why?"));
        for (String missing : new String[] {null, "", " \n "}) {
            refused("\"reason\" is missing: why?", missing, false);
            refused("\"reason\" is missing: why?", missing, true);
        }
    }

    @Test
    void aReasonIsShortAndHasNoControlCharacters() {
        for (String text : new String[] {"abcdef", "a\nb", "a\u001bb"}) {
            refused("\"reason\" is one line of at most 5 characters", text, false);
        }
        for (String text : new String[] {"abcdef", "a\tb", "a\u001bb"}) {
            refused("\"reason\" has at most 5 characters, and no control characters but the end of a line", text, true);
        }
    }
}
