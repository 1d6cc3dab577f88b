package uz.koprik.gateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.gateway.auth.AccountChanges;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.indicators.observable.ObservableKind;

/** What happens in the demonstration, step by step; every step checks that what it shows is true. */
final class DemoScript {

    static final List<String> NAMES = List.of("tashkent", "moscow", "budapest", "seoul");

    private static final Map<String, String> TITLES = Map.of(
            "tashkent",
            "Centre of Tashkent",
            "moscow",
            "Centre of Moscow",
            "budapest",
            "Centre of Budapest",
            "seoul",
            "Centre of Seoul");

    private static final String CASE = "T-2026-014";
    /** A partner that never answers. */
    private static final String SILENT = "almaty";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The account with which a person looks at the console. */
    private static final String VISITOR = "demo";

    private static final String PURPOSE = "investigation of cross-border payment fraud";

    /** Values of the case that other centres report: how they begin, and which centre. */
    private static final Map<String, String> EXPECTED = Map.of(
            "iban:HU94", "budapest",
            "wallet:btc:", "moscow",
            "domain:trade-bonus", "moscow",
            "messenger:telegram:", "seoul",
            "phone:+447700", "seoul",
            "wallet:eth:", "seoul");

    private final DemoEnvironment stage;
    private final DemoOutput tell;
    private final Wishes wishes;
    private final Map<String, DemoCentre> centres = new LinkedHashMap<>();

    /**
     * What the watcher wants.
     *
     * @param count how many centres
     * @param heap largest heap of each
     * @param inputs files to import in Tashkent
     * @param columns of those files; null for none said
     */
    record Wishes(int count, String heap, List<Path> inputs, String columns) {}

    DemoScript(DemoEnvironment stage, DemoOutput tell, Wishes wishes) {
        this.stage = stage;
        this.tell = tell;
        this.wishes = wishes;
    }

    void play() throws IOException, DemoFailed, InterruptedException {
        found();
        introduce();
        start();
        agree();
        Exchange exchange = new Exchange(List.copyOf(stage.centres()), tell);
        importSample();
        openCase();
        publish();
        exchange.await();
        relay();
        correlations();
        fail();
        lookAround();
    }

    private DemoCentre centre(String name) {
        return centres.get(name);
    }

    private void found() throws IOException, DemoFailed {
        tell.step("Founding " + wishes.count() + " centres in " + stage.root());
        for (String name : NAMES.subList(0, wishes.count())) {
            centres.put(name, stage.found(name, TITLES.get(name)));
        }
    }

    /** Everybody knows everybody's card; feeds run along a line, with Moscow in between, and from Tashkent to Seoul. */
    private void introduce() throws DemoFailed {
        tell.step("Introducing them by cards, whose fingerprints people read to one another");
        Map<String, Introduction.Card> cards = new HashMap<>();
        for (DemoCentre centre : stage.centres()) {
            Introduction.Card card = Introduction.card(centre);
            cards.put(centre.name(), card);
            tell.say(String.format("%-9s %s", centre.name(), card.fingerprint()));
        }
        for (DemoCentre centre : stage.centres()) {
            for (DemoCentre partner : stage.centres()) {
                if (centre != partner) {
                    boolean feeds = feeds(centre.name(), partner.name());
                    Introduction.add(centre, cards.get(partner.name()), feeds);
                }
            }
        }
        tell.say("feeds: "
                + (wishes.count() > 2
                        ? "tashkent - moscow - budapest, no line between tashkent and budapest"
                        : "tashkent - moscow")
                + (wishes.count() > 3 ? "; tashkent - seoul" : ""));
    }

    private static boolean feeds(String one, String other) {
        List<String> pair = List.of(one, other);
        return pair.containsAll(List.of("tashkent", "moscow"))
                || pair.containsAll(List.of("moscow", "budapest"))
                || pair.containsAll(List.of("tashkent", "seoul"));
    }

    private void start() throws IOException, InterruptedException, DemoFailed {
        tell.step("Starting them, each in a process of its own with at most " + wishes.heap() + " of heap");
        for (DemoCentre centre : stage.centres()) {
            centre.start(wishes.heap(), wishes.inputs().isEmpty());
        }
        for (DemoCentre centre : stage.centres()) {
            centre.awaitReady();
            tell.say(String.format("%-9s %s", centre.name(), centre.url()));
        }
    }

    /** Each pair signs an agreement: one proposes, the other countersigns. */
    private void agree() throws DemoFailed, InterruptedException {
        tell.step("They sign agreements, two by two: one proposes, the other countersigns");
        List<DemoCentre> all = List.copyOf(stage.centres());
        for (int i = 0; i < all.size(); i++) {
            for (DemoCentre other : all.subList(i + 1, all.size())) {
                String id = Signing.propose(all.get(i), other, PURPOSE);
                Signing.accept(other, id);
                Signing.awaitInForce(all.get(i), id);
                tell.say(String.format("%-9s and %-9s %s", all.get(i).name(), other.name(), id));
            }
        }
        tell.say("up to TLP:AMBER; personal data (accounts, telephones, handles) for one purpose only:");
        tell.say("\"" + PURPOSE + "\"");
    }

    private void importSample() throws IOException, DemoFailed {
        tell.step("Tashkent imports " + (wishes.inputs().isEmpty() ? "its sample" : "its sample and your files"));
        bring(centre("tashkent"), resource("tashkent.csv"), null);
        for (Path input : wishes.inputs()) {
            bring(centre("tashkent"), input, wishes.columns());
        }
    }

    private void bring(DemoCentre centre, Path file, String columns) throws DemoFailed {
        List<String> arguments = new ArrayList<>(List.of("import", file.toString(), "--tlp", "green", "--json"));
        if (columns != null) {
            arguments.addAll(List.of("--columns", columns));
        }
        JsonNode summary = centre.importing(arguments).path(0);
        tell.say(String.format(
                "%-9s %s: %s accepted, %s unchanged, %s refused, %s objects/s",
                centre.name(),
                file.getFileName(),
                CentreAnswers.number(summary.path("accepted").asLong()),
                CentreAnswers.number(summary.path("unchanged").asLong()),
                CentreAnswers.number(summary.path("refused").asLong()),
                CentreAnswers.number(summary.path("rate").asLong())));
    }

    private void openCase() throws IOException, DemoFailed {
        tell.step("Tashkent opens the fraud case " + CASE + ", its values as witnesses wrote them");
        List<String> arguments = new ArrayList<>(List.of(
                "case",
                "add",
                CASE,
                "--title",
                "Fake brokerage that took deposits",
                "--type",
                "investment-fraud",
                "--json"));
        for (String value : Files.readAllLines(resource("case.txt"))) {
            arguments.addAll(List.of("--observable", value));
        }
        JsonNode answer = CentreAnswers.parse(
                centre("tashkent").koprik(arguments.toArray(new String[0])).getBytes(StandardCharsets.UTF_8));
        answer.path("case")
                .path("values")
                .forEach(v ->
                        tell.say(v.path("kind").asText() + ' ' + v.path("value").asText()));
    }

    private void publish() throws IOException, DemoFailed {
        tell.step("The other centres publish what they know");
        for (DemoCentre centre : stage.centres()) {
            if (!centre.name().equals("tashkent")) {
                bring(centre, resource(centre.name() + ".csv"), null);
            }
        }
    }

    /** An object of Tashkent, fetched at the far end of the line, is the same to the byte and proves its producer. */
    private void relay() throws IOException, DemoFailed {
        String farthest = wishes.count() > 2 ? "budapest" : "moscow";
        String sender = wishes.count() > 2 ? "moscow" : "tashkent";
        tell.step("One indicator of Tashkent, as it arrived in " + farthest
                + (wishes.count() > 2 ? " through moscow" : ""));
        String id = centre("tashkent")
                .get("/api/search?limit=1&q=" + CentreAnswers.encoded("type:indicator from:here"))
                .path("hits")
                .path(0)
                .path("id")
                .asText();
        byte[] original = centre("tashkent").object(id).orElseThrow(() -> new DemoFailed("tashkent lost " + id));
        tell.say(id);
        for (String name : NAMES.subList(0, Math.min(3, wishes.count()))) {
            Optional<byte[]> copy = centre(name).object(id);
            if (copy.isEmpty() || !java.util.Arrays.equals(original, copy.get())) {
                throw new DemoFailed(name + (copy.isEmpty() ? " does not have " : " has other bytes of ") + id);
            }
            tell.say(String.format(
                    "%-9s %,d bytes, SHA-256 %s",
                    name, copy.get().length, Sha256.hex(copy.get()).substring(0, 32)));
        }
        JsonNode there = centre(farthest).get("/api/objects/" + id);
        tell.say(farthest + " says: " + there.path("verification").asText());
        if (!there.path("signed_by").path(0).path("centre").asText().equals("tashkent")
                || !there.path("received_from").asText().equals(sender)) {
            throw new DemoFailed(
                    farthest + " does not know that " + id + " was signed by tashkent and came from " + sender);
        }
        Path copy = stage.root().resolve("indicator-from-" + farthest + ".json");
        Files.write(copy, centre(farthest).object(id).orElseThrow());
        String verdict = centre(farthest).koprik("verify", copy.toString());
        tell.say("offline, `koprik verify`: " + verdict.lines().findFirst().orElse(""));
    }

    private void correlations() throws DemoFailed {
        tell.step("What Tashkent now knows of case " + CASE);
        Map<String, List<String>> found = new HashMap<>();
        for (JsonNode match :
                centre("tashkent").get("/api/cases/" + CASE + "/matches").path("matches")) {
            String kind = match.path("kind").asText();
            for (JsonNode met : match.path("met")) {
                String by = met.path("signed_by").path(0).path("centre").asText();
                found.computeIfAbsent(kind + ':' + match.path("value").asText(), key -> new ArrayList<>())
                        .add(by);
                String label =
                        ObservableKind.ofCode(kind).map(ObservableKind::label).orElse(kind);
                String reporter = centres.containsKey(by) ? centre(by).called() : by;
                tell.say("this " + label + " of case " + CASE + " was reported by " + reporter + ": "
                        + match.path("value").asText());
                tell.say("    " + CentreAnswers.sentence(met));
            }
        }
        for (Map.Entry<String, String> expected : EXPECTED.entrySet()) {
            boolean met = found.entrySet().stream()
                    .anyMatch(f -> f.getKey().startsWith(expected.getKey())
                            && f.getValue().contains(expected.getValue()));
            if (centres.containsKey(expected.getValue()) && !met) {
                throw new DemoFailed("the value " + expected.getKey() + "… of case " + CASE + " was reported by "
                        + expected.getValue() + ", but Tashkent did not find that; it found " + found);
            }
        }
        for (DemoCentre other : stage.centres()) {
            if (!other.name().equals("tashkent")
                    && other.get("/api/search?q=type:incident").path("total").asLong() != 0) {
                throw new DemoFailed("the case file left Tashkent: " + other.name() + " has it");
            }
        }
        tell.say("nothing of the case file itself left Tashkent");
    }

    /** A partner that was introduced like the others, but does not answer: screens and commands say why. */
    private void fail() throws IOException, DemoFailed, InterruptedException {
        DemoCentre tashkent = centre("tashkent");
        tell.step("One more partner, which does not answer");
        DemoCentre almaty = stage.found(SILENT, "Centre of Almaty");
        Introduction.add(tashkent, Introduction.card(almaty), true);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String trouble = tashkent.partner(SILENT)
                    .map(partner -> partner.path("pull").path("last_error").asText())
                    .orElse("");
            if (!trouble.isEmpty()) {
                tell.say(SILENT + ": " + trouble);
                return;
            }
            if (System.nanoTime() > until) {
                throw new DemoFailed("Tashkent does not say that " + SILENT + " does not answer");
            }
            Thread.sleep(100);
        }
    }

    /** An account with which a person signs in to the console of a centre. */
    private String signIn(DemoCentre centre) throws IOException, DemoFailed {
        String secret = Secrets.random().substring(0, 16);
        AccountsFile accounts = new AccountsFile(centre.home().accounts());
        centre.koprik("account", "add", VISITOR, "--role", "admin");
        try {
            new AccountChanges(accounts, InstantSource.system(), "the demonstration")
                    .setSecret(VISITOR, secret.toCharArray(), secret.length());
        } catch (AccountChanges.NotPossible | ConfigException impossible) {
            throw new DemoFailed("no account for the console: " + impossible.getMessage());
        }
        return secret;
    }

    private void lookAround() throws IOException, DemoFailed {
        DemoCentre tashkent = centre("tashkent");
        tell.step("To look around");
        tell.say("the console of Tashkent: " + tashkent.console());
        tell.say("sign in as " + VISITOR + ", password " + signIn(tashkent));
        for (DemoCentre centre : centres.values()) {
            tell.say(String.format(
                    "%-9s %s   account local, token in %s",
                    centre.name(), centre.url(), centre.home().adminToken()));
        }
        String curl = "curl -s --cacert " + tashkent.home().certificate() + " -H \"Authorization: Bearer $(cat "
                + tashkent.home().adminToken() + ")\" ";
        tell.verbatim(curl + tashkent.url() + "/api/cases/" + CASE + "/matches");
        tell.verbatim(curl + "'" + tashkent.url() + "/api/search?q=brokerage'");
        tell.verbatim("koprik --home " + tashkent.home().root() + " case show " + CASE);
        tell.verbatim("koprik --home " + tashkent.home().root() + " partner status");
    }

    /** A sample file of the product, as a file. */
    private Path resource(String name) throws IOException {
        Path file = stage.root().resolve(name);
        if (!Files.exists(file)) {
            try (InputStream in = DemoScript.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IOException(name + " is missing in the jar");
                }
                Files.copy(in, file);
            }
        }
        return file;
    }
}
