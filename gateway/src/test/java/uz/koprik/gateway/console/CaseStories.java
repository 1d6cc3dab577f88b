package uz.koprik.gateway.console;

import static uz.koprik.gateway.centre.RunningCentre.ok;

import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.indicators.policy.CaseUnits;

/** A centre with cases, matches and alerts, for the tests of these screens. */
final class CaseStories {

    static final String NUMBER = "T-2026-014";
    static final String IBAN = "HU42117730161111101800000000";
    static final String WALLET = "1BoatSLRHtKNngkdXEeobR76b53LETtpyT";

    private static final String JSON = "application/json";

    private CaseStories() {}

    /** Anna works on all cases, Bek on those of Unit 2, Olga operates the centre. */
    static RunningCentre start(Centres centres) throws Exception {
        RunningCentre centre = centres.init("tashkent")
                .withPeople()
                .withAccount("anna", Role.ANALYST)
                .withAccount("bek", Role.ANALYST, CaseUnits.of(Set.of("Unit 2")))
                .withAccount("olga", Role.OPERATOR)
                .start();
        CentreClient admin = centre.adminClient();
        ok(post(
                admin,
                "/api/cases",
                Map.of(
                        "number", NUMBER,
                        "title", "Transfers to a mule account",
                        "type", "bank-transfer-fraud",
                        "unit", "Unit 3",
                        "summary", "Three victims were called by a false bank clerk and moved their savings.",
                        "losses",
                                List.of(
                                        Map.of("amount", "1200.5", "currency", "EUR", "note", "first victim"),
                                        Map.of("amount", "14000000", "currency", "UZS", "note", "second victim")))));
        observe(admin, "money-trail", IBAN, WALLET);
        observe(admin, "infrastructure", "login.example.com", "https://login.example.com/verify", "198.51.100.7");
        observe(admin, "victim", "+998901234567");
        ok(post(admin, "/api/cases/" + NUMBER + "/notes", Map.of("text", "Asked the bank for the holder.")));
        ok(post(
                admin,
                "/api/cases",
                Map.of(
                        "number", "T-2025-311",
                        "title", "Earlier transfers through the same account",
                        "type", "money-mule",
                        "unit", "Unit 3",
                        "values", List.of("login.example.com", "mail.example.org"))));
        ok(post(
                admin,
                "/api/cases",
                Map.of(
                        "number", "S-2026-002",
                        "title", "Secret of Unit 2",
                        "type", "phishing",
                        "unit", "Unit 2",
                        "values", List.of("login.example.com"))));
        for (String value : List.of("login.example.com", "198.51.100.7")) {
            ok(post(admin, "/api/indicators", Map.of("value", value, "name", "Fake bank login")));
        }
        RunningCentre.await(
                () -> ok(admin.get("/api/alerts/count")).path("count").asInt() >= 6);
        return centre;
    }

    private static void observe(CentreClient admin, String role, String... values) {
        ok(post(admin, "/api/cases/" + NUMBER + "/observables", Map.of("values", List.of(values), "role", role)));
    }

    static Reply post(CentreClient who, String path, Object form) {
        return who.post(path, JSON, CentreAnswers.json(form));
    }
}
