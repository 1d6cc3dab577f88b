package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.envelope.EnvelopeKeys;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.gateway.backup.BackupShelf;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Home;

/** Two gateways of one centre with homes of their own, on one real cluster: what is done once for the centre. */
class SharedUpkeepTest {

    @TempDir
    Path homes;

    @Test
    void theCardIsRenewedAndABackupIsMadeOnceForBothGateways() throws Exception {
        Path to = Files.createDirectories(homes.resolve("backups"));
        BackupShelf shelf = new BackupShelf(to, "tashkent");
        try (ChildCentre one = ChildCentre.init("tashkent", homes)) {
            one.onSharedNode();
            one.settings("lease: 10s", "lease: 2s");
            one.settings("schedule: 0s", "schedule: 24h");
            one.settings("to: backups/scheduled", "to: \"" + to + "\"");
            Files.write(one.home().resolve("backup-recipient.pem"), EnvelopeKeys.publicPem(EnvelopeKeys.generate()));
            ChildCentre two = one.twin("-two");
            long before = card(one).sequence();
            // Two thirds of the term of the card are over.
            InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofDays(260));
            Gateway.StartTerms terms = new Gateway.StartTerms(later, true, false);
            for (int round = 0; round < 2; round++) {
                try (Gateway first = Gateway.start(new Home(one.home()), CentreThreads.unwatched(), terms);
                        Gateway second = Gateway.start(new Home(two.home()), CentreThreads.unwatched(), terms)) {
                    assertEquals(one.url(""), first.url());
                    assertEquals(two.url(""), second.url());
                    RunningCentre.await(() -> shelf.list().size() == 1);
                }
            }
            assertEquals(1, shelf.list().size(), "the next one is due in a day");
            assertEquals(before, card(one).sequence(), "the same contents for a new term");
            assertTrue(card(one).issued().isAfter(Instant.now().plus(Duration.ofDays(250))), "renewed");
            assertArrayEquals(
                    Files.readAllBytes(new Home(one.home()).ownCard()),
                    Files.readAllBytes(new Home(two.home()).ownCard()));
        }
    }

    private static CentreCard card(ChildCentre centre) throws Exception {
        return CentreCard.read(Files.readAllBytes(new Home(centre.home()).ownCard()));
    }
}
