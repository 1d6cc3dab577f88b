package uz.koprik.gateway.whole;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;

/**
 * A centre with a release desk and the two-person rule, where things wait for a second person. The demonstration has
 * neither.
 */
final class WaitingCentre implements AutoCloseable {

    /** Sees what waits at the desk. */
    static final String RELEASER = "botir";

    /** Sees what waits for a second administrator. */
    static final String ADMINISTRATOR = "bela";

    private static final String JSON = "application/json";

    private final Centres centres = new Centres();
    private final RunningCentre centre;

    /** Starts it, and submits and asks what then waits. */
    WaitingCentre() throws Exception {
        centre = centres.init("tashkent")
                .withPeople()
                .withConfig("  desk: false", "  desk: true")
                .withConfig("two_persons: false", "two_persons: true")
                .withAccount("dilnoza", Role.ANALYST)
                .withAccount("olga", Role.OPERATOR)
                .withAccount("anna", Role.ADMIN)
                .withAccount(RELEASER, Role.RELEASER)
                .withAccount(ADMINISTRATOR, Role.ADMIN)
                .start();
        addPartner("budapest", "--purpose", "investigation of payment fraud");
        addPartner("seoul");
        submit("dispatch.example.net", "Panel of the mule network", "amber+strict");
        submit("+36201234567", "Number of the caller", "green");
        submit("accountant@victim.example.com", "Mailbox that was taken over", "green");
        CentreCard moscow = card("moscow");
        ask(
                "olga",
                "/api/partners",
                Map.of(
                        "card",
                        new String(moscow.bytes(), StandardCharsets.UTF_8),
                        "fingerprint",
                        moscow.fingerprint().toString(),
                        "agreement",
                        "letter of 12 November 2026",
                        "max_tlp",
                        "TLP:AMBER"));
        ask("anna", "/api/accounts", Map.of("name", "desk-3", "role", "analyst"));
    }

    private static CentreCard card(String name) throws Exception {
        Instant now = Instant.now();
        CentreKeys keys = CentreKeys.generate(name, SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), now);
        String title = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return CentreCard.issue(
                name, title, "identity--" + UUID.randomUUID(), keys, "https://" + name + ".example.org:8443", now);
    }

    private void addPartner(String name, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("--no-pull", "--no-push", "--max-tlp", "TLP:AMBER+STRICT"));
        all.addAll(List.of(options));
        centre.addPartner(card(name), all);
    }

    private void submit(String value, String name, String tlp) {
        RunningCentre.ok(centre.clientOf("dilnoza")
                .post("/api/indicators", JSON, CentreAnswers.json(Map.of("value", value, "name", name, "tlp", tlp))));
    }

    private void ask(String account, String route, Map<String, ?> body) {
        String answer = centre.clientOf(account)
                .post(route, JSON, CentreAnswers.json(body))
                .text();
        if (!answer.contains("second-person-needed")) {
            throw new IllegalStateException(route + " does not wait: " + answer);
        }
    }

    /** The address of its console. */
    String console() {
        return centre.peopleUrl() + "/console/";
    }

    /** The token of one of its accounts. */
    String tokenOf(String account) {
        return centre.tokenOf(account);
    }

    @Override
    public void close() {
        try {
            centres.afterAll(null);
        } catch (Exception e) {
            throw new IllegalStateException("the centre does not stop", e);
        }
    }
}
