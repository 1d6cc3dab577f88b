package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.agreements.HomeAgreements;
import uz.koprik.gateway.api.MatrixObjects.Secret;
import uz.koprik.gateway.api.MatrixProbes.Probe;
import uz.koprik.gateway.auth.CommandRights;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.auth.RouteRights;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.gateway.http.RouteTable.Content;
import uz.koprik.gateway.http.RouteTable.DeclaredRoute;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.slow.SlowAgreements.Interim;
import uz.koprik.indicators.policy.slow.SlowAgreements.Paper;
import uz.koprik.indicators.policy.slow.SlowReader;

/**
 * Every route and every command, asked by every role and by partners under agreements in every state, answers as at a
 * centre that never had what this reader may not see: bodies, counts, errors, headers and entity tags. No answer holds
 * a word of a hidden object. {@code -Dmatrix.every=5} asks for a fifth of the objects only. What a reader may see
 * follows from the slow model of {@code docs/policy.md}.
 */
class MatrixTest {

    private static final Map<String, List<Probe>> PROBES = MatrixProbes.all();

    private static final Set<String> AGREED = Set.of("domain");

    @RegisterExtension
    final Centres centres = new Centres();

    /**
     * Who asks.
     *
     * @param keys of a partner; null for accounts and for nobody
     */
    private record Asker(String name, CentreKeys keys, Optional<SlowReader> reader) {}

    private final Map<String, Asker> askers = new LinkedHashMap<>();
    private final List<SlowReader.Centre> papers = new ArrayList<>();
    private RunningCentre whole;
    private MatrixObjects objects;

    @Test
    void everyRouteAndEveryCommandSaysHowItIsProbed() throws Exception {
        Set<String> probed = new TreeSet<>(PROBES.keySet());
        Set<String> there = new TreeSet<>(RouteRights.table().keySet());
        CommandRights.table().keySet().stream()
                .filter(name -> CommandRights.requirement(name).isPresent())
                .forEach(name -> there.add("koprik " + name));
        assertEquals(there, probed, "add rows to probes.txt, or remove them");
        for (List<Probe> rows : PROBES.values()) {
            for (Probe row : rows) {
                row.seenBy().ifPresent(test -> assertTrue(exists(test), row.name() + ": no " + test));
            }
        }
    }

    private static boolean exists(String test) {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.anyMatch(file -> file.getFileName().toString().equals(test + ".java"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPartnerUnderAnAgreementAndACaseworkerFindNoTrace() throws Exception {
        compare(List.of("seoul", "a-caseworker"), 15);
    }

    @Tag("long")
    @Test
    void nobodyFindsATraceOfWhatIsNotForThem() throws Exception {
        prepare();
        List<String> all = List.copyOf(askers.keySet());
        compare(all, Integer.getInteger("matrix.every", 1));
    }

    /** A centre with partners under agreements in every state, and accounts of every role. */
    private void prepare() throws Exception {
        whole = centres.init("tashkent", "whole").withConfig(yaml -> yaml.replace("required: false", "required: true"));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Map<String, CentreKeys> keys = new LinkedHashMap<>();
        for (String name : List.of("budapest", "seoul", "almaty", "tbilisi", "riga")) {
            keys.put(name, whole.partner(name, true));
        }
        HomeAgreements signed = new HomeAgreements(whole.home());
        Map<String, Boolean> kinds = new TreeMap<>();
        Arrays.stream(ObservableKind.values()).forEach(kind -> kinds.put(kind.code(), AGREED.contains(kind.code())));
        Instant later = now.plus(Duration.ofDays(90));
        Instant begins = now.plus(Duration.ofDays(30));
        Instant soon = now.plusSeconds(2);
        signed.sign("seoul", keys.get("seoul"), kinds, Tlp.GREEN, false, now, later);
        signed.sign("almaty", keys.get("almaty"), kinds, Tlp.AMBER, false, now, soon);
        signed.terminate(signed.sign("tbilisi", keys.get("tbilisi"), kinds, Tlp.AMBER, false, now, later));
        signed.sign("riga", keys.get("riga"), kinds, Tlp.AMBER, false, begins, later);
        Map<String, Paper> inModel = Map.of(
                "seoul", new Paper(0, now, later, AGREED, Tlp.GREEN, false, Optional.empty()),
                "almaty", new Paper(0, now, soon, AGREED, Tlp.AMBER, false, Optional.empty()),
                "tbilisi", new Paper(0, now, later, AGREED, Tlp.AMBER, false, Optional.of(soon)),
                "riga", new Paper(0, begins, later, AGREED, Tlp.AMBER, false, Optional.empty()));
        Map<String, String> identities = new LinkedHashMap<>();
        for (String name : keys.keySet()) {
            identities.put(name, signed.identity(name));
            SlowReader.Centre centre = new SlowReader.Centre(
                    name,
                    signed.identity(name),
                    Optional.ofNullable(inModel.get(name)).stream().toList(),
                    true,
                    new Interim(Tlp.GREEN, Optional.empty(), Optional.empty()));
            papers.add(centre);
            askers.put(name, new Asker(name, keys.get(name), Optional.of(centre)));
        }
        for (Role role : Role.values()) {
            String name = "a-" + role.code();
            CaseUnits units =
                    switch (role) {
                        case ANALYST -> CaseUnits.of(Set.of("fraud"));
                        case CASEWORKER -> CaseUnits.of(Set.of("narcotics"));
                        default -> CaseUnits.ALL;
                    };
            whole.withAccount(name, role, units);
            SlowReader reader = role.member()
                    ? new SlowReader.Member(name, units.named().isPresent() || role == Role.ADMIN, units.named())
                    : new SlowReader.Client(name, Tlp.GREEN);
            askers.put(name, new Asker(name, null, Optional.of(reader)));
        }
        askers.put("nobody", new Asker("nobody", null, Optional.empty()));
        objects = new MatrixObjects(identities, now.plusSeconds(10));
        whole.start();
        defineMarkings();
        whole.close();
    }

    /** What all centres have, under the same ids. */
    private void defineMarkings() throws Exception {
        Reply made = posted(
                whole,
                "/api/groups",
                "{\"name\":\"Banks\",\"members\":[\"" + String.join("\",\"", MatrixObjects.MEMBERS) + "\"]}");
        String group = CentreAnswers.parse(made.body()).path("id").asText();
        for (String definition : objects.definitions) {
            posted(whole, "/api/objects", definition.replace(MatrixObjects.GROUP, group));
        }
    }

    /** @param every which of the objects are asked for: each of this number */
    private void compare(List<String> who, int every) throws Exception {
        if (whole == null) {
            prepare();
        }
        Map<Set<String>, List<Asker>> groups = new LinkedHashMap<>();
        for (String name : who) {
            Asker asker = askers.get(name);
            Set<String> visible = new TreeSet<>();
            asker.reader()
                    .map(reader -> objects.visible(reader, papers))
                    .orElse(List.of())
                    .forEach(secret -> visible.add(secret.word()));
            if (visible.size() == objects.secrets.size()) {
                continue; // Nothing is hidden from who may see everything.
            }
            groups.computeIfAbsent(visible, none -> new ArrayList<>()).add(asker);
        }
        List<String> differences = new ArrayList<>();
        int asked = 0;
        int group = 0;
        for (Map.Entry<Set<String>, List<Asker>> one : groups.entrySet()) {
            RunningCentre with = centres.copy(whole, "with" + group);
            RunningCentre without = centres.copy(whole, "without" + group++);
            try (with;
                    without) {
                fill(
                        with,
                        new HashSet<>(objects.secrets.stream().map(Secret::word).toList()));
                fill(without, one.getKey());
                Set<String> shown = new TreeSet<>();
                // Last comes what makes the two centres differ by the rules.
                for (boolean last : List.of(false, true)) {
                    List<Probe> probes = PROBES.values().stream()
                            .flatMap(List::stream)
                            .filter(probe -> probe.leavesReference() == last)
                            .toList();
                    for (Asker asker : one.getValue()) {
                        asked += ask(with, without, asker, probes, one.getKey(), every, shown, differences);
                    }
                }
                for (Asker asker : one.getValue()) {
                    assertTrue(
                            one.getKey().isEmpty() || shown.contains(asker.name()),
                            asker.name() + " is shown nothing of what it may see");
                }
            }
        }
        assertEquals("", String.join("\n", differences.subList(0, Math.min(40, differences.size()))));
        assertTrue(asked > 100, asked + " answers were compared");
    }

    private void fill(RunningCentre centre, Set<String> words) throws Exception {
        centre.start();
        for (int i = 0; i < objects.secrets.size(); i++) {
            Secret secret = objects.secrets.get(i);
            if (!words.contains(secret.word())) {
                continue;
            }
            Reply reply = posted(centre, secret.caseFile() ? "/api/cases" : "/api/objects", secret.json());
            if (secret.caseFile()) {
                objects.secrets.set(
                        i,
                        secret.with(
                                CentreAnswers.parse(reply.body()).at("/case/id").asText()));
            }
        }
        RunningCentre.await(() -> RunningCentre.ok(centre.adminClient().get("/api/status"))
                        .path("alerts")
                        .path("lag")
                        .asLong(1)
                == 0);
    }

    private static Reply posted(RunningCentre centre, String path, String body) throws Exception {
        Reply reply = centre.adminClient().post(path, "application/json", body.getBytes(StandardCharsets.UTF_8));
        assertTrue(reply.ok(), () -> path + ": " + reply.status() + " " + reply.text());
        return reply;
    }

    private int ask(
            RunningCentre with,
            RunningCentre without,
            Asker asker,
            List<Probe> probes,
            Set<String> visible,
            int every,
            Set<String> shown,
            List<String> differences)
            throws Exception {
        HttpClient client = with.client(asker.keys());
        HttpClient otherClient = without.client(asker.keys());
        Map<String, DeclaredRoute> routes = new LinkedHashMap<>();
        with.routes().forEach(route -> routes.put(route.method() + " " + route.path(), route));
        int asked = 0;
        for (Probe probe : probes) {
            boolean skipped = probe.seenBy().isPresent() || (probe.command() && with.tokenOf(asker.name()) == null);
            int step = probe.perObject() ? every : objects.secrets.size();
            for (int i = probe.perObject() ? asked % every : 0; i < objects.secrets.size() && !skipped; i += step) {
                Secret secret = objects.secrets.get(i);
                String fresh = new UUID(0x4000L | ((long) asked << 16), 0x8000000000000000L | i).toString();
                String first = probe.command()
                        ? run(with, asker, probe, secret)
                        : MatrixSending.send(
                                with, client, asker.name(), routes.get(probe.name()), probe, secret, fresh);
                String second = probe.command()
                        ? run(without, asker, probe, secret)
                        : MatrixSending.send(
                                without, otherClient, asker.name(), routes.get(probe.name()), probe, secret, fresh);
                asked++;
                // A row that names no object is asked once, so that no object is the one that it names.
                Optional<Secret> named = probe.perObject() ? Optional.of(secret) : Optional.empty();
                if (objects.secrets.stream()
                        .anyMatch(seen -> !named.equals(Optional.of(seen)) && first.contains(seen.word()))) {
                    shown.add(asker.name());
                }
                String what = asker.name() + ": " + MatrixSending.filled(probe.name() + probe.query(), secret, fresh)
                        + " " + MatrixSending.filled(probe.body(), secret, fresh);
                String one = MatrixSending.comparable(with, first);
                String two = MatrixSending.comparable(without, second);
                if (!one.equals(two)) {
                    differences.add(what + "\n  with    " + shortened(one, two) + "\n  without " + shortened(two, one));
                }
                for (Secret hidden : objects.secrets) {
                    if (!visible.contains(hidden.word())
                            && !named.equals(Optional.of(hidden))
                            && ((first.contains(hidden.word()) && !second.contains(hidden.word()))
                                    || (first.contains(hidden.id()) && !second.contains(hidden.id())))) {
                        differences.add(what + " holds " + hidden.word() + ": " + shortened(one, ""));
                    }
                }
            }
        }
        return asked;
    }

    /** From a little before where it differs. */
    private static String shortened(String text, String other) {
        int at = 0;
        while (at < Math.min(text.length(), other.length()) && text.charAt(at) == other.charAt(at)) {
            at++;
        }
        return text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 160))
                .replace('\n', ' ');
    }

    private String run(RunningCentre centre, Asker asker, Probe probe, Secret secret) throws Exception {
        Path token = Files.writeString(centre.home().root().resolve("token"), centre.tokenOf(asker.name()));
        Path file = Files.writeString(
                centre.home().root().resolve("values.csv"), "number,title,values\nK-9,Title," + secret.value() + "\n");
        List<String> words = new ArrayList<>(
                List.of(probe.name().substring("koprik ".length()).split(" ", -1)));
        if (!probe.body().isEmpty()) {
            for (String word : List.of(probe.body().split(" ", -1))) {
                words.add(MatrixSending.filled(word, secret, "").replace("{file}", file.toString()));
            }
        }
        words.addAll(List.of("--token-file", token.toString()));
        CommandResult said = centre.koprik(words.toArray(String[]::new));
        return said.all();
    }
}
