package uz.koprik.indicators.store.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.indicators.store.elasticsearch.client.ClusterRefused;
import uz.koprik.indicators.store.elasticsearch.client.Connection;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;

/**
 * A cluster that cannot be used is refused at the start, with what is wrong and what to do. See
 * {@link ClusterFaultTest} for more.
 */
class StartRefusedTest {

    private final String prefix = "s" + UUID.randomUUID().toString().replace("-", "");

    @TempDir
    Path folder;

    private String refused(URI url, Optional<Path> ca) {
        ElasticOptions options = new ElasticOptions(
                List.of(url),
                ca,
                new ElasticOptions.Login.Nobody(),
                prefix,
                1,
                0,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMillis(300),
                Duration.ofMillis(50),
                1 << 20,
                1 << 20);
        return assertThrows(ClusterRefused.class, () -> ElasticStore.open(options))
                .getMessage();
    }

    private static void contains(String words, String message) {
        assertTrue(message.contains(words), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.17.29", "8.19.3", "10.0.0"})
    void anotherVersion(String version) throws IOException {
        try (StubCluster cluster = new StubCluster(version, true)) {
            contains(
                    "runs Elasticsearch " + version + ", and this gateway speaks with version 9 only",
                    refused(cluster.url(), Optional.empty()));
        }
    }

    @Test
    void somethingElseThanElasticsearch() throws IOException {
        try (StubCluster cluster = new StubCluster("9.5.3", false)) {
            contains("X-Elastic-Product", refused(cluster.url(), Optional.empty()));
        }
    }

    @Test
    void aHostThatNobodyKnows() {
        String message = refused(URI.create("http://nowhere.invalid:9200"), Optional.empty());
        contains("nowhere.invalid", message);
        contains("is not known", message);
    }

    @Test
    void aCertificateThatTheSetCaDoesNotVouchFor() throws Exception {
        CentreKeys server = keys("server");
        try (StubCluster cluster = new StubCluster("8.19.3", tls(server))) {
            contains(
                    "is its CA the one that is set?",
                    refused(
                            cluster.url(),
                            Optional.of(pem("other.pem", keys("other").tlsCertificatePem()))));
            contains("is its CA the one that is set?", refused(cluster.url(), Optional.empty()));
            contains(
                    "speaks with version 9 only",
                    refused(cluster.url(), Optional.of(pem("right.pem", server.tlsCertificatePem()))));
        }
    }

    @Test
    void aCaFileThatIsMissingOrHoldsNoCertificate() throws Exception {
        URI url = URI.create("https://127.0.0.1:1");
        Path missing = folder.resolve("missing.pem");
        contains("the CA file " + missing + " cannot be used", refused(url, Optional.of(missing)));
        Path empty = pem("empty.pem", new byte[0]);
        contains("holds no certificate", refused(url, Optional.of(empty)));
        Path other = pem("text.pem", "no certificate".getBytes(StandardCharsets.UTF_8));
        contains(other.toString(), refused(url, Optional.of(other)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_index_template/",
                "/_alias/",
                "-log-v1/_doc/",
                "/_cluster/health/",
                "-leases-v1",
                "-state-v1",
                "-log-v1/_search"
            })
    void aRightThatIsMissing(String path) throws IOException {
        try (ClusterProxy proxy = new ClusterProxy(ElasticNode.shared().url())) {
            proxy.fail(ClusterProxy.Fault.NO_RIGHT_403, Integer.MAX_VALUE, asked -> asked.contains(path));
            String message = refused(proxy.url(), Optional.empty());
            assertTrue(proxy.hit.get() > 0, path + " was never asked for");
            contains("lacks a right (403", message);
            contains("docs/elasticsearch.md", message);
            assertFalse(message.contains("null"), message);
        }
    }

    @Test
    void anIndexForWhichThereIsNoNode() throws Exception {
        ElasticOptions options = ElasticStoreTest.options(ElasticNode.shared().url(), prefix);
        try (Connection connection = new Connection(options)) {
            connection.client.indices().create(index -> index.index(options.log())
                    .waitForActiveShards(w -> w.count(0))
                    .settings(s -> s.otherSettings(Map.of(
                            "index.routing.allocation.require._name", co.elastic.clients.json.JsonData.of("nobody")))));
            String message = refused(ElasticNode.shared().url(), Optional.empty());
            contains("no node holds all of our indices " + prefix + "-*", message);
            contains("_cluster/allocation/explain", message);
            connection.client.indices().delete(index -> index.index(options.log()));
        }
    }

    private Path pem(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static CentreKeys keys(String name) {
        return CentreKeys.generate(name, SignatureAlgorithms.ALL.getFirst(), List.of("127.0.0.1"), Instant.now());
    }

    private static SSLContext tls(CentreKeys keys) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {keys.tlsKeyManager()}, null, null);
        return context;
    }
}
