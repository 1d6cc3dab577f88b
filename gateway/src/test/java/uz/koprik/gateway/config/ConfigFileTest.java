package uz.koprik.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFileTest {

    private static final String SMALLEST = "name: tashkent\ntitle: Tashkent\n";

    @Test
    void everyOtherKeyHasADefault() throws Exception {
        Config config = ConfigFile.parse("koprik.yaml", SMALLEST);
        assertEquals("tashkent", config.name());
        assertEquals(8443, config.listen().port());
        assertEquals(10 << 20, config.limits().maxContentLength().bytes());
        assertEquals(Duration.ofHours(24), config.taxii().statusKept());
        assertEquals(List.of("localhost", "127.0.0.1"), config.tls().hostNames());
        assertEquals("https://127.0.0.1:8443", config.publicUrl(8443));
    }

    @Test
    void theGeneratedFileSaysWhatTheDefaultsSay() throws Exception {
        String text = ConfigFile.write(Map.of("name", "tashkent", "title", "Tashkent"));
        assertEquals(ConfigFile.parse("koprik.yaml", SMALLEST), ConfigFile.parse("koprik.yaml", text));
    }

    @Test
    void everyKeyOfTheGeneratedFileIsExplained() {
        List<String> lines = ConfigFile.write(Map.of("name", "tashkent", "title", "Tashkent"))
                .lines()
                .toList();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).matches(" *[a-z_]+:.*")) {
                assertTrue(lines.get(i - 1).strip().startsWith("# "), "no comment above: " + lines.get(i));
            }
        }
    }

    @Test
    void readsWhatAnOperatorWrites() throws Exception {
        Config config = ConfigFile.parse(
                "koprik.yaml",
                SMALLEST
                        + "taxii:\n  collections:\n    - alias: flaws\n      title: Flaws\n      types: [vulnerability]\n"
                        + "limits: {max_content_length: 2 MiB, body_timeout: 500ms}\n");
        assertEquals(
                List.of(new Config.Collection("flaws", "Flaws", List.of("vulnerability"))),
                config.taxii().collections());
        assertEquals(2 << 20, config.limits().maxContentLength().bytes());
        assertEquals(Duration.ofMillis(500), config.limits().bodyTimeout());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            listen:~  port: 99999               | koprik.yaml:4: listen.port: must be 0..65535, not 99999
            listen:~  port: -1                  | koprik.yaml:4: listen.port: must be 0..65535, not -1
            listen:~  port: many                | koprik.yaml:4: listen.port: must be a whole number, 0..65535, not "many"
            listen:~  prot: 1                   | koprik.yaml:4: listen.prot: there is no such key; the keys of this section are host, port
            listen:~  port: 1~  port: 2         | koprik.yaml:5: port: is there twice, first on line 4
            listen: 7                           | koprik.yaml:3: listen: must be a section with keys of its own, not the number 7
            listen:~  port:                     | koprik.yaml:4: listen.port: must have a value, not nothing
            lisen: {}                           | koprik.yaml:3: lisen: there is no such key; the keys are name, title, public_url, country, contacts, listen, people, health, tls, keys, signing, partners, agreements, store, policy, release, retention, correlation, own, alerts, cases, taxii, limits, feeds, evidence, accounts, access_record, oidc, log, tracing, backup
            own:~  networks: [10.0.0.300/8]     | koprik.yaml:4: own.networks: must be networks such as 192.0.2.0/24, not "10.0.0.300/8"
            own:~  networks: [lan]              | koprik.yaml:4: own.networks[0]: must be a network such as 192.0.2.0/24, not "lan"
            own:~  networks: [10.1.2.3/8]       | koprik.yaml:4: own.networks: "10.1.2.3/8" has bits after its prefix; write 10.0.0.0/8
            own:~  networks: [0.0.0.0/0]        | koprik.yaml:4: own.networks: "0.0.0.0/0" is wider than /8 (IPv6 /19), so nearly nothing could be exported; name its parts
            own:~  domains: [uz]                | koprik.yaml:4: own.domains: must be domain names such as example.com, not "uz": a name with at least one dot is expected
            own:~  domains: 7                   | koprik.yaml:4: own.domains: must be a list, such as [a, b], not the number 7
            log:~  access: maybe                | koprik.yaml:4: log.access: must be true or false, not "maybe"
            tracing:~  ratio: 2                 | koprik.yaml:4: tracing.ratio: must be a number, 0..1, such as 0.01, not the number 2
            tracing:~  ratio: some              | koprik.yaml:4: tracing.ratio: must be a number, 0..1, such as 0.01, not "some"
            tracing:~  endpoint: collector      | koprik.yaml:4: tracing.endpoint: must be an http or https URL without credentials, such as http://127.0.0.1:4318, or "", not "collector"
            log:~  level: loud                  | koprik.yaml:4: log.level: must be one of error, warn, info, debug, trace, not "loud"
            limits:~  idle_timeout: 30          | koprik.yaml:4: limits.idle_timeout: must be a span of time, such as 200ms, 30s, 5m, 24h or 7d, not the number 30
            limits:~  idle_timeout: 9h          | koprik.yaml:4: limits.idle_timeout: must be 100ms..1h, not 9h
            limits:~  headers: 1 MB             | koprik.yaml:4: limits.headers: must be a size, such as 512, 64 KiB, 10 MiB or 2 GiB, not "1 MB"
            limits:~  headers: 1 GiB            | koprik.yaml:4: limits.headers: must be 1 KiB..1 MiB, not 1 GiB
            limits:~  page_max: 5               | koprik.yaml:4: limits.page_default: must not be above limits.page_max (5), but is 1000
            tls:~  host_names: example.com      | koprik.yaml:4: tls.host_names: must be a list, such as [a, b], not "example.com"
            tls:~  host_names: [a, 7]           | koprik.yaml:4: tls.host_names[1]: must be a text; put it in quotes, not the number 7
            public_url: http://example.com      | koprik.yaml:3: public_url: must be https://host or https://host:port, not "http://example.com"
            feeds:~  sources:~  - {name: a}     | koprik.yaml:5: feeds.sources[0].name: must be 2 to 31 lower-case letters, digits and hyphens, beginning with a letter, not "a"
            feeds:~  sources:~  - {name: list}  | koprik.yaml:5: feeds.sources[0].tlp: is missing
            feeds:~  sources:~  - {name: list, tlp: green} | koprik.yaml:5: feeds.sources: list: needs either "url" or "path"
            feeds:~  sources:~  - {name: list, tlp: green, url: "https://a.example/x", path: b} | koprik.yaml:5: feeds.sources: list: needs either "url" or "path"
            feeds:~  sources:~  - {name: list, tlp: green, url: "ftp://a.example/x"} | koprik.yaml:5: feeds.sources[0].url: must be https://host/path, not "ftp://a.example/x"
            feeds:~  sources:~  - {name: list, tlp: green, url: "https://u:p@a.example/x"} | koprik.yaml:5: feeds.sources: list: "url" must have a host, and neither a user nor a fragment; credentials are headers in the file that "headers_file" names
            feeds:~  sources:~  - {name: list, tlp: green, path: a, columns: [wert=value]} | koprik.yaml:5: feeds.sources: list: "columns": "wert" is none of value, kind, name, description, labels, tlp, valid_from, valid_until, confidence, revoked, active, detection, pattern, pattern_type, port, file_name, -; write the role first, as in value=Wert
            feeds:~  sources:~  - {name: list, tlp: green, path: a, format: hosts, columns: [value=Wert]} | koprik.yaml:5: feeds.sources: list: has "columns", so "format" must be csv, tsv, xlsx, json or jsonl, or left out
            feeds:~  sources:~  - {name: list, tlp: green, path: a, format: pdf} | koprik.yaml:5: feeds.sources: list: "format" must be one of csv, json, jsonl, tsv, xlsx, koprik, threatfox, urlhaus, malwarebazaar, feodo, feodo-json, sslbl, phishtank, spamhaus-asndrop, otx, misp-csv, thehive, opencti, defender, recordedfuture, iris, openphish, spamhaus-drop, netset, list, hosts, adblock, rpz, dshield, sha256sum, misp, stix, not "pdf"; leave it out to have it found out
            feeds:~  sources:~  - {name: list, tlp: green, url: "http://a.example/x", headers_file: h} | koprik.yaml:5: feeds.sources: list: "headers_file" is for a "url" with https:// only: others could read the headers
            feeds:~  sources:~  - {name: list, tlp: green, path: a, expires: 1h} | koprik.yaml:5: feeds.sources: list: "expires" must be at least twice "interval", so that entries do not end between reads
            feeds:~  sources:~  - {name: list, tlp: green, path: a, interval: 1ms} | koprik.yaml:5: feeds.sources[0].interval: must be 1s..30d, not 1ms
            feeds:~  sources:~  - {name: list, tlp: green, path: a, forgive: [all]} | koprik.yaml:5: feeds.sources: list: "forgive": "all" is no rule that can be forgiven; these can: empty-list, empty-object, null-value, modified-before-created, time-order, tlp-definition, property-name, external-id, url
            feeds:~  sources:~  - {name: list, tlp: green, path: a}~  - {name: list, tlp: green, path: b} | koprik.yaml:4: feeds.sources: two feeds have the same name
            store: &a {kind: lucene}            | koprik.yaml:3: anchors (&), aliases (*) and tags (!) are not understood; write it out
            """)
    void saysWhatIsWrongAndWhere(String yaml, String message) {
        ConfigException wrong = assertThrows(
                ConfigException.class,
                () -> ConfigFile.parse("koprik.yaml", SMALLEST + yaml.replace('~', '\n') + "\n"));
        assertEquals(message, wrong.getMessage());
    }

    @Test
    void saysWhatIsMissing() {
        ConfigException wrong =
                assertThrows(ConfigException.class, () -> ConfigFile.parse("koprik.yaml", "name: tashkent\n"));
        assertEquals("koprik.yaml:1: title: is missing", wrong.getMessage());
    }

    @Test
    void saysWhereTextIsNotYaml() {
        ConfigException wrong = assertThrows(
                ConfigException.class, () -> ConfigFile.parse("koprik.yaml", "name: tashkent\n  title: {\n"));
        assertTrue(wrong.getMessage().startsWith("koprik.yaml:2: is not YAML"), wrong.getMessage());
        assertThrows(ConfigException.class, () -> ConfigFile.parse("koprik.yaml", ""));
        assertThrows(ConfigException.class, () -> ConfigFile.parse("koprik.yaml", "- a\n"));
        assertThrows(ConfigException.class, () -> ConfigFile.parse("koprik.yaml", SMALLEST + "---\nname: x\n"));
    }
}
