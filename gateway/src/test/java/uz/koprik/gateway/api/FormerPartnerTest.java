package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.agreements.HomeAgreements;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Tlp;

/** What a partner gave stays under the last agreement with it, also when it is on the trust list no more. */
class FormerPartnerTest {

    private static final String PURPOSE = "fraud";
    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension
    final Centres centres = new Centres();

    private final String personal = RunningCentre.freshId();
    private final String plain = RunningCentre.freshId();
    private RunningCentre tashkent;

    private void open(String purpose) throws Exception {
        tashkent = centres.init("tashkent").withAccount("anna", Role.ANALYST);
        CentreKeys budapest = tashkent.partner("budapest", true);
        new HomeAgreements(tashkent.home())
                .signAsking(
                        "budapest", budapest, List.of(purpose), Instant.now().plus(Duration.ofDays(90)));
        tashkent.start();
        tashkent.account("reader", Role.READER, Tlp.AMBER);
        CommandResult opened = tashkent.koprik("case", "add", "F-1", "--title", "A case", "--type", "phishing");
        assertEquals(0, opened.code(), opened::all);
        PurposeOnUseTest.send(
                tashkent,
                budapest,
                RunningCentre.indicator(personal, "198.51.100.7", Tlp.GREEN, 1)
                        .replace("ipv4-addr:value = '198.51.100.7'", "email-addr:value = 'mule@example.com'"));
        PurposeOnUseTest.send(tashkent, budapest, RunningCentre.indicator(plain, "198.51.100.8", Tlp.GREEN, 1));
        RunningCentre.await(SOON, () -> status("anna", plain, "") == 200);
        RunningCentre.await(SOON, () -> status("anna", personal, PURPOSE) == 200);
    }

    private HttpResponse<String> ask(String account, String path, String purpose) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(tashkent.url() + path)).GET();
        if (!purpose.isEmpty()) {
            request.header(PurposeOnUse.PURPOSE, purpose).header(PurposeOnUse.CASE, "F-1");
        }
        try (HttpClient client = tashkent.client(null)) {
            return RunningCentre.send(client, request, "Bearer " + tashkent.tokenOf(account));
        }
    }

    private int status(String account, String id, String purpose) throws Exception {
        return ask(account, "/api/objects/" + id, purpose).statusCode();
    }

    private void checks(String when) throws Exception {
        assertEquals(404, status("anna", personal, ""), "without a purpose, " + when);
        assertEquals(200, status("anna", personal, PURPOSE), "with one, " + when);
        assertEquals(200, status("anna", plain, ""), "not personal, " + when);
        assertEquals(404, status("reader", plain, ""), "article 5, " + when);
        assertFalse(ask("anna", "/api/search?q=mule@example.com", "").body().contains(personal), when);
        HttpResponse<String> purposes = ask("anna", "/api/purposes", "");
        assertTrue(purposes.body().contains("\"budapest\""), purposes::body);
        assertEquals(
                "budapest", purposes.headers().firstValue(PurposeOnUse.NEEDED).orElse("none"), when);
    }

    @Test
    void aPartnerThatWasRemovedOpensNothingOfWhatItGave() throws Exception {
        open(PURPOSE);
        checks("while it is a partner");
        CommandResult removed = tashkent.koprik("partner", "remove", "budapest");
        assertEquals(0, removed.code(), removed::all);
        RunningCentre.await(SOON, () -> !ask("anna", "/api/centres", "").body().contains("budapest"));
        Thread.sleep(1500);
        checks("after it was removed");
        tashkent.stop();
        tashkent.start();
        checks("after a restart");
    }
}
