package uz.koprik.gateway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.rules.ForgivableRule;

/** Rules of STIX that unsigned objects of one account may break. */
class ForgivenAccountTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private static String malformed(String value) {
        return RunningCentre.indicator(RunningCentre.freshId(), value, Tlp.GREEN, 0)
                .replaceFirst("}$", ",\"labels\":[]}");
    }

    private static HttpResponse<String> post(RunningCentre centre, String account, String object) throws Exception {
        return centre.post(
                centre.taxii("collections/exchange/objects/"),
                account,
                RunningCentre.TAXII,
                "{\"objects\":[" + object + "]}");
    }

    @Test
    void postsOfAForgivenAccountAreTakenWithANoteAndThoseOfOthersAreNot() throws Exception {
        RunningCentre centre = centres.init("tashkent").start();
        String sensor = centre.account("sensor", Role.WRITER, Tlp.GREEN);
        String other = centre.account("other", Role.WRITER, Tlp.GREEN);
        HttpResponse<String> refused = post(centre, sensor, malformed("198.51.100.1"));
        assertTrue(refused.body().contains("\"failure_count\":1"), refused.body());
        assertTrue(refused.body().contains("koprik account forgive"), refused.body());
        CommandResult set = centre.koprik("account", "forgive", "sensor", "empty-list,time-order");
        assertEquals(0, set.code(), set.err());
        RunningCentre.await(
                () -> post(centre, sensor, malformed("198.51.100.2")).body().contains("\"success_count\":1"));
        String noted = post(centre, sensor, malformed("198.51.100.3")).body();
        assertTrue(noted.contains("must not be empty") || noted.contains("forgiven"), noted);
        String object = malformed("198.51.100.4");
        HttpResponse<String> api = centre.post(centre.url() + "/api/objects", sensor, "application/json", object);
        assertTrue(api.body().contains("\"accepted\""), api.body());
        assertTrue(
                post(centre, other, malformed("198.51.100.5")).body().contains("\"failure_count\":1"),
                "another account is not forgiven");
        String list = centre.koprik("account", "list").out();
        assertTrue(list.contains("is forgiven empty-list, time-order"), list);
        assertTrue(centre.koprik("--json", "account", "list")
                .out()
                .contains("\"forgive\":[\"empty-list\",\"time-order\"]"));
        assertEquals(0, centre.koprik("account", "forgive", "sensor", "--none").code());
        RunningCentre.await(
                () -> post(centre, sensor, malformed("198.51.100.6")).body().contains("\"failure_count\":1"));
    }

    @Test
    void passwordTokenAndUnitsOfAnAccountKeepItsForgivenRules() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        centre.accounts().add("anna", Role.ANALYST, Tlp.RED);
        centre.accounts().setForgiven("anna", Set.of(ForgivableRule.EMPTY_LIST));
        centre.accounts().resetSecret("anna");
        centre.accounts().setUnits("anna", uz.koprik.indicators.policy.CaseUnits.of(Set.of("Unit 1")));
        Account anna = new AccountsFile(centre.home().accounts()).read().get("anna");
        assertEquals(Set.of(ForgivableRule.EMPTY_LIST), anna.forgives());
    }

    @Test
    void wrongRulesAndRolesAreRefusedWithTheCause() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        centre.accounts().add("siem", Role.READER, Tlp.GREEN);
        CommandResult unknown = centre.koprik("account", "forgive", "siem", "empty");
        assertEquals(2, unknown.code());
        assertTrue(
                unknown.err().contains("\"empty\" is no rule that can be forgiven; these can: empty-list"),
                unknown.err());
        CommandResult reader = centre.koprik("account", "forgive", "siem", "empty-list");
        assertEquals(1, reader.code());
        assertTrue(reader.err().contains("submits no objects"), reader.err());
        assertEquals(2, centre.koprik("account", "forgive", "siem").code());
        assertEquals(0, centre.koprik("account", "forgive", "siem", "--none").code());
    }
}
