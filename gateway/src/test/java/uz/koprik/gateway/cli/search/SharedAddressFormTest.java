package uz.koprik.gateway.cli.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;

/** An address whose form several coins share is reported with all of them, wherever it is read. */
final class SharedAddressFormTest {

    private static final String ADDRESS = "D5ERdEN1gsouFSs7zsq7VYJxyWP6dP28H1";
    private static final String COINS = "of DOGE, DGB, PIVX or XVG";

    @RegisterExtension
    static final Centres centres = new Centres();

    @TempDir
    Path folder;

    private static RunningCentre centre;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent").start();
    }

    @Test
    void submitAndShowNameAllCoins() throws Exception {
        String said = says("submit", ADDRESS);
        String id = said.lines().findFirst().orElseThrow().replaceFirst("^accepted .*  ", "");
        says("show", id);
        says("submit", "--json", ADDRESS);
    }

    @Test
    void importItsPreviewAndReportsNameAllCoins() throws Exception {
        Path table = Files.writeString(folder.resolve("wallets.csv"), "wallet,note\n" + ADDRESS + ",seen\n");
        says("import", "--preview", table.toString());
        says("import", table.toString());
        Path report = Files.writeString(folder.resolve("report.txt"), "Pay to " + ADDRESS + " today.\n");
        says("import", "--text", report.toString());
    }

    private static String says(String... arguments) throws Exception {
        CommandResult ran = centre.koprik(arguments);
        assertEquals(0, ran.code(), ran.all());
        assertTrue(ran.all().contains(COINS), String.join(" ", arguments) + ": " + ran.all());
        return ran.out();
    }
}
