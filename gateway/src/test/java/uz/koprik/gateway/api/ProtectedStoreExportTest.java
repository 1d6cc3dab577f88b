package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.indicators.pattern.PatternWriter;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.translate.export.ExportFormat;
import uz.koprik.indicators.translate.export.XlsxFiles;

/**
 * A centre that has every dangerous value in its store: reported with {@code anyway}, imported with it, and pushed by a
 * partner as indicators, observables and observed data. No export has one of them; all are counted.
 */
final class ProtectedStoreExportTest {

    private static final String ADDRESSES =
            """
            0.0.0.1 10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.16.5.4 192.0.0.8 192.0.0.170 192.31.196.1 192.52.193.1
            192.88.99.1 192.168.1.1 192.175.48.1 198.18.0.1 224.0.0.251 240.0.0.1 255.255.255.255 ::1 64:ff9b::7 64:ff9b:1::7
            100::1 2001::7 2001:20::1 2002:c058:6301::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 ff02::fb 2620:4f:8000::1
            8.8.8.8 8.8.4.4 1.1.1.1 1.0.0.1 9.9.9.9 149.112.112.112 208.67.222.222 94.140.14.14 77.88.8.8 4.2.2.1 64.6.64.6
            185.228.168.9 223.5.5.5 114.114.114.114 2001:4860:4860::8888 2606:4700:4700::1111 2620:fe::fe 2620:119:35::35
            2a10:50c0::ad1:ff 2a02:6b8::feed:ff 198.41.0.4 2001:503:ba3e::2:30 198.51.100.7 45.9.148.77""";

    private static final String NETWORKS =
            """
            10.0.0.0/8 127.0.0.0/8 192.168.0.0/24 100.64.0.0/10 224.0.0.0/8 8.8.8.0/24 1.0.0.0/8 9.9.9.8/30 192.0.0.0/16
            fc00::/20 fe80::/20 2606:4700::/32 2001::/23 198.51.100.0/24 45.9.148.0/24""";

    private static final String NAMES =
            """
            printer.local localhost.localdomain x.test x.invalid x.internal x.home.arpa 1.0.0.127.in-addr.arpa router.lan
            dns.google one.one.one.one dns.quad9.net a.root-servers.net a.gtld-servers.net co.uk com.uz github.io
            google.com www.google.com mail.google.com microsoft.com github.com www.github.com drive.google.com
            googleapis.com cloudfront.net login.bank.example.net bank.example.net example.net partner-site.example.com""";

    private static final String URLS =
            """
            http://127.0.0.1/a http://8.8.8.8/x https://[::1]/y http://192.168.7.1:8080/z https://google.com/
            https://google.com/?q=1 https://www.microsoft.com/ http://printer.local/q https://dns.google/dns-query
            https://bank.example.net/login http://198.51.100.9/w""";

    /** Values that exports do have. */
    private static final List<String> OTHERS = List.of(
            "203.0.113.77", "2001:db8::77", "fresh.example.com", "http://fresh.example.com/lure", "203.0.113.128/25");

    private static final String LIBRARY = "https://drive.google.com/file/abc";

    private static final Pattern WORD = Pattern.compile("[\\s\"'\\[\\](),;|<>=]+");

    private static final String TYPES = "indicator,ipv4-addr,ipv6-addr,domain-name,url,observed-data,note";

    @RegisterExtension
    static final Centres centres = new Centres();

    @TempDir
    static Path folder;

    private static final List<String> DANGEROUS = new ArrayList<>();
    private static RunningCentre centre;
    private static CentreClient admin;
    private static int observations;

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    @BeforeAll
    static void start() throws Exception {
        Stream.of(ADDRESSES, NETWORKS, NAMES, URLS).forEach(text -> DANGEROUS.addAll(words(text)));
        centre = centres.init("tashkent");
        centre.withConfig(yaml -> yaml.lines().noneMatch(line -> line.equals("own:"))
                ? yaml + "\nown:\n  networks: [198.51.100.0/25]\n  domains: [bank.example.net]\n"
                : yaml.replaceFirst("(?s)own:.*?networks: \\[\\]", "own:\n  networks: [198.51.100.0/25]")
                        .replaceFirst("domains: \\[\\]", "domains: [bank.example.net]"));
        Path lists = Files.createDirectories(centre.home().config().resolveSibling("warning-lists"));
        Files.writeString(
                lists.resolve("ours.json"),
                """
                {"name":"Ours","version":1,"type":"string","category":"false_positive",
                "list":["45.9.148.77","partner-site.example.com"],"matching_attributes":["ip-dst","domain"]}""");
        CentreKeys partner = centre.partner("budapest", true);
        centre.start();
        admin = centre.adminClient();
        byReport();
        byImport();
        byPartner(partner);
    }

    private static void byReport() {
        for (String value : DANGEROUS) {
            Reply asked = admin.post("/api/indicators", "application/json", CentreAnswers.json(Map.of("value", value)));
            assertEquals(422, asked.status(), () -> value + ": " + asked.text());
            Reply meant = admin.post(
                    "/api/indicators",
                    "application/json",
                    CentreAnswers.json(Map.of("value", value, "anyway", true, "tlp", "green")));
            if (meant.status() == 422 && meant.text().contains("doubtful")) { // an address by its form alone
                Reply named = admin.post(
                        "/api/indicators",
                        "application/json",
                        CentreAnswers.json(Map.of("value", value, "anyway", true, "tlp", "green", "kind", "ipv6")));
                assertTrue(named.ok(), () -> value + ": " + named.text());
                continue;
            }
            assertTrue(meant.ok(), () -> value + ": " + meant.text());
        }
        for (String value : OTHERS) {
            assertTrue(
                    admin.post(
                                    "/api/indicators",
                                    "application/json",
                                    CentreAnswers.json(Map.of("value", value, "tlp", "green")))
                            .ok(),
                    value);
        }
        assertTrue(admin.post(
                        "/api/indicators",
                        "application/json",
                        CentreAnswers.json(Map.of("value", LIBRARY, "tlp", "green")))
                .ok());
    }

    private static void byImport() throws Exception {
        Path list = Files.writeString(folder.resolve("list.txt"), String.join("\n", DANGEROUS) + '\n');
        CommandResult refused = centre.koprik("import", "--name", "imported", "--tlp", "green", list.toString());
        assertTrue(
                refused.out().contains("0 accepted, 0 unchanged, " + DANGEROUS.size() + " refused"), refused::toString);
        CommandResult taken = centre.koprik(
                "import", "--anyway", "--doubtful", "all", "--name", "imported", "--tlp", "green", list.toString());
        assertEquals(0, taken.code(), taken::toString);
        assertTrue(taken.out().contains(DANGEROUS.size() + " accepted"), taken::toString);
    }

    private static String type(String value) {
        return value.contains("://")
                ? "url"
                : value.indexOf(':') >= 0 ? "ipv6-addr" : value.matches("[0-9./]+") ? "ipv4-addr" : "domain-name";
    }

    /** What a partner signs is stored as it is: indicators, observables, and observed data of them. */
    private static void byPartner(CentreKeys partner) throws Exception {
        List<String> objects = new ArrayList<>();
        String green = "\"object_marking_refs\":[\"" + Markings.id(Tlp.GREEN) + "\"]";
        String made = "\"created\":\"2026-01-01T00:00:00.000Z\",\"modified\":\"2026-01-01T00:00:00.000Z\",";
        for (String value : DANGEROUS) {
            String type = type(value);
            String pattern = "[" + type + ":value = " + PatternWriter.quote(value) + "]";
            objects.add("{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"" + RunningCentre.freshId() + "\","
                    + made + "\"pattern\":\"" + pattern
                    + "\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-01-01T00:00:00Z\"," + green + "}");
            String observable = type + "--" + UUID.randomUUID();
            objects.add("{\"type\":\"" + type + "\",\"spec_version\":\"2.1\",\"id\":\"" + observable + "\",\"value\":\""
                    + value + "\"," + green + "}");
            objects.add("{\"type\":\"observed-data\",\"spec_version\":\"2.1\",\"id\":\"observed-data--"
                    + UUID.randomUUID() + "\"," + made
                    + "\"first_observed\":\"2026-01-01T00:00:00Z\",\"last_observed\":\"2026-01-01T00:00:00Z\","
                    + "\"number_observed\":1,\"object_refs\":[\"" + observable + "\"]," + green + "}");
            observations++;
        }
        for (int from = 0; from < objects.size(); from += 60) {
            List<String> signed = new ArrayList<>();
            for (String object : objects.subList(from, Math.min(from + 60, objects.size()))) {
                JsonObject json = StrictJson.parseObject(object.getBytes(StandardCharsets.UTF_8));
                signed.add(new String(
                        SignatureExtension.attach(json, partner.signer(), Instant.now()), StandardCharsets.UTF_8));
            }
            HttpResponse<String> answer = RunningCentre.send(
                    centre.client(partner),
                    HttpRequest.newBuilder(URI.create(centre.taxii("collections/inbox/objects/")))
                            .header("Content-Type", RunningCentre.TAXII)
                            .POST(HttpRequest.BodyPublishers.ofString(RunningCentre.envelope(signed))),
                    null);
            assertTrue(answer.body().contains("\"success_count\":" + signed.size()), answer.body());
        }
    }

    /** The dangerous values among the words of an export; a rule for one URL names its host. */
    private static List<String> found(String export) {
        List<String> words = export.lines()
                .filter(line -> !line.contains("http.uri; content:\"/file/abc\""))
                .flatMap(WORD::splitAsStream)
                .toList();
        List<String> found = new ArrayList<>(DANGEROUS);
        found.retainAll(words);
        return found;
    }

    private static String text(ExportFormat format, byte[] export) throws IOException {
        return format.isText() ? new String(export, StandardCharsets.UTF_8) : XlsxFiles.parts(export);
    }

    private static Map<String, Long> leftOut(JsonNode summary) {
        Map<String, Long> counts = new LinkedHashMap<>();
        summary.path("left_out")
                .properties()
                .forEach(one -> counts.put(one.getKey(), one.getValue().asLong()));
        return counts;
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void noFormatHasOneAndAllAreReported(ExportFormat format) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Reply reply = admin.download("/api/export?tlp=red&type=" + TYPES + "&format=" + format.code(), "*/*", out);
        assertEquals(200, reply.status(), reply::text);
        String text = text(format, out.toByteArray());
        assertEquals(List.of(), found(text));
        if (format.blocks()) {
            assertFalse(text.contains("\".google.com\"") || text.contains("*.google.com"), text);
        }
        JsonNode summary = CentreAnswers.parse(reply.body());
        Map<String, Long> counts = leftOut(summary);
        long reported = Stream.of(
                        "own",
                        "public_resolver",
                        "root_or_top_level",
                        "special_use",
                        "public_suffix",
                        "large_domain",
                        "warning_list")
                .mapToLong(code -> counts.getOrDefault(code, 0L))
                .sum();
        // Reported, imported, and of the partner: an indicator, an observable and observed data.
        long library = format.blocks() && format != ExportFormat.SURICATA ? 1 : 0;
        assertEquals(5L * DANGEROUS.size() + library, reported, counts::toString);
        assertTrue(counts.get("warning_list") >= 5, counts::toString);
        assertTrue(text.contains("fresh.example.com"), text);
        JsonNode dry = RunningCentre.ok(
                admin.get("/api/export?tlp=red&dry_run=true&type=" + TYPES + "&format=" + format.code()));
        assertEquals(counts, leftOut(dry));
    }

    @Test
    void aUrlOnALargeDomainIsNoRuleForItsHost() {
        for (ExportFormat format : ExportFormat.values()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            admin.download("/api/export?tlp=red&format=" + format.code(), "*/*", out);
            String text = out.toString(StandardCharsets.UTF_8);
            switch (format) {
                case CSV, STIX, MISP -> assertTrue(text.contains(LIBRARY), text);
                case SURICATA ->
                    assertTrue(
                            text.lines()
                                    .filter(line -> line.contains("drive.google.com"))
                                    .allMatch(line -> line.startsWith("alert http ")
                                            && line.contains("http.uri; content:\"/file/abc\"")),
                            text);
                case BLOCKLIST, HOSTS, RPZ -> assertFalse(text.contains("drive.google.com"), text);
            }
        }
    }

    @Test
    void onlyFormatsThatBlockNothingHaveThemWhenAsked() throws Exception {
        for (ExportFormat format : ExportFormat.values()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Reply reply = admin.download(
                    "/api/export?anyway=true&tlp=red&type=" + TYPES + "&format=" + format.code(), "*/*", out);
            if (format.blocks()) {
                assertEquals(400, reply.status());
                assertTrue(reply.text().contains("\"anyway\\\""), reply::text);
                CommandResult said = centre.koprik("export", "--anyway", "--format", format.code());
                assertEquals(2, said.code(), said::toString);
                assertTrue(said.err().contains("--anyway"), said::toString);
            } else {
                assertEquals(200, reply.status());
                String text = text(format, out.toByteArray());
                assertTrue(text.contains("8.8.8.8") && text.contains("google.com"), format.code());
                assertTrue(CentreAnswers.parse(reply.body()).path("anyway").asBoolean());
                assertEquals(
                        format == ExportFormat.CSV || format == ExportFormat.XLSX,
                        text.contains("do not block: 8.8.8.8 is a public DNS"),
                        text);
            }
        }
    }

    @Test
    void filesAreExportedByTheSameRules() throws Exception {
        Path bundle = folder.resolve("all.json");
        assertEquals(
                0,
                centre.koprik(
                                "export",
                                "--anyway",
                                "--tlp",
                                "red",
                                "--format",
                                "stix",
                                "--type",
                                TYPES,
                                "--output",
                                bundle.toString())
                        .code());
        for (ExportFormat format : ExportFormat.values()) {
            Path file = folder.resolve("all." + format.code());
            CommandResult written = centre.koprik(
                    "export",
                    "--tlp",
                    "red",
                    "--format",
                    format.code(),
                    "--type",
                    TYPES,
                    "--output",
                    file.toString(),
                    bundle.toString());
            assertEquals(0, written.code(), written::toString);
            assertEquals(List.of(), found(text(format, Files.readAllBytes(file))), format.code());
            CommandResult dry = centre.koprik(
                    "export",
                    "--dry-run",
                    "--json",
                    "--tlp",
                    "red",
                    "--format",
                    format.code(),
                    "--type",
                    TYPES,
                    bundle.toString());
            assertTrue(
                    leftOut(CentreAnswers.parse(dry.out().getBytes(StandardCharsets.UTF_8)))
                                    .getOrDefault("special_use", 0L)
                            >= observations / 5,
                    dry::toString);
        }
    }
}
