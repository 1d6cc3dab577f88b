package uz.koprik.gateway.cli.partners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;

/** Keys whose thumbprint begins as an option does. */
class ThumbprintArgumentsTest {

    @RegisterExtension
    final Centres centres = new Centres();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-bcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ",
                "-hcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ",
                "--cdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ",
                "-_cdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP-"
            })
    void aThumbprintMayBeginWithAHyphen(String thumbprint) throws Exception {
        CommandResult retired = centres.init("tashkent").koprik("key", "retire", thumbprint, "--now");
        assertEquals(1, retired.code(), retired::all);
        assertTrue(retired.err().contains("no key on the trust list has that name"), retired::all);
    }

    @Test
    void aThumbprintBehindTwoHyphensStaysThere() throws Exception {
        CommandResult retired = centres.init("tashkent")
                .koprik("key", "retire", "--now", "--", "-bcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ");
        assertEquals(1, retired.code(), retired::all);
    }

    @ParameterizedTest
    @CsvSource({"retire, --nwo", "retire, -x", "impact, --jsn", "revoke, --compromised"})
    void anUnknownOptionIsNoKey(String command, String option) throws Exception {
        CommandResult wrong = centres.init("tashkent").koprik("key", command, option);
        assertEquals(2, wrong.code(), wrong::all);
    }

    @Test
    void helpIsStillHelp() throws Exception {
        CommandResult help = centres.init("tashkent").koprik("key", "retire", "--help");
        assertEquals(0, help.code(), help::all);
        assertTrue(help.out().contains("KEY"), help::all);
    }
}
