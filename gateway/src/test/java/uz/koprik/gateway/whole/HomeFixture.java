package uz.koprik.gateway.whole;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.store.elasticsearch.ElasticNode;

/**
 * Makes the home of a centre with some of everything, and notes what it answers. {@link EarlierHomesTest} holds all
 * later versions to these answers. Run once for each released version, for each kind of store: {@code mvn -pl gateway
 * -am -DskipTests -Dwhole=HomeFixture -Dwhole.args="lucene FILE.zip" verify}. The files belong into
 * {@code gateway/src/test/resources/uz/koprik/gateway/homes/}.
 */
public final class HomeFixture {

    /** What is asked; later versions must give these answers, and may add to them. */
    private static final List<String> QUESTIONS = List.of(
            "/api/search?q=type:indicator&limit=50",
            "/api/search?q=%22bad.example.net%22",
            "/api/search?q=label:loader",
            "/api/cases/A-1",
            "/api/cases/A-1/history",
            "/api/cases/A-1/matches",
            "/api/alerts",
            "/api/alerts/subscriptions",
            "/api/searches",
            "/api/partners",
            "/taxii2/koprik/collections/");

    private static final String ROWS =
            """
            type,value,name,tlp,labels,valid_from,valid_until,confidence,revoked
            domain,bad.example.net,Loader,green,loader,2026-01-01,2099-01-01,80,
            ip,198.51.100.7,Loader,amber,"loader,c2",2026-01-01,,60,
            url,http://bad.example.net/gate.php,Loader,clear,loader,2026-01-01,2026-02-01,,
            email,pay@bad.example.net,Phishing,green,phishing,2026-01-01,,,yes
            sha256,01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b,File,clear,,2026-01-01,,,
            domain,плохо.example.org,Имя,green,,2026-01-01,,,
            """;

    private HomeFixture() {}

    /** Writes a home, its answers, and what a cluster keeps for it when {@code args[0]} is {@code elasticsearch}. */
    public static void main(String[] args) throws Exception {
        boolean cluster = args[0].equals("elasticsearch");
        Path target = Path.of(args[1]).toAbsolutePath();
        Centres centres = new Centres();
        try (RunningCentre moscow = centres.init("moscow");
                RunningCentre tashkent = centres.init("tashkent")) {
            URI node = null;
            if (cluster) {
                node = ElasticNode.shared().url();
                ClusterCopy.settings(tashkent, node);
            }
            done(tashkent.koprik("account", "add", "anna", "--role", "analyst"));
            Path card = centres.folder().resolve("moscow.json");
            String said = done(moscow.koprik("partner", "card", "--out", card.toString()));
            String fingerprint = said.replaceAll("(?s).*?([0-9A-Z]{4}(-[0-9A-Z]{4}){3}).*", "$1");
            done(tashkent.koprik(
                    "partner", "add", card.toString(), "--fingerprint", fingerprint, "--no-pull", "--no-push"));
            tashkent.start();
            String answers = fill(centres, tashkent);
            tashkent.stop();
            Path dump = cluster ? ClusterCopy.take(node, centres.folder().resolve("cluster.ndjson")) : null;
            pack(target, tashkent.home().root(), answers, dump);
        }
        System.out.println(target + ": " + Files.size(target) + " bytes");
    }

    private static String fill(Centres centres, RunningCentre tashkent) throws Exception {
        CentreClient client = tashkent.adminClient();
        Path rows = Files.writeString(centres.folder().resolve("rows.csv"), ROWS);
        done(tashkent.koprik("import", rows.toString()));
        post(client, "/api/alerts/subscriptions", "{\"cases\":[\"A-1\"]}");
        RunningCentre.ok(client.put("/api/searches/weekly", "application/json", bytes("{\"q\":\"kind:domain\"}")));
        post(
                client,
                "/api/cases",
                "{\"number\":\"A-1\",\"title\":\"A case\",\"type\":\"phishing\",\"values\":[\"bad.example.net\"]}");
        post(client, "/api/cases/A-1/notes", "{\"text\":\"The first note.\"}");
        RunningCentre.await(() ->
                !RunningCentre.ok(client.get("/api/alerts")).path("alerts").isEmpty());
        ObjectMapper json = new ObjectMapper();
        ObjectNode answers = json.createObjectNode();
        for (String question : QUESTIONS) {
            CentreClient.Reply reply = client.get(question, "application/taxii+json;version=2.1, application/json");
            answers.set(question, RunningCentre.ok(reply));
        }
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(answers);
    }

    private static void post(CentreClient client, String path, String body) {
        RunningCentre.ok(client.post(path, "application/json", bytes(body)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String done(CommandResult result) {
        if (result.code() != 0) {
            throw new IllegalStateException(result.all());
        }
        return result.out() + result.err();
    }

    private static void pack(Path target, Path home, String answers, Path dump) throws IOException {
        Files.createDirectories(target.getParent());
        try (OutputStream out = Files.newOutputStream(target);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                put(zip, "home/" + home.relativize(file), Files.readAllBytes(file));
            }
            put(zip, "answers.json", bytes(answers));
            if (dump != null) {
                put(zip, "cluster.ndjson", Files.readAllBytes(dump));
            }
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
    }
}
