package uz.koprik.gateway.accessrecord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.centre.SmallDisk;
import uz.koprik.gateway.cli.CentreClient;

/** Without room for its entry nothing is answered to people; partners continue, and all goes on by itself. */
final class AccessFullDiskTest {

    @RegisterExtension
    final Centres centres = new Centres();

    @Test
    void nothingIsAnsweredWithoutAnEntry() throws Exception {
        SmallDisk.requireRoot();
        RunningCentre centre = centres.init("tashkent").withAccount("anna", Role.ANALYST);
        Path access = Files.createDirectories(centre.home().access());
        try (SmallDisk disk = SmallDisk.mount(access, "2m")) {
            centre.start();
            CentreClient anna = centre.clientOf("anna");
            assertEquals(200, anna.get("/api/account").status());
            disk.fill();
            // What is left of the last block of the file takes some entries.
            RunningCentre.await(() -> anna.get("/api/account").status() == 503);
            CentreClient.Reply refused = anna.get("/api/search?q=mule.example.com");
            assertEquals(503, refused.status());
            assertTrue(refused.text().contains("Access record unavailable"), refused.text());
            assertTrue(refused.text().contains("make room"), refused.text());
            assertEquals(
                    200,
                    centre.get(centre.taxii("collections/"), centre.admin()).statusCode(),
                    "partners and TAXII clients continue");
            assertEquals(1, centre.metric("koprik_access_record_unavailable"));
            assertTrue(centre.metric("koprik_access_record_failures_total") > 0);
            CommandResult command = centre.koprik("account", "list");
            assertEquals(1, command.code(), command.all());
            assertTrue(command.err().contains("access record"), command.err());
            disk.free();
            RunningCentre.await(() -> anna.get("/api/account").status() == 200);
            assertEquals(0, centre.metric("koprik_access_record_unavailable"));
            assertEquals(0, centre.koprik("account", "list").code());
            assertEquals(0, centre.koprik("access", "verify").code(), "no part of an entry stays");
            centre.stop();
        }
    }
}
