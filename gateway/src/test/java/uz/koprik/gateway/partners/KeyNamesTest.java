package uz.koprik.gateway.partners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.config.Home;

/** How thumbprints are typed. */
class KeyNamesTest {

    private static final String HYPHEN = "-kR87g4tiFOKK_GHNeMbe0DZ_v12phIV3FHYlysv-b8";

    @TempDir
    Path folder;

    /** One thumbprint of 64 begins with a hyphen, and a command would read it as an option. */
    @Test
    void aThumbprintThatBeginsWithAHyphenIsNoOption() {
        assertEquals("2gR87g4t", KeyNames.argument("2gR87g4t"));
        assertEquals("-- " + HYPHEN, KeyNames.argument(HYPHEN));
        String[] line = ("key retire --now " + KeyNames.argument(HYPHEN)).split(" ");
        CommandResult said = CommandResult.of(new Home(folder.resolve("none")), line);
        assertTrue(said.err().contains("koprik init"), said::all);
    }
}
