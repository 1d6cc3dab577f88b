package uz.koprik.gateway.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;
import uz.koprik.gateway.Main;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.indicators.policy.Tlp;

/** No command lets a name that somebody else chose steer the terminal. */
class TerminalOutputTest {

    private static final String EVIL =
            "Bad\u001b[2J\u001b]0;title\u0007\r\nproven      all\u009b31m\u202eexe\u2066\u200b\u2028end";

    private static final String PASSWORD = "a password of our own";

    /** Commands that print only what the operator of this machine said, or what another of these prints. */
    private static final Set<String> OWN = Set.of(
            "init",
            "serve",
            "backup",
            "backup key",
            "backup list",
            "backup verify",
            "restore",
            "demo",
            "rehearse",
            "completion",
            "store copy",
            "store migrate",
            "role show",
            "account add",
            "account list",
            "account passwd",
            "account token",
            "account remove",
            "account units",
            "account forgive",
            "account sign-out",
            "account second-factor reset",
            "access verify",
            "partner card",
            "partner add",
            "partner remove",
            "partner pull",
            "partner accept-card",
            "key list",
            "key announce",
            "key rotate",
            "key retire",
            "key revoke",
            "tls renew",
            "doctor");

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static String id;
    private static final Map<String, List<String>> RUNS = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent");
        Files.writeString(
                centre.home().partners(),
                """
                partners:
                  elsewhere:
                    pull: false
                    agreement:
                      reference: "\\e[2J"
                    taxii:
                      api_root: "https://127.0.0.1:9/api/"
                """);
        centre.withConfig("sources: []", "sources: [{name: list, path: \"none\\e[2J\", tlp: green, interval: 30d}]");
        centre.accounts().setSecret("admin", PASSWORD.toCharArray(), 12);
        centre.start();
        CommandResult submitted = centre.koprik("submit", "evil.example.com", "--name", EVIL, "--tlp", "green");
        assertEquals(0, submitted.code(), submitted::toString);
        id = submitted.out().lines().findFirst().orElseThrow().replaceFirst("^accepted .* ", "");
        Path object = Files.writeString(
                centres.folder().resolve("object.json"),
                centre.koprik("show", id, "--raw").out());
        String broken = Files.readString(object)
                .replaceFirst("\"valid_from\":\"[^\"]*\"", "\"valid_from\":\"\\\\u001b[2J\\\\u202e\"");
        Path wrong = Files.writeString(centres.folder().resolve("wrong.json"), broken);
        Path csv = Files.writeString(
                centres.folder().resolve("list.csv"),
                "value,name\nbad\u001b[2J row\u202e !,x\nnew.example.com,\u001b[2Jx\n");
        Path cases = Files.writeString(
                centres.folder().resolve("cases.csv"),
                "number,title,type,values\nK-9,Title\u001b[2J\u202e,phishing,bad\u001b[2J\u202e !\n");
        Path patterns = Files.writeString(
                centres.folder().resolve("patterns.txt"), "[a:b = '\u001b[2J\u202e']\n[url:value = 'x\u001b[2J'\n");
        run("submit", "evil.example.com", "--name", "Other");
        run("import", csv.toString());
        Path report = Files.writeString(
                centres.folder().resolve("report.txt"), "Bad\u001b[2J\u202e calls text-evil.example.com\u0007 now\n");
        run("import", "--text", report.toString());
        run("import", "--text", report.toString(), "--as", "indicators", "--name", EVIL);
        run("search", "evil.example.com");
        run("search", "proven");
        run("export", "--format", "misp");
        run("show", id);
        run("revoke", id, "--reason", EVIL);
        run("validate", wrong.toString());
        run("verify", object.toString());
        run("verify", wrong.toString());
        String agreement = "sharing-agreement--11111111-1111-4111-8111-111111111111";
        run("agreement list");
        run("agreement propose", "elsewhere", "--purpose", EVIL);
        for (String act : List.of("show", "accept", "decline", "withdraw", "terminate")) {
            run("agreement " + act, agreement);
        }
        run("recall", id, "--reason", EVIL);
        run("redact", id, "--reason", EVIL);
        run("recall status");
        run("recall again", "recall--11111111-1111-4111-8111-111111111111");
        run("retention report");
        run("retention run");
        run("erase", id, "--reason", EVIL);
        run("group create", EVIL, "--description", EVIL);
        run("group list");
        run("group show", EVIL);
        run("group add", EVIL, EVIL);
        run("group remove", EVIL, EVIL);
        run("group dissolve", EVIL);
        run("pattern check", patterns.toString());
        run(
                "pattern match",
                "--patterns",
                Files.writeString(centres.folder().resolve("good.txt"), "[domain-name:value = 'evil.example.com']\n")
                        .toString(),
                object.toString());
        run("case add", "K-1", "--title", EVIL, "--type", "phishing", "--observable", "evil.example.com");
        run("case list");
        run("case show", "K-1");
        run("case observe", "K-1", "198.51.100.7", "--note", EVIL);
        run("case note", "K-1", EVIL);
        run("case change", "K-1", "--title", EVIL + "2");
        run("case history", "K-1");
        run("case hold", "K-1", "--reason", EVIL);
        run("case share", "K-1", "--preview", "--tlp", "green", "--observable", "evil.example.com", "--name", EVIL);
        run("case unshare", "K-1", "1");
        run("case remove", "K-1", "198.51.100.7");
        run("case close", "K-1");
        run("case reopen", "K-1");
        run("case import", cases.toString(), "--preview");
        run("case import", cases.toString());
        run("case mapping", "none");
        centre.account("rustam", Role.AUDITOR, Tlp.GREEN);
        Path auditor = Files.writeString(centres.folder().resolve("auditor.token"), centre.tokenOf("rustam"));
        run("access list", "--token-file", auditor.toString());
        run("access who-looked", "evil.example.com", "--token-file", auditor.toString());
        run("store takeovers");
        run("store clusters");
        run("alerts");
        run("alerts digest");
        run("alerts subscribe", "--name", EVIL);
        run("alerts subscriptions");
        run("alerts unsubscribe", EVIL);
        run("partner list");
        run("partner status");
        run("key impact", "tashkent/1");
        run("key impact", EVIL);
        run("key republish", EVIL, "--preview");
        run("partner explain", id, "--to", "elsewhere");
        run("feed list");
        run("feed show", "list");
        run("feed run", "list");
        run("feed accept", EVIL);
        signIn();
        run("account sessions", "admin");
        run("account tokens");
        run("act list");
        run("act confirm", "0000000000000000");
        run("act withdraw", "0000000000000000");
        run("release list");
        run("release list", "--decided");
        run("release show", "0000000000000000");
        run("release preview", "indicator--00000000-0000-4000-8000-000000000000");
        run("release approve", "0000000000000000");
        run("release refuse", "0000000000000000", "--comment", "why");
        run("release withdraw", "0000000000000000");
        run("release request", "indicator--00000000-0000-4000-8000-000000000000");
        run("explain", id, "--to", EVIL);
    }

    /** A session of a browser with a name that moves a cursor. */
    private static void signIn() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(centre.url() + "/api/session"))
                .header("Content-Type", "application/json")
                .header("User-Agent", "Browser\u009b2J")
                .POST(HttpRequest.BodyPublishers.ofString("{\"account\":\"admin\",\"secret\":\"" + PASSWORD + "\"}"))
                .build();
        assertEquals(
                201,
                centre.client(null)
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode());
    }

    private static void run(String command, String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of(command.split(" ")));
        all.addAll(List.of(arguments));
        RUNS.put(command + RUNS.size(), all);
    }

    private static Set<String> leaves(CommandLine line, String before) {
        Set<String> names = new TreeSet<>();
        line.getSubcommands().forEach((name, sub) -> {
            if (sub.getSubcommands().isEmpty()) {
                names.add(before + name);
            } else {
                names.addAll(leaves(sub, before + name + " "));
            }
        });
        return names;
    }

    @Test
    void everyCommandIsTriedOrPrintsOnlyWhatIsOurs() {
        Set<String> tried = new TreeSet<>(OWN);
        RUNS.values().forEach(run -> {
            tried.add(run.getFirst());
            tried.add(run.getFirst() + " " + (run.size() > 1 ? run.get(1) : ""));
        });
        Set<String> missing = leaves(Main.commandLine(), "");
        missing.removeAll(tried);
        assertEquals(Set.of(), missing, "add these to the runs of this test");
    }

    @Test
    void noCommandPrintsWhatATerminalObeys() {
        int escaped = 0;
        for (List<String> run : RUNS.values()) {
            CommandResult said = centre.koprik(run.toArray(String[]::new));
            if (run.getFirst().equals("export")) {
                continue; // for programs: exact
            }
            for (String text : List.of(said.out(), said.err())) {
                assertTrue(said.code() != 2, run + " is no valid call: " + text);
                assertEquals(text, TerminalText.lines(text), () -> String.join(" ", run));
                assertFalse(
                        text.lines().anyMatch(line -> line.startsWith("proven      all")),
                        () -> String.join(" ", run) + ": " + text);
                escaped += text.contains("\\u001b[2J") ? 1 : 0;
            }
        }
        assertTrue(escaped >= 12, escaped + " outputs showed the name, with escapes");
    }

    @Test
    void jsonForProgramsStaysExact() {
        String json = centre.koprik("show", id, "--json").out();
        assertEquals(
                EVIL,
                CentreAnswers.parse(json.getBytes(StandardCharsets.UTF_8))
                        .path("object")
                        .path("name")
                        .asText(),
                json);
        assertTrue(json.contains("\u202e"), "as it is");
    }
}
