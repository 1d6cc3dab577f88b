package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.pkcs11.SoftHsm;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.gateway.renewal.TokenHome;

/** A centre in a process of its own signs by a token, and its partner verifies. */
class TokenProcessTest {

    private static final String LABEL = "process";

    @TempDir
    Path folder;

    @Test
    @Tag("long")
    void aPartnerTakesWhatATokenSigned() throws Exception {
        SoftHsm.require();
        SoftHsm.token(LABEL);
        ChildCentre.Where withToken =
                new ChildCentre.Where(List.of("env", "SOFTHSM2_CONF=" + SoftHsm.settings()), "127.0.0.1", "");
        try (ChildCentre tashkent = ChildCentre.init("tashkent", folder, withToken, ChildCentre.SHORT_LIVED);
                ChildCentre budapest = ChildCentre.init("budapest", folder, ChildCentre.SHORT_LIVED)) {
            TokenHome.use(tashkent.home(), LABEL);
            tashkent.koprik("key", "announce", "--pkcs11");
            tashkent.koprik("key", "rotate", "--now");
            tashkent.quickFeeds();
            budapest.quickFeeds();
            ChildCentre.introduceOneWay(budapest, tashkent);
            tashkent.start();
            budapest.start();

            String identity = CentreCard.read(Files.readAllBytes(tashkent.home().resolve("cards/own.json")))
                    .identity();
            String id = Objects.id("indicator");
            HttpResponse<String> submitted = tashkent.send(tashkent.request("/api/objects")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            RunningCentre.envelope(List.of(Objects.indicator(id, identity, "token.example.com"))))));
            assertEquals(2, submitted.statusCode() / 100, submitted::body);
            RunningCentre.await(
                    () -> budapest.send(budapest.request("/api/objects/" + id)).statusCode() == 200);
            String shown = budapest.get("/api/objects/" + id);
            assertTrue(shown.contains("\"ES256\"") || shown.contains(kid(tashkent)), shown);
            String log = Files.readString(folder.resolve("tashkent.log"));
            assertTrue(log.contains("the PKCS#11 token " + LABEL + " signs, by the key " + kid(tashkent)), log);
            assertFalse(log.contains(SoftHsm.PIN), log);

            tashkent.stop();
            TokenHome.pin(tashkent.home(), "0000-wrong");
            String refused = assertThrows(AssertionError.class, tashkent::start).getMessage();
            assertTrue(
                    refused.contains(
                            "refused the PIN of the file " + tashkent.home().resolve("keys/pin")),
                    refused);
            assertFalse(refused.contains("0000"), refused);
            String again = assertThrows(AssertionError.class, tashkent::start).getMessage();
            assertTrue(again.contains("keys/pin at 20"), again);
            TokenHome.pin(tashkent.home(), SoftHsm.PIN);
            tashkent.start();
        }
    }

    private static String kid(ChildCentre centre) throws Exception {
        return CentreCard.read(Files.readAllBytes(centre.home().resolve("cards/own.json")))
                .keys()
                .getFirst()
                .kid();
    }
}
