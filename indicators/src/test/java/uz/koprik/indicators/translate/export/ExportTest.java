package uz.koprik.indicators.translate.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.pattern.PatternWriter;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.translate.Untranslatable;

/** What comes out, and that nothing of it does what a partner wants. */
final class ExportTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static StixObject indicator(String name, String pattern) throws Exception {
        return StixReader.read(CanonicalJson.bytes(json(name, pattern)));
    }

    private static JsonObject json(String name, String pattern) {
        return JsonObject.builder()
                .put("type", "indicator")
                .put("spec_version", "2.1")
                .put("id", "indicator--00000000-0000-4000-8000-000000000001")
                .put("created", "2026-11-22T00:00:00.000Z")
                .put("modified", "2026-11-22T00:00:00.000Z")
                .put("name", name)
                .put("pattern", pattern)
                .put("pattern_type", "stix")
                .put("valid_from", "2026-11-22T00:00:00Z")
                .build();
    }

    private static String export(ExportFormat format, ExportOptions options, StixObject... objects) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExportWriter writer = format.writer(out, options);
        for (StixObject object : objects) {
            writer.write(object, Tlp.GREEN);
        }
        writer.finish();
        return format == ExportFormat.XLSX ? XlsxFiles.parts(out.toByteArray()) : out.toString(StandardCharsets.UTF_8);
    }

    private static String export(ExportFormat format, String pattern) throws Exception {
        return export(format, ExportOptions.live(NOW), indicator("Lure", pattern));
    }

    private static List<String> lines(String text) {
        return text.lines()
                .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
                .toList();
    }

    @Test
    void rulesForADomain() throws Exception {
        List<String> rules = lines(export(ExportFormat.SURICATA, "[domain-name:value = 'login.example.com']"));
        assertEquals(3, rules.size());
        assertTrue(
                rules.get(0)
                        .startsWith("alert dns $HOME_NET any -> any any (msg:\"Koprik Lure\"; dns.query; dotprefix; "
                                + "content:\".login.example.com\"; nocase; endswith; classtype:trojan-activity; sid:"),
                rules.get(0));
        assertTrue(
                rules.get(0)
                        .endsWith(
                                "; rev:1795305600; metadata:koprik_id indicator--00000000-0000-4000-8000-000000000001,"
                                        + " tlp green;)"),
                rules.get(0));
        assertTrue(rules.get(1).contains("tls.sni; dotprefix; content:\".login.example.com\"; nocase; endswith;"));
        assertTrue(rules.get(2).contains("http.host; dotprefix; content:\".login.example.com\"; endswith;"));
    }

    @Test
    void rulesForAddressesAndUrls() throws Exception {
        String ip = lines(
                        export(
                                ExportFormat.SURICATA,
                                "[ipv4-addr:value = '192.0.2.1' OR ipv4-addr:value = '198.51.100.0/24' OR ipv6-addr:value = '2001:db8::1']"))
                .getFirst();
        assertTrue(ip.startsWith("alert ip $HOME_NET any <> [192.0.2.1,198.51.100.0/24,2001:db8::1] any (msg:"), ip);
        List<String> port = lines(export(
                ExportFormat.SURICATA,
                "[network-traffic:dst_ref.value = '192.0.2.1' AND network-traffic:dst_port = 4444]"));
        assertTrue(port.get(0).startsWith("alert tcp $HOME_NET any <> [192.0.2.1] 4444 ("), port.toString());
        assertTrue(port.get(1).startsWith("alert udp $HOME_NET any <> [192.0.2.1] 4444 ("), port.toString());
        String url = lines(export(ExportFormat.SURICATA, "[url:value = 'http://example.com:8080/a;b?c=\"|']"))
                .getFirst();
        assertTrue(
                url.startsWith(
                        "alert http $HOME_NET any -> any 8080 (msg:\"Koprik Lure\"; http.host; content:\"example.com\";"
                                + " startswith; endswith; http.uri"),
                url);
        assertTrue(
                url.contains("content:\"/a|3B|b?c=|22 7C|\"; startswith; endswith;") || url.contains("http.uri.raw"),
                url);
    }

    @Test
    void noLineIsLongerThanSuricataReads() throws Exception {
        StringBuilder many = new StringBuilder("[");
        for (int i = 0; i < 500; i++) {
            many.append(i == 0 ? "" : " OR ")
                    .append("ipv6-addr:value = '2001:db8:1111:2222:3333:4444:5555:")
                    .append(Integer.toHexString(i + 1))
                    .append("'");
        }
        List<String> rules =
                lines(export(ExportFormat.SURICATA, many.append(']').toString()));
        assertEquals(5, rules.size());
        assertTrue(rules.stream().allMatch(rule -> rule.length() <= 8000));
        String path = "[url:value = 'http://example.com/" + ";".repeat(4000) + "']";
        assertEquals(0, lines(export(ExportFormat.SURICATA, path)).size());
    }

    @Test
    void numbersOfRulesStay() throws Exception {
        String first = export(ExportFormat.SURICATA, "[domain-name:value = 'login.example.com']");
        assertEquals(first, export(ExportFormat.SURICATA, "[domain-name:value = 'login.example.com']"));
        Set<String> sids = new java.util.HashSet<>();
        Matcher sid = Pattern.compile("sid:([0-9]+);").matcher(first);
        while (sid.find()) {
            long number = Long.parseLong(sid.group(1));
            assertTrue(number > 0 && number < 1L << 32, "sid " + number);
            assertTrue(sids.add(sid.group(1)), "a number twice");
        }
    }

    @Test
    void hashesStandInListFiles() throws Exception {
        String pattern = "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']";
        assertTrue(export(ExportFormat.SURICATA, pattern).contains("# not expressed: indicator--"));
        ExportOptions lists = new ExportOptions(Set.of(), NOW, false, true, one -> {});
        assertTrue(export(ExportFormat.SURICATA, lists, indicator("x", pattern)).contains("filemd5:koprik-md5.list;"));
        assertEquals(
                "d41d8cd98f00b204e9800998ecf8427e\n",
                export(
                        ExportFormat.BLOCKLIST,
                        new ExportOptions(Set.of(ObservableKind.MD5), NOW, false, false, one -> {}),
                        indicator("x", pattern)));
    }

    /** Every quote is closed, and outside of quotes there are only the options that are written here. */
    private static final Pattern RULE =
            Pattern.compile("alert (ip|tcp|udp|dns|tls|http) \\$HOME_NET any (->|<>) \\S+ \\S+ \\("
                    + "msg:\"[^\";|\\\\]*\"; (dns\\.query; |tls\\.sni; |http\\.host; |http\\.uri; |http\\.uri\\.raw; |dotprefix; |nocase; "
                    + "|startswith; |endswith; |content:\"[^\";\\\\]*\"; )*(reference:url,[^;\"\\\\ ]+; )?classtype:trojan-activity; "
                    + "sid:[0-9]+; rev:[0-9]+; metadata:[a-z0-9_ ,+-]+;\\)");

    @Property(tries = 500)
    void noValueBreaksOutOfARule(
            @ForAll @StringLength(max = 60) String name, @ForAll @StringLength(max = 40) String tail) throws Exception {
        String clean = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String hostile = new String(
                ("\"; sid:1; | \\ \n) alert ip any any -> any any (" + tail).getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8);
        for (String url : List.of(
                "http://example.com/" + hostile, "http://" + hostile, "http://example.com:80" + hostile + "/")) {
            String pattern = "[" + "url:value = " + PatternWriter.quote(url) + "]";
            String out =
                    export(ExportFormat.SURICATA, ExportOptions.live(NOW), indicator("n" + clean + hostile, pattern));
            for (String line : out.split("\n", -1)) {
                assertTrue(
                        line.isEmpty()
                                || line.startsWith("# ")
                                || RULE.matcher(line).matches(),
                        line);
            }
        }
    }

    @Property(tries = 300)
    void noValueBreaksOutOfACellOrALine(@ForAll @StringLength(max = 40) String any) throws Exception {
        String text = new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        StixObject object = indicator(
                "=cmd|' /C calc'!A0\"," + text + "\r\n=1",
                "[mutex:name = " + PatternWriter.quote("m" + text + "\n=1+1") + "]");
        String csv = export(ExportFormat.CSV, ExportOptions.live(NOW), object);
        String row = csv.substring(csv.indexOf("\r\n") + 2);
        Matcher cell = Pattern.compile("\"((?:[^\"]|\"\")*)\"(,|\r\n)").matcher(row);
        int cells = 0;
        int end = 0;
        while (end < row.length() && cell.find() && cell.start() == end) {
            cells++;
            end = cell.end();
            assertFalse(!cell.group(1).isEmpty() && "=+-@".indexOf(cell.group(1).charAt(0)) >= 0, cell.group());
            assertEquals(cells == TableWriter.COLUMNS.size(), cell.group(2).equals("\r\n"), csv);
            assertTrue(
                    cell.group(1).chars().allMatch(c -> !Character.isISOControl(c) || "\t\r\n".indexOf(c) >= 0), csv);
        }
        assertEquals(TableWriter.COLUMNS.size(), cells, row);
        assertEquals(row.length(), end);
        for (ExportFormat format : List.of(ExportFormat.BLOCKLIST, ExportFormat.HOSTS, ExportFormat.RPZ)) {
            ExportOptions mutexes = new ExportOptions(Set.of(ObservableKind.MUTEX), NOW, false, false, one -> {});
            for (String line : export(format, mutexes, object).split("\n", -1)) {
                assertFalse(line.startsWith("=1"), line);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "=1+1,\"'=1+1\"",
        "+998901234567,\"'+998901234567\"",
        "-1,\"'-1\"",
        "@SUM(A1),\"'@SUM(A1)\"",
        "plain,\"plain\"",
        "' =1',\"' =1\""
    })
    void formulasAreDisarmed(String text, String cell) {
        assertEquals('"' + cell.replace("\"", "") + '"', CsvRows.cell(text));
    }

    @Test
    void aTableSaysWhyThereIsNoValue() throws Exception {
        List<Untranslatable> told = new ArrayList<>();
        String csv = export(
                ExportFormat.CSV,
                new ExportOptions(Set.of(), NOW, false, false, told::add),
                indicator("x", "[domain-name:value LIKE '%.example.com']"));
        assertTrue(csv.contains("\"the pattern compares by likeness: LIKE\""), csv);
        assertTrue(csv.contains("\"[domain-name:value LIKE '%.example.com']\""), csv);
        assertEquals(1, told.size());
    }

    @Test
    void lists() throws Exception {
        assertEquals(
                "login.example.com\n", export(ExportFormat.BLOCKLIST, "[domain-name:value = 'LOGIN.example.com']"));
        assertEquals(
                "0.0.0.0 login.example.com\n", export(ExportFormat.HOSTS, "[domain-name:value = 'login.example.com']"));
        assertTrue(export(
                        ExportFormat.RPZ, "[domain-name:value = 'login.example.com' OR ipv4-addr:value = '192.0.2.1']")
                .endsWith("login.example.com CNAME .\n*.login.example.com CNAME .\n32.1.2.0.192.rpz-ip CNAME .\n"));
        assertEquals(
                0,
                lines(export(
                                ExportFormat.BLOCKLIST,
                                "[network-traffic:dst_ref.value = '192.0.2.1' AND network-traffic:dst_port = 443]"))
                        .size());
        assertEquals(
                0,
                lines(
                                export(
                                        ExportFormat.BLOCKLIST,
                                        "[domain-name:value = 'a.example.com' AND domain-name:resolves_to_refs[*].value = '192.0.2.1']"))
                        .size());
        assertEquals(List.of(), lines(export(ExportFormat.BLOCKLIST, "[phone-number:value = '+447700900417']")));
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void onlyWhatIsInForce(ExportFormat format) throws Exception {
        JsonObject base = json("secretname", "[domain-name:value = 'old.example.com']");
        List<StixObject> dead = List.of(
                StixReader.read(CanonicalJson.bytes(base.with("valid_until", new JsonString("2026-11-22T12:00:00Z")))),
                StixReader.read(CanonicalJson.bytes(base.with("valid_from", new JsonString("2026-11-22T12:00:01Z")))),
                StixReader.read(
                        CanonicalJson.bytes(base.with("revoked", new uz.koprik.crypto.json.JsonBoolean(true)))));
        for (StixObject object : dead) {
            assertFalse(export(format, ExportOptions.live(NOW), object).contains("example.com"));
            ExportOptions everything = new ExportOptions(Set.of(), NOW, true, false, one -> {});
            if (format.blocks()) {
                assertThrows(IllegalArgumentException.class, () -> export(format, everything, object));
            } else {
                assertTrue(export(format, everything, object).contains("example.com"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"MISP", "STIX"})
    void documentsAreWhole(ExportFormat format) throws Exception {
        for (int n = 0; n < 3; n++) {
            StixObject[] objects = new StixObject[n];
            java.util.Arrays.setAll(objects, i -> object());
            JsonObject json = StrictJson.parseObject(
                    export(format, ExportOptions.live(NOW), objects).getBytes(StandardCharsets.UTF_8));
            List<Json> items = format == ExportFormat.STIX
                    ? json.items("objects")
                    : json.object("Event").orElseThrow().items("Attribute");
            assertEquals(n, items.size());
        }
    }

    private static StixObject object() {
        try {
            return indicator("x", "[domain-name:value = 'example.com']");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** All that a spreadsheet passes over before a sign, and all that it takes for a sign. */
    @Test
    void noCellBeginsAFormulaBehindBlanksOfAnyKind() {
        for (int blank : new int[] {
            ' ', 0xA0, 0x1680, 0x2000, 0x2007, 0x200A, 0x202F, 0x205F, 0x3000, 0xFEFF, 0x200B, 0x200D, 0x2060, 0x202E,
            0x2066, 0xAD, 0x180E, 0x3164, 0x2800, 0x1F, 0x85, 0x9B, 0x1, '\t', 0x2028
        }) {
            for (String sign : new String[] {
                "=", "+", "-", "@", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20", "\uFE66", "\uFE62", "\uFE63", "\uFE6B",
                "\u207A", "\u208C", "\u2212", "\uFF05"
            }) {
                String text = Character.toString(blank).repeat(2) + sign + "1+1";
                assertTrue(
                        CsvRows.cell(text).startsWith("\"'"), () -> "U+" + Integer.toHexString(blank) + " and " + sign);
            }
        }
        assertEquals("\"\u00A0text = 1\"", CsvRows.cell("\u00A0text = 1"));
        assertEquals("\"\u3000\"", CsvRows.cell("\u3000"));
    }
}
