package uz.koprik.gateway.centre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.gateway.sessions.Session;
import uz.koprik.gateway.sessions.SessionWay;
import uz.koprik.gateway.sessions.Sessions;
import uz.koprik.indicators.policy.Tlp;

/**
 * Every file of a home that has lived, damaged in every way: the start is refused with a sentence, or the log says what
 * was repaired or is lost, or the table in docs/reliability.md says why it does not matter. A file that the table does
 * not know fails.
 */
final class HomeDamageTest {

    private static final Path TABLE = Path.of("../docs/reliability.md");
    private static final String JSON = "application/json";
    private static final String MAPPING = "fields:\n  number: Case no\n  title: Subject\n  type: {constant: other}\n";

    /** Verdicts of the table. */
    private static final Set<String> VERDICTS = Set.of("refused", "logged", "harmless", "never");

    private enum Damage {
        MISSING,
        EMPTY,
        CUT,
        FLIPPED,
        OLDER
    }

    /** A row: what becomes of files with such a name, by kind of damage, and why that is enough. */
    private record Row(String pattern, List<String> verdicts, String reason) {

        boolean matches(String name) {
            StringBuilder regex = new StringBuilder();
            for (String part : pattern.split("(?<=\\*)|(?=\\*)", -1)) {
                regex.append(part.equals("*") ? "[^/]*" : java.util.regex.Pattern.quote(part));
            }
            return name.matches(regex.toString());
        }
    }

    @RegisterExtension
    static final Centres centres = new Centres();

    private static Path older;
    private static Path lived;

    @BeforeAll
    static void live() throws Exception {
        RunningCentre centre = centres.init("tashkent").withConfig("level: warn", "level: info");
        Path home = centre.home().root();
        live(centre, 1);
        older = centres.folder().resolve("older");
        copy(home, older);
        centre.withConfig("page_default: 1000", "page_default: 999");
        Files.writeString(
                centre.home().partners(), Files.readString(centre.home().partners()) + "# seen\n");
        live(centre, 2);
        lived = centres.folder().resolve("lived");
        copy(home, lived);
    }

    private static void live(RunningCentre centre, int time) throws Exception {
        centre.withAccount("anna-" + time, Role.ANALYST);
        for (String name : List.of("budapest", "seoul").subList(time - 1, time)) {
            CentreKeys keys =
                    CentreKeys.generate(name, SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), Instant.now());
            CentreCard card = CentreCard.issue(
                    name,
                    name,
                    "identity--" + UUID.randomUUID(),
                    keys,
                    "https://127.0.0.1:1/taxii2/koprik/",
                    Instant.now());
            Path file = centres.folder().resolve(name + ".json");
            Files.write(file, card.bytes());
            CommandResult said = centre.koprik(
                    "partner",
                    "add",
                    file.toString(),
                    "--fingerprint",
                    card.fingerprint().toString());
            assertEquals(0, said.code(), said.err());
        }
        // What only partners cause: a refusal by one of them, and the outcome of a request.
        Path refusals =
                PrivateFiles.folders(centre.home().state().resolve("refusals")).resolve("budapest.jsonl");
        PrivateFiles.touch(refusals);
        Files.writeString(refusals, "{\"direction\":\"out\",\"id\":\"" + time + "\"}\n", StandardOpenOption.APPEND);
        Path hour = PrivateFiles.folders(
                centre.home().state().resolve("status/" + Instant.now().getEpochSecond() / 3600));
        SecretFile.replace(hour.resolve(UUID.randomUUID().toString()), bytes("local\n{\"id\":\"" + time + "\"}"));
        // What people cause who sign in.
        FileStateStore papers = new FileStateStore(centre.home().state());
        new Sessions(papers, ConfigFile.read(centre.home().config()).people(), InstantSource.system())
                .open(
                        new Account("anna", Role.ANALYST, Tlp.GREEN, Optional.of("x"), false, List.of(), Instant.EPOCH),
                        SessionWay.PASSWORD,
                        new Session.Origin("192.0.2.7", "Browser " + time));
        papers.replace(
                "second-factors/anna-" + time + ".json",
                "",
                bytes("{\"account_made\":\"1970-01-01T00:00:00Z\",\"recovery\":[],\"secret\":\"x\",\"step\":" + time
                        + "}"));
        papers.replace(
                "agreements/identity--11111111-1111-4111-8111-11111111111" + time + ".json",
                "",
                bytes("{\"format\":1,\"pieces\":[]}"));
        centre.start();
        CentreClient admin = centre.adminClient();
        String recalled = RunningCentre.ok(admin.post(
                        "/api/indicators",
                        "application/json",
                        bytes("{\"value\":\"recalled" + time + ".example.com\",\"tlp\":\"green\"}")))
                .at("/objects/0/id")
                .asText();
        RunningCentre.ok(admin.post(
                "/api/recalls", "application/json", bytes("{\"ids\":[\"" + recalled + "\"],\"reason\":\"a test\"}")));
        String id = "indicator--11111111-1111-4111-8111-11111111111" + time;
        for (String value : List.of("192.0.2.1", "192.0.2.2")) { // two objects under one id: evidence
            Path bundle = centres.folder().resolve("bundle-" + value + ".json");
            Files.writeString(
                    bundle,
                    "{\"type\":\"bundle\",\"id\":\"bundle--" + UUID.randomUUID() + "\","
                            + RunningCentre.envelope(List.of(RunningCentre.indicator(id, value, Tlp.CLEAR, 0)))
                                    .substring(1));
            centre.koprik("submit", bundle.toString());
        }
        String number = "A-" + time;
        done(admin.post(
                "/api/cases",
                JSON,
                bytes("{\"number\":\"" + number
                        + "\",\"title\":\"A case\",\"type\":\"phishing\",\"values\":[\"example" + time
                        + ".com\"]}")));
        done(admin.post("/api/cases/" + number + "/hold", JSON, bytes("{\"reason\":\"order " + time + "\"}")));
        done(admin.post(
                "/api/indicators", JSON, bytes("{\"value\":\"login.example" + time + ".com\",\"name\":\"Reported\"}")));
        done(admin.put(
                "/api/account/preferences", JSON, bytes("{\"language\":\"" + (time == 1 ? "ru" : "hu") + "\"}")));
        done(admin.put("/api/searches/mine", JSON, bytes("{\"q\":\"wallaby" + time + "\"}")));
        done(admin.post(
                "/api/alerts/subscriptions",
                JSON,
                bytes("{\"name\":\"S" + time + "\",\"cases\":[\"" + number + "\"],\"digest\":true}")));
        done(admin.put("/api/case-mappings/register", "application/yaml", bytes(MAPPING + "# " + time + "\n")));
        RunningCentre.await(() -> admin.get("/api/alerts").text().contains("login.example" + time));
        Path feed = centre.home().state().resolve("partners/budapest.json");
        RunningCentre.await(() -> Files.exists(feed));
        RunningCentre.await(() -> Files.exists(centre.home().state().resolve("last-use")));
        centre.stop();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void done(CentreClient.Reply reply) {
        assertTrue(reply.ok(), () -> reply.status() + ": " + reply.text());
    }

    // ---- the matrix

    /** The first file of each row of the table, with one kind of damage each. */
    @Test
    void noDamageIsSilent() throws Exception {
        noDamageIsSilent(false);
    }

    @Test
    @Tag("long")
    void noDamageOfAnyFileIsSilent() throws Exception {
        noDamageIsSilent(true);
    }

    private static void noDamageIsSilent(boolean all) throws Exception {
        List<Row> table = table();
        Map<String, Set<String>> wrong = new LinkedHashMap<>();
        Set<Row> used = new java.util.HashSet<>();
        for (String name : names(lived)) {
            List<Row> rows = table.stream().filter(row -> row.matches(name)).toList();
            if (rows.size() != 1) {
                wrong.computeIfAbsent(name, n -> new TreeSet<>())
                        .add("docs/reliability.md has " + rows.size() + " rows for it");
                continue;
            }
            if (!used.add(rows.getFirst()) && !all) {
                continue;
            }
            for (int column = 0; column < Damage.values().length; column++) {
                if (!all && column != used.size() % Damage.values().length) {
                    continue;
                }
                Damage damage = Damage.values()[column];
                String expected = rows.getFirst().verdicts().get(column);
                String seen = verdict(name, damage, expected.contains("logged"));
                boolean fits = Arrays.asList(expected.split(" or ", -1)).contains(seen.replaceFirst(":.*", ""))
                        || (expected.equals("harmless") && seen.startsWith("logged"));
                if (!fits) {
                    wrong.computeIfAbsent(name, n -> new TreeSet<>())
                            .add(damage + ": the table says " + expected + ", but it was " + seen);
                }
            }
            if (rows.getFirst().verdicts().contains("harmless")
                    && rows.getFirst().reason().length() < 15) {
                wrong.computeIfAbsent(name, n -> new TreeSet<>()).add("the table does not say why it is harmless");
            }
        }
        StringBuilder text = new StringBuilder();
        wrong.forEach(
                (name, problems) -> text.append('\n').append(name).append(' ').append(problems));
        assertTrue(wrong.isEmpty(), text::toString);
        for (String occurs : List.of(
                "evidence/",
                "state/alerts/",
                "state/alerts.log/",
                "state/agreements/",
                "state/recalls/",
                "state/retention/holds/",
                "state/retention/runs/",
                "state/alerts.state",
                "state/partners/",
                "state/searches/",
                "state/sessions/",
                "state/second-factors/",
                "state/preferences/",
                "state/last-use/",
                "state/refusals/",
                "state/status/",
                "case-mappings/")) {
            assertTrue(
                    names(lived).stream().anyMatch(name -> name.startsWith(occurs)),
                    "the centre has not lived: there is no " + occurs);
        }
    }

    /** @param noticed whether the centre is to notice it: it may do so in the background, soon after its start */
    private static String verdict(String name, Damage damage, boolean noticed) throws Exception {
        if (damage == Damage.OLDER
                && (!Files.exists(older.resolve(name)) || same(older.resolve(name), lived.resolve(name)))) {
            return "never";
        }
        Path home = centres.folder().resolve("damaged");
        clear(home);
        copy(lived, home);
        if (!strike(home.resolve(name), older.resolve(name), damage)) {
            return "never";
        }
        Queue<ILoggingEvent> log = new ConcurrentLinkedQueue<>();
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent line) {
                log.add(line);
            }
        };
        appender.start();
        Logger logger = (Logger) LoggerFactory.getLogger("uz.koprik");
        logger.addAppender(appender);
        String folder = name.startsWith("data/index/")
                ? "/index"
                : Path.of(name).getFileName().toString();
        String place = name.matches("data/journal/.*") ? "journal" : folder;
        BooleanSupplier said =
                () -> log.stream().map(ILoggingEvent::getFormattedMessage).anyMatch(line -> line.contains(place));
        try (Gateway started = Gateway.start(new Home(home))) {
            assertTrue(started.url().startsWith("https://"));
            for (int turn = 0; noticed && turn < 100 && !said.getAsBoolean(); turn++) {
                Thread.sleep(50);
            }
        } catch (StartFailure | ConfigException refused) {
            String words = refused.getMessage();
            String file = Path.of(name).getFileName().toString();
            boolean cured = words.matches(
                    "(?s).*(restore|Restore|run:|run `|doctor|koprik init|(koprik|partners)\\.yaml:\\d+).*");
            boolean named = words.contains(file)
                    || name.equals("manifest.json")
                    || (name.equals("keys/passphrase") && words.contains("centre.p12"));
            return named && cured ? "refused" : "a refusal that does not name the file or the cure: " + words;
        } finally {
            logger.detachAppender(appender);
        }
        return said.getAsBoolean() ? "logged" : "harmless";
    }

    /** Whether the file is another one then. */
    private static boolean strike(Path file, Path before, Damage damage) throws IOException {
        int end = (int) dataEnd(file);
        switch (damage) {
            case MISSING -> Files.delete(file);
            case EMPTY -> {
                if (end == 0) {
                    return false;
                }
                Files.write(file, new byte[0]);
            }
            case CUT -> {
                if (end < 2) {
                    return false;
                }
                try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
                    cut.setLength(end / 2);
                }
            }
            case FLIPPED -> {
                if (end == 0) {
                    return false;
                }
                try (RandomAccessFile flipped = new RandomAccessFile(file.toFile(), "rw")) {
                    flipped.seek(end / 2);
                    int was = flipped.read();
                    flipped.seek(end / 2);
                    flipped.write(was ^ 1);
                }
            }
            case OLDER -> {
                Files.delete(file);
                copyFile(before, file);
            }
        }
        return true;
    }

    private static List<Row> table() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(TABLE)) {
            if (line.startsWith("| `")) {
                String[] cells = line.substring(1, line.length() - 1).split("\\|", -1);
                List<String> verdicts =
                        Stream.of(cells).skip(1).limit(5).map(String::strip).toList();
                if (cells.length == 7) {
                    verdicts.forEach(cell -> Arrays.asList(cell.split(" or ", -1))
                            .forEach(verdict -> assertTrue(VERDICTS.contains(verdict), line)));
                    for (String pattern : cells[0].strip().split(", ", -1)) {
                        rows.add(new Row(pattern.replace("`", ""), verdicts, cells[6].strip()));
                    }
                }
            }
        }
        return rows;
    }

    // ---- files

    private static Set<String> names(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return new TreeSet<>(all.filter(Files::isRegularFile)
                    .map(path -> home.relativize(path).toString())
                    .toList());
        }
    }

    private static boolean same(Path one, Path other) throws IOException {
        return dataEnd(one) == dataEnd(other) && Arrays.equals(content(one), content(other));
    }

    private static byte[] content(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) dataEnd(file)];
            in.readFully(bytes);
            return bytes;
        }
    }

    /** Where the last byte lies that is not a hole at the end of a journal. */
    private static long dataEnd(Path file) throws IOException {
        if (!file.toString().endsWith(".journal")) {
            return Files.size(file);
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.min(in.length(), 1 << 20)]; // these journals are no longer
            in.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] == 0) {
                end--;
            }
            return end;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.sorted().toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectory(target, PrivateFiles.folder());
                } else {
                    copyFile(path, target);
                }
            }
        }
    }

    /** Holes stay holes. */
    private static void copyFile(Path from, Path to) throws IOException {
        PrivateFiles.touch(to);
        try (RandomAccessFile out = new RandomAccessFile(to.toFile(), "rw")) {
            out.write(content(from));
            out.setLength(Files.size(from));
        }
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Test
    void everyFileIsForItsOwnerOnly() throws IOException {
        for (String name : names(lived)) {
            // The copy of the test has its modes from the test; those of the home itself count.
            Path file = centres.folder().resolve("tashkent").resolve(name);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), name);
        }
    }
}
