package uz.koprik.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions to the person at a terminal. */
final class ConfirmationTest {

    @Test
    void onlyAClearYesAgrees() {
        for (String yes : List.of("y", "Y", "yes", " YES ")) {
            assertTrue(Confirmation.of(() -> true, prompt -> yes).agrees("Report it?"), yes);
        }
        for (String no : List.of("", "n", "no", "maybe", "yess")) {
            assertFalse(Confirmation.of(() -> true, prompt -> no).agrees("Report it?"), no);
        }
    }

    @Test
    void theEndOfInputDoesNotAgree() {
        assertFalse(Confirmation.of(() -> true, prompt -> null).agrees("Report it?"));
    }

    @Test
    void thePromptShowsTheQuestionWithoutControlCharacters() {
        List<String> prompts = new ArrayList<>();
        Confirmation.of(() -> true, prompt -> {
                    prompts.add(prompt);
                    return "n";
                })
                .agrees("Report \u001b[2Jx?");
        assertEquals(1, prompts.size());
        assertTrue(prompts.getFirst().endsWith("x? [y/N] "), prompts.getFirst());
        assertFalse(prompts.getFirst().contains("\u001b"), "escape sequences would change the terminal");
    }

    @Test
    void withoutATerminalNobodyIsAsked() {
        assertFalse(Confirmation.of(() -> false, prompt -> "y").possible());
        assertTrue(Confirmation.of(() -> true, prompt -> "y").possible());
    }
}
