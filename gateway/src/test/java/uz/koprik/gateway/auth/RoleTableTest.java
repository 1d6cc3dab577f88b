package uz.koprik.gateway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpMethod;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.Main;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable.Content;
import uz.koprik.gateway.http.RouteTable.DeclaredRoute;
import uz.koprik.indicators.policy.CaseUnits;

/** Every route and every command is held against the one table of rights, for every role and for a partner. */
final class RoleTableTest {

    /** Commands that ask the centre, with arguments that take them to their first request. */
    private static final Map<String, List<String>> ARGUMENTS = arguments();

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static HttpClient http;
    private static HttpClient partner;
    private static Path file;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent").withPeople();
        CentreKeys keys = centre.partner("budapest", true);
        for (Role role : Role.values()) {
            if (role != Role.ADMIN) {
                centre.withAccount(
                        "a-" + role.code(),
                        role,
                        role == Role.CASEWORKER ? CaseUnits.of(Set.of("Unit 3")) : CaseUnits.ALL);
            }
        }
        centre.withAccount("a-admin", Role.ADMIN).start();
        http = centre.client(null);
        partner = centre.client(keys);
        file = Files.writeString(
                centres.folder().resolve("cases.csv"), "number,title,values\nK-9,Title,198.51.100.7\n");
    }

    @Test
    void everyRouteHasARowAndEveryRowARoute() {
        Set<String> without = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        for (DeclaredRoute route : centre.routes()) {
            String name = route.method() + " " + route.path();
            if (RouteRights.of(route).isEmpty()) {
                without.add(name);
            }
            used.add(name.replaceAll("(/console/).*[*]", "$1*"));
        }
        assertEquals(Set.of(), without, "add rows to auth/routes.txt");
        Set<String> dead = new TreeSet<>(RouteRights.table().keySet());
        dead.removeAll(used);
        assertEquals(Set.of(), dead, "remove these rows, or mount the routes");
    }

    @Test
    void aRouteWithoutARowIsRefusedToEverybody() {
        DeclaredRoute forgotten = new DeclaredRoute(HttpMethod.GET, "/api/forgotten", Set.of(), Set.of(), Content.NONE);
        Problem refused = assertThrows(
                Problem.class, () -> new RouteRights().on(forgotten).accept(null));
        assertEquals(403, refused.status());
        DeclaredRoute below = new DeclaredRoute(HttpMethod.GET, "/files/*", Set.of(), Set.of(), Content.NONE);
        assertThrows(Problem.class, () -> new RouteRights().on(below).accept(null));
    }

    @Test
    void everyRoleAndPartnersReachWhatTheTableSaysAndNothingElse() throws Exception {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (DeclaredRoute route : centre.routes()) {
            Requirement requirement = RouteRights.of(route).orElseThrow();
            if (requirement.anyOf().isEmpty()) {
                continue;
            }
            for (Role role : Role.values()) {
                compared++;
                compare(
                        route,
                        requirement,
                        role.code(),
                        role.rights(),
                        http,
                        centre.tokenOf("a-" + role.code()),
                        wrong);
            }
            compare(route, requirement, "partner", Set.of(Right.READ, Right.WRITE), partner, null, wrong);
        }
        assertEquals(List.of(), wrong);
        assertTrue(compared > 600, compared + " answers were compared");
    }

    private static void compare(
            DeclaredRoute route,
            Requirement requirement,
            String who,
            Set<Right> rights,
            HttpClient client,
            String token,
            List<String> wrong)
            throws Exception {
        Answer answer = ask(client, route, token);
        boolean refused = requirement.who() == Requirement.Who.HIDDEN
                ? answer.text.contains("no such collection") || answer.text.contains(" may not ")
                : answer.status == 403 && answer.text.contains(" has no right to ");
        if (answer.status >= 500 || answer.status == 401 || refused == requirement.allows(rights)) {
            wrong.add(who + " " + route.method() + " " + route.path() + ": " + answer);
        }
    }

    /** An answer; of one without end, the status alone. */
    private record Answer(int status, String text) {}

    private static Answer ask(HttpClient client, DeclaredRoute route, String token) throws Exception {
        String path = route.path().replace(":collection", "exchange").replaceAll(":\\w+", "none");
        boolean bodiless = route.content() == Content.NONE;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(centre.url() + path))
                .header(
                        "Content-Type",
                        route.content().example().isEmpty()
                                ? "*/*"
                                : route.content().example())
                .method(
                        route.method().name(),
                        bodiless ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString("{}"));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            boolean endless = path.equals("/api/alerts/stream") && response.statusCode() == 200;
            return new Answer(
                    response.statusCode(), endless ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatIsKnownNeedsSomebodyAndWhatIsOpenDoesNot() throws Exception {
        for (DeclaredRoute route : centre.routes()) {
            boolean open = RouteRights.of(route).orElseThrow().who() == Requirement.Who.EVERYBODY;
            if (route.path().startsWith("/console") || route.path().equals("/")) {
                continue; // at the port of people
            }
            Answer answer = ask(http, route, null);
            boolean signIn = route.path().equals("/api/session") && open;
            assertTrue(signIn || open == (answer.status() != 401), () -> route + ": " + answer);
        }
    }

    @Test
    void everyCommandHasARowThatIsTrue() {
        Map<String, CommandLine> commands = new TreeMap<>();
        collect(Main.commandLine(), "", commands);
        assertEquals(commands.keySet(), CommandRights.table().keySet(), "auth/commands.txt");
        commands.forEach((name, line) -> {
            String row = CommandRights.table().get(name);
            boolean asks = line.getCommandSpec().findOption("--url") != null;
            boolean route = !row.equals(CommandRights.HOME) && !row.equals(CommandRights.NOTHING);
            assertEquals(asks, route, name + ": " + row);
            assertTrue(!route || RouteRights.table().containsKey(row), () -> name + " asks for no route: " + row);
        });
        Set<String> asking = new TreeSet<>(CommandRights.table().keySet());
        asking.removeIf(name -> CommandRights.requirement(name).isEmpty());
        assertEquals(asking, ARGUMENTS.keySet(), "arguments of this test");
    }

    private static void collect(CommandLine line, String before, Map<String, CommandLine> all) {
        line.getSubcommands().forEach((name, sub) -> {
            if (sub.getSubcommands().isEmpty() || sub.getCommand() instanceof Callable<?>) {
                all.put(before + name, sub);
            }
            collect(sub, before + name + " ", all);
        });
    }

    @Test
    void everyCommandBeginsWithTheRouteOfItsRowAndIsRefusedWithoutItsRights() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, List<String>> run : ARGUMENTS.entrySet()) {
            String row = CommandRights.table().get(run.getKey());
            Requirement requirement = CommandRights.requirement(run.getKey()).orElseThrow();
            Role lacking = Arrays.stream(Role.values())
                    .filter(role -> !requirement.allows(role.rights()))
                    .findFirst()
                    .orElseThrow();
            Path token = Files.writeString(centres.folder().resolve("token"), centre.tokenOf("a-" + lacking.code()));
            List<String> words = new ArrayList<>(List.of(run.getKey().split(" ")));
            run.getValue().forEach(word -> words.add(word.replace("{file}", file.toString())));
            words.addAll(List.of("--token-file", token.toString()));
            CommandResult said = centre.koprik(words.toArray(String[]::new));
            JsonNode entry = RunningCentre.ok(
                            centre.clientOf("a-auditor").get("/api/access?limit=1&account=a-" + lacking.code()))
                    .path("entries")
                    .path(0);
            if (said.code() == 0
                    || !said.err().contains("has no right to")
                    || !entry.path("what").asText().equals(row)
                    || entry.path("refused").asInt() != 403) {
                wrong.add(run.getKey() + " as " + lacking.code() + ": " + said + " " + entry.path("what") + ", row "
                        + row);
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void theTableIsShown() {
        CommandResult table = centre.koprik("role", "show");
        assertEquals(0, table.code(), table::toString);
        assertTrue(table.out().contains("caseworker  yes        -          yes        yes        -"), table.out());
        CommandResult auditor = centre.koprik("role", "show", "auditor");
        assertTrue(auditor.out().contains("koprik access list"), auditor.out());
        assertTrue(!auditor.out().contains("koprik search"), auditor.out());
        JsonNode api = RunningCentre.ok(centre.clientOf("a-reader").get("/api/roles"));
        assertEquals(Role.values().length, api.path("roles").size());
        assertEquals(RouteRights.table().size(), api.path("routes").size());
        assertEquals(
                api,
                CentreAnswers.parse(
                        centre.koprik("role", "show", "--json").out().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void caseworkersWorkForNamedUnitsAndShareNothing() throws Exception {
        CommandResult all = centre.koprik("account", "add", "desk-9", "--role", "caseworker");
        assertEquals(1, all.code(), all::toString);
        assertTrue(all.err().contains("named units"), all.err());
        JsonNode made = RunningCentre.ok(centre.clientOf("a-caseworker")
                .post(
                        "/api/cases",
                        "application/json",
                        "{\"number\":\"U-1\",\"title\":\"T\",\"unit\":\"Unit 3\",\"values\":[\"198.51.100.9\"]}"
                                .getBytes(StandardCharsets.UTF_8)));
        assertEquals("U-1", made.at("/case/number").asText(), made::toString);
        assertEquals(
                403,
                centre.clientOf("a-caseworker")
                        .post(
                                "/api/cases/U-1/shares",
                                "application/json",
                                "{\"tlp\":\"green\"}".getBytes(StandardCharsets.UTF_8))
                        .status());
    }

    private static Map<String, List<String>> arguments() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        String id = "indicator--00000000-0000-4000-8000-000000000000";
        all.put("access list", List.of());
        all.put("access who-looked", List.of("198.51.100.7"));
        all.put("account second-factor reset", List.of("nobody"));
        all.put("account sessions", List.of("nobody"));
        all.put("account sign-out", List.of("nobody"));
        all.put("account tokens", List.of());
        all.put("act confirm", List.of("0000000000000000"));
        all.put("act list", List.of());
        all.put("act withdraw", List.of("0000000000000000"));
        all.put("group add", List.of("none", "budapest"));
        all.put("group create", List.of("Banks"));
        all.put("group dissolve", List.of("none"));
        all.put("group list", List.of());
        all.put("group remove", List.of("none", "budapest"));
        all.put("group show", List.of("none"));
        String agreement = "sharing-agreement--00000000-0000-4000-8000-000000000000";
        for (String deed : List.of("accept", "decline", "show", "terminate", "withdraw")) {
            all.put("agreement " + deed, List.of(agreement));
        }
        all.put("agreement list", List.of());
        all.put("agreement propose", List.of("budapest", "--from-settings"));
        all.put("recall", List.of(id, "--reason", "x"));
        all.put("redact", List.of(id, "--reason", "x"));
        all.put("recall again", List.of("recall--00000000-0000-4000-8000-000000000000"));
        all.put("recall status", List.of());
        all.put("retention report", List.of());
        all.put("retention run", List.of());
        all.put("erase", List.of(id, "--reason", "x"));
        all.put("alerts", List.of());
        all.put("alerts digest", List.of());
        all.put("alerts subscribe", List.of("--name", "x"));
        all.put("alerts subscriptions", List.of());
        all.put("alerts unsubscribe", List.of("x"));
        all.put("case add", List.of("K-1", "--title", "T", "--type", "phishing"));
        all.put("case change", List.of("K-1", "--title", "T"));
        all.put("case close", List.of("K-1"));
        all.put("case history", List.of("K-1"));
        all.put("case hold", List.of("K-1", "--reason", "x"));
        all.put("case import", List.of("{file}"));
        all.put("case list", List.of());
        all.put("case mapping", List.of());
        all.put("case note", List.of("K-1", "note"));
        all.put("case observe", List.of("K-1", "198.51.100.7"));
        all.put("case remove", List.of("K-1", "198.51.100.7"));
        all.put("case reopen", List.of("K-1"));
        all.put("case share", List.of("K-1", "--tlp", "green", "--observable", "198.51.100.7"));
        all.put("case show", List.of("K-1"));
        all.put("case unshare", List.of("K-1", "1"));
        all.put("explain", List.of(id, "--to", "budapest"));
        all.put("export", List.of("--format", "stix"));
        all.put("feed accept", List.of("list"));
        all.put("feed list", List.of());
        all.put("feed run", List.of("list"));
        all.put("feed show", List.of("list"));
        all.put("import", List.of("{file}"));
        all.put("key impact", List.of("tashkent/1"));
        all.put("key republish", List.of("tashkent/1", "--preview"));
        all.put("partner explain", List.of(id, "--to", "budapest"));
        all.put("partner list", List.of());
        all.put("partner pull", List.of("budapest"));
        all.put("partner status", List.of());
        String item = "0000000000000000";
        all.put("release approve", List.of(item));
        all.put("release list", List.of());
        all.put("release preview", List.of(id));
        all.put("release refuse", List.of(item, "--comment", "x"));
        all.put("release request", List.of(id));
        all.put("release show", List.of(item));
        all.put("release withdraw", List.of(item));
        all.put("revoke", List.of(id, "--reason", "x"));
        all.put("search", List.of("198.51.100.7"));
        all.put("show", List.of(id));
        all.put("store clusters", List.of());
        all.put("store takeovers", List.of());
        all.put("submit", List.of("198.51.100.7"));
        return new TreeMap<>(all);
    }
}
