package uz.koprik.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.indicators.policy.Tlp;

/** The rules and the dashboard of docs/monitoring use figures that a real centre has, and every figure is explained. */
class MonitoringTest {

    private static final Path FOLDER = Path.of("..", "docs", "monitoring");
    private static final Pattern NAME = Pattern.compile("\\b(?:koprik|jvm)_[a-z0-9_]+");
    private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{.*})? .*");

    @RegisterExtension
    final Centres centres = new Centres();

    /** A centre with a partner that pushes and is pulled, a feed of others, refusals and failed sign-ins. */
    private RunningCentre watched() throws Exception {
        Path list = Files.writeString(centres.folder().resolve("list.csv"), "value,name\nevil.example.com,One\n,x\n");
        RunningCentre tashkent = centres.init("tashkent");
        Path key = centres.folder().resolve("backup.key");
        assertEquals(0, tashkent.koprik("backup", "key", key.toString()).code());
        tashkent.withConfig("schedule: 0s", "schedule: 24h")
                .withConfig(
                        "  sources: []",
                        "  sources:\n    - name: list\n      path: " + list
                                + "\n      tlp: green\n    - name: gone\n      path: " + list
                                + ".gone\n      tlp: green")
                .withAccount("anna", Role.ANALYST)
                .start();
        RunningCentre budapest = centres.init("budapest").start();
        introduce(tashkent, budapest, "--pull", "--push");
        introduce(budapest, tashkent, "--pull", "--push");
        Files.writeString(
                tashkent.home().partners(),
                Files.readString(tashkent.home().partners())
                        + "  elsewhere:\n    pull: true\n    taxii:\n      api_root: \"https://127.0.0.1:9/api/\"\n");
        String bad = "{\"objects\":[{\"type\":\"indicator\",\"id\":\"" + Objects.id("indicator") + "\"}]}";
        tashkent.post(tashkent.taxii("collections/exchange/objects/"), tashkent.admin(), RunningCentre.TAXII, bad);
        RunningCentre.await(() -> metrics(tashkent)
                .contains("koprik_partner_last_success_timestamp_seconds{direction=\"pulled\",partner=\"budapest\"}"));
        RunningCentre.await(() -> metrics(tashkent)
                .contains(
                        "koprik_partner_failing_since_timestamp_seconds{direction=\"pulled\",partner=\"elsewhere\"}"));
        RunningCentre.await(() ->
                metrics(tashkent).contains("koprik_partner_last_contact_timestamp_seconds{direction=\"received\""));
        RunningCentre.await(() -> metrics(tashkent).contains("koprik_feed_failing{feed=\"gone\"} 1"));
        return tashkent;
    }

    private static String metrics(RunningCentre centre) throws Exception {
        return centre.adminClient().get("/metrics").text();
    }

    private void introduce(RunningCentre to, RunningCentre partner, String... options) throws Exception {
        Path card = centres.folder().resolve(partner.home().root().getFileName() + ".card");
        CommandResult written = partner.koprik("partner", "card", "--out", card.toString());
        Matcher print = Pattern.compile("[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")
                .matcher(partner.koprik("partner", "card").err());
        assertTrue(print.find(), written::all);
        List<String> command =
                new ArrayList<>(List.of("partner", "add", card.toString(), "--fingerprint", print.group()));
        command.addAll(List.of(options));
        CommandResult added = to.koprik(command.toArray(String[]::new));
        assertEquals(0, added.code(), added::all);
    }

    @Test
    void everyNameInRulesAndDashboardIsAFigureOfARealCentreAndExplained() throws Exception {
        RunningCentre centre = watched();
        String text = metrics(centre);
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("metrics.txt"), text);

        Set<String> helped = new TreeSet<>();
        Set<String> samples = new TreeSet<>();
        Set<String> mute = new TreeSet<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                helped.add(words[2]);
                if (words.length < 4 || words[3].isBlank()) {
                    mute.add(words[2]);
                }
            } else if (!line.startsWith("#")) {
                Matcher sample = SAMPLE.matcher(line);
                assertTrue(sample.matches(), line);
                samples.add(sample.group(1));
            }
        }
        assertEquals(Set.of(), mute, "figures with an empty HELP");
        Set<String> unexplained = new TreeSet<>(samples);
        unexplained.removeIf(
                name -> helped.contains(name) || helped.contains(name.replaceFirst("_(bucket|sum|count|max)$", "")));
        assertEquals(Set.of(), unexplained, "figures without HELP");

        Map<String, Set<String>> used = Map.of("rules", rules(), "dashboard", dashboard());
        used.forEach((where, names) -> {
            assertTrue(names.size() > 10, () -> where + " names " + names);
            Set<String> unknown = new TreeSet<>(names);
            unknown.removeAll(samples);
            assertEquals(Set.of(), unknown, () -> "names in the " + where + " that no centre has");
        });
    }

    private static Set<String> rules() throws Exception {
        Set<String> names = new TreeSet<>();
        boolean inside = false;
        for (String line : Files.readAllLines(FOLDER.resolve("koprik-rules.yaml"))) {
            inside = line.stripLeading().startsWith("expr:") || (inside && line.startsWith("          "));
            if (inside) {
                add(names, line);
            }
        }
        return names;
    }

    private static Set<String> dashboard() throws Exception {
        Set<String> names = new TreeSet<>();
        JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(FOLDER.resolve("koprik-dashboard.json")));
        for (JsonNode expression : root.findValues("expr")) {
            add(names, expression.asText());
        }
        for (JsonNode variable : root.at("/templating/list")) {
            add(names, variable.path("query").asText());
        }
        return names;
    }

    private static void add(Set<String> names, String expression) {
        NAME.matcher(expression).results().map(result -> result.group()).forEach(names::add);
    }

    @Test
    void figuresOfThePartnerSayWhatTheExchangeDid() throws Exception {
        String text = metrics(watched());
        for (String line : List.of(
                "koprik_info{centre=\"tashkent\",version=",
                "koprik_ready 1",
                "koprik_store_serves 1",
                "koprik_clock_wrong 0",
                "koprik_journal_damaged 0",
                "koprik_partner_enabled{direction=\"pulled\",partner=\"budapest\"} 1",
                "koprik_partner_enabled{direction=\"pushed\",partner=\"elsewhere\"} 0",
                "koprik_partner_push_lag_age_seconds{partner=\"elsewhere\"} 0",
                "koprik_partner_failing{direction=\"pulled\",partner=\"elsewhere\"} 1",
                "koprik_expiry_timestamp_seconds{of=\"budapest\",what=\"card\"}",
                "koprik_intake_refusals_total{",
                "koprik_feed_failing{feed=\"list\"} 0")) {
            assertTrue(text.contains(line), () -> line + " is not in " + text);
        }
    }

    @Test
    void failedSignInIsCountedForTheAccountThatWasTriedAndForNobodyElse() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        centre.accounts().add("anna", Role.READER, Tlp.GREEN);
        centre.start();
        // Once: who tries again and again is refused for that, and not for the password.
        centre.get(centre.url() + "/taxii2/", RunningCentre.basic("anna", "wrong"));
        RunningCentre.await(
                () -> metrics(centre).contains("koprik_sign_ins_failed_total{account=\"anna\",reason=\"password\"} 1"));
        centre.get(centre.url() + "/taxii2/", RunningCentre.basic("Tr0ub4dor&3", "anna"));
        centre.get(centre.url() + "/taxii2/", "Bearer nonsense");
        String text = metrics(centre);
        assertTrue(text.contains("koprik_sign_ins_failed_total{account=\"unknown account\",reason=\"token\"} 1"), text);
        assertFalse(text.contains("Tr0ub4dor"), "a password in the wrong field stands nowhere");
    }
}
