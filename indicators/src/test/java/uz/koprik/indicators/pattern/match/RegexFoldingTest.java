package uz.koprik.indicators.pattern.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that would hang the compiler are refused before; all others are taken. */
class RegexFoldingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)\u1c80",
                "a(?i:x\u1c88)",
                "(?si)[\u1c80]",
                "(?i)[a-\uffff]",
                "(?i)[\\x{80}-\\x{10FFFF}]",
                "(?i)\\x{1c85}",
                "(?s-i)[!-\ud83d\ude00]",
                "(?i)[[:alpha:]\u0430-\uffff]",
                "x(?U)y(?i)[^b-\u1c80]",
                "(?i)\\Q\u1c83\\E",
                "(?i)[\\x41-\\x{2000}]"
            })
    void refuses(String regex) {
        assertTrue(RegexFolding.endless(regex), regex);
        UnmatchablePattern refused = assertThrows(UnmatchablePattern.class, () -> new Regex(regex));
        assertTrue(refused.getMessage().contains("U+1C80"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a-\uffff]", "\u1c80", "(?s)[\\x{80}-\\x{10FFFF}]", "(?i)[a-z]", "(?i)[\u0430-\u044f]+", "(?i)[^a-z]",
                        "(?i)\\p{Cyrillic}", "(?i).\ud83d\ude00",
                "(?i)[\u1c89-\uffff]", "(?i)[a-\u1c7f]", "(?i)a-", "(?i)-", "(?P<id>[a-\uffff])", "(?i)\\", "(?i)\\x{",
                        "(?i)[\u4e00-\u9fff]"
            })
    void doesNotRefuse(String regex) {
        assertFalse(RegexFolding.endless(regex), regex);
    }

    /**
     * Everything that is not refused compiles soon: every character there is, alone and as the end of a range from it
     * to the next.
     */
    @Test
    void allOtherCharactersComeToAnEnd() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int block = 0; block <= Character.MAX_CODE_POINT; block += 64) {
                StringBuilder regex = new StringBuilder("(?i)");
                for (int c = block; c < block + 64; c++) {
                    boolean listed = c >= 0x1C80 && c <= 0x1C88;
                    String one = "\\x{" + Integer.toHexString(c) + "}";
                    assertEquals(listed, RegexFolding.endless("(?i)" + one), one);
                    if (!listed) {
                        regex.append(one);
                    }
                }
                Pattern.compile(regex.toString());
            }
        });
    }

    @Test
    void theTextMayHoldThem() throws Exception {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertFalse(new Regex("(?i)\u0432+x").finds("\u1c80\u1c80\u1c81", new Work(1_000_000)));
            assertTrue(new Regex("(?i)\u0432").finds("\u1c80\u0412", new Work(1_000_000)));
        });
    }
}
