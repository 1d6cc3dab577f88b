package uz.koprik.gateway.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;

/** Tashkent and budapest, which know each other; tashkent pushes, budapest pulls, or both. */
final class TwoPartners {

    final RunningCentre tashkent;
    final RunningCentre budapest;

    TwoPartners(Centres centres, boolean push, boolean pull, boolean agreement) throws Exception {
        this.tashkent = centre(centres, "tashkent", agreement);
        this.budapest = centre(centres, "budapest", agreement);
        tashkent.addPartner(budapest, push ? List.of("--push") : List.of());
        budapest.addPartner(tashkent, pull ? List.of("--pull") : List.of());
    }

    private static RunningCentre centre(Centres centres, String name, boolean agreement) throws Exception {
        RunningCentre centre = centres.init(name).withAccount("anna", Role.ANALYST);
        if (agreement) {
            centre.withConfig("required: false", "required: true");
        }
        return centre.withConfig("poll_interval: 30s", "poll_interval: 1s").start();
    }

    /** Both sign an agreement, or its next version. */
    String agree(String change, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--json", "agreement", "propose", "budapest"));
        arguments.addAll(
                change.isEmpty()
                        ? List.of(
                                "--purpose",
                                "phishing",
                                "--legal-basis",
                                "memorandum",
                                "--own-contact",
                                "mailto:soc@tashkent.example.com",
                                "--partner-contact",
                                "mailto:soc@budapest.example.com",
                                "--valid-until",
                                "2099-01-01T00:00:00Z")
                        : List.of("--change", change));
        arguments.addAll(List.of(options));
        String id = CentreAnswers.parse(
                        good(tashkent, arguments.toArray(new String[0])).getBytes(StandardCharsets.UTF_8))
                .path("id")
                .asText();
        RunningCentre.await(() -> state(budapest, id).equals("proposed"));
        good(budapest, "agreement", "accept", id);
        RunningCentre.await(() -> List.of("in_force", "agreed").contains(state(tashkent, id)));
        return id;
    }

    private static String state(RunningCentre centre, String id) throws Exception {
        return asked(centre, "/api/agreements").path("agreements").findParents("versions").stream()
                .filter(one -> one.path("id").asText().equals(id))
                .map(one -> one.path("versions").path(0).path("state").asText())
                .findFirst()
                .orElse("");
    }

    static JsonNode asked(RunningCentre centre, String path) throws Exception {
        return RunningCentre.ok(centre.adminClient().get(path));
    }

    /** Reports a value at tashkent; returns the id of the indicator. */
    String submitted(String value, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--json", "submit", value));
        arguments.addAll(List.of(options));
        return CentreAnswers.parse(
                        good(tashkent, arguments.toArray(new String[0])).getBytes(StandardCharsets.UTF_8))
                .path(0)
                .path("id")
                .asText();
    }

    boolean arrived(String id) {
        return budapest.koprik("show", id).code() == 0;
    }

    static String good(RunningCentre centre, String... arguments) {
        CommandResult result = centre.koprik(arguments);
        assertEquals(0, result.code(), result::all);
        return result.out();
    }
}
